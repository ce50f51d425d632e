"""A set of quotes at a glance: who is quoted most and when, which acts outlets make of it, who accuses whom, who has no name.

Every number is a `Count`, which knows the query string of the quotes that it counts: that state of the filters has as many.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

import numpy as np

from claims.extraction.schema import ACTS
from claims.models.addresses import address
from claims.models.querysets import SPEAKERS, UNKNOWN
from claims.pages.charts import share
from claims.search import columns
from claims.search.columns import Mask, Values
from claims.search.facets import Labels, Matching
from claims.search.filters import NOBODY, Chip, Filters, Problem
from claims.search.histogram import Histogram, drawn, steps
from claims.search.listing import Choice

ACTORS, OFFERED, OUTLETS, SIDE = 15, 12, 25, 12  # shown at most: of a ranking, of links, of rows, of rows and columns
BARS = 31  # of one actor
NAMED = SPEAKERS.index("named")
NAMELESS = tuple(sort for sort in SPEAKERS if sort != "named")
ACCUSE = ACTS.index("accuse")
OFTEN, SOME = 1.5, 5  # an act stands out where it has so many times its usual share, and so many quotes
TONES = 4  # steps of shade


@dataclass(frozen=True, slots=True)
class Count:
    """How many quotes, and the query string that leads to them; `tone` is how much it stands out, 0 not at all."""

    number: int
    query: str
    share: str = ""
    tone: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """`slug` is the value of a filter; `address` the page of the actor or outlet, none of those who are not known."""

    slug: str
    label: str
    address: str = ""
    qualifier: str = ""


NO_NAME = Name("", "Unnamed or unknown speaker")
ALL_OUTLETS, ALL_SPEAKERS = Name("", "All outlets"), Name("", "All speakers")


@dataclass(frozen=True, slots=True)
class Trend:
    name: Name
    quotes: Count
    over_time: Histogram


@dataclass(frozen=True, slots=True)
class Line:
    name: Name
    total: Count
    cells: list[Count]


@dataclass(frozen=True, slots=True)
class Table:
    """`whole` counts each column over all rows, those not shown too; `more` is how many these are."""

    heads: list[Name]
    whole: Line
    lines: list[Line]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    filters: Filters
    total: int
    choices: list[Choice]
    trends: list[Trend]
    periods: list[Line]
    acts: Table
    accusations: Table
    sources: Table

    @property
    def chips(self) -> list[Chip]:
        return self.filters.active()

    @property
    def problems(self) -> Sequence[Problem]:
        return self.filters.problems

    @property
    def query(self) -> str:
        return self.filters.query()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of dates carries along."""
        return parse_qsl(self.filters.query(since=None, until=None))


@dataclass(frozen=True)
class Accused:
    """Accusations that name somebody: who made each, 0 for those without a name, and whom it names; one may name several."""

    by: Values
    whom: Values
    made: Values  # who made each, those included that name nobody

    def shown(self) -> tuple[Values, Values]:
        """The accusers and the accused of the table, the most frequent first, those without a name last."""
        whom = most(np.bincount(self.whom), SIDE)
        return ranked(np.bincount(self.by[np.isin(self.whom, whom)]), SIDE), whom


@dataclass(frozen=True)
class PerOutlet:
    """`counts` by outlet, act and sort of speaker; the last outlet stands for all those that are not shown, `more` of them."""

    outlets: Values
    counts: Values
    more: int


@dataclass(frozen=True)
class Names:
    actors: dict[int, Name]
    outlets: dict[int, Name]

    @classmethod
    def of(cls, actors: Iterable[int], outlets: Iterable[int]) -> "Names":
        """Two queries; whoever has meanwhile gone is not among them."""
        found = Labels({"actor": list(actors), "outlet": list(outlets)})
        apart = found.apart(found.actors).items()
        known = {pk: Name(slug, name, address("actor", slug), qualifier) for pk, (slug, name, qualifier) in apart}
        known[NOBODY] = Name(UNKNOWN, "Unknown speaker")
        where = {pk: Name(slug, name, address("outlet", slug)) for pk, (slug, name) in found.outlets.items()}
        return cls(known, where)


def read(filters: Filters) -> Overview:
    """What there is to see of the quotes that a state of the filters asks for, in a constant number of queries."""
    matching = Matching(columns.current(), filters)
    speakers = matching.columns["actor"][matching.rows]
    quoted = np.bincount(speakers, minlength=1)
    beside = matching.counts("actor") if filters.actor else quoted
    shown, offered = ranked(quoted, ACTORS), ranked(beside, OFFERED)
    by_outlet, accused = per_outlet(matching), accusations(matching)
    by, whom = accused.shown()
    actors = np.concatenate([shown, offered, by, whom]).tolist()
    names = Names.of({*actors, *filters.numbers("actor")}, by_outlet.outlets.tolist())
    trends = over_time(matching, speakers, shown, int(beside.sum()), names)
    return Overview(
        filters,
        matching.total,
        choices(filters, beside, offered[offered != NOBODY].tolist(), names),
        trends,
        periods(trends),
        acts_by_outlet(filters, by_outlet, names),
        who_accuses_whom(filters, accused, by, whom, names),
        nameless_by_outlet(filters, by_outlet, names),
    )


# Counting


def most(counts: Values, number: int) -> Values:
    """The numbers that are counted most often, at most so many."""
    found = np.flatnonzero(counts)
    return np.asarray(found[np.lexsort((found, -counts[found]))[:number]])


def ranked(counts: Values, number: int) -> Values:
    """The actors that are counted most often, and nobody after them, where there is any."""
    if not len(counts):
        return counts
    known = counts.copy()
    known[NOBODY] = 0
    found = most(known, number)
    return np.append(found, NOBODY) if counts[NOBODY] else found


def places_among(values: Values, chosen: Values) -> Values:
    """Where each value stands among the chosen ones, after them if it does not."""
    highest = max(int(values.max(initial=0)), int(chosen.max(initial=0)))
    place = np.full(highest + 1, len(chosen), np.intp)
    place[chosen] = np.arange(len(chosen))
    return np.asarray(place[values])


def crossed(first: Values, second: Values, shape: tuple[int, int]) -> Values:
    """How often each place of one kind stands with each of another."""
    pairs = first * shape[1] + second
    return np.bincount(pairs, minlength=shape[0] * shape[1]).reshape(shape)


def per_outlet(matching: Matching) -> PerOutlet:
    """How many quotes each outlet has of each act and sort of speaker, in one go over all quotes."""
    outlets, acts, speakers = (matching.columns[name][matching.rows] for name in ("outlet", "act", "speaker"))
    counts = np.bincount(outlets)
    shown = most(counts, OUTLETS)
    sorts = acts.astype(np.int16) * len(SPEAKERS) + speakers
    shape = len(shown) + 1, len(ACTS) * len(SPEAKERS)
    return PerOutlet(
        shown,
        crossed(places_among(outlets, shown), sorts, shape).reshape(-1, len(ACTS), len(SPEAKERS)),
        int(np.count_nonzero(counts)) - len(shown),
    )


def accusations(matching: Matching) -> Accused:
    """Quotes that accuse, one for each actor that they name; of those that `about` asks for, if it does."""
    known, filters = matching.columns, matching.filters
    rows = matching.rows[known["act"][matching.rows] == ACCUSE]
    pairs: Mask = known.mask(rows)[known.about_row]
    if filters.about:
        pairs &= np.isin(known.about_actor, filters.numbers("about"))
    at = known.about_row[pairs]
    return Accused(accusers(matching, at), known.about_actor[pairs], accusers(matching, rows))


def accusers(matching: Matching, rows: Values) -> Values:
    known = matching.columns
    return np.where(known["speaker"][rows] == NAMED, known["actor"][rows], NOBODY)


# Links


def counted(filters: Filters, number: int, share: str = "", tone: int = 0, **values: Any) -> Count:
    """A number with the link that narrows the filters to these values; within what is chosen of each already."""
    return Count(int(number), narrowed(filters, values) if number else "", share, tone)


def narrowed(filters: Filters, values: dict[str, tuple[str, ...]]) -> str:
    chosen = {name: getattr(filters, name) or wanted for name, wanted in values.items()}
    return filters.query(**{name: tuple(value for value in values[name] if value in chosen[name]) for name in values})


def choices(filters: Filters, counts: Values, offered: list[int], names: Names) -> list[Choice]:
    """Everybody, and each of some actors alone; those chosen are among them."""
    numbers = [*offered, *(number for number in filters.numbers("actor") if number not in offered)]
    everybody = Choice("", "Everybody", int(counts.sum()), not filters.actor, filters.query(actor=()))
    return [everybody] + [
        Choice(name.slug, label, number, name.slug in filters.actor, filters.query(actor=(name.slug,)))
        for actor in numbers
        if (name := names.actors.get(actor))
        for label in [f"{name.label} ({name.qualifier})" if name.qualifier else name.label]
        for number in [int(counts[actor]) if actor < len(counts) else 0]
    ]


# What the page shows


def over_time(matching: Matching, speakers: Values, actors: Values, everybody: int, names: Names) -> list[Trend]:
    """For each actor its quotes, their share of everybody's, and when they were published; the steps are the same for all."""
    if not matching.total:
        return []
    filters, places = matching.filters, places_among(speakers, actors)
    totals = np.bincount(places, minlength=len(actors) + 1)
    step, bounds, counts = per_step(matching, places, len(actors))
    trends = []
    for at, actor in enumerate(actors.tolist()):
        name = names.actors.get(actor)
        if name is None:
            continue
        total = int(totals[at])
        quotes = counted(filters, total, share(total, everybody), actor=(name.slug,))
        its_own = replace(filters, actor=(name.slug,))
        bars = drawn(its_own, step, bounds, counts[at]) if len(bounds) else Histogram(step, [])
        trends.append(Trend(name, quotes, bars))
    return trends


def per_step(matching: Matching, places: Values, actors: int) -> tuple[str, Values, Values]:
    """Return a step, its bounds from the first day to the last, and how many quotes of each step stand at each place.

    Quotes of articles without a date are of none; if there are no others, there are no bounds.
    """
    dated = matching.columns.dated(matching.rows)
    if not len(dated):
        return "day", np.zeros(0, np.int64), np.zeros((actors + 1, 0), np.int64)
    days = matching.columns["day"][dated]
    first, last = int(days.min()), int(days.max())
    step, bounds = steps(first, last, BARS)
    step_of_day = np.searchsorted(bounds, np.arange(first, last + 1), "right") - 1
    shape = actors + 1, len(bounds) - 1
    return step, bounds, crossed(places[: len(dated)], step_of_day[days - first], shape)


def periods(trends: list[Trend]) -> list[Line]:
    """The bars of all actors as lines of a table, one for each step in which anybody is quoted."""
    stretches = zip(*(trend.over_time.bars for trend in trends), strict=True)
    return [
        Line(Name("", bars[0].label), Count(0, ""), [Count(bar.count, bar.query if bar.count else "") for bar in bars])
        for bars in stretches
        if any(bar.count for bar in bars)
    ]


def acts_by_outlet(filters: Filters, by_outlet: PerOutlet, names: Names) -> Table:
    """The acts that there are, as shares of each outlet's quotes; one stands out where it is used more than is usual."""
    counts = by_outlet.counts.sum(axis=2)
    usual = counts.sum(axis=0)
    used = np.flatnonzero(usual).tolist()

    def line(name: Name, row: Values, **outlet: Any) -> Line:
        total = int(row.sum())
        cells = [
            counted(filters, row[act], share(int(row[act]), total), stands_out(row, usual, act), act=(ACTS[act],), **outlet)
            for act in used
        ]
        return Line(name, counted(filters, total, **outlet), cells)

    lines = [line(name, row, outlet=(name.slug,)) for name, row in outlets_shown(by_outlet, counts, names)]
    heads = [Name(ACTS[act], ACTS[act].replace("_", " ")) for act in used]
    return Table(heads, line(ALL_OUTLETS, usual), lines, by_outlet.more)


def stands_out(row: Values, usual: Values, act: int) -> int:
    return int(row[act] >= SOME and row[act] / row.sum() >= OFTEN * usual[act] / usual.sum())


def nameless_by_outlet(filters: Filters, by_outlet: PerOutlet, names: Names) -> Table:
    """How many quotes of each outlet have a speaker without a name, an unknown one, and either."""
    counts = by_outlet.counts.sum(axis=1)
    sorts = [*((sort,) for sort in NAMELESS), NAMELESS]

    def line(name: Name, row: Values, **outlet: Any) -> Line:
        total = int(row.sum())
        numbers = [sum(int(row[SPEAKERS.index(sort)]) for sort in each) for each in sorts]
        cells = [
            counted(filters, number, share(number, total), speaker=each, **outlet)
            for number, each in zip(numbers, sorts, strict=True)
        ]
        return Line(name, counted(filters, total, **outlet), cells)

    lines = [line(name, row, outlet=(name.slug,)) for name, row in outlets_shown(by_outlet, counts, names)]
    heads = [Name(sort, sort) for sort in (*NAMELESS, "either")]
    return Table(heads, line(ALL_OUTLETS, counts.sum(axis=0)), lines, by_outlet.more)


def outlets_shown(by_outlet: PerOutlet, counts: Values, names: Names) -> Iterator[tuple[Name, Values]]:
    for outlet, row in zip(by_outlet.outlets.tolist(), counts[:-1], strict=True):
        if name := names.outlets.get(outlet):
            yield name, row


def who_accuses_whom(filters: Filters, accused: Accused, by: Values, whom: Values, names: Names) -> Table:
    """Accusers as rows, those whom accusations name as columns; all without a name are one row."""
    shape = len(by) + 1, len(whom) + 1
    counts = crossed(places_among(accused.by, by), places_among(accused.whom, whom), shape)[:-1, :-1]
    largest = int(counts.max(initial=1))
    columns = [(at, name) for at, number in enumerate(whom.tolist()) if (name := names.actors.get(number))]
    made, named = np.bincount(accused.made, minlength=1), np.bincount(accused.whom, minlength=1)
    lines = []
    for number, row in zip(by.tolist(), counts, strict=True):
        if name := NO_NAME if number == NOBODY else names.actors.get(number):
            who: dict[str, Any] = {"speaker": NAMELESS} if number == NOBODY else {"actor": (name.slug,)}
            cells = [
                counted(filters, row[at], tone=tone(row[at], largest), act=("accuse",), about=(other.slug,), **who)
                for at, other in columns
            ]
            lines.append(Line(name, counted(filters, made[number], act=("accuse",), **who), cells))
    cells = [counted(filters, named[whom[at]], act=("accuse",), about=(other.slug,)) for at, other in columns]
    whole = Line(ALL_SPEAKERS, counted(filters, made.sum(), act=("accuse",)), cells)
    return Table([other for _, other in columns], whole, lines)


def tone(number: int, largest: int) -> int:
    """A step of shade, the last for the largest number."""
    return -(-int(number) * TONES // largest)
