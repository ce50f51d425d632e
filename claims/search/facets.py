"""What a list of quotes can be narrowed by, and how many quotes each value leaves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce
from operator import and_
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import numpy as np
from django.http import QueryDict

from claims.models import Actor, Outlet, QuoteStatus
from claims.models.actors import UNKNOWN_SLUG
from claims.models.naming import list_qualifiers
from claims.search.columns import CODED_VALUES, UNDATED, Columns, ColumnValues, RowMask, RowNumbers
from claims.search.filters import (
    SLUG_PARAMETERS,
    UNKNOWN_SPEAKER_NUMBER,
    Filters,
    QueryProblem,
    list_repeated_problems,
    shorten_query_value,
)

if TYPE_CHECKING:
    from claims.models.actors import ActorQuerySet
    from claims.models.articles import OutletQuerySet
FACET_VALUES_SHOWN, MOST_FACET_VALUES_SHOWN = (
    8,
    200,
)  # values of a facet, and of one that is asked for in full
LONGEST_TYPED_NAME = 100  # letters to find a value by
FACET_HEADINGS = {
    "actor": "Who",
    "speaker": "Speaker",
    "about": "About",
    "act": "Act",
    "kind": "Kind of quote",
    "stance": "Stance",
    "outlet": "Outlet",
    "status": "Review",
}
FACETS_STOOD_FOR = {
    "actor": ("actor", "speaker")
}  # what a page that stands for one filter need not offer
REJECTED_CODE = CODED_VALUES["status"].index(QuoteStatus.REJECTED)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that would narrow the list, how many quotes it leaves, and the query string that takes it up or drops it.

    `qualifier` tells it from others of its label.
    """

    value: str
    label: str
    count: int
    selected: bool
    query: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """`more`: values that are not shown; `rest`: the query string that shows them, or as many as a page can.

    `find`: letters that its values are narrowed to; None where there are too few values to look for any.
    """

    parameter: str
    label: str
    values: list[FacetValue]
    more: int
    rest: str
    find: str | None = None


@dataclass(frozen=True, slots=True)
class UnfoldedFacet:
    """The facet that is asked for in full, by its parameter, and the letters that its values are narrowed to."""

    parameter: str = ""
    find: str = ""


class MatchingQuotes:
    """The quotes that a state of the filters asks for, as rows of the columns."""

    def __init__(self, columns: Columns, filters: Filters, known: dict[str, RowMask] | None = None):
        self.columns, self.filters = columns, filters
        self.conditions = dict(list_filter_conditions(columns, filters)) if known is None else known

    def by(self, actor: Actor) -> "MatchingQuotes":
        """Those of one of the actors asked for."""
        one = {"actor": self.columns.having("actor", [actor.pk])}
        return MatchingQuotes(
            self.columns, replace(self.filters, actor=(actor.slug,)), self.conditions | one
        )

    @cached_property
    def rows(self) -> RowNumbers:
        """Those that fit everything, the newest first."""
        return self.beside("")

    @property
    def total(self) -> int:
        return len(self.rows)

    def beside(self, facet: str) -> RowNumbers:
        """Those that fit all but what this facet itself has chosen."""
        masks = [mask for name, mask in self.conditions.items() if name != facet]
        return np.flatnonzero(reduce(and_, masks)) if masks else np.arange(len(self.columns))

    def counts(self, facet: str) -> ColumnValues:
        """How many quotes each value of a facet leaves beside what else is chosen, by the value's number."""
        rows = self.beside(facet) if getattr(self.filters, facet) else self.rows
        if facet == "about":
            return np.bincount(self.columns.named_by(rows))
        found = np.bincount(self.columns[facet][rows])
        if facet == "status" and QuoteStatus.REJECTED not in self.filters.status:
            found[REJECTED_CODE:] = 0
        return found


def list_filter_conditions(columns: Columns, filters: Filters) -> Iterator[tuple[str, RowMask]]:
    """For each parameter that narrows the list, the rows that it leaves; the rejected are left out unless asked for."""
    for name, values in CODED_VALUES.items():
        if chosen := getattr(filters, name):
            yield name, columns.having(name, [values.index(value) for value in chosen])
    if not filters.status:
        yield "status", columns["status"] != REJECTED_CODE
    for name in ("actor", "outlet"):
        if getattr(filters, name):
            yield name, columns.having(name, filters.numbers(name))
    if filters.about:
        yield "about", columns.naming(filters.numbers("about"))
    if filters.since:
        yield "since", columns["day"] >= get_day_number(filters.since)
    if filters.until:
        yield (
            "until",
            (columns["day"] <= get_day_number(filters.until)) & (columns["day"] != UNDATED),
        )
    if filters.q:
        yield "q", columns.of(filters.worded())


def get_day_number(day: date) -> int:
    return int(np.datetime64(day, "D").astype(int))


def list_facets(
    matching: MatchingQuotes, fixed: str = "", unfolded: UnfoldedFacet | None = None
) -> list[Facet]:
    """Every facet but the one that a page stands for, `fixed`, with its most frequent values; two queries for all."""
    unfolded = unfolded or UnfoldedFacet()
    counts = {
        name: matching.counts(name)
        for name in FACET_HEADINGS
        if name not in FACETS_STOOD_FOR.get(fixed, (fixed,))
    }
    found = {
        name: select_facet_numbers(name, matching.filters, each, unfolded)
        for name, each in counts.items()
    }
    labels = FacetLabels({name: numbers for name, (numbers, _) in found.items()})
    return [
        build_facet(matching.filters, name, counts[name], *found[name], labels, unfolded)
        for name in counts
    ]


def select_facet_numbers(
    name: str, filters: Filters, counts: ColumnValues, unfolded: UnfoldedFacet
) -> tuple[list[int], int]:
    """The numbers of the values that a facet shows, those chosen at the end if not before; and how many there are in all."""
    numbers = np.flatnonzero(counts)
    full = unfolded.parameter == name
    if full and unfolded.find:
        numbers = numbers[np.isin(numbers, find_numbers_by_letters(name, unfolded.find))]
    most = (
        (MOST_FACET_VALUES_SHOWN if full else FACET_VALUES_SHOWN)
        if name in SLUG_PARAMETERS
        else len(counts)
    )
    first = numbers[np.lexsort((numbers, -counts[numbers]))[:most]]
    chosen = (
        filters.numbers(name)
        if name in SLUG_PARAMETERS
        else [CODED_VALUES[name].index(value) for value in getattr(filters, name)]
    )
    return [*first.tolist(), *(number for number in chosen if number not in first)], len(numbers)


def find_numbers_by_letters(name: str, letters: str) -> list[int]:
    """The numbers of the actors or outlets one of whose names has words that begin so."""
    rows: ActorQuerySet | OutletQuerySet = (
        Outlet.objects.all() if name == "outlet" else Actor.objects.all()
    )
    return list(rows.beginning_with(letters).values_list("pk", flat=True))


class FacetLabels:
    """What the values of facets are called: read for all facets at once."""

    def __init__(self, numbers: dict[str, list[int]]):
        actors = {number for name in ("actor", "about") for number in numbers.get(name, ())} - {
            UNKNOWN_SPEAKER_NUMBER
        }
        outlets = numbers.get("outlet", ())
        self.actors = Actor.objects.listed(actors) if actors else {}
        self.outlets = Outlet.objects.named(outlets) if outlets else {}

    def of(self, name: str, numbers: Sequence[int]) -> list[tuple[int, tuple[str, str, str]]]:
        """Each number with its value, label and qualifier; one that has meanwhile gone is left out."""
        if name in CODED_VALUES:
            return [
                (number, (value := CODED_VALUES[name][number], value.replace("_", " "), ""))
                for number in numbers
            ]
        if name == "outlet":
            return [
                (number, (*self.outlets[number], ""))
                for number in numbers
                if number in self.outlets
            ]
        known = self.apart(numbers) | {
            UNKNOWN_SPEAKER_NUMBER: (UNKNOWN_SLUG, "Unknown speaker", "")
        }
        return [(number, known[number]) for number in numbers if number in known]

    def apart(self, numbers: Iterable[int]) -> dict[int, tuple[str, str, str]]:
        """Slug, name and qualifier of each of these actors that is there."""
        rows = {number: self.actors[number] for number in numbers if number in self.actors}
        qualifiers = list_qualifiers(list(rows.values()))
        return {
            pk: (row.slug, row.name, text)
            for (pk, row), text in zip(rows.items(), qualifiers, strict=True)
        }


def build_facet(
    filters: Filters,
    name: str,
    counts: ColumnValues,
    numbers: list[int],
    known: int,
    labels: FacetLabels,
    unfolded: UnfoldedFacet,
) -> Facet:
    chosen, full = getattr(filters, name), unfolded.parameter == name
    values = [
        FacetValue(
            value,
            label,
            int(counts[number]) if number < len(counts) else 0,
            value in chosen,
            build_toggled_query(filters, name, value),
            qualifier,
        )
        for number, (value, label, qualifier) in labels.of(name, numbers)
    ]
    more = max(known - len(values), 0)
    rest = urlencode([*parse_qsl(filters.query()), ("more", name)]) if more and not full else ""
    find = unfolded.find if full else ""
    return Facet(
        name,
        FACET_HEADINGS[name],
        values,
        more,
        rest,
        find if name in SLUG_PARAMETERS and (more or full) else None,
    )


def build_toggled_query(filters: Filters, name: str, value: str) -> str:
    chosen = getattr(filters, name)
    left = tuple(each for each in chosen if each != value) if value in chosen else (*chosen, value)
    return filters.query(**{name: left})


def read_unfolded_facet(
    query: QueryDict, fixed: str = ""
) -> tuple[UnfoldedFacet, list[QueryProblem]]:
    """The facet of which more is asked for, if it is one that is shown in part."""
    name, letters = query.get("more", ""), query.get("find", "").strip()
    known = [each for each in SLUG_PARAMETERS if each != fixed]
    problems = list_repeated_problems(query, ["more", "find"])
    if name and name not in known:
        message = f"There is no more to show of “{shorten_query_value(name)}”; there may be of {', '.join(known)}."
        return UnfoldedFacet(), [
            *problems,
            QueryProblem("more", shorten_query_value(name), message),
        ]
    if letters and not name:
        return UnfoldedFacet(), [
            *problems,
            QueryProblem(
                "find",
                shorten_query_value(letters),
                "“find” needs “more”, the filter to find it in.",
            ),
        ]
    if "\0" in letters or len(letters) > LONGEST_TYPED_NAME:
        message = f"“find” is longer than {LONGEST_TYPED_NAME} characters, or holds NUL."
        return UnfoldedFacet(name), [
            *problems,
            QueryProblem("find", shorten_query_value(letters), message),
        ]
    return UnfoldedFacet(name, letters), problems
