"""The part of an article that the desk shows around a quote."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.passages.excerpts import build_excerpt
from claims.passages.marking import Mark, MarkedParagraph, mark_paragraphs, place_paragraphs

PARAGRAPHS_AROUND_QUOTE = 1  # paragraphs shown before and after those of a quote
MOST_CHARACTERS_AROUND = 1500  # characters shown at most before and after a quote


@dataclass(frozen=True)
class QuoteContext:
    """Paragraphs of an article, each with the offset of its first character in the article's text."""

    paragraphs: tuple[tuple[int, MarkedParagraph], ...]


def build_quote_context(text: str, marks: Sequence[Mark], whole: bool = False) -> QuoteContext:
    """Return the paragraphs that the marks stand in and those beside them, or the whole article."""
    if whole:
        placed = place_paragraphs(mark_paragraphs(text, marks))
    else:
        excerpt = build_excerpt(text, marks, MOST_CHARACTERS_AROUND, PARAGRAPHS_AROUND_QUOTE)
        placed = place_paragraphs(excerpt.paragraphs, excerpt.start)
    return QuoteContext(tuple((offset, paragraph) for offset, paragraph in placed if paragraph))
