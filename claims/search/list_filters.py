"""The filters that lists of claims and of disputes have in common."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import numpy as np

from claims.search.columns import CODED_VALUES, Columns, RowMask, RowNumbers
from claims.search.problems import QueryProblem, shorten_query_value
from claims.search.slugs import find_slugs

FIRST_DAY = date(1970, 1, 1)  # from which the days in the columns are counted


@dataclass(frozen=True, slots=True)
class ListChip:
    """A filter of the list of claims that is active, with the query string without it."""

    parameter: str
    value: str
    label: str
    query: str


def find_who_is_meant(
    asked: Mapping[str, Any],
) -> tuple[dict[str, int], dict[str, str], dict[str, QueryProblem]]:
    """Return the numbers and names of the actor and the outlet that are asked for, and a problem for
    each that there is not.
    """
    wanted = {name: asked[name] for name in ("actor", "outlet") if name in asked}
    actors = [wanted["actor"]] if "actor" in wanted else []
    outlets = [wanted["outlet"]] if "outlet" in wanted else []
    rows = {row.kind: row for row in find_slugs(actors, outlets)}
    numbers = {kind: row.number for kind, row in rows.items()}
    labels = {kind: row.label for kind, row in rows.items()}
    problems = {}
    for name in wanted.keys() - rows.keys():
        value = shorten_query_value(wanted[name])
        problems[name] = QueryProblem(name, value, f"There is no {name} “{value}”.")
    return numbers, labels, problems


def mask_fitting(
    known: Columns, rows: RowNumbers, asked: Mapping[str, Any], meant: Mapping[str, int]
) -> RowMask:
    """Return which of the rows are of quotes by the actor, in the outlet, of the stance, since the day."""
    fits = np.ones(len(rows), np.bool_)
    for name, number in meant.items():
        fits &= known[name][rows] == number
    if "stance" in asked:
        fits &= known["stance"][rows] == CODED_VALUES["stance"].index(asked["stance"])
    if "since" in asked:
        fits &= known["day"][rows] >= (asked["since"] - FIRST_DAY).days
    return fits


def list_chips(asked: Mapping[str, Any], labels: Mapping[str, str]) -> list[ListChip]:
    """Return the filters that are active, as pages call them, each with what taking it away asks for."""
    chips = []
    for name, value in asked.items():
        if name in ("q", "copies"):
            continue
        label = labels.get(name, str(value))
        chips.append(ListChip(name, str(value), label, build_query(asked, without=(name,))))
    return chips


def build_query(asked: Mapping[str, Any], without: Iterable[str] = (), **values: str) -> str:
    left_out = {*without, *values}
    kept = {name: str(value) for name, value in asked.items() if name not in left_out}
    return urlencode({**kept, **{name: value for name, value in values.items() if value}})
