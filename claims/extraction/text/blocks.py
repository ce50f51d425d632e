"""What a page sets apart from its paragraphs: headings, items of lists, quotations, rows of
tables.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Literal, NamedTuple, get_args

BlockKind = Literal["heading", "item", "quotation", "row"]
BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)


class Block(NamedTuple):
    """A line of a text that is no paragraph: characters `start` to `end` (not included)."""

    start: int
    end: int
    kind: BlockKind


def build_blocks(text: str, kinds: Sequence[str]) -> tuple[Block, ...]:
    """Return the blocks of a text of which each line is of a kind; () where there are not as
    many.
    """
    lines = text.split("\n")
    if len(lines) != len(kinds):
        return ()
    blocks = []
    start = 0
    for line, kind in zip(lines, kinds, strict=True):
        for known in BLOCK_KINDS:
            if kind == known and line:
                blocks.append(Block(start, start + len(line), known))
        start += len(line) + 1
    return tuple(blocks)


def read_blocks(written: Any, text: str) -> tuple[Block, ...]:
    """Return the blocks that a JSON document tells of its text; what is none is left out."""
    if not isinstance(written, list):
        return ()
    blocks = []
    for each in written:
        if isinstance(each, list) and len(each) == 3:
            start, end, kind = each
            is_within = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
            if is_within and end <= len(text) and kind in BLOCK_KINDS:
                blocks.append(Block(start, end, kind))
    return tuple(sorted(blocks))


def list_runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks of one kind that follow each other, with nothing but a line's end
    between.
    """

    def find_run(numbered: tuple[int, Block]) -> tuple[str, int]:
        number, block = numbered
        return block.kind, run_of[number]

    run_of: list[int] = []
    for number, block in enumerate(blocks):
        goes_on = number > 0 and block.start <= blocks[number - 1].end + 1
        run_of.append((run_of[-1] if run_of else 0) + (not goes_on))
    for _, run in groupby(enumerate(blocks), find_run):
        yield [block for _, block in run]
