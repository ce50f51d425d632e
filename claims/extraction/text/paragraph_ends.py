"""Which of the full lines of a text that was cut at a width end a paragraph.

Where nothing parts the paragraphs of such a text, a line with room for the next word ends one for
sure. Of the full lines most go on; which of them do not is told by what the lines say, weighed by a
logistic regression (`training/paragraph_ends.py`).
"""

import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import NamedTuple

from claims.extraction.text.quotation import MARKS_THAT_ONLY_CLOSE, MARKS_THAT_ONLY_OPEN
from claims.extraction.text.sentences import STOP_OF_SENTENCE, is_end_of_sentence

WEIGHTS_FILE = Path(__file__).with_name("paragraph_ends.json")
DOUBLE_MARK = re.compile(r"[\"“”„«»]")
OPENING_MARK = re.compile(r"[\"“„«'‘`]")
CLOSING_MARKS = "\"”’»'"
REACH_OF_LINES = 40  # characters around the end of a line in which a sentence may end


class EndSigns(NamedTuple):
    """What speaks for a full line to end its paragraph, and against it.

    Lengths are logarithms of numbers of lines, or of such by the mean of the text's paragraphs.
    """

    always: float
    ends_sentence: float
    ends_marked_sentence: float  # with a closing mark
    ends_with_colon: float
    begins_small: float  # the next line, in small letters
    begins_marked: float  # with an opening mark
    left_open: float  # a quotation
    left_open_and_marked: float  # as newspapers print one that goes on in the next paragraph
    so_far: float  # the lines of the paragraph up to here
    so_far_by_mean: float
    to_sure_end: float  # the lines from here to the next one that ends a paragraph for sure
    to_sure_end_by_mean: float
    whole_by_mean: float  # the lines of the paragraph, if it ended there
    is_one: float  # the paragraph's only line up to here
    leaves_one: float  # only one line to the next sure end


class ParagraphEnds:
    """The lines of a text, and where their paragraphs end.

    `sure_ends` are the numbers of the lines that end one for sure, the last line among them.
    """

    def __init__(self, lines: Sequence[str], sure_ends: Sequence[int]):
        self.lines = lines
        self.sure_ends = sure_ends
        self.mean = (len(lines) + 2) / (len(sure_ends) + 1)
        self._first = 0  # of the paragraph whose quotation was looked at last
        self._read = 0  # the lines of it that have been read
        self._is_open = False

    def is_end(self, number: int, first: int) -> bool:
        """Return whether a line ends the paragraph that begins with the `first` one.

        Lines are asked about in their order.
        """
        signs = self.list_signs(number, first)
        return sum(map(float.__mul__, signs, load_weights())) > 0

    def list_signs(self, number: int, first: int) -> EndSigns:
        line, after = self.lines[number], self.lines[number + 1]
        sure_end = self.sure_ends[bisect_left(self.sure_ends, number + 1)]
        so_far = number - first + 1
        to_sure_end = sure_end - number
        ends_sentence = is_sentence_over(line, after)
        is_open = self.is_quotation_open(number, first)
        begins_marked = OPENING_MARK.match(after.lstrip()) is not None
        return EndSigns(
            always=1.0,
            ends_sentence=float(ends_sentence),
            ends_marked_sentence=float(ends_sentence and line[-1] in CLOSING_MARKS),
            ends_with_colon=float(line.endswith(":")),
            begins_small=float(after.lstrip()[:1].islower()),
            begins_marked=float(begins_marked),
            left_open=float(is_open),
            left_open_and_marked=float(is_open and begins_marked),
            so_far=log(so_far),
            so_far_by_mean=log(so_far / self.mean),
            to_sure_end=log(to_sure_end),
            to_sure_end_by_mean=log(to_sure_end / self.mean),
            whole_by_mean=log((so_far + to_sure_end) / self.mean),
            is_one=float(so_far == 1),
            leaves_one=float(to_sure_end == 1),
        )

    def is_quotation_open(self, number: int, first: int) -> bool:
        """Return whether a quotation of the paragraph is open at the end of a line."""
        if first != self._first or number < self._read - 1:
            self._first, self._read, self._is_open = first, first, False
        for line in self.lines[max(self._read, first) : number + 1]:
            for mark in DOUBLE_MARK.findall(line):
                self._is_open = opens_quotation(mark, self._is_open)
        self._read = number + 1
        return self._is_open


def opens_quotation(mark: str, is_open: bool) -> bool:
    """Return whether a quotation is open after a mark, which may be the same at both its ends."""
    if mark in MARKS_THAT_ONLY_OPEN or mark == "“":
        return True
    if mark in MARKS_THAT_ONLY_CLOSE:
        return False
    return not is_open


def is_sentence_over(line: str, after: str) -> bool:
    """Return whether a sentence ends with a line."""
    around = f"{line[-REACH_OF_LINES:]} {after.lstrip()[:REACH_OF_LINES]}"
    border = len(line[-REACH_OF_LINES:]) + 1
    for stop in STOP_OF_SENTENCE.finditer(around):
        if stop.end() == border:
            return is_end_of_sentence(around, stop)
    return False


@cache
def load_weights() -> EndSigns:
    """Return how much each sign weighs."""
    return EndSigns(**json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["weights"])
