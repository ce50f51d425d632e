"""Two actors side by side: how much, in which acts, where, on which claims, and in which words each
spoke.

All numbers are of the same filters as everywhere, so that each equals the total of the list it
links to.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from claims.models import Actor, Outlet, Quote
from claims.pages.charts import LinkedCount, compute_bar_width
from claims.pages.claims import SharedClaim, list_shared_claims
from claims.passages.shares import describe_share
from claims.search import columns, stream
from claims.search.columns import CODED_VALUES, RowNumbers
from claims.search.copies import CopiesChoice, build_copies_choice
from claims.search.counting import select_most_counted
from claims.search.facets import MatchingQuotes, build_toggled_query
from claims.search.filters import Filters

QUOTES_SHOWN_OF_SIDE = 10
ABOUT_QUOTES_SHOWN = 5  # of each side, those that name the other
OUTLETS_COMPARED = 8


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """A number of each side.

    `query` narrows the page to what is counted, or widens it again where it is `selected`.
    """

    label: str
    cells: list[LinkedCount]
    query: str = ""
    selected: bool = False
    tone: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    key: str
    title: str
    heading: str
    lines: list[ComparisonLine]

    @property
    def chart(self) -> str:
        """Return what it is called as a chart that goes out."""
        return f"compare-{self.key}"


@dataclass(frozen=True, slots=True)
class ComparisonSide:
    """One of the actors: its quotes under the filters, and those of them that name the other one.

    `naming` are the rows of these, and `about` is the query string that leads to them.
    """

    actor: Actor
    matching: MatchingQuotes
    naming: RowNumbers
    about: str
    quotes: list[Quote]
    about_quotes: list[Quote]

    @property
    def total(self) -> int:
        return self.matching.total

    @property
    def about_total(self) -> int:
        return len(self.naming)

    @property
    def query(self) -> str:
        return self.matching.filters.query()


@dataclass(frozen=True, slots=True)
class Comparison:
    sides: tuple[ComparisonSide, ComparisonSide]
    copies: CopiesChoice
    tables: list[ComparisonTable]
    claims: list[SharedClaim]


def compare_actors(first: Actor, second: Actor, filters: Filters) -> Comparison:
    """Return two actors side by side, in a constant number of queries."""
    matching = MatchingQuotes(columns.get_current_columns(), filters)
    sides = build_comparison_sides(matching, first, second)
    tables = [
        build_numbers_table(sides),
        build_compared_acts_table(sides, filters),
        build_compared_outlets_table(sides, filters),
    ]
    claims = list_shared_claims(matching.columns, [side.matching.rows for side in sides])
    copies = build_copies_choice(matching)
    return Comparison(sides, copies, [table for table in tables if table.lines], claims)


def build_comparison_sides(
    both: MatchingQuotes, first: Actor, second: Actor
) -> tuple[ComparisonSide, ComparisonSide]:
    """Return each of the two by itself; the quotes that are shown of both are read at once."""
    of_first = select_side(both, first, second)
    of_second = select_side(both, second, first)
    shown = [*of_first.quotes, *of_first.about_quotes, *of_second.quotes, *of_second.about_quotes]
    quotes = stream.get_quotes_by_id(set(shown), both.filters)
    return build_comparison_side(of_first, quotes), build_comparison_side(of_second, quotes)


@dataclass(frozen=True, slots=True)
class SelectedSide:
    """What belongs to one of the actors, its quotes by their ids."""

    actor: Actor
    other: Actor
    matching: MatchingQuotes
    naming: RowNumbers
    quotes: list[int]
    about_quotes: list[int]


def select_side(both: MatchingQuotes, actor: Actor, other: Actor) -> SelectedSide:
    matching = both.by(actor)
    naming = select_rows_naming(matching, other)
    quotes = stream.list_ids_in_order(matching, 0, QUOTES_SHOWN_OF_SIDE)
    about_quotes = both.columns["id"][naming[:ABOUT_QUOTES_SHOWN]].tolist()
    return SelectedSide(actor, other, matching, naming, quotes, about_quotes)


def build_comparison_side(selected: SelectedSide, quotes: dict[int, Quote]) -> ComparisonSide:
    """Return a side with those of its quotes that are still there."""
    about = selected.matching.filters.query(about=(selected.other.slug,))
    shown = [quotes[pk] for pk in selected.quotes if pk in quotes]
    about_shown = [quotes[pk] for pk in selected.about_quotes if pk in quotes]
    return ComparisonSide(
        actor=selected.actor,
        matching=selected.matching,
        naming=selected.naming,
        about=about,
        quotes=shown,
        about_quotes=about_shown,
    )


def select_rows_naming(matching: MatchingQuotes, other: Actor) -> RowNumbers:
    """Return the rows that name the other one, whomever else the filters ask for."""
    beside = matching.rows_beside("about")
    return beside[matching.columns.mask_naming([other.pk])[beside]]


def build_numbers_table(sides: Sequence[ComparisonSide]) -> ComparisonTable:
    quotes = [LinkedCount(side.total, side.query) for side in sides]
    articles = [LinkedCount(count_different(side, "article")) for side in sides]
    outlets = [LinkedCount(count_different(side, "outlet")) for side in sides]
    naming = [LinkedCount(side.about_total, side.about) for side in sides]
    lines = [
        ComparisonLine("Quotes", quotes),
        ComparisonLine("Articles", articles),
        ComparisonLine("Outlets", outlets),
        ComparisonLine("Quotes that name the other", naming),
    ]
    return ComparisonTable("numbers", "In numbers", "What", lines)


def count_different(side: ComparisonSide, column: str) -> int:
    """Return how many different values a column has among the quotes of a side."""
    return len(np.unique(side.matching.columns[column][side.matching.rows]))


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """What a line is called.

    `value` is the one that the filter takes, `tone` a class of the stylesheet.
    """

    value: str
    label: str
    tone: str = ""


def build_compared_acts_table(sides: Sequence[ComparisonSide], filters: Filters) -> ComparisonTable:
    acts = {
        number: ComparedValue(act, act.replace("_", " "), f"act-{act}")
        for number, act in enumerate(CODED_VALUES["act"])
    }
    lines = build_comparison_lines(sides, filters, "act", len(acts), lambda _: acts)
    return ComparisonTable("acts", "Acts, as shares", "Act", lines)


def build_compared_outlets_table(
    sides: Sequence[ComparisonSide], filters: Filters
) -> ComparisonTable:
    lines = build_comparison_lines(sides, filters, "outlet", OUTLETS_COMPARED, name_outlets)
    return ComparisonTable("outlets", "Outlets that quote them most", "Outlet", lines)


def name_outlets(numbers: Sequence[int]) -> dict[int, ComparedValue]:
    """Return the names of these outlets, without those that have meanwhile gone."""
    outlets = Outlet.objects.named(numbers)
    return {number: ComparedValue(slug, name) for number, (slug, name) in outlets.items()}


def build_comparison_lines(
    sides: Sequence[ComparisonSide],
    filters: Filters,
    parameter: str,
    most: int,
    name_values: Callable[[list[int]], dict[int, ComparedValue]],
) -> list[ComparisonLine]:
    """Return a line for each of the values that most quotes of both have, with each side's number
    and share.
    """
    columns_of_both = sides[0].matching.columns
    size = int(columns_of_both[parameter].max(initial=0)) + 1
    rows = [side.matching.rows_counted_by(parameter) for side in sides]
    totals = [len(rows_of_side) for rows_of_side in rows]
    counts = [
        np.bincount(columns_of_both[parameter][rows_of_side], minlength=size)
        for rows_of_side in rows
    ]
    chosen = select_most_counted(counts[0] + counts[1], most).tolist()
    names = name_values(chosen)
    longest = 0.0
    for total, counts_of_side in zip(totals, counts, strict=True):
        shares = counts_of_side[chosen] / max(total, 1)
        longest = max(longest, float(shares.max(initial=0)))

    lines = []
    for number in chosen:
        if number not in names:
            continue
        name = names[number]
        cells = []
        for side, total, counts_of_side in zip(sides, totals, counts, strict=True):
            count = int(counts_of_side[number])
            query = side.matching.filters.query(**{parameter: (name.value,)})
            cells.append(build_comparison_cell(count, total, query, longest))
        query = build_toggled_query(filters, parameter, name.value)
        selected = name.value in getattr(filters, parameter)
        lines.append(ComparisonLine(name.label, cells, query, selected, name.tone))
    return lines


def build_comparison_cell(count: int, total: int, query: str, longest: float) -> LinkedCount:
    """Return a side's number of quotes with a value, and the query string that leads to them.

    Its bar is as wide as its share of the side's quotes.
    """
    if not count:
        return LinkedCount(0)
    width = compute_bar_width(count / total, longest)
    return LinkedCount(count, query, describe_share(count, total), width=width)
