"""The tables of the overview: how each outlet has it said, whose speakers have no name there, and
who accuses whom.

Every number in them is a `LinkedCount`: the filters of its query string leave as many quotes.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from claims.extraction.schema import ACTS
from claims.models.actors import SPEAKER_VALUES, UNKNOWN_SLUG
from claims.models.addresses import get_address
from claims.pages.charts import LinkedCount
from claims.passages.shares import describe_share
from claims.search.columns import ACCUSE_CODE, ColumnValues, RowNumbers
from claims.search.counting import count_crossed_places, find_places_among, select_most_counted
from claims.search.facets import FacetLabels, MatchingQuotes
from claims.search.filters import Filters
from claims.search.reading import UNKNOWN_SPEAKER_NUMBER

OUTLET_ROWS_SHOWN = 25
ACCUSATION_ROWS_SHOWN = 12  # rows and columns
LEAST_TIMES_USUAL = 1.5  # of its usual share, for an act to stand out at an outlet
LEAST_QUOTES_STANDING_OUT = 5  # quotes of the act at the outlet, for it to stand out there
TONE_STEPS = 4  # steps of shade

NAMED_SPEAKER_CODE = SPEAKER_VALUES.index("named")
NAMELESS_SPEAKERS = tuple(value for value in SPEAKER_VALUES if value != "named")
NAMELESS_COLUMNS = (  # the head of each column with the values of `speaker` that it counts
    *((value, (value,)) for value in NAMELESS_SPEAKERS),
    ("either", NAMELESS_SPEAKERS),
)


@dataclass(frozen=True, slots=True)
class OverviewName:
    """An actor, outlet or act that heads a row or column.

    `slug` is the value of a filter. `address` is its page; empty for what has none.
    """

    slug: str
    label: str
    address: str = ""
    qualifier: str = ""


NAMELESS_NAME = OverviewName("", "Unnamed or unknown speaker")
ALL_OUTLETS = OverviewName("", "All outlets")
ALL_SPEAKERS = OverviewName("", "All speakers")


@dataclass(frozen=True, slots=True)
class OverviewLine:
    name: OverviewName
    total: LinkedCount
    cells: list[LinkedCount]


@dataclass(frozen=True, slots=True)
class OverviewTable:
    """`whole` counts each column over all rows, of which `more` are not among the `lines` shown."""

    heads: list[OverviewName]
    whole: OverviewLine
    lines: list[OverviewLine]
    more: int = 0


@dataclass(frozen=True)
class OverviewNames:
    """The names of actors and outlets by their numbers.

    Whoever has meanwhile gone is not among them.
    """

    actors: dict[int, OverviewName]
    outlets: dict[int, OverviewName]


def read_overview_names(actors: Iterable[int], outlets: Iterable[int]) -> OverviewNames:
    """Return the names of these actors and outlets, in two queries."""
    labels = FacetLabels({"actor": list(actors), "outlet": list(outlets)})
    named_actors = {UNKNOWN_SPEAKER_NUMBER: OverviewName(UNKNOWN_SLUG, "Unknown speaker")}
    for number, (slug, name, qualifier) in labels.label_actors(labels.actors).items():
        address = get_address("actor", slug)
        named_actors[number] = OverviewName(slug, name, address, qualifier)
    named_outlets = {}
    for number, (slug, name) in labels.outlets.items():
        named_outlets[number] = OverviewName(slug, name, get_address("outlet", slug))
    return OverviewNames(named_actors, named_outlets)


def build_linked_count(
    filters: Filters, count: int, share: str = "", tone: int = 0, **values: tuple[str, ...]
) -> LinkedCount:
    """Return a number with the query string that narrows the filters to these values of its
    parameters.
    """
    if not count:
        return LinkedCount(0, "", share, tone)
    return LinkedCount(int(count), build_narrowed_query(filters, values), share, tone)


def build_narrowed_query(filters: Filters, values: dict[str, tuple[str, ...]]) -> str:
    """Return the query string for these values.

    Where some of a parameter's values are chosen already, it is for those of them alone.
    """
    narrowed = {}
    for parameter, wanted in values.items():
        chosen = getattr(filters, parameter) or wanted
        narrowed[parameter] = tuple(value for value in wanted if value in chosen)
    return filters.query(**narrowed)


# Outlets


@dataclass(frozen=True)
class OutletCounts:
    """Counts by outlet, act and kind of speaker, in this order of the array's axes.

    The last outlet stands for all those that are not shown; `more` says how many these are.
    `whole` counts by act and kind of speaker alone: a text that several outlets published may count
    once there.
    """

    outlets: ColumnValues
    counts: ColumnValues
    more: int
    whole: ColumnValues


def count_by_outlet(matching: MatchingQuotes) -> OutletCounts:
    """Count the quotes that each outlet has of each act and kind of speaker, in one pass over all
    quotes.
    """
    rows = matching.rows_counted_by("outlet")
    outlets = matching.columns["outlet"][rows]
    quotes_of_outlet = np.bincount(outlets)
    shown = select_most_counted(quotes_of_outlet, OUTLET_ROWS_SHOWN)
    places = find_places_among(outlets, shown)
    shape = (len(shown) + 1, len(ACTS) * len(SPEAKER_VALUES))
    crossed = count_crossed_places(places, combine_acts_and_speakers(matching, rows), shape)
    counts = crossed.reshape(-1, len(ACTS), len(SPEAKER_VALUES))
    more = int(np.count_nonzero(quotes_of_outlet)) - len(shown)
    whole = counts.sum(axis=0)
    if rows is not matching.rows:
        of_all = combine_acts_and_speakers(matching, matching.rows)
        whole = np.bincount(of_all, minlength=shape[1]).reshape(counts.shape[1:])
    return OutletCounts(shown, counts, more, whole)


def combine_acts_and_speakers(matching: MatchingQuotes, rows: RowNumbers) -> ColumnValues:
    """Return one number for the act and the kind of speaker of each row."""
    acts = matching.columns["act"][rows].astype(np.int16)
    speakers = matching.columns["speaker"][rows]
    return acts * len(SPEAKER_VALUES) + speakers


def build_acts_by_outlet_table(
    filters: Filters, by_outlet: OutletCounts, names: OverviewNames
) -> OverviewTable:
    """Return the acts that occur, as shares of each outlet's quotes.

    An act used more than is usual stands out.
    """
    counts = by_outlet.counts.sum(axis=2)
    usual = by_outlet.whole.sum(axis=1)
    acts = np.flatnonzero(usual).tolist()

    def build_line(name: OverviewName, row: ColumnValues, **outlet: Any) -> OverviewLine:
        total = int(row.sum())
        cells = []
        for act in acts:
            share = describe_share(int(row[act]), total)
            tone = compute_act_tone(row, usual, act)
            cell = build_linked_count(filters, row[act], share, tone, act=(ACTS[act],), **outlet)
            cells.append(cell)
        return OverviewLine(name, build_linked_count(filters, total, **outlet), cells)

    heads = [OverviewName(ACTS[act], ACTS[act].replace("_", " ")) for act in acts]
    lines = [
        build_line(name, row, outlet=(name.slug,))
        for name, row in list_outlets_shown(by_outlet, counts, names)
    ]
    return OverviewTable(heads, build_line(ALL_OUTLETS, usual), lines, by_outlet.more)


def compute_act_tone(row: ColumnValues, usual: ColumnValues, act: int) -> int:
    """Return 1 where an outlet uses an act markedly more than all outlets together do, else 0."""
    if row[act] < LEAST_QUOTES_STANDING_OUT:
        return 0
    share = row[act] / row.sum()
    usual_share = usual[act] / usual.sum()
    return int(share >= LEAST_TIMES_USUAL * usual_share)


def build_nameless_by_outlet_table(
    filters: Filters, by_outlet: OutletCounts, names: OverviewNames
) -> OverviewTable:
    """Return how many quotes of each outlet have a speaker without a name, an unknown speaker, or
    either.
    """
    counts = by_outlet.counts.sum(axis=1)

    def build_line(name: OverviewName, row: ColumnValues, **outlet: Any) -> OverviewLine:
        total = int(row.sum())
        cells = []
        for _, speakers in NAMELESS_COLUMNS:
            count = sum(int(row[SPEAKER_VALUES.index(speaker)]) for speaker in speakers)
            share = describe_share(count, total)
            cells.append(build_linked_count(filters, count, share, speaker=speakers, **outlet))
        return OverviewLine(name, build_linked_count(filters, total, **outlet), cells)

    heads = [OverviewName(head, head) for head, _ in NAMELESS_COLUMNS]
    lines = [
        build_line(name, row, outlet=(name.slug,))
        for name, row in list_outlets_shown(by_outlet, counts, names)
    ]
    whole = build_line(ALL_OUTLETS, by_outlet.whole.sum(axis=0))
    return OverviewTable(heads, whole, lines, by_outlet.more)


def list_outlets_shown(
    by_outlet: OutletCounts, counts: ColumnValues, names: OverviewNames
) -> Iterator[tuple[OverviewName, ColumnValues]]:
    """Yield the name of each outlet shown with its row of `counts`."""
    for number, row in zip(by_outlet.outlets.tolist(), counts[:-1], strict=True):
        name = names.outlets.get(number)
        if name:
            yield name, row


# Accusations


@dataclass(frozen=True)
class AccusationPairs:
    """Who accuses whom, by the numbers of actors.

    Accusers without a name have the number of an unknown speaker. `accusers` and `named` pair each
    accusation with each actor that it names. `all_accusers` has each accusation once, those that
    name nobody too.
    """

    accusers: ColumnValues
    named: ColumnValues
    all_accusers: ColumnValues


def find_accusation_pairs(matching: MatchingQuotes) -> AccusationPairs:
    """Return the accusations among the quotes.

    Where `about` is chosen, they are paired with the actors chosen there alone.
    """
    columns = matching.columns
    rows = matching.rows[columns["act"][matching.rows] == ACCUSE_CODE]
    is_pair = columns.mask_rows(rows)[columns.about_row]
    if matching.filters.about:
        is_pair &= np.isin(columns.about_actor, matching.filters.numbers("about"))
    return AccusationPairs(
        find_accusers(matching, columns.about_row[is_pair]),
        columns.about_actor[is_pair],
        find_accusers(matching, rows),
    )


def find_accusers(matching: MatchingQuotes, rows: RowNumbers) -> ColumnValues:
    """Return the actor of each row; an unnamed one counts as unknown."""
    is_named = matching.columns["speaker"][rows] == NAMED_SPEAKER_CODE
    return np.where(is_named, matching.columns["actor"][rows], UNKNOWN_SPEAKER_NUMBER)


def select_most_counted_actors(counts: ColumnValues, most: int) -> ColumnValues:
    """Return the actors counted most often, and after them the unknown speaker, where it is counted
    at all.
    """
    if not len(counts):
        return counts
    known = counts.copy()
    known[UNKNOWN_SPEAKER_NUMBER] = 0
    actors = select_most_counted(known, most)
    if not counts[UNKNOWN_SPEAKER_NUMBER]:
        return actors
    return np.append(actors, UNKNOWN_SPEAKER_NUMBER)


@dataclass(frozen=True)
class AccusationCounts:
    """How often each accuser names each accused: `counts` has a row for each of `accusers`, a
    column for each of `named`.
    """

    pairs: AccusationPairs
    accusers: ColumnValues
    named: ColumnValues
    counts: ColumnValues


def count_accusations(pairs: AccusationPairs) -> AccusationCounts:
    """Count the accusations of those who make and meet most of them."""
    named = select_most_counted(np.bincount(pairs.named), ACCUSATION_ROWS_SHOWN)
    accusing_them = pairs.accusers[np.isin(pairs.named, named)]
    accusers = select_most_counted_actors(np.bincount(accusing_them), ACCUSATION_ROWS_SHOWN)
    places_of_accusers = find_places_among(pairs.accusers, accusers)
    places_of_named = find_places_among(pairs.named, named)
    shape = (len(accusers) + 1, len(named) + 1)  # a place more for those that are not shown
    crossed = count_crossed_places(places_of_accusers, places_of_named, shape)
    return AccusationCounts(pairs, accusers, named, crossed[:-1, :-1])


def build_accusations_table(
    filters: Filters, accusations: AccusationCounts, names: OverviewNames
) -> OverviewTable:
    """Return a table of accusers as rows and those whom they name as columns.

    Accusers without a name share a row.
    """
    columns = []
    for place, number in enumerate(accusations.named.tolist()):
        if number in names.actors:
            columns.append((place, number, names.actors[number]))
    largest = int(accusations.counts.max(initial=1))
    made = np.bincount(accusations.pairs.all_accusers, minlength=1)
    met = np.bincount(accusations.pairs.named, minlength=1)

    lines = []
    for number, row in zip(accusations.accusers.tolist(), accusations.counts, strict=True):
        if number not in names.actors:
            continue
        name, chosen = name_accuser(number, names)
        cells = []
        for place, _, named in columns:
            tone = compute_count_tone(row[place], largest)
            cell = build_linked_count(
                filters, row[place], tone=tone, act=("accuse",), about=(named.slug,), **chosen
            )
            cells.append(cell)
        total = build_linked_count(filters, made[number], act=("accuse",), **chosen)
        lines.append(OverviewLine(name, total, cells))

    cells = [
        build_linked_count(filters, met[number], act=("accuse",), about=(named.slug,))
        for _, number, named in columns
    ]
    total = build_linked_count(filters, made.sum(), act=("accuse",))
    whole = OverviewLine(ALL_SPEAKERS, total, cells)
    return OverviewTable([named for _, _, named in columns], whole, lines)


def name_accuser(number: int, names: OverviewNames) -> tuple[OverviewName, dict[str, Any]]:
    """Return what the row of an accuser is called, and the filter that asks for its quotes."""
    if number == UNKNOWN_SPEAKER_NUMBER:
        return NAMELESS_NAME, {"speaker": NAMELESS_SPEAKERS}
    name = names.actors[number]
    return name, {"actor": (name.slug,)}


def compute_count_tone(count: int, largest: int) -> int:
    """Return a step of shade: the last for the largest number, 0 for none."""
    return math.ceil(int(count) * TONE_STEPS / largest)
