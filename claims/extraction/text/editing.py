"""Texts with some of their characters replaced, which still know where each stood."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from claims.extraction.schema import Span


class Edit(NamedTuple):
    """Characters `start` to `end` (not included) of a text, and what stands in their place."""

    start: int
    end: int
    replacement: str


class EditedText:
    """A text after its edits, and the way back to the text as it was.

    The edits come in the order of the text, and none overlaps another.
    """

    def __init__(self, original: str, edits: Iterable[Edit]):
        self.edits = list(edits)
        pieces: list[str] = []
        self._starts: list[int] = []  # of the edits in the text after them
        self._ends: list[int] = []
        length = 0
        last = 0
        for edit in self.edits:
            kept = original[last : edit.start]
            pieces += (kept, edit.replacement)
            self._starts.append(length + len(kept))
            length += len(kept) + len(edit.replacement)
            self._ends.append(length)
            last = edit.end
        pieces.append(original[last:])
        self.text = "".join(pieces)
        self._starts_before = [edit.start for edit in self.edits]

    def find_original(self, span: Span) -> Span:
        """Return where the characters of a span stood before the edits."""
        first, _ = self._find_original_of_character(span.start)
        _, end = self._find_original_of_character(span.end - 1)
        return Span(first, end)

    def _find_original_of_character(self, at: int) -> tuple[int, int]:
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return at, at + 1
        edit = self.edits[number]
        if at < self._ends[number]:
            return edit.start, edit.end
        original = edit.end + at - self._ends[number]
        return original, original + 1

    def find_edited(self, at: int) -> int:
        """Return where a character of the text as it was stands after the edits."""
        number = bisect_right(self._starts_before, at) - 1
        if number < 0:
            return at
        edit = self.edits[number]
        if at < edit.end:
            return self._starts[number]
        return self._ends[number] + at - edit.end
