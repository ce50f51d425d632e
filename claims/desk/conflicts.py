"""Quotes that contradict each other, so that one of them may well be wrong: read off the columns kept in memory.

The same words (one claim) of two speakers, in one article or inside quotation marks in each; or one speaker who both asserts
and denies them. What a curator has decided on stays as it is; the other waits.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from claims.search.columns import CODED, Columns, Rows, current

DENIES, ASSERTS = CODED["stance"].index("denies"), CODED["stance"].index("asserts")
INDIRECT = CODED["kind"].index("indirect")
REJECTED, UNREVIEWED = CODED["status"].index("rejected"), CODED["status"].index("unreviewed")
MOST = 20  # quotes of one claim that are compared with each other
_found: dict[int, tuple[Columns, list[int]]] = {}


def conflicting() -> list[int]:
    """The primary keys of the quotes that wait and contradict another; looked for anew only where quotes have changed."""
    known = current()
    if (kept := _found.get(0)) and kept[0] is known:
        return kept[1]
    found = sorted({pk for rows in shared(known) for pk in in_conflict(known, rows)})
    _found[0] = (known, found)
    return found


def shared(known: Columns) -> Iterator[Rows]:
    """The rows of each claim that several standing quotes with a speaker make."""
    standing = np.flatnonzero((known["status"] != REJECTED) & (known["actor"] > 0))
    claims = known["claim"][standing]
    ordered = np.argsort(claims, kind="stable")
    edges = np.flatnonzero(np.diff(claims[ordered])) + 1
    for rows in np.split(standing[ordered], edges):
        if len(rows) > 1:
            yield rows[:MOST]


def in_conflict(known: Columns, rows: Rows) -> Iterator[int]:
    columns = ("id", "actor", "article", "kind", "stance", "status")
    quotes = [{name: int(known[name][at]) for name in columns} for at in rows]
    for one, other in combinations(quotes, 2):
        if contradict(one, other):
            yield from (each["id"] for each in (one, other) if each["status"] == UNREVIEWED)


def contradict(one: dict[str, int], other: dict[str, int]) -> bool:
    if one["actor"] == other["actor"]:
        return {one["stance"], other["stance"]} == {ASSERTS, DENIES}
    return one["article"] == other["article"] or INDIRECT not in (one["kind"], other["kind"])
