"""The paragraphs of a text, and what stands inside quotation marks in them.

No model and no tokenizer is needed for it, so that pages may ask too. All offsets are characters into the text as given,
half-open.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
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
DOUBLE_MARK_PATTERN = re.compile(
    r"[\"“”„‟«»]|''|``|’’|‘‘"
)  # two single marks for a double one, as typists and wires have it
OPENING_MARK_THAT_CLOSES = re.compile(
    r"(?<=[^\s(\[—–-])“(?![\w“‘'(\[$£€])"
)  # an opening mark that can only close: „so“, and "so,“ by a slip
DOUBLE_MARK_AT_START = re.compile(r"\s*(?:[\"“„‟«]|''|``|‘‘)")
SINGLE_QUOTED_PATTERN = re.compile(
    r"(?<![\w'])'(?=[^\s'])[^'\n]*(?:(?<=\w)'(?=\w)[^'\n]*)*(?<=[\w.,!?;…)])'(?!\w)"
)


def list_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of each line that holds anything but white space."""
    for line in LINE.finditer(text):
        if not line[0].isspace():
            yield line.span()


def mark_quoted_characters(text: str) -> NDArray[np.int8]:
    """For each character: 0 outside quotation marks, 1 inside double marks, 2 inside single ones; the marks count as inside.

    A mark left open runs to the end of its paragraph where the next one opens with a mark again, as newspapers print a
    quotation that goes on there; else it is a slip and marks nothing.
    """
    inside = np.zeros(len(text) + 1, np.int8)
    for start, end, marks in list_quoted_stretches(text):
        inside[start:end] = marks
    return inside


def list_quoted_stretches(text: str) -> Iterator[tuple[int, int, MarkKind]]:
    """Stretches inside quotation marks, the marks included, and which they are; of each paragraph the single ones first."""
    plain = text.translate(PLAIN_MARKS)
    lines = [*list_paragraphs(text), (len(text), len(text))]
    for (a, b), (after, _) in pairwise(lines):
        for match in SINGLE_QUOTED_PATTERN.finditer(plain, a, b):
            yield *match.span(), SINGLE_MARKS
        for x, y in list_double_quoted_stretches(
            text, a, b, goes_on=DOUBLE_MARK_AT_START.match(text, after) is not None
        ):
            yield x, y, DOUBLE_MARKS


def list_double_quoted_stretches(
    text: str, a: int, b: int, goes_on: bool
) -> Iterator[tuple[int, int]]:
    """Stretches inside double quotation marks of the paragraph `text[a:b]`, marks included; `goes_on`: in the next one."""
    opened = None
    for match in DOUBLE_MARK_PATTERN.finditer(text, a, b):
        mark, at = match.group(), match.start()
        if opened is None:
            if mark not in ("”", "»"):
                opened = at
        elif mark not in ("“", "„", "«", "``") or (
            mark == "“" and OPENING_MARK_THAT_CLOSES.match(text, at)
        ):
            yield opened, match.end()
            opened = None
    if opened is not None and goes_on:
        yield opened, b
