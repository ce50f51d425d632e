"""The paragraphs around a quote, marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.passages.marking import Mark, MarkedParagraph, mark_paragraphs


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The paragraphs around some marks, and whether words before or after them in those
    paragraphs were left out.

    `start` is the place of its first character in the text.
    """

    start: int
    paragraphs: tuple[MarkedParagraph, ...]
    cut_before: bool
    cut_after: bool


def build_excerpt(
    text: str, marks: Sequence[Mark], reach: int = 600, paragraphs_beside: int = 0
) -> Excerpt:
    """Return the paragraphs that hold the marks, and so many before and after these.

    It has at most `reach` characters before the first mark and after the last.
    """
    first = min(mark.start for mark in marks)
    last = max(mark.end for mark in marks)
    paragraphs_start, paragraphs_end = find_paragraphs(text, first, last)
    for _ in range(paragraphs_beside):
        end_before = len(text[:paragraphs_start].rstrip("\n"))
        start_after = len(text) - len(text[paragraphs_end:].lstrip("\n"))
        paragraphs_start, paragraphs_end = find_paragraphs(text, end_before, start_after)
    start = max(paragraphs_start, first - reach)
    end = min(paragraphs_end, last + reach)
    moved = [replace(mark, start=mark.start - start, end=mark.end - start) for mark in marks]
    paragraphs = tuple(mark_paragraphs(text[start:end], moved))
    return Excerpt(start, paragraphs, start > paragraphs_start, end < paragraphs_end)


def find_paragraphs(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the paragraphs begin and end that hold these characters.

    Both may lie outside of the text.
    """
    paragraphs_start = text.rfind("\n", 0, max(start, 0)) + 1
    paragraphs_end = text.find("\n", end)
    if paragraphs_end < 0:
        paragraphs_end = len(text)
    return paragraphs_start, paragraphs_end
