"""An article's text with what its characters alone show, each worked out once."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from claims.extraction.text.blocks import Block
from claims.extraction.text.furniture import is_furniture
from claims.extraction.text.quotation import (
    DOUBLE_MARKS,
    MarkKind,
    list_paragraphs,
    list_quoted_stretches,
)


class Text(str):
    """A text that knows its paragraphs, its quotation marks and its page furniture.

    Each is worked out when somebody asks for it first, and kept with the text, which one step of
    the pipeline hands to the next. All offsets are characters into it, half-open. `blocks` are the
    lines that its page sets apart; there are none where nobody tells.
    """

    blocks: Sequence[Block] = ()

    @classmethod
    def of(cls, text: str) -> "Text":
        """Return the text itself where it is one already, so that what it knows is not lost."""
        return text if isinstance(text, cls) else cls(text)

    @classmethod
    def with_blocks(cls, text: str, blocks: Sequence[Block]) -> Self:
        """Return a text with what its page sets apart."""
        made = cls(text)
        made.blocks = blocks
        return made

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
        """The stretches inside quotation marks, as `list_quoted_stretches` has them.

        A quotation that is set apart without marks is one in double marks.
        """
        stretches = list(list_quoted_stretches(self))
        unmarked = list(self._list_unmarked_quotations(stretches))
        if not unmarked:
            return stretches

        def order(stretch: tuple[int, int, MarkKind]) -> tuple[int, bool, int]:
            start, _, marks = stretch
            return self.find_paragraph(start), marks == DOUBLE_MARKS, start

        return sorted([*stretches, *unmarked], key=order)

    def _list_unmarked_quotations(
        self, stretches: Sequence[tuple[int, int, MarkKind]]
    ) -> Iterator[tuple[int, int, MarkKind]]:
        for block in self.blocks:
            marked = any(
                start < block.end and block.start < end and marks == DOUBLE_MARKS
                for start, end, marks in stretches
            )
            if block.kind == "quotation" and not marked:
                yield block.start, block.end, DOUBLE_MARKS

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
