"""Which claims: those that most outlets tell first, then the latest.

All of it is counted on the columns each time, but for what two wordings are to each other, which
the database knows. Words that say nothing by themselves are no claims here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from claims.models import Claim
from claims.search.columns import (
    Columns,
    ColumnValues,
    RowNumbers,
)
from claims.search.copies import CopiesChoice, build_list_copies_choice
from claims.search.disputed import list_disputed
from claims.search.filters import counts_texts_once
from claims.search.list_filters import ListChip, find_who_is_meant, list_chips, mask_fitting
from claims.search.number_sets import list_distinct, select_among
from claims.search.problems import QueryProblem
from claims.search.quoted import count_quotes, select_standing


@dataclass(frozen=True, slots=True)
class ClaimTotals:
    """How often each claim is told, by its number: in how many outlets, and its latest row.

    `latest` is beyond all rows where there is none; `order` are the numbers of all claims, those of
    the latest quotes first.
    """

    outlets: ColumnValues
    latest: ColumnValues
    order: ColumnValues

    def sort(self, claims: ColumnValues) -> ColumnValues:
        """Return some claims: those in several outlets first, the most first; of as many the latest."""
        several = claims[self.outlets[claims] > 1]
        order = np.lexsort((self.latest[several], -self.outlets[several]))
        is_alone = np.zeros(len(self.outlets), np.bool_)
        is_alone[claims] = True
        is_alone[several] = False
        return np.concatenate([several[order], self.order[is_alone[self.order]]])


@dataclass(frozen=True, slots=True)
class FoundClaims:
    """The numbers of the claims that fit, in their order, and what they were asked for by."""

    numbers: ColumnValues
    copies: CopiesChoice
    is_once: bool
    chips: list[ListChip]
    problems: list[QueryProblem]


# The columns that were counted last, either way of counting copies, and the totals.
_last_totals: dict[bool, tuple[Columns, ClaimTotals]] = {}


def find_claims(known: Columns, asked: Mapping[str, Any]) -> FoundClaims:
    """Return the claims of which one quote at least fits all that is asked for."""
    is_once = counts_texts_once(asked.get("copies", ""), asked.get("outlet", ""))
    meant, labels, problems = find_who_is_meant(asked)
    usable = {name: value for name, value in asked.items() if name not in problems}
    told = select_told(known, is_once=is_once)
    fitting = told[mask_fitting(known, told, usable, meant)]
    numbers = list_distinct(known["claim"][fitting])
    numbers = select_claims(known, numbers, usable)
    counts = count_quotes(known, "claim", is_once=is_once)
    return FoundClaims(
        numbers=count_claims(known, is_once=is_once).sort(numbers),
        copies=build_list_copies_choice(
            usable, *counts.sum_up(numbers), is_once_by_default="outlet" not in usable
        ),
        is_once=is_once,
        chips=list_chips(usable, labels),
        problems=list(problems.values()),
    )


def select_told(known: Columns, *, is_once: bool) -> RowNumbers:
    """Return the rows of the quotes that readers see and that say something by themselves."""
    rows = select_standing(known, is_once=is_once)
    return rows[known["proposition"][rows]]


def count_claims(known: Columns, *, is_once: bool) -> ClaimTotals:
    """Return how often each claim is told; counted anew only where quotes have changed."""
    last = _last_totals.get(is_once)
    if last is not None and last[0] is known:
        return last[1]
    totals = build_totals(known, select_told(known, is_once=is_once))
    _last_totals[is_once] = (known, totals)
    return totals


def build_totals(known: Columns, rows: RowNumbers) -> ClaimTotals:
    claims = known["claim"][rows]
    quotes = np.bincount(claims)
    latest = np.full(len(quotes), len(known), np.int64)
    latest[claims[::-1]] = rows[::-1]  # of several rows the first is written last
    outlets = (quotes > 0).astype(np.int64)
    several = rows[quotes[claims] > 1]
    if len(several):
        width = int(known["outlet"].max()) + 1
        pairs = np.unique(known["claim"][several] * width + known["outlet"][several])
        told_by = np.bincount(pairs // width, minlength=len(quotes))
        outlets = np.maximum(outlets, told_by)
    return ClaimTotals(outlets, latest, claims[latest[claims] == rows])


def select_claims(known: Columns, claims: ColumnValues, asked: Mapping[str, Any]) -> ColumnValues:
    """Return those of the claims that have the words that are asked for, and are disputed if so asked."""
    if "q" in asked:
        found = Claim.objects.search(asked["q"]).order_by().values_list("pk", flat=True)
        claims = select_among(claims, np.fromiter(found, np.int64))
    if "disputed" in asked:
        claims = select_among(claims, list_disputed(known, asked["disputed"]))
    return claims
