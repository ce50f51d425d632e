"""Who and what is quoted most: actors, claims and outlets by the number of their quotes.

The numbers are counted on the columns each time, with each text counted once or with every copy: no
row has them stored, so that none can be out of date.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np
from django.core.paginator import Page
from django.db.models import Model, QuerySet

from claims.models import Actor
from claims.search import columns
from claims.search.columns import CODED_VALUES, REJECTED_CODE, Columns, ColumnValues, RowNumbers
from claims.search.copies import CopiesChoice, build_list_copies_choice
from claims.search.counting import list_stance_counts
from claims.search.filters import counts_texts_once

Quoted = Literal["actor", "claim", "outlet"]
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class QuoteCounts:
    """How many quotes that readers see the rows of a kind have, by their primary keys.

    `once` counts each text once, `every` every copy; `is_once` says which of them is asked for.
    """

    once: ColumnValues
    every: ColumnValues
    is_once: bool

    @property
    def asked(self) -> ColumnValues:
        return self.once if self.is_once else self.every

    def get(self, pk: int) -> int:
        """Return how many quotes a row has."""
        return int(self.asked[pk]) if pk < len(self.asked) else 0

    def sum_up(self, numbers: ColumnValues) -> tuple[int, int]:
        """Return how many quotes these rows have together: each text once, and every copy."""
        once = take_counts(self.once, numbers).sum()
        every = take_counts(self.every, numbers).sum()
        return int(once), int(every)

    def select_most_quoted(self, numbers: ColumnValues) -> ColumnValues:
        """Return those of the rows that have quotes, most first; of as many, in their own order."""
        counts = take_counts(self.asked, numbers)
        several = counts > 1  # of a million claims few are, and only these need be sorted
        most_first = np.argsort(-counts[several], kind="stable")
        return np.concatenate([numbers[several][most_first], numbers[counts == 1]])

    def list_unquoted(self) -> list[int]:
        """Return the rows of which there is no quote but in later copies, if texts count once."""
        if not self.is_once:
            return []
        unquoted: list[int] = np.flatnonzero((self.once == 0) & (self.every > 0)).tolist()
        return unquoted

    def attach(self, rows: Iterable[Row]) -> None:
        """Give each of these rows its `quote_count`, as `counted()` would at the cost of a join."""
        for row in rows:
            row.quote_count = self.get(row.pk)  # type: ignore[attr-defined]


def take_counts(counts: ColumnValues, numbers: ColumnValues) -> ColumnValues:
    """Return the counts of some rows; one that came in since has none."""
    with_none = np.append(counts, 0)
    return np.asarray(with_none[np.minimum(numbers, len(counts))])


def select_standing(known: Columns, *, is_once: bool) -> RowNumbers:
    """Return the rows of all quotes that readers see, each text once or every copy."""
    is_standing = known["status"] != REJECTED_CODE
    return np.flatnonzero(is_standing & ~known.is_repeated if is_once else is_standing)


def count_quotes(known: Columns, name: Quoted, *, is_once: bool) -> QuoteCounts:
    """Return how many quotes each actor, claim or outlet has."""
    is_standing = known["status"] != REJECTED_CODE
    numbers = known[name]
    every = np.bincount(numbers[is_standing])
    repeated = numbers[is_standing & known.is_repeated]
    once = every - np.bincount(repeated, minlength=len(every))
    return QuoteCounts(once, every, is_once)


def fetch_in_order(page: Page[Any], rows: QuerySet[Row], counts: QuoteCounts) -> list[Row]:
    """Return the rows of a page of primary keys, in its order, with their counts."""
    numbers = [int(number) for number in page]
    by_number = rows.in_bulk(numbers)
    found = [by_number[pk] for pk in numbers if pk in by_number]
    counts.attach(found)
    return found


# Lists, as their addresses ask for them


@dataclass(frozen=True, slots=True)
class QuotedActors:
    """The primary keys of actors that are quoted, most first, and how many of each kind there are
    beside the one that is chosen.
    """

    numbers: ColumnValues
    counts: QuoteCounts
    copies: CopiesChoice
    kinds: list[tuple[str, str, int]]


def find_actors(asked: Mapping[str, Any]) -> QuotedActors:
    """Return the actors that are called so, and are of the kind that is asked for."""
    counts = count_quotes_as_asked("actor", asked)
    called = Actor.objects.called(asked["q"]) if "q" in asked else Actor.objects.all()
    rows = list(called.order_by("name", "pk").values_list("pk", "kind"))
    numbers = np.array([pk for pk, _ in rows], np.int64)
    kinds = np.array([kind for _, kind in rows], np.str_)
    is_quoted = take_counts(counts.asked, numbers) > 0
    per_kind = Counter(kinds[is_quoted].tolist())
    if "kind" in asked:
        numbers = numbers[kinds == asked["kind"]]
    return QuotedActors(
        numbers=counts.select_most_quoted(numbers),
        counts=counts,
        copies=build_list_copies_choice(asked, *counts.sum_up(numbers)),
        kinds=[(kind, kind, count) for kind, count in sorted(per_kind.items())],
    )


def count_quotes_as_asked(name: Quoted, asked: Mapping[str, Any]) -> QuoteCounts:
    is_once = counts_texts_once(asked.get("copies", ""), ())
    return count_quotes(columns.get_current_columns(), name, is_once=is_once)


@dataclass(frozen=True, slots=True)
class QuotesOfClaim:
    """The primary keys of the quotes of a claim, the newest first, and which stances they take."""

    ids: list[int]
    stances: list[tuple[str, int]]
    copies: CopiesChoice


def find_quotes_of_claim(known: Columns, claim: int, asked: Mapping[str, Any]) -> QuotesOfClaim:
    """Return the quotes of a claim that readers see."""
    is_standing = known["status"] != REJECTED_CODE
    every = np.flatnonzero((known["claim"] == claim) & is_standing)
    once = every[~known.is_repeated[every]]
    copies = build_list_copies_choice(asked, len(once), len(every))
    rows = once if copies.is_once else every
    stances = np.bincount(known["stance"][rows], minlength=len(CODED_VALUES["stance"]))
    ids: list[int] = known["id"][rows].tolist()
    return QuotesOfClaim(ids, list_stance_counts(stances), copies)
