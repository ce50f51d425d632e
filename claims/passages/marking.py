"""An article's text cut where quotes begin and end, so that overlapping and nested quotes become
flat, valid HTML.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Literal, NamedTuple

MarkRole = Literal["source", "cue", "content"]
# What readers call the roles.
ROLE_NAMES: dict[MarkRole, str] = {"source": "who", "cue": "verb", "content": "words"}
MARK_ROLES: tuple[MarkRole, ...] = ("source", "cue", "content")

# What stands around the words that a search found; of Unicode's private area, so that no text that
# means anything has them.
HIT_START = "\ue000"
HIT_END = "\ue001"
HIT_MARKED = re.compile(f"{HIT_START}(.*?){HIT_END}", re.S)


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` (not included) that play a role in a quote, which the page
    calls by a number.
    """

    start: int
    end: int
    role: MarkRole
    quote: int
    number: int = 1

    @property
    def role_name(self) -> str:
        return ROLE_NAMES[self.role]

    @property
    def length(self) -> int:
        return self.end - self.start


class MarkedSegment(NamedTuple):
    """A stretch of text over which the marks do not change.

    `marks` has the shortest, so the innermost, first.

    `opens` holds the marks that start here; `begins` one mark for each quote that no earlier
    segment belongs to: the place of its anchor.
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
        """Return the roles played here, as class names.

        `nested` is among them where a content lies within a content.
        """
        roles_here = [mark.role for mark in self.marks]
        names: list[str] = [role for role in MARK_ROLES if role in roles_here]
        if roles_here.count("content") > 1:
            names.append("nested")
        return " ".join(names)

    @property
    def meaning(self) -> str:
        """Return the roles in words, for those who do not see the colours."""
        return ", ".join(f"{mark.role_name} of quote {mark.number}" for mark in self.marks)


MarkedParagraph = tuple[MarkedSegment, ...]


def mark_paragraphs(
    text: str, marks: Sequence[Mark], places: Iterable[int] = ()
) -> list[MarkedParagraph]:
    """Return the lines of `text` as segments: joined, with a line feed between paragraphs,
    they are `text` again.

    A segment begins at each of `places`, too.
    """
    paragraphs: list[MarkedParagraph] = []
    segments: list[MarkedSegment] = []
    quotes_met: set[int] = set()
    for segment in split_at_marks(text, marks, places):
        if segment.text == "\n":
            paragraphs.append(tuple(segments))
            segments = []
            continue
        begins = tuple(select_newly_met_marks(segment.marks, quotes_met))
        segments.append(segment._replace(begins=begins) if begins else segment)
    paragraphs.append(tuple(segments))
    return paragraphs


def place_paragraphs(
    paragraphs: Iterable[MarkedParagraph], start: int = 0
) -> Iterator[tuple[int, MarkedParagraph]]:
    """Yield each paragraph with the place of its first character in the text, in which the
    first begins at `start`.
    """
    for paragraph in paragraphs:
        yield start, paragraph
        length = sum(len(segment.text) for segment in paragraph)
        start += length + len("\n")


def split_at_marks(
    text: str, marks: Sequence[Mark], places: Iterable[int] = ()
) -> Iterator[MarkedSegment]:
    """Yield segments that together are `text`, each line feed one of its own."""
    edges = {0, len(text), *places}
    for mark in marks:
        edges.add(min(mark.start, len(text)))
        edges.add(min(mark.end, len(text)))
    for line_feed in re.finditer("\n", text):
        edges.update(line_feed.span())
    waiting = sorted(marks, key=attrgetter("start"), reverse=True)
    marks_here: list[Mark] = []
    for start, end in pairwise(sorted(edges)):
        marks_here = [mark for mark in marks_here if mark.end > start]
        starting = take_starting_marks(waiting, start)
        if not starting:
            yield MarkedSegment(text[start:end], tuple(marks_here))
            continue
        marks_here = sorted([*marks_here, *starting], key=attrgetter("length", "start", "quote"))
        opens = tuple(mark for mark in marks_here if mark.start == start)
        yield MarkedSegment(text[start:end], tuple(marks_here), opens)


def take_starting_marks(waiting: list[Mark], start: int) -> list[Mark]:
    """Take off `waiting`, whose next mark is its last, the marks that begin here, and return
    those with a length.
    """
    taken = []
    while waiting and waiting[-1].start <= start:
        taken.append(waiting.pop())
    return [mark for mark in taken if mark.end > start]


def select_newly_met_marks(marks: Iterable[Mark], quotes_met: set[int]) -> Iterator[Mark]:
    """Yield one mark for each quote not met before, in the order of their numbers, and note
    that it is met.
    """
    for mark in sorted(marks, key=attrgetter("number")):
        if mark.quote not in quotes_met:
            quotes_met.add(mark.quote)
            yield mark
