"""The parts of two quotes that are held against each other."""

from collections.abc import Iterable
from functools import lru_cache

from claims.relating.alignment import Run, align
from claims.relating.meaning import PAIRS_REMEMBERED, focus
from claims.relating.profiles import Profile
from claims.relating.segments import Segment

SHORTEST_RUN = 3  # words
SHARE_OF_COPY = 0.6  # of the shorter quote's words that stand in runs, from which on one is a copy

Parts = tuple[Segment, ...]


@lru_cache(PAIRS_REMEMBERED)
def list_parts(a: Profile, b: Profile) -> tuple[Parts, Parts]:
    """Return the parts of each that say what the other says too.

    Of a copy they are those that were copied: a long answer may well repeat a word of a part that
    the other has left out. Of others they are those with the most in common.
    """
    runs = [run for run in align(a.keys, b.keys).runs if run.length >= SHORTEST_RUN]
    copied = sum(run.length for run in runs)
    if copied < SHARE_OF_COPY * min(len(a.keys), len(b.keys)) or not runs:
        return focus(a, b), focus(b, a)
    in_a = select_parts(a, (Run(run.in_a, run.in_a, run.length) for run in runs))
    in_b = select_parts(b, (Run(run.in_b, run.in_b, run.length) for run in runs))
    return in_a, in_b


def select_parts(profile: Profile, runs: Iterable[Run]) -> Parts:
    """Return the parts in which words of these runs stand."""
    copied = {run.in_a + step for run in runs for step in range(run.length)}
    return tuple(
        part for part in profile.segments if not copied.isdisjoint(range(part.first, part.end))
    )
