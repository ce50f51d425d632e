"""Quotes that contradict each other, so that one of them may well be wrong.

Two speakers said the same words (one claim), in one article or inside quotation marks in each; or
one speaker both asserts and denies them. What a curator has decided on stays as it is; the other
quote waits. All of it is read off the columns kept in memory.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from claims.search.columns import (
    ASSERTS_CODE,
    DENIES_CODE,
    INDIRECT_CODE,
    REJECTED_CODE,
    UNREVIEWED_CODE,
    Columns,
    RowNumbers,
    get_current_columns,
)

COLUMNS_COMPARED = ("id", "actor", "article", "kind", "stance", "status")
MOST_QUOTES_CONFRONTED = 20  # quotes of one claim that are compared with each other


# The columns that were searched last, and what was found in them. They are another object as soon
# as a quote has changed.
_last_search: tuple[Columns, list[int]] | None = None


def list_conflicting_quotes() -> list[int]:
    """Return the primary keys of the quotes that wait and contradict another, in ascending order.

    They are looked for anew only where quotes have changed.
    """
    global _last_search
    columns = get_current_columns()
    last_search = _last_search
    if last_search is not None and last_search[0] is columns:
        return last_search[1]
    conflicting = find_conflicts(columns)
    _last_search = (columns, conflicting)
    return conflicting


def find_conflicts(columns: Columns) -> list[int]:
    conflicting: set[int] = set()
    for rows in list_rows_of_shared_claims(columns):
        conflicting.update(list_conflicts_among(columns, rows))
    return sorted(conflicting)


def list_rows_of_shared_claims(columns: Columns) -> Iterator[RowNumbers]:
    """Yield the rows of each claim that several standing quotes with a speaker make."""
    is_standing = columns["status"] != REJECTED_CODE
    has_speaker = columns["actor"] > 0
    rows = np.flatnonzero(is_standing & has_speaker)
    claims = columns["claim"][rows]
    by_claim = np.argsort(claims, kind="stable")
    edges = np.flatnonzero(np.diff(claims[by_claim])) + 1
    for rows_of_claim in np.split(rows[by_claim], edges):
        if len(rows_of_claim) > 1:
            yield rows_of_claim[:MOST_QUOTES_CONFRONTED]


def list_conflicts_among(columns: Columns, rows: RowNumbers) -> Iterator[int]:
    """Yield the primary keys of the unreviewed quotes that contradict another of these rows."""
    quotes = [read_compared_values(columns, row) for row in rows]
    for pair in combinations(quotes, 2):
        if is_contradiction(*pair):
            for quote in pair:
                if quote["status"] == UNREVIEWED_CODE:
                    yield quote["id"]


def read_compared_values(columns: Columns, row: int) -> dict[str, int]:
    return {name: int(columns[name][row]) for name in COLUMNS_COMPARED}


def is_contradiction(one: dict[str, int], other: dict[str, int]) -> bool:
    """Tell whether two quotes of one claim, by their columns, can hardly both be right."""
    if one["actor"] == other["actor"]:
        return {one["stance"], other["stance"]} == {ASSERTS_CODE, DENIES_CODE}
    is_one_article = one["article"] == other["article"]
    return is_one_article or INDIRECT_CODE not in (one["kind"], other["kind"])
