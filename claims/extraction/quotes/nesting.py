"""Quotes inside quotes: which stands in which, and which of them tell a reader nothing more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from claims.extraction.lexicon.bodies import WORDS_FOR_NOBODY
from claims.extraction.lexicon.pronouns import (
    GENDER_OF_PRONOUN,
    PLURAL_PRONOUNS,
    PRONOUNS,
    RELATIVE_PRONOUNS,
)
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Attribution, Span
from claims.extraction.text.quotation import OPENING_MARKS

# Pronouns of somebody, though it may not be clear of whom.
PRONOUNS_OF_SOMEBODY = frozenset(GENDER_OF_PRONOUN) | PLURAL_PRONOUNS | {"who", "whom", "whose"}
PRONOUNS_OF_NOBODY = (PRONOUNS | RELATIVE_PRONOUNS) - PRONOUNS_OF_SOMEBODY
# Characters of punctuation by which an inner content may end later than the one around it.
LONGEST_CLOSING_PUNCTUATION = 2


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


def drop_redundant_quotes(quotes: Sequence[Attribution], text: str) -> list[Attribution]:
    """Return the quotes without those that a reader would not miss.

    These are reasons why another quote's source has no name ("who asked not to be named"), and
    inner quotes that tell nothing beyond the outer one. What stands in a quote that is left out
    stands in the next one around it.
    """
    reasons = []
    for quote in quotes:
        reasons += [detail.span for detail in quote.details if detail.role == "anonymity"]
    quote_of_cue = {quote.cue: quote for quote in quotes}
    left_out: dict[Span, Span | None] = {}  # by their cues, with the cue of the quote around each
    for quote in quotes:
        is_reason = any(reason.overlaps(quote.cue) for reason in reasons)
        outer = quote_of_cue[quote.within] if quote.within else None
        if is_reason or (outer and is_redundant_inner_quote(quote, outer, text)):
            left_out[quote.cue] = quote.within

    kept = []
    for quote in quotes:
        if quote.cue not in left_out:
            within = quote.within
            while within in left_out:
                within = left_out[within]
            kept.append(replace(quote, within=within))
    return kept


def is_redundant_inner_quote(inner: Attribution, outer: Attribution, text: str) -> bool:
    """Return whether an inner quote tells nothing which the outer one does not.

    It has no quotation marks of its own, and is of nobody in particular ("you would think") or of
    the outer quote's speaker, whose words are told anyway ("Bell said she hoped …").
    """
    if inner.contents[0].of(text)[0] in OPENING_MARKS:
        return False
    if inner.source is None:
        return inner.speaker is None
    source = inner.source.of(text).casefold()
    if inner.speaker is None:
        return is_nobody_in_particular(source)
    if source not in PRONOUNS or outer.speaker is None:
        return False
    return inner.speaker.name == outer.speaker.name and is_held_by(inner, outer)


def is_held_by(inner: Attribution, outer: Attribution) -> bool:
    """Return whether one content of the outer quote holds the inner one's cue and contents."""
    end = inner.contents[-1].end
    for content in outer.contents:
        if content.start <= inner.cue.start and end <= content.end + LONGEST_CLOSING_PUNCTUATION:
            return True
    return False


def is_nobody_in_particular(source: str) -> bool:
    """Return whether a source without a speaker is nobody in particular.

    "He" and "who" are somebody, though it is not clear who.
    """
    return source in PRONOUNS_OF_NOBODY or source.split()[0] in WORDS_FOR_NOBODY
