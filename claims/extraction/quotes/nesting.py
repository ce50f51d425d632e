"""Quotes inside quotes: which stands in which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Attribution, Span


class ContentOfCue(NamedTuple):
    content: Span
    cue: Span


def nest_quotes(quotes: Sequence[FoundQuote]) -> list[FoundQuote]:
    """Return the quotes, each with the cue of the quote in whose content it stands: the innermost.

    The quotes are in the order of their cues.
    """
    contents = []
    for quote in quotes:
        contents += [ContentOfCue(content, quote.cue) for content in quote.contents]
    contents.sort(key=lambda pair: pair.content.start)

    nested: list[FoundQuote] = []
    begun: list[ContentOfCue] = []  # contents that begin before a cue and do not end before it
    position = 0
    for quote in quotes:
        start = quote.cue.start
        while position < len(contents) and contents[position].content.start <= start:
            begun.append(contents[position])
            position += 1
        begun = [pair for pair in begun if pair.content.end > start]
        nested.append(set_outer_cue(quote, find_innermost_cue(begun, quote.cue)))

    outer_cue_of = {quote.cue: quote.within for quote in nested}
    for number, quote in enumerate(nested):
        if is_nested_in_itself(quote.cue, outer_cue_of):
            nested[number] = replace(quote, within=None)
    return nested


def find_innermost_cue(contents: Iterable[ContentOfCue], cue: Span) -> Span | None:
    """Return the cue of the quote whose content holds this cue; of several the shortest does."""
    holding = [pair for pair in contents if pair.content.end >= cue.end and pair.cue != cue]
    if not holding:
        return None
    return min(holding, key=lambda pair: pair.content.end - pair.content.start).cue


def set_outer_cue(quote: FoundQuote, within: Span | None) -> FoundQuote:
    if quote.within == within:
        return quote
    return replace(quote, within=within)


def is_nested_in_itself(cue: Span, outer_cue_of: Mapping[Span, Span | None]) -> bool:
    """Return whether a quote would stand within itself.

    It would where contents in parts hold one another's cues.
    """
    seen: set[Span] = set()
    outer = outer_cue_of[cue]
    while outer is not None and outer not in seen:
        if outer == cue:
            return True
        seen.add(outer)
        outer = outer_cue_of.get(outer)
    return False


def drop_reasons(quotes: Sequence[Attribution]) -> list[Attribution]:
    """Return the quotes without the reasons why another one's source has no name ("who asked not to
    be named").

    What stands in a quote that is left out stands in the next one around it.
    """
    reasons = []
    for quote in quotes:
        reasons += [detail.span for detail in quote.details if detail.role == "anonymity"]
    left_out: dict[Span, Span | None] = {}  # by their cues, with the cue of the quote around each
    for quote in quotes:
        if quote.cue.overlaps_any(reasons):
            left_out[quote.cue] = quote.within

    kept = []
    for quote in quotes:
        if quote.cue not in left_out:
            within = quote.within
            while within in left_out:
                within = left_out[within]
            kept.append(replace(quote, within=within))
    return kept
