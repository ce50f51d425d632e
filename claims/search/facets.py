"""What a list of quotes can be narrowed by, and how many quotes each value leaves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce
from operator import and_
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlencode

import numpy as np
from django.http import QueryDict

from claims.models import Actor, Outlet, QuoteStatus
from claims.models.actors import UNKNOWN_SLUG
from claims.models.naming import list_qualifiers
from claims.models.text_search import has_beginning
from claims.search.columns import (
    CODED_VALUES,
    REJECTED_CODE,
    UNDATED,
    Columns,
    ColumnValues,
    RowMask,
    RowNumbers,
)
from claims.search.counting import select_most_counted
from claims.search.filters import Filters
from claims.search.parameters import SLUG_PARAMETERS
from claims.search.places import mask_words
from claims.search.problems import QueryProblem, list_repeated_problems, shorten_query_value
from claims.search.reading import UNKNOWN_SPEAKER_NUMBER

if TYPE_CHECKING:
    from claims.models.actors import ActorQuerySet
    from claims.models.outlets import OutletQuerySet

FACET_VALUES_SHOWN = 8
MOST_FACET_VALUES_SHOWN = 200  # of a facet that is asked for in full
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
# What a page that stands for one filter need not offer, where that is more than the filter itself.
FACETS_STOOD_FOR = {"actor": ("actor", "speaker")}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that would narrow the list, how many quotes it leaves, and the query string that
    takes it up or drops it.

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
    """What a list can be narrowed by, with some of its values.

    `more` values are not shown; `rest` is the query string that shows them, or as many as a
    page can. `find` are letters that its values are narrowed to; None where there are too few
    values to look for any.
    """

    parameter: str
    label: str
    values: list[FacetValue]
    more: int
    rest: str
    find: str | None = None


@dataclass(frozen=True, slots=True)
class UnfoldedFacet:
    """The facet that is asked for in full, by its parameter, and the letters that its values
    are narrowed to.
    """

    parameter: str = ""
    find: str = ""


class FacetNumbers(NamedTuple):
    """The values that a facet shows, by their numbers, and how many values there are in all."""

    shown: list[int]
    known: int


class FacetLabel(NamedTuple):
    """What a value is in addresses and what it is called.

    `qualifier` tells it from others of its label.
    """

    value: str
    label: str
    qualifier: str = ""


class MatchingQuotes:
    """The quotes that a state of the filters asks for, as rows of the columns.

    They are all there are. Only who says `may_be_partial`, and tells it, may be given a part, where
    it takes too long to look for the words (`places.py`).
    """

    def __init__(
        self,
        columns: Columns,
        filters: Filters,
        conditions: dict[str, RowMask] | None = None,
        *,
        may_be_partial: bool = False,
    ):
        self.columns = columns
        self.filters = filters
        self.may_be_partial = may_be_partial
        if conditions is None:
            conditions = dict(list_filter_conditions(columns, filters, may_be_partial))
        self.conditions = conditions

    def by(self, actor: Actor) -> "MatchingQuotes":
        """Return the quotes of one of the actors asked for."""
        conditions = {**self.conditions, "actor": self.columns.mask_having("actor", [actor.pk])}
        filters = replace(self.filters, actor=(actor.slug,))
        may_be_partial = self.may_be_partial
        return MatchingQuotes(self.columns, filters, conditions, may_be_partial=may_be_partial)

    @cached_property
    def rows(self) -> RowNumbers:
        """The rows that fit everything, the newest first."""
        return self.rows_beside("")

    @property
    def total(self) -> int:
        return len(self.rows)

    def rows_counted_by(self, parameter: str) -> RowNumbers:
        """Return the rows to be counted by the values of a parameter, none of which is chosen.

        An outlet that is asked for has all that it published, unless each text is to count once.
        """
        counts_by_default = "copies" in self.conditions and not self.filters.copies
        if parameter == "outlet" and counts_by_default:
            return self.rows_beside("copies")
        return self.rows

    def rows_beside(self, facet: str) -> RowNumbers:
        """Return the rows that fit all but what this facet itself has chosen."""
        masks = [mask for name, mask in self.conditions.items() if name != facet]
        if not masks:
            return np.arange(len(self.columns))
        return np.flatnonzero(reduce(and_, masks))

    def counts(self, facet: str) -> ColumnValues:
        """Return how many quotes each value of a facet leaves beside what else is chosen,
        by the value's number.
        """
        is_chosen_from = bool(getattr(self.filters, facet))
        rows = self.rows_beside(facet) if is_chosen_from else self.rows_counted_by(facet)
        if facet == "about":
            return np.bincount(self.columns.get_actors_named(rows))
        counts = np.bincount(self.columns[facet][rows])
        if facet == "status" and QuoteStatus.REJECTED not in self.filters.status:
            counts[REJECTED_CODE:] = 0
        return counts


def list_filter_conditions(
    columns: Columns, filters: Filters, may_be_partial: bool
) -> Iterator[tuple[str, RowMask]]:
    """Yield the rows that each parameter leaves that narrows the list.

    Rejected quotes are left out unless asked for.
    """
    for name in CODED_VALUES:
        codes = list_chosen_codes(filters, name)
        if codes:
            yield name, columns.mask_having(name, codes)
    if not filters.status:
        yield "status", columns["status"] != REJECTED_CODE
    for name in ("actor", "outlet"):
        numbers = filters.numbers(name)
        if numbers:
            yield name, columns.mask_having(name, numbers)
    if filters.about:
        yield "about", columns.mask_naming(filters.numbers("about"))
    if filters.since:
        yield "since", columns["day"] >= get_day_number(filters.since)
    if filters.until:
        is_dated = columns["day"] != UNDATED
        yield "until", is_dated & (columns["day"] <= get_day_number(filters.until))
    if filters.counts_texts_once:
        yield "copies", ~columns.is_repeated
    if filters.q:
        yield "q", mask_words(columns, filters, may_be_partial=may_be_partial)


def list_chosen_codes(filters: Filters, name: str) -> list[int]:
    return [CODED_VALUES[name].index(value) for value in getattr(filters, name)]


def get_day_number(day: date) -> int:
    """Return the days since 1 January 1970."""
    return int(np.datetime64(day, "D").astype(int))


def list_facets(
    matching: MatchingQuotes, fixed: str = "", unfolded: UnfoldedFacet | None = None
) -> list[Facet]:
    """Return every facet with its most frequent values, but the one that a page stands for,
    `fixed`.

    It takes two queries for all.
    """
    unfolded = unfolded or UnfoldedFacet()
    not_offered = FACETS_STOOD_FOR.get(fixed, (fixed,))
    names = [name for name in FACET_HEADINGS if name not in not_offered]
    counts = {name: matching.counts(name) for name in names}
    numbers = {
        name: select_facet_numbers(name, matching.filters, counts[name], unfolded) for name in names
    }
    labels = FacetLabels({name: numbers[name].shown for name in names})
    facets = []
    for name in names:
        values = build_facet_values(matching.filters, name, counts[name], numbers[name], labels)
        facets.append(build_facet(matching.filters, name, values, numbers[name].known, unfolded))
    return facets


def select_facet_numbers(
    name: str, filters: Filters, counts: ColumnValues, unfolded: UnfoldedFacet
) -> FacetNumbers:
    """Return the values that a facet shows, the most frequent first, those chosen at the end
    if not before.
    """
    numbers = np.flatnonzero(counts)
    is_unfolded = unfolded.parameter == name
    if is_unfolded and has_beginning(unfolded.find):
        numbers = numbers[np.isin(numbers, find_numbers_by_letters(name, unfolded.find))]
    if name not in SLUG_PARAMETERS:
        most_shown = len(counts)
        chosen = list_chosen_codes(filters, name)
    else:
        most_shown = MOST_FACET_VALUES_SHOWN if is_unfolded else FACET_VALUES_SHOWN
        chosen = filters.numbers(name)
    most_frequent = select_most_counted(counts, most_shown, numbers).tolist()
    chosen_besides = [number for number in chosen if number not in most_frequent]
    return FacetNumbers(most_frequent + chosen_besides, len(numbers))


def find_numbers_by_letters(name: str, letters: str) -> list[int]:
    """Return the actors or outlets, by their primary keys, one of whose names has words that
    begin so.
    """
    rows: ActorQuerySet | OutletQuerySet
    rows = Outlet.objects.all() if name == "outlet" else Actor.objects.all()
    return list(rows.beginning_with(letters).values_list("pk", flat=True))


class FacetLabels:
    """What the values of facets are called: read for all facets at once."""

    def __init__(self, numbers: dict[str, list[int]]):
        actors = {*numbers.get("actor", ()), *numbers.get("about", ())}
        actors.discard(UNKNOWN_SPEAKER_NUMBER)
        outlets = numbers.get("outlet", ())
        self.actors = Actor.objects.listed(actors) if actors else {}
        self.outlets = Outlet.objects.named(outlets) if outlets else {}

    def of(self, name: str, numbers: Sequence[int]) -> list[tuple[int, FacetLabel]]:
        """Return each number with its label; one that has meanwhile gone is left out."""
        if name in CODED_VALUES:
            labels = self.label_codes(name)
        elif name == "outlet":
            labels = {pk: FacetLabel(slug, label) for pk, (slug, label) in self.outlets.items()}
        else:
            labels = self.label_actors(numbers)
            labels[UNKNOWN_SPEAKER_NUMBER] = FacetLabel(UNKNOWN_SLUG, "Unknown speaker")
        return [(number, labels[number]) for number in numbers if number in labels]

    def label_codes(self, name: str) -> dict[int, FacetLabel]:
        values = enumerate(CODED_VALUES[name])
        return {number: FacetLabel(value, value.replace("_", " ")) for number, value in values}

    def label_actors(self, numbers: Iterable[int]) -> dict[int, FacetLabel]:
        """Return the labels of these actors, as far as they are there, so that no two look
        the same.
        """
        actors = {number: self.actors[number] for number in numbers if number in self.actors}
        qualifiers = list_qualifiers(list(actors.values()))
        labels = {}
        for (number, actor), qualifier in zip(actors.items(), qualifiers, strict=True):
            labels[number] = FacetLabel(actor.slug, actor.name, qualifier)
        return labels


def build_facet_values(
    filters: Filters, name: str, counts: ColumnValues, numbers: FacetNumbers, labels: FacetLabels
) -> list[FacetValue]:
    chosen = getattr(filters, name)
    values = []
    for number, (value, label, qualifier) in labels.of(name, numbers.shown):
        count = int(counts[number]) if number < len(counts) else 0
        query = build_toggled_query(filters, name, value)
        values.append(FacetValue(value, label, count, value in chosen, query, qualifier))
    return values


def build_facet(
    filters: Filters, name: str, values: list[FacetValue], known: int, unfolded: UnfoldedFacet
) -> Facet:
    """Return a facet; `known` is how many values there are in all."""
    is_unfolded = unfolded.parameter == name
    more = max(known - len(values), 0)
    rest = ""
    if more and not is_unfolded:
        rest = urlencode([*parse_qsl(filters.query()), ("more", name)])
    find = None
    if name in SLUG_PARAMETERS and (more or is_unfolded):
        find = unfolded.find if is_unfolded else ""
    return Facet(name, FACET_HEADINGS[name], values, more, rest, find)


def build_toggled_query(filters: Filters, name: str, value: str) -> str:
    """Return the query string that takes up a value, or drops it where it is chosen."""
    chosen = getattr(filters, name)
    if value in chosen:
        others = tuple(other for other in chosen if other != value)
        return filters.query(**{name: others})
    return filters.query(**{name: (*chosen, value)})


def read_unfolded_facet(
    query: QueryDict, fixed: str = ""
) -> tuple[UnfoldedFacet, list[QueryProblem]]:
    """Return the facet of which more is asked for, if it is one that is shown in part, and
    what is wrong with that.
    """
    name = query.get("more", "")
    letters = query.get("find", "").strip()
    known = [parameter for parameter in SLUG_PARAMETERS if parameter != fixed]
    problems = list_repeated_problems(query, ["more", "find"])
    if name and name not in known:
        message = f"There is no more to show of “{shorten_query_value(name)}”; there may be of {', '.join(known)}."
        problems.append(QueryProblem("more", shorten_query_value(name), message))
        return UnfoldedFacet(), problems
    if letters and not name:
        message = "“find” needs “more”, the filter to find it in."
        problems.append(QueryProblem("find", shorten_query_value(letters), message))
        return UnfoldedFacet(), problems
    if "\0" in letters or len(letters) > LONGEST_TYPED_NAME:
        message = f"“find” is longer than {LONGEST_TYPED_NAME} characters, or holds NUL."
        problems.append(QueryProblem("find", shorten_query_value(letters), message))
        return UnfoldedFacet(name), problems
    return UnfoldedFacet(name, letters), problems
