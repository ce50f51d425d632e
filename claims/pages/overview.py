"""A set of quotes at a glance: who is quoted most and when, and the tables of the overview
(`overview_tables`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

import numpy as np

from claims.pages.charts import LinkedCount
from claims.pages.overview_tables import (
    OverviewLine,
    OverviewName,
    OverviewNames,
    OverviewTable,
    build_accusations_table,
    build_acts_by_outlet_table,
    build_linked_count,
    build_nameless_by_outlet_table,
    count_accusations,
    count_by_outlet,
    find_accusation_pairs,
    read_overview_names,
    select_most_counted_actors,
)
from claims.passages.shares import describe_share
from claims.search import columns
from claims.search.columns import ColumnValues
from claims.search.copies import CopiesChoice, build_copies_choice
from claims.search.counting import count_crossed_places, find_places_among
from claims.search.facets import MatchingQuotes
from claims.search.filters import FilterChip, Filters
from claims.search.histogram import Histogram, HistogramBar, draw_histogram, select_time_step
from claims.search.listing import ListChoice
from claims.search.problems import QueryProblem
from claims.search.reading import UNKNOWN_SPEAKER_NUMBER

ACTORS_RANKED = 15
ACTOR_CHOICES_OFFERED = 12
BARS_OF_ACTOR = 31


@dataclass(frozen=True, slots=True)
class ActorTrend:
    """An actor's quotes, and when they were published."""

    name: OverviewName
    quotes: LinkedCount
    over_time: Histogram


@dataclass(frozen=True, slots=True)
class Overview:
    filters: Filters
    total: int
    copies: CopiesChoice
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
        """Return the parameters that the form of dates carries along."""
        return parse_qsl(self.filters.query(since=None, until=None))


def build_overview(filters: Filters) -> Overview:
    """Return what there is to see of the quotes that the filters ask for, in a constant number of
    queries.
    """
    matching = MatchingQuotes(columns.get_current_columns(), filters)
    actor_of_row = matching.columns["actor"][matching.rows]
    quotes_of_actor = np.bincount(actor_of_row, minlength=1)
    quotes_beside_chosen = matching.counts("actor") if filters.actor else quotes_of_actor
    ranked = select_most_counted_actors(quotes_of_actor, ACTORS_RANKED)
    offered = select_most_counted_actors(quotes_beside_chosen, ACTOR_CHOICES_OFFERED)
    by_outlet = count_by_outlet(matching)
    accusations = count_accusations(find_accusation_pairs(matching))

    shown = np.concatenate([ranked, offered, accusations.accusers, accusations.named])
    actors = {*shown.tolist(), *filters.numbers("actor")}
    names = read_overview_names(actors, by_outlet.outlets.tolist())

    known_offered = offered[offered != UNKNOWN_SPEAKER_NUMBER].tolist()
    everybody = int(quotes_beside_chosen.sum())
    trends = build_actor_trends(matching, actor_of_row, ranked, everybody, names)
    return Overview(
        filters=filters,
        total=matching.total,
        copies=build_copies_choice(matching),
        choices=build_actor_choices(filters, quotes_beside_chosen, known_offered, names),
        trends=trends,
        periods=build_period_lines(trends),
        acts=build_acts_by_outlet_table(filters, by_outlet, names),
        accusations=build_accusations_table(filters, accusations, names),
        sources=build_nameless_by_outlet_table(filters, by_outlet, names),
    )


def build_actor_choices(
    filters: Filters, counts: ColumnValues, offered: list[int], names: OverviewNames
) -> list[ListChoice]:
    """Return the choice of everybody, then of each actor offered and of each chosen one."""
    total = int(counts.sum())
    choices = [ListChoice("", "Everybody", total, not filters.actor, filters.query(actor=()))]
    chosen = [number for number in filters.numbers("actor") if number not in offered]
    for number in [*offered, *chosen]:
        name = names.actors.get(number)
        if name is None:
            continue
        label = f"{name.label} ({name.qualifier})" if name.qualifier else name.label
        count = int(counts[number]) if number < len(counts) else 0
        selected = name.slug in filters.actor
        query = filters.query(actor=(name.slug,))
        choices.append(ListChoice(name.slug, label, count, selected, query))
    return choices


def build_actor_trends(
    matching: MatchingQuotes,
    actor_of_row: ColumnValues,
    actors: ColumnValues,
    everybody: int,
    names: OverviewNames,
) -> list[ActorTrend]:
    """Return each actor's quotes, their share of `everybody`'s, and when they were published, in
    steps that all share.
    """
    if not matching.total:
        return []
    filters = matching.filters
    places = find_places_among(actor_of_row, actors)
    totals = np.bincount(places, minlength=len(actors) + 1).tolist()
    step, bounds, counts = count_by_step(matching, places, len(actors))
    trends = []
    for place, number in enumerate(actors.tolist()):
        name = names.actors.get(number)
        if name is None:
            continue
        share = describe_share(totals[place], everybody)
        quotes = build_linked_count(filters, totals[place], share, actor=(name.slug,))
        bars = Histogram(step, [])
        if len(bounds):
            its_filters = replace(filters, actor=(name.slug,))
            bars = draw_histogram(its_filters, step, bounds, counts[place])
        trends.append(ActorTrend(name, quotes, bars))
    return trends


def count_by_step(
    matching: MatchingQuotes, places: ColumnValues, actors: int
) -> tuple[str, ColumnValues, ColumnValues]:
    """Return a step of time, its bounds from the first day to the last, and how many quotes each
    place has in each step.

    Quotes of articles without a date count in no step; if there are no others, there are no bounds.
    """
    dated = matching.columns.select_dated(matching.rows)
    if not len(dated):
        return "day", np.zeros(0, np.int64), np.zeros((actors + 1, 0), np.int64)
    days = matching.columns["day"][dated]
    first = int(days.min())
    last = int(days.max())
    step, bounds = select_time_step(first, last, BARS_OF_ACTOR)
    step_of_day = np.searchsorted(bounds, np.arange(first, last + 1), "right") - 1
    places_of_dated = places[: len(dated)]  # quotes without a date come last
    shape = (actors + 1, len(bounds) - 1)
    counts = count_crossed_places(places_of_dated, step_of_day[days - first], shape)
    return step, bounds, counts


def build_period_lines(trends: list[ActorTrend]) -> list[OverviewLine]:
    """Return the bars of all actors as lines of a table, one for each step in which anybody is
    quoted.
    """
    lines = []
    bars_by_actor = [trend.over_time.bars for trend in trends]
    for bars in zip(*bars_by_actor, strict=True):
        if not any(bar.count for bar in bars):
            continue
        cells = [build_bar_count(bar) for bar in bars]
        lines.append(OverviewLine(OverviewName("", bars[0].label), LinkedCount(0), cells))
    return lines


def build_bar_count(bar: HistogramBar) -> LinkedCount:
    """Return the number of a bar, with the query string that leads to its quotes if it has any."""
    if not bar.count:
        return LinkedCount(0)
    return LinkedCount(bar.count, bar.query)
