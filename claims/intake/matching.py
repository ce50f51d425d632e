"""Says whether what was extracted is a quote that a person has decided on."""

from collections.abc import Iterable

from claims.extraction.schema import Attribution, Span
from claims.models import CONTENT_GAP, Quote


def is_covered_by_decision(
    attribution: Attribution, decided: Iterable[Quote], rejected: Iterable[Quote], text: str
) -> bool:
    """Return whether a person has decided on what was extracted, in any version of the text."""
    if any(is_decided(quote, attribution, text) for quote in decided):
        return True
    return any(has_words_of_rejected(quote, attribution, text) for quote in rejected)


def is_decided(quote: Quote, attribution: Attribution, text: str) -> bool:
    """Return whether a decided quote is what was extracted: of the same reporting words or content."""
    if attribution.cue.overlaps(quote.cue_span):
        return True
    return join_contents(attribution.contents, text) == quote.content


def has_words_of_rejected(quote: Quote, attribution: Attribution, text: str) -> bool:
    """Return whether what was extracted has the words of a rejected quote that lost its place."""
    if join_contents(attribution.contents, text) != quote.content:
        return False
    cue = attribution.cue.of(text)
    return cue in quote.cue or quote.cue in cue


def join_contents(contents: Iterable[Span], text: str) -> str:
    return CONTENT_GAP.join(span.of(text) for span in contents)
