"""Items of lists in texts of which no page tells what it sets apart."""

import re
from collections.abc import Sequence
from itertools import groupby

from claims.extraction.text.blocks import Block
from claims.extraction.text.quotation import list_paragraphs

MARK_OF_ITEM = re.compile(r"(?P<mark>[•·‣▪◦●*–—-]|\(?(?:\d{1,2}|[a-z])[.)])[ \t\u00a0]+(?=\S)")
FEWEST_ITEMS = 2


def list_items(text: str) -> Sequence[Block]:
    """Return the lines that follow each other and begin with the same mark, or with numbers."""

    def find_mark(paragraph: tuple[int, int]) -> str:
        match = MARK_OF_ITEM.match(text, *paragraph)
        if match is None:
            return ""
        return "1" if match["mark"][-1] in ".)" else match["mark"]

    items: list[Block] = []
    for mark, run in groupby(list_paragraphs(text), find_mark):
        blocks = [Block(start, end, "item") for start, end in run]
        if mark and len(blocks) >= FEWEST_ITEMS:
            items += blocks
    return items
