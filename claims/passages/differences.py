"""How two texts differ: by paragraphs, and within those that are much alike by words. Plain Python, no Django."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

DifferenceKind = Literal["same", "deleted", "inserted"]

LEAST_SHARE_IN_COMMON = (
    0.4  # of its words, from which on a paragraph is the other one reworded, and not another
)
LONGEST_PARAGRAPH_COMPARED = (
    1000  # words and marks of a paragraph that are compared with another's one by one
)


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
    """The paragraphs of both texts in order, those of the old one first where they differ; empty lines are left out."""
    one, other = (tuple(line for line in text.split("\n") if line.strip()) for text in (old, new))
    found: list[DifferenceParagraph] = []
    for sort, a, b, c, d in SequenceMatcher(None, one, other).get_opcodes():
        if sort == "equal":
            found += [build_whole_paragraph("same", line) for line in one[a:b]]
        else:
            found += compare_replaced_paragraphs(one[a:b], other[c:d])
    return found


def build_whole_paragraph(sort: DifferenceKind, text: str) -> DifferenceParagraph:
    return DifferenceParagraph(sort, (DifferencePiece(sort, text),))


def compare_replaced_paragraphs(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[DifferenceParagraph]:
    """Paragraphs that gave way to others: side by side in their order, as one where they are much alike."""
    for one, other in zip_longest(old, new):
        changed = find_reworded_paragraph(one, other) if one and other else None
        if changed:
            yield changed
            continue
        if one:
            yield build_whole_paragraph("deleted", one)
        if other:
            yield build_whole_paragraph("inserted", other)


def find_reworded_paragraph(old: str, new: str) -> DifferenceParagraph | None:
    """A paragraph as the other one with some words replaced, if they have enough of them in common."""
    one, other = split_into_words(old), split_into_words(new)
    if len(one) > LONGEST_PARAGRAPH_COMPARED or len(other) > LONGEST_PARAGRAPH_COMPARED:
        return None
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < LEAST_SHARE_IN_COMMON:
        return None
    pieces: list[DifferencePiece] = []
    for sort, a, b, c, d in matcher.get_opcodes():
        if sort == "equal":
            pieces.append(DifferencePiece("same", "".join(one[a:b])))
            continue
        if a < b:
            pieces.append(DifferencePiece("deleted", "".join(one[a:b])))
        if c < d:
            pieces.append(DifferencePiece("inserted", "".join(other[c:d])))
    return DifferenceParagraph("changed", tuple(pieces))


def split_into_words(text: str) -> list[str]:
    """Words with the white space after them, and marks."""
    return re.findall(r"\s+|\w+\s*|[^\w\s]\s*", text)
