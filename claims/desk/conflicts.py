"""Quotes that contradict each other, so that one of them may well be wrong: read off the columns kept in memory.

The same words (one claim) of two speakers, in one article or inside quotation marks in each; or one speaker who both asserts
and denies them. What a curator has decided on stays as it is; the other waits.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from claims.search.columns import CODED_VALUES, Columns, RowNumbers, get_current_columns

DENIES_CODE, ASSERTS_CODE = (
    CODED_VALUES["stance"].index("denies"),
    CODED_VALUES["stance"].index("asserts"),
)
INDIRECT_CODE = CODED_VALUES["kind"].index("indirect")
REJECTED_CODE, UNREVIEWED_CODE = (
    CODED_VALUES["status"].index("rejected"),
    CODED_VALUES["status"].index("unreviewed"),
)
MOST_QUOTES_CONFRONTED = 20  # quotes of one claim that are compared with each other
_found: dict[int, tuple[Columns, list[int]]] = {}


def list_conflicting_quotes() -> list[int]:
    """The primary keys of the quotes that wait and contradict another; looked for anew only where quotes have changed."""
    known = get_current_columns()
    if (kept := _found.get(0)) and kept[0] is known:
        return kept[1]
    found = sorted(
        {
            pk
            for rows in list_rows_of_shared_claims(known)
            for pk in list_conflicts_among(known, rows)
        }
    )
    _found[0] = (known, found)
    return found


def list_rows_of_shared_claims(known: Columns) -> Iterator[RowNumbers]:
    """The rows of each claim that several standing quotes with a speaker make."""
    standing = np.flatnonzero((known["status"] != REJECTED_CODE) & (known["actor"] > 0))
    claims = known["claim"][standing]
    ordered = np.argsort(claims, kind="stable")
    edges = np.flatnonzero(np.diff(claims[ordered])) + 1
    for rows in np.split(standing[ordered], edges):
        if len(rows) > 1:
            yield rows[:MOST_QUOTES_CONFRONTED]


def list_conflicts_among(known: Columns, rows: RowNumbers) -> Iterator[int]:
    columns = ("id", "actor", "article", "kind", "stance", "status")
    quotes = [{name: int(known[name][at]) for name in columns} for at in rows]
    for one, other in combinations(quotes, 2):
        if is_contradiction(one, other):
            yield from (each["id"] for each in (one, other) if each["status"] == UNREVIEWED_CODE)


def is_contradiction(one: dict[str, int], other: dict[str, int]) -> bool:
    if one["actor"] == other["actor"]:
        return {one["stance"], other["stance"]} == {ASSERTS_CODE, DENIES_CODE}
    return one["article"] == other["article"] or INDIRECT_CODE not in (one["kind"], other["kind"])
