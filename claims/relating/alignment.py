"""Which words of two quotes stand in the same order: the runs that a copy leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

LONGEST_ALIGNED = 400  # words of a content; what goes beyond is left out


@dataclass(frozen=True, slots=True)
class Run:
    """So many words that are the same in both, from word `in_a` and word `in_b` on."""

    in_a: int
    in_b: int
    length: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The runs of two quotes in the order of both, and the longest wherever it stands."""

    runs: tuple[Run, ...]
    longest: int

    def count(self, shortest: int = 1) -> int:
        """Return how many words stand in runs of at least so many."""
        return sum(run.length for run in self.runs if run.length >= shortest)


def align(keys_of_a: Sequence[str], keys_of_b: Sequence[str]) -> Alignment:
    """Return the runs of words that two quotes share, in order.

    Parts that were put into another order are found once more among what is left.
    """
    return align_keys(tuple(keys_of_a), tuple(keys_of_b))


@lru_cache(256)
def align_keys(keys_of_a: tuple[str, ...], keys_of_b: tuple[str, ...]) -> Alignment:
    short_a = list(keys_of_a[:LONGEST_ALIGNED])
    short_b = list(keys_of_b[:LONGEST_ALIGNED])
    matcher = SequenceMatcher(None, short_a, short_b, autojunk=False)
    runs = [Run(*block) for block in matcher.get_matching_blocks() if block.size]
    longest = max((run.length for run in runs), default=0)
    moved = align_what_is_left(short_a, short_b, runs)
    return Alignment((*runs, *moved), longest)


SHORTEST_MOVED_RUN = 4  # words


def align_what_is_left(
    keys_of_a: list[str], keys_of_b: list[str], runs: Sequence[Run]
) -> list[Run]:
    """Return the runs of some length that stand in another order than the rest."""
    left_a = list(keys_of_a)
    left_b = list(keys_of_b)
    for run in runs:
        for step in range(run.length):
            left_a[run.in_a + step] = "<a>"
            left_b[run.in_b + step] = "<b>"
    matcher = SequenceMatcher(None, left_a, left_b, autojunk=False)
    blocks = matcher.get_matching_blocks()
    return [Run(*block) for block in blocks if block.size >= SHORTEST_MOVED_RUN]


def count_quoted(
    alignment: Alignment, quoted_in_a: Sequence[bool], quoted_in_b: Sequence[bool]
) -> tuple[int, int, int]:
    """Return how many aligned words stand inside marks in both, the longest run of them, and the
    longest run of words that stand inside marks in one of the quotes at least.
    """
    both = 0
    longest_in_both = 0
    longest_in_one = 0
    for run in alignment.runs:
        in_both = 0
        in_one = 0
        for step in range(run.length):
            in_a = quoted_in_a[run.in_a + step]
            in_b = quoted_in_b[run.in_b + step]
            in_both = in_both + 1 if in_a and in_b else 0
            in_one = in_one + 1 if in_a or in_b else 0
            longest_in_both = max(longest_in_both, in_both)
            longest_in_one = max(longest_in_one, in_one)
            if run.length > 1 and in_a and in_b:
                both += 1
    return both, longest_in_both, longest_in_one
