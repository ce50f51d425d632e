"""An article's text with what its characters alone show, each worked out once."""

from bisect import bisect_right
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from claims.extraction.text.furniture import is_furniture
from claims.extraction.text.quotation import (
    MarkKind,
    list_paragraphs,
    list_quoted_stretches,
)


class Text(str):
    """A text that knows its paragraphs, its quotation marks and its page furniture.

    Each is worked out when somebody asks for it first, and kept with the text, which one step of
    the pipeline hands to the next. All offsets are characters into it, half-open.
    """

    @classmethod
    def of(cls, text: str) -> "Text":
        """Return the text itself where it is one already, so that what it knows is not lost."""
        return text if isinstance(text, cls) else cls(text)

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """The offsets of each line that holds anything but white space."""
        return list(list_paragraphs(self))

    @cached_property
    def paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    def find_paragraph(self, at: int) -> int:
        """Return the number of the paragraph that holds character `at`; -1 before the first."""
        return bisect_right(self.paragraph_starts, at) - 1

    @cached_property
    def quoted_stretches(self) -> list[tuple[int, int, MarkKind]]:
        """The stretches inside quotation marks, as `list_quoted_stretches` has them."""
        return list(list_quoted_stretches(self))

    @cached_property
    def quoted_characters(self) -> NDArray[np.int8]:
        """For each character whether it is quoted, as `mark_quoted_characters` has it."""
        inside = np.zeros(len(self) + 1, np.int8)
        for start, end, marks in self.quoted_stretches:
            inside[start:end] = marks
        return inside

    @cached_property
    def furniture_characters(self) -> NDArray[np.bool_]:
        """For each character whether it stands in a line of page furniture."""
        marked = np.zeros(len(self) + 1, np.bool_)
        for start, end in self.paragraphs:
            if is_furniture(self[start:end]):
                marked[start:end] = True
        return marked
