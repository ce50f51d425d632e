"""How two texts differ: by paragraphs, and within those that are much alike by words.

Plain Python, no Django.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

DifferenceKind = Literal["same", "deleted", "inserted"]

# From this share of words in common on, a paragraph is the other one reworded, and not another.
LEAST_SHARE_IN_COMMON = 0.4
# Words and marks of a paragraph that are compared with another's one by one.
LONGEST_PARAGRAPH_COMPARED = 1000


@dataclass(frozen=True, slots=True)
class DifferencePiece:
    """A stretch of text that is the same in both, or in one alone."""

    sort: DifferenceKind
    text: str


@dataclass(frozen=True, slots=True)
class DifferenceParagraph:
    """`sort` is "changed" where some of its words are the same."""

    sort: Literal["same", "deleted", "inserted", "changed"]
    pieces: tuple[DifferencePiece, ...]


def compare_texts(old: str, new: str) -> list[DifferenceParagraph]:
    """Return the paragraphs of both texts in order, those of the old one first where they differ.

    Empty lines are left out.
    """
    old_paragraphs = [line for line in old.split("\n") if line.strip()]
    new_paragraphs = [line for line in new.split("\n") if line.strip()]
    matcher = SequenceMatcher(None, old_paragraphs, new_paragraphs)
    paragraphs: list[DifferenceParagraph] = []
    for sort, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        removed = old_paragraphs[old_start:old_end]
        added = new_paragraphs[new_start:new_end]
        if sort == "equal":
            paragraphs += [build_whole_paragraph("same", line) for line in removed]
        else:
            paragraphs += compare_replaced_paragraphs(removed, added)
    return paragraphs


def build_whole_paragraph(sort: DifferenceKind, text: str) -> DifferenceParagraph:
    return DifferenceParagraph(sort, (DifferencePiece(sort, text),))


def compare_replaced_paragraphs(
    removed: Sequence[str], added: Sequence[str]
) -> Iterator[DifferenceParagraph]:
    """Yield paragraphs that gave way to others: side by side in their order, as one where they
    are much alike.
    """
    for old, new in zip_longest(removed, added):
        reworded = find_reworded_paragraph(old, new) if old and new else None
        if reworded:
            yield reworded
            continue
        if old:
            yield build_whole_paragraph("deleted", old)
        if new:
            yield build_whole_paragraph("inserted", new)


def find_reworded_paragraph(old: str, new: str) -> DifferenceParagraph | None:
    """Return a paragraph as the other one with some words replaced, if they have enough of
    them in common.
    """
    old_words = split_into_words(old)
    new_words = split_into_words(new)
    if max(len(old_words), len(new_words)) > LONGEST_PARAGRAPH_COMPARED:
        return None
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    if matcher.ratio() < LEAST_SHARE_IN_COMMON:
        return None
    pieces: list[DifferencePiece] = []
    for sort, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        removed = "".join(old_words[old_start:old_end])
        added = "".join(new_words[new_start:new_end])
        if sort == "equal":
            pieces.append(DifferencePiece("same", removed))
            continue
        if removed:
            pieces.append(DifferencePiece("deleted", removed))
        if added:
            pieces.append(DifferencePiece("inserted", added))
    return DifferenceParagraph("changed", tuple(pieces))


def split_into_words(text: str) -> list[str]:
    """Return words with the white space after them, and marks."""
    return re.findall(r"\s+|\w+\s*|[^\w\s]\s*", text)
