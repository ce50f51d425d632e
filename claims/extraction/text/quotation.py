"""The paragraphs of a text, and what stands inside quotation marks in them.

This needs no model and no tokenizer, so that pages can use it too. All offsets are characters
into the text as given, half-open.
"""

import re
from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

MarkKind = Literal[1, 2]
DOUBLE_MARKS: MarkKind = 1
SINGLE_MARKS: MarkKind = 2

LINE = re.compile(r"[^\n]+")
# One character for one, so that offsets stay true.
PLAIN_MARKS = str.maketrans("“”„‟«»‘’‚‛`´–—―\u00a0\u2009\u202f", "\"\"\"\"\"\"''''''---   ")
OPENING_MARKS = "\"'“‘«"  # with which a quotation may begin
MARKS_THAT_ONLY_OPEN = ("“", "„", "«", "``")
MARKS_THAT_ONLY_CLOSE = ("”", "»")
# Two single marks stand for a double one, as typists and wires have it.
DOUBLE_MARK_PATTERN = re.compile(r"[\"“”„‟«»]|''|``|’’|‘‘")
# An opening mark that can only close: „so“, and "so,“ by a slip.
OPENING_MARK_THAT_CLOSES = re.compile(r"(?<=[^\s(\[—–-])“(?![\w“‘'(\[$£€])")
DOUBLE_MARK_AT_START = re.compile(r"\s*(?:[\"“„‟«]|''|``|‘‘)")
SINGLE_QUOTED_PATTERN = re.compile(
    r"(?<![\w'])'(?=[^\s'])[^'\n]*(?:(?<=\w)'(?=\w)[^'\n]*)*(?<=[\w.,!?;…)])'(?!\w)"
)


def list_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each line that holds anything but white space."""
    for line in LINE.finditer(text):
        if not line[0].isspace():
            yield line.span()


def mark_quoted_characters(text: str) -> NDArray[np.int8]:
    """Return for each character, and for the end of the text, what quotation marks it stands in.

    0 is for none, `DOUBLE_MARKS` and `SINGLE_MARKS` for those; the marks themselves count as
    inside. A mark left open runs to the end of its paragraph where the next one opens with a mark
    again, as newspapers print a quotation that goes on there; else it is a slip and marks nothing.
    """
    inside = np.zeros(len(text) + 1, np.int8)
    for start, end, marks in list_quoted_stretches(text):
        inside[start:end] = marks
    return inside


def list_quoted_stretches(text: str) -> Iterator[tuple[int, int, MarkKind]]:
    """Yield the stretches inside quotation marks, marks included, with the kind of the marks.

    Of each paragraph those in single marks come first, so that double marks may overrule them.
    """
    plain = text.translate(PLAIN_MARKS)
    paragraphs = list(list_paragraphs(text))
    for number, (start, end) in enumerate(paragraphs):
        for match in SINGLE_QUOTED_PATTERN.finditer(plain, start, end):
            yield match.start(), match.end(), SINGLE_MARKS
        is_last = number + 1 == len(paragraphs)
        next_start = len(text) if is_last else paragraphs[number + 1][0]
        goes_on = DOUBLE_MARK_AT_START.match(text, next_start) is not None
        for first, last in list_double_quoted_stretches(text, start, end, goes_on):
            yield first, last, DOUBLE_MARKS


def list_double_quoted_stretches(
    text: str, start: int, end: int, goes_on: bool
) -> Iterator[tuple[int, int]]:
    """Yield the stretches inside double marks, marks included, of the paragraph `text[start:end]`.

    `goes_on` tells that the next paragraph opens with a mark, to which one left open here runs.
    """
    opened = None
    for match in DOUBLE_MARK_PATTERN.finditer(text, start, end):
        mark = match[0]
        if opened is None:
            if mark not in MARKS_THAT_ONLY_CLOSE:
                opened = match.start()
            continue
        closes = mark not in MARKS_THAT_ONLY_OPEN
        if mark == "“":
            closes = OPENING_MARK_THAT_CLOSES.match(text, match.start()) is not None
        if closes:
            yield opened, match.end()
            opened = None
    if opened is not None and goes_on:
        yield opened, end
