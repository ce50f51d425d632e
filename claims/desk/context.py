"""The part of an article that the desk shows around a quote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.passages.marking import Mark, MarkedParagraph, mark_paragraphs

PARAGRAPHS_AROUND_QUOTE = 1  # paragraphs shown before and after those of a quote
MOST_CHARACTERS_AROUND = 1500  # characters shown at most before and after a quote


@dataclass(frozen=True)
class QuoteContext:
    """Paragraphs of an article, each with the offset of its first character in the article's text.

    `cut_before` and `cut_after`: the first begins, or the last ends, within a paragraph of it.
    """

    paragraphs: tuple[tuple[int, MarkedParagraph], ...]
    cut_before: bool = False
    cut_after: bool = False


def build_quote_context(text: str, marks: Sequence[Mark], whole: bool = False) -> QuoteContext:
    """Return the paragraphs that the marks stand in and those beside them, or the whole article."""
    start, end = (0, len(text)) if whole else find_context_limits(text, marks)
    marks_inside = []
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            marks_inside.append(replace(mark, start=mark.start - start, end=mark.end - start))
    paragraphs = []
    offset = start
    for paragraph in mark_paragraphs(text[start:end], marks_inside):
        if paragraph:
            paragraphs.append((offset, paragraph))
        offset += sum(len(segment.text) for segment in paragraph) + 1
    cut_before = start > 0 and text[start - 1] != "\n"
    cut_after = end < len(text) and text[end] != "\n"
    return QuoteContext(tuple(paragraphs), cut_before, cut_after)


def find_context_limits(text: str, marks: Sequence[Mark]) -> tuple[int, int]:
    """Return start and end, in characters of the text, of what is shown around the marks."""
    first = min(mark.start for mark in marks)
    last = max(mark.end for mark in marks)
    start = find_line_start(text, first)
    end = find_line_end(text, last)
    for _ in range(PARAGRAPHS_AROUND_QUOTE):
        start = find_line_start(text, len(text[:start].rstrip("\n")))
        end = find_line_end(text, skip_line_feeds(text, end))
    return max(start, first - MOST_CHARACTERS_AROUND), min(end, last + MOST_CHARACTERS_AROUND)


def find_line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def find_line_end(text: str, offset: int) -> int:
    feed = text.find("\n", offset)
    return feed if feed >= 0 else len(text)


def skip_line_feeds(text: str, offset: int) -> int:
    """Return the offset of the first character from here on that is no line feed."""
    return len(text) - len(text[offset:].lstrip("\n"))
