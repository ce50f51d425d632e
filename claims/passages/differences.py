"""How two texts differ: by paragraphs, and within those that are much alike by words. Plain Python, no Django."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

Sort = Literal["same", "deleted", "inserted"]

MUCH = 0.4  # of its words, from which on a paragraph is the other one reworded, and not another
LONGEST = 1000  # words and marks of a paragraph that are compared with another's one by one


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is the same in both, or in one alone."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`sort` is "changed" where some of its words are the same."""

    sort: Literal["same", "deleted", "inserted", "changed"]
    pieces: tuple[Piece, ...]


def differences(old: str, new: str) -> list[Paragraph]:
    """The paragraphs of both texts in order, those of the old one first where they differ; empty lines are left out."""
    one, other = (tuple(line for line in text.split("\n") if line.strip()) for text in (old, new))
    found: list[Paragraph] = []
    for sort, a, b, c, d in SequenceMatcher(None, one, other).get_opcodes():
        if sort == "equal":
            found += [whole("same", line) for line in one[a:b]]
        else:
            found += replaced(one[a:b], other[c:d])
    return found


def whole(sort: Sort, text: str) -> Paragraph:
    return Paragraph(sort, (Piece(sort, text),))


def replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs that gave way to others: side by side in their order, as one where they are much alike."""
    for one, other in zip_longest(old, new):
        changed = reworded(one, other) if one and other else None
        if changed:
            yield changed
            continue
        if one:
            yield whole("deleted", one)
        if other:
            yield whole("inserted", other)


def reworded(old: str, new: str) -> Paragraph | None:
    """A paragraph as the other one with some words replaced, if they have enough of them in common."""
    one, other = words(old), words(new)
    if len(one) > LONGEST or len(other) > LONGEST:
        return None
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < MUCH:
        return None
    pieces: list[Piece] = []
    for sort, a, b, c, d in matcher.get_opcodes():
        if sort == "equal":
            pieces.append(Piece("same", "".join(one[a:b])))
            continue
        if a < b:
            pieces.append(Piece("deleted", "".join(one[a:b])))
        if c < d:
            pieces.append(Piece("inserted", "".join(other[c:d])))
    return Paragraph("changed", tuple(pieces))


def words(text: str) -> list[str]:
    """Words with the white space after them, and marks."""
    return re.findall(r"\s+|\w+\s*|[^\w\s]\s*", text)
