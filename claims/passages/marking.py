"""An article's text cut where quotes begin and end, so that overlapping and nested quotes become flat, valid HTML."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from typing import Literal, NamedTuple

MarkRole = Literal["source", "cue", "content"]
HIT_START, HIT_END = "\ue000", "\ue001"  # of the private area: no text that means anything has them
MARK_ROLES: tuple[MarkRole, ...] = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` (not included) that play a role in a quote, which the page calls by a number."""

    start: int
    end: int
    role: MarkRole
    quote: int
    number: int = 1

    @property
    def length(self) -> int:
        return self.end - self.start


class MarkedSegment(NamedTuple):
    """A stretch of text over which the marks do not change; `marks` has the shortest, so the innermost, first.

    `opens` holds the marks that start here; `begins` one mark for each quote that no earlier segment belongs to: the
    place of its anchor.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()

    @property
    def inner(self) -> Mark:
        return self.marks[0]

    @property
    def roles(self) -> str:
        """The roles played here, as class names; `nested` where a content lies within a content."""
        here = [mark.role for mark in self.marks]
        names = [role for role in MARK_ROLES if role in here]
        return " ".join([*names, "nested"] if here.count("content") > 1 else names)

    @property
    def meaning(self) -> str:
        """The same in words, for those who do not see the colours."""
        return ", ".join(f"{mark.role} of quote {mark.number}" for mark in self.marks)


MarkedParagraph = tuple[MarkedSegment, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The paragraphs around some marks, and whether words before or after them in those paragraphs were left out."""

    paragraphs: tuple[MarkedParagraph, ...]
    cut_before: bool
    cut_after: bool


def mark_paragraphs(
    text: str, marks: Sequence[Mark], places: Iterable[int] = ()
) -> list[MarkedParagraph]:
    """The lines of `text` as segments: joined, with a line feed between paragraphs, they are `text` again.

    A segment begins at each of `places`, too.
    """
    lines: list[MarkedParagraph] = []
    line: list[MarkedSegment] = []
    met: set[int] = set()
    for segment in split_at_marks(text, marks, places):
        if segment.text == "\n":
            lines.append(tuple(line))
            line = []
        else:
            new = any(mark.quote not in met for mark in segment.marks)
            line.append(
                segment._replace(begins=tuple(select_newly_met_marks(segment.marks, met)))
                if new
                else segment
            )
    return [*lines, tuple(line)]


def build_excerpt(text: str, marks: Sequence[Mark], reach: int = 600) -> Excerpt:
    """The paragraphs that hold the marks, with at most `reach` characters before the first and after the last."""
    first, last = min(mark.start for mark in marks), max(mark.end for mark in marks)
    line_start = text.rfind("\n", 0, first) + 1
    line_end = text.find("\n", last) if "\n" in text[last:] else len(text)
    start, end = max(line_start, first - reach), min(line_end, last + reach)
    moved = [replace(mark, start=mark.start - start, end=mark.end - start) for mark in marks]
    return Excerpt(
        tuple(mark_paragraphs(text[start:end], moved)), start > line_start, end < line_end
    )


def split_at_marks(
    text: str, marks: Sequence[Mark], places: Iterable[int] = ()
) -> Iterator[MarkedSegment]:
    """Segments that together are `text`, each line feed one of its own."""
    edges = {0, len(text), *places}
    for mark in marks:
        edges |= {min(mark.start, len(text)), min(mark.end, len(text))}
    for feed in re.finditer("\n", text):
        edges |= {feed.start(), feed.end()}
    waiting = sorted(marks, key=attrgetter("start"), reverse=True)
    over: list[Mark] = []
    for start, end in pairwise(sorted(edges)):
        over, opens = (
            [mark for mark in over if mark.end > start],
            select_starting_marks(waiting, start),
        )
        if opens:
            over = sorted([*over, *opens], key=attrgetter("length", "start", "quote"))
        yield MarkedSegment(
            text[start:end],
            tuple(over),
            tuple(mark for mark in over if mark.start == start) if opens else (),
        )


def select_starting_marks(waiting: list[Mark], start: int) -> list[Mark]:
    """The marks that begin here and have a length; `waiting` are those from here on, the next one last."""
    found = []
    while waiting and waiting[-1].start <= start:
        found.append(waiting.pop())
    return [mark for mark in found if mark.end > start]


def select_newly_met_marks(marks: Iterable[Mark], met: set[int]) -> Iterator[Mark]:
    """One mark for each quote not met before, in the order of their numbers."""
    for mark in sorted(marks, key=attrgetter("number")):
        if mark.quote not in met:
            met.add(mark.quote)
            yield mark
