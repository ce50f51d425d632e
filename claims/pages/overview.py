"""A set of quotes at a glance: who is quoted most and when, which acts outlets make of it, who accuses whom, who has no name.

Every number is a `Count`, which knows the query string of the quotes that it counts: that state of the filters has as many.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

import numpy as np

from claims.extraction.schema import ACTS
from claims.models.actors import SPEAKER_VALUES, UNKNOWN_SLUG
from claims.models.addresses import get_address
from claims.passages.shares import describe_share
from claims.search import columns
from claims.search.columns import ColumnValues, RowMask
from claims.search.facets import FacetLabels, MatchingQuotes
from claims.search.filters import UNKNOWN_SPEAKER_NUMBER, FilterChip, Filters
from claims.search.histogram import Histogram, draw_histogram, select_time_step
from claims.search.listing import ListChoice
from claims.search.problems import QueryProblem

ACTORS_RANKED, ACTOR_CHOICES_OFFERED, OUTLET_ROWS_SHOWN, ACCUSATION_ROWS_SHOWN = (
    15,
    12,
    25,
    12,
)  # shown at most: of a ranking, of links, of rows, of rows and columns
BARS_OF_ACTOR = 31  # of one actor
NAMED_SPEAKER_CODE = SPEAKER_VALUES.index("named")
NAMELESS_SPEAKERS = tuple(sort for sort in SPEAKER_VALUES if sort != "named")
ACCUSE_CODE = ACTS.index("accuse")
LEAST_TIMES_USUAL, LEAST_QUOTES_STANDING_OUT = (
    1.5,
    5,
)  # an act stands out where it has so many times its usual share, and so many quotes
TONE_STEPS = 4  # steps of shade


@dataclass(frozen=True, slots=True)
class LinkedCount:
    """How many quotes, and the query string that leads to them; `tone` is how much it stands out, 0 not at all."""

    number: int
    query: str
    share: str = ""
    tone: int = 0


@dataclass(frozen=True, slots=True)
class OverviewName:
    """`slug` is the value of a filter; `address` the page of the actor or outlet, none of those who are not known."""

    slug: str
    label: str
    address: str = ""
    qualifier: str = ""


NAMELESS_NAME = OverviewName("", "Unnamed or unknown speaker")
ALL_OUTLETS, ALL_SPEAKERS = OverviewName("", "All outlets"), OverviewName("", "All speakers")


@dataclass(frozen=True, slots=True)
class ActorTrend:
    name: OverviewName
    quotes: LinkedCount
    over_time: Histogram


@dataclass(frozen=True, slots=True)
class OverviewLine:
    name: OverviewName
    total: LinkedCount
    cells: list[LinkedCount]


@dataclass(frozen=True, slots=True)
class OverviewTable:
    """`whole` counts each column over all rows, those not shown too; `more` is how many these are."""

    heads: list[OverviewName]
    whole: OverviewLine
    lines: list[OverviewLine]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    filters: Filters
    total: int
    choices: list[ListChoice]
    trends: list[ActorTrend]
    periods: list[OverviewLine]
    acts: OverviewTable
    accusations: OverviewTable
    sources: OverviewTable

    @property
    def chips(self) -> list[FilterChip]:
        return self.filters.list_chips()

    @property
    def problems(self) -> Sequence[QueryProblem]:
        return self.filters.problems

    @property
    def query(self) -> str:
        return self.filters.query()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of dates carries along."""
        return parse_qsl(self.filters.query(since=None, until=None))


@dataclass(frozen=True)
class AccusationPairs:
    """Accusations that name somebody: who made each, 0 for those without a name, and whom it names; one may name several."""

    by: ColumnValues
    whom: ColumnValues
    made: ColumnValues  # who made each, those included that name nobody

    def shown(self) -> tuple[ColumnValues, ColumnValues]:
        """The accusers and the accused of the table, the most frequent first, those without a name last."""
        whom = select_most_counted(np.bincount(self.whom), ACCUSATION_ROWS_SHOWN)
        return select_most_counted_actors(
            np.bincount(self.by[np.isin(self.whom, whom)]), ACCUSATION_ROWS_SHOWN
        ), whom


@dataclass(frozen=True)
class OutletCounts:
    """`counts` by outlet, act and sort of speaker; the last outlet stands for all those that are not shown, `more` of them."""

    outlets: ColumnValues
    counts: ColumnValues
    more: int


@dataclass(frozen=True)
class OverviewNames:
    actors: dict[int, OverviewName]
    outlets: dict[int, OverviewName]

    @classmethod
    def of(cls, actors: Iterable[int], outlets: Iterable[int]) -> "OverviewNames":
        """Two queries; whoever has meanwhile gone is not among them."""
        found = FacetLabels({"actor": list(actors), "outlet": list(outlets)})
        apart = found.label_actors(found.actors).items()
        known = {
            pk: OverviewName(slug, name, get_address("actor", slug), qualifier)
            for pk, (slug, name, qualifier) in apart
        }
        known[UNKNOWN_SPEAKER_NUMBER] = OverviewName(UNKNOWN_SLUG, "Unknown speaker")
        where = {
            pk: OverviewName(slug, name, get_address("outlet", slug))
            for pk, (slug, name) in found.outlets.items()
        }
        return cls(known, where)


def build_overview(filters: Filters) -> Overview:
    """What there is to see of the quotes that a state of the filters asks for, in a constant number of queries."""
    matching = MatchingQuotes(columns.get_current_columns(), filters)
    speakers = matching.columns["actor"][matching.rows]
    quoted = np.bincount(speakers, minlength=1)
    beside = matching.counts("actor") if filters.actor else quoted
    shown, offered = (
        select_most_counted_actors(quoted, ACTORS_RANKED),
        select_most_counted_actors(beside, ACTOR_CHOICES_OFFERED),
    )
    by_outlet, accused = count_by_outlet(matching), find_accusation_pairs(matching)
    by, whom = accused.shown()
    actors = np.concatenate([shown, offered, by, whom]).tolist()
    names = OverviewNames.of({*actors, *filters.numbers("actor")}, by_outlet.outlets.tolist())
    trends = build_actor_trends(matching, speakers, shown, int(beside.sum()), names)
    return Overview(
        filters,
        matching.total,
        build_actor_choices(
            filters, beside, offered[offered != UNKNOWN_SPEAKER_NUMBER].tolist(), names
        ),
        trends,
        build_period_lines(trends),
        build_acts_by_outlet_table(filters, by_outlet, names),
        build_accusations_table(filters, accused, by, whom, names),
        build_nameless_by_outlet_table(filters, by_outlet, names),
    )


# Counting


def select_most_counted(counts: ColumnValues, number: int) -> ColumnValues:
    """The numbers that are counted most often, at most so many."""
    found = np.flatnonzero(counts)
    return np.asarray(found[np.lexsort((found, -counts[found]))[:number]])


def select_most_counted_actors(counts: ColumnValues, number: int) -> ColumnValues:
    """The actors that are counted most often, and nobody after them, where there is any."""
    if not len(counts):
        return counts
    known = counts.copy()
    known[UNKNOWN_SPEAKER_NUMBER] = 0
    found = select_most_counted(known, number)
    return np.append(found, UNKNOWN_SPEAKER_NUMBER) if counts[UNKNOWN_SPEAKER_NUMBER] else found


def find_places_among(values: ColumnValues, chosen: ColumnValues) -> ColumnValues:
    """Where each value stands among the chosen ones, after them if it does not."""
    highest = max(int(values.max(initial=0)), int(chosen.max(initial=0)))
    place = np.full(highest + 1, len(chosen), np.intp)
    place[chosen] = np.arange(len(chosen))
    return np.asarray(place[values])


def count_crossed_places(
    first: ColumnValues, second: ColumnValues, shape: tuple[int, int]
) -> ColumnValues:
    """How often each place of one kind stands with each of another."""
    pairs = first * shape[1] + second
    return np.bincount(pairs, minlength=shape[0] * shape[1]).reshape(shape)


def count_by_outlet(matching: MatchingQuotes) -> OutletCounts:
    """How many quotes each outlet has of each act and sort of speaker, in one go over all quotes."""
    outlets, acts, speakers = (
        matching.columns[name][matching.rows] for name in ("outlet", "act", "speaker")
    )
    counts = np.bincount(outlets)
    shown = select_most_counted(counts, OUTLET_ROWS_SHOWN)
    sorts = acts.astype(np.int16) * len(SPEAKER_VALUES) + speakers
    shape = len(shown) + 1, len(ACTS) * len(SPEAKER_VALUES)
    return OutletCounts(
        shown,
        count_crossed_places(find_places_among(outlets, shown), sorts, shape).reshape(
            -1, len(ACTS), len(SPEAKER_VALUES)
        ),
        int(np.count_nonzero(counts)) - len(shown),
    )


def find_accusation_pairs(matching: MatchingQuotes) -> AccusationPairs:
    """Quotes that accuse, one for each actor that they name; of those that `about` asks for, if it does."""
    known, filters = matching.columns, matching.filters
    rows = matching.rows[known["act"][matching.rows] == ACCUSE_CODE]
    pairs: RowMask = known.mask_rows(rows)[known.about_row]
    if filters.about:
        pairs &= np.isin(known.about_actor, filters.numbers("about"))
    at = known.about_row[pairs]
    return AccusationPairs(
        get_accusers(matching, at), known.about_actor[pairs], get_accusers(matching, rows)
    )


def get_accusers(matching: MatchingQuotes, rows: ColumnValues) -> ColumnValues:
    known = matching.columns
    return np.where(
        known["speaker"][rows] == NAMED_SPEAKER_CODE, known["actor"][rows], UNKNOWN_SPEAKER_NUMBER
    )


# Links


def build_linked_count(
    filters: Filters, number: int, share: str = "", tone: int = 0, **values: Any
) -> LinkedCount:
    """A number with the link that narrows the filters to these values; within what is chosen of each already."""
    return LinkedCount(
        int(number), build_narrowed_query(filters, values) if number else "", share, tone
    )


def build_narrowed_query(filters: Filters, values: dict[str, tuple[str, ...]]) -> str:
    chosen = {name: getattr(filters, name) or wanted for name, wanted in values.items()}
    return filters.query(
        **{name: tuple(value for value in values[name] if value in chosen[name]) for name in values}
    )


def build_actor_choices(
    filters: Filters, counts: ColumnValues, offered: list[int], names: OverviewNames
) -> list[ListChoice]:
    """Everybody, and each of some actors alone; those chosen are among them."""
    numbers = [*offered, *(number for number in filters.numbers("actor") if number not in offered)]
    everybody = ListChoice(
        "", "Everybody", int(counts.sum()), not filters.actor, filters.query(actor=())
    )
    return [everybody] + [
        ListChoice(
            name.slug, label, number, name.slug in filters.actor, filters.query(actor=(name.slug,))
        )
        for actor in numbers
        if (name := names.actors.get(actor))
        for label in [f"{name.label} ({name.qualifier})" if name.qualifier else name.label]
        for number in [int(counts[actor]) if actor < len(counts) else 0]
    ]


# What the page shows


def build_actor_trends(
    matching: MatchingQuotes,
    speakers: ColumnValues,
    actors: ColumnValues,
    everybody: int,
    names: OverviewNames,
) -> list[ActorTrend]:
    """For each actor its quotes, their share of everybody's, and when they were published; the steps are the same for all."""
    if not matching.total:
        return []
    filters, places = matching.filters, find_places_among(speakers, actors)
    totals = np.bincount(places, minlength=len(actors) + 1)
    step, bounds, counts = per_step(matching, places, len(actors))
    trends = []
    for at, actor in enumerate(actors.tolist()):
        name = names.actors.get(actor)
        if name is None:
            continue
        total = int(totals[at])
        quotes = build_linked_count(
            filters, total, describe_share(total, everybody), actor=(name.slug,)
        )
        its_own = replace(filters, actor=(name.slug,))
        bars = (
            draw_histogram(its_own, step, bounds, counts[at])
            if len(bounds)
            else Histogram(step, [])
        )
        trends.append(ActorTrend(name, quotes, bars))
    return trends


def per_step(
    matching: MatchingQuotes, places: ColumnValues, actors: int
) -> tuple[str, ColumnValues, ColumnValues]:
    """Return a step, its bounds from the first day to the last, and how many quotes of each step stand at each place.

    Quotes of articles without a date are of none; if there are no others, there are no bounds.
    """
    dated = matching.columns.select_dated(matching.rows)
    if not len(dated):
        return "day", np.zeros(0, np.int64), np.zeros((actors + 1, 0), np.int64)
    days = matching.columns["day"][dated]
    first, last = int(days.min()), int(days.max())
    step, bounds = select_time_step(first, last, BARS_OF_ACTOR)
    step_of_day = np.searchsorted(bounds, np.arange(first, last + 1), "right") - 1
    shape = actors + 1, len(bounds) - 1
    return (
        step,
        bounds,
        count_crossed_places(places[: len(dated)], step_of_day[days - first], shape),
    )


def build_period_lines(trends: list[ActorTrend]) -> list[OverviewLine]:
    """The bars of all actors as lines of a table, one for each step in which anybody is quoted."""
    stretches = zip(*(trend.over_time.bars for trend in trends), strict=True)
    return [
        OverviewLine(
            OverviewName("", bars[0].label),
            LinkedCount(0, ""),
            [LinkedCount(bar.count, bar.query if bar.count else "") for bar in bars],
        )
        for bars in stretches
        if any(bar.count for bar in bars)
    ]


def build_acts_by_outlet_table(
    filters: Filters, by_outlet: OutletCounts, names: OverviewNames
) -> OverviewTable:
    """The acts that there are, as shares of each outlet's quotes; one stands out where it is used more than is usual."""
    counts = by_outlet.counts.sum(axis=2)
    usual = counts.sum(axis=0)
    used = np.flatnonzero(usual).tolist()

    def line(name: OverviewName, row: ColumnValues, **outlet: Any) -> OverviewLine:
        total = int(row.sum())
        cells = [
            build_linked_count(
                filters,
                row[act],
                describe_share(int(row[act]), total),
                compute_act_tone(row, usual, act),
                act=(ACTS[act],),
                **outlet,
            )
            for act in used
        ]
        return OverviewLine(name, build_linked_count(filters, total, **outlet), cells)

    lines = [
        line(name, row, outlet=(name.slug,))
        for name, row in list_outlets_shown(by_outlet, counts, names)
    ]
    heads = [OverviewName(ACTS[act], ACTS[act].replace("_", " ")) for act in used]
    return OverviewTable(heads, line(ALL_OUTLETS, usual), lines, by_outlet.more)


def compute_act_tone(row: ColumnValues, usual: ColumnValues, act: int) -> int:
    return int(
        row[act] >= LEAST_QUOTES_STANDING_OUT
        and row[act] / row.sum() >= LEAST_TIMES_USUAL * usual[act] / usual.sum()
    )


def build_nameless_by_outlet_table(
    filters: Filters, by_outlet: OutletCounts, names: OverviewNames
) -> OverviewTable:
    """How many quotes of each outlet have a speaker without a name, an unknown one, and either."""
    counts = by_outlet.counts.sum(axis=1)
    sorts = [*((sort,) for sort in NAMELESS_SPEAKERS), NAMELESS_SPEAKERS]

    def line(name: OverviewName, row: ColumnValues, **outlet: Any) -> OverviewLine:
        total = int(row.sum())
        numbers = [sum(int(row[SPEAKER_VALUES.index(sort)]) for sort in each) for each in sorts]
        cells = [
            build_linked_count(
                filters, number, describe_share(number, total), speaker=each, **outlet
            )
            for number, each in zip(numbers, sorts, strict=True)
        ]
        return OverviewLine(name, build_linked_count(filters, total, **outlet), cells)

    lines = [
        line(name, row, outlet=(name.slug,))
        for name, row in list_outlets_shown(by_outlet, counts, names)
    ]
    heads = [OverviewName(sort, sort) for sort in (*NAMELESS_SPEAKERS, "either")]
    return OverviewTable(heads, line(ALL_OUTLETS, counts.sum(axis=0)), lines, by_outlet.more)


def list_outlets_shown(
    by_outlet: OutletCounts, counts: ColumnValues, names: OverviewNames
) -> Iterator[tuple[OverviewName, ColumnValues]]:
    for outlet, row in zip(by_outlet.outlets.tolist(), counts[:-1], strict=True):
        if name := names.outlets.get(outlet):
            yield name, row


def build_accusations_table(
    filters: Filters,
    accused: AccusationPairs,
    by: ColumnValues,
    whom: ColumnValues,
    names: OverviewNames,
) -> OverviewTable:
    """Accusers as rows, those whom accusations name as columns; all without a name are one row."""
    shape = len(by) + 1, len(whom) + 1
    counts = count_crossed_places(
        find_places_among(accused.by, by), find_places_among(accused.whom, whom), shape
    )[:-1, :-1]
    largest = int(counts.max(initial=1))
    columns = [
        (at, name) for at, number in enumerate(whom.tolist()) if (name := names.actors.get(number))
    ]
    made, named = np.bincount(accused.made, minlength=1), np.bincount(accused.whom, minlength=1)
    lines = []
    for number, row in zip(by.tolist(), counts, strict=True):
        if name := NAMELESS_NAME if number == UNKNOWN_SPEAKER_NUMBER else names.actors.get(number):
            who: dict[str, Any] = (
                {"speaker": NAMELESS_SPEAKERS}
                if number == UNKNOWN_SPEAKER_NUMBER
                else {"actor": (name.slug,)}
            )
            cells = [
                build_linked_count(
                    filters,
                    row[at],
                    tone=compute_count_tone(row[at], largest),
                    act=("accuse",),
                    about=(other.slug,),
                    **who,
                )
                for at, other in columns
            ]
            lines.append(
                OverviewLine(
                    name, build_linked_count(filters, made[number], act=("accuse",), **who), cells
                )
            )
    cells = [
        build_linked_count(filters, named[whom[at]], act=("accuse",), about=(other.slug,))
        for at, other in columns
    ]
    whole = OverviewLine(
        ALL_SPEAKERS, build_linked_count(filters, made.sum(), act=("accuse",)), cells
    )
    return OverviewTable([other for _, other in columns], whole, lines)


def compute_count_tone(number: int, largest: int) -> int:
    """A step of shade, the last for the largest number."""
    return -(-int(number) * TONE_STEPS // largest)
