"""How many quotes there are over time: bars of days, weeks, months, quarters or years, each of
which narrows the list to it.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from claims.search.columns import ColumnValues
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters

MOST_BARS = 60
TIME_STEPS = ("day", "week", "month", "quarter", "year", "decade")
MONTHS_OF_STEP = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()

# Of the picture, in its own units.
HISTOGRAM_WIDTH = 720
HISTOGRAM_HEIGHT = 96
BAR_GAP = 2
LEAST_BAR_HEIGHT = 3  # of a bar that is not empty
WIDEST_BAR = 48  # with the gap after it


@dataclass(frozen=True)
class HistogramBar:
    """The quotes of the days from `since` to `until`, both included, and its place in the picture.

    `filters` are those of all bars.
    """

    since: date
    until: date
    label: str
    count: int
    filters: Filters
    x: float
    width: float
    height: float

    @property
    def y(self) -> float:
        return round(HISTOGRAM_HEIGHT - self.height, 1)

    @cached_property
    def query(self) -> str:
        """The query string of its quotes, within the dates that are chosen already.

        Made only for bars that are shown.
        """
        since, until = self.since, self.until
        if self.filters.since:
            since = max(since, self.filters.since)
        if self.filters.until:
            until = min(until, self.filters.until)
        return self.filters.query(since=since, until=until)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars of one `step` each; there are none where no quote has a date.

    `undated` quotes stand in none.
    """

    step: str
    bars: list[HistogramBar]
    undated: int = 0
    width: int = HISTOGRAM_WIDTH
    height: int = HISTOGRAM_HEIGHT

    @property
    def shown(self) -> list[HistogramBar]:
        """Return the bars that are not empty."""
        return [bar for bar in self.bars if bar.count]

    @property
    def highest(self) -> int:
        return max((bar.count for bar in self.bars), default=0)


def build_histogram(matching: MatchingQuotes) -> Histogram:
    dated = matching.columns.select_dated(matching.rows)
    undated = matching.total - len(dated)
    if not len(dated):
        return Histogram("day", [], undated)
    days = matching.columns["day"][dated]
    step, edges = select_time_step(int(days.min()), int(days.max()))
    counts, _ = np.histogram(days, edges)
    return draw_histogram(matching.filters, step, edges, counts, undated)


def select_time_step(first: int, last: int, most: int = MOST_BARS) -> tuple[str, ColumnValues]:
    """Return the finest step of which no more than `most` reach from one day to another, and
    their edges.
    """
    for step in TIME_STEPS:
        edges = list_step_edges(step, first, last)
        if len(edges) <= most + 1:
            return step, edges
    return step, edges


def draw_histogram(
    filters: Filters, step: str, edges: ColumnValues, counts: ColumnValues, undated: int = 0
) -> Histogram:
    """Return a bar for each count, between two of the edges, side by side, the highest as high
    as the picture.
    """
    slot = min(HISTOGRAM_WIDTH / len(counts), WIDEST_BAR)
    width = round(max(slot - BAR_GAP, 1), 2)
    highest = int(counts.max()) or 1
    bars = []
    stretches = pairwise(edges.tolist())
    for number, ((first, after), count) in enumerate(zip(stretches, counts.tolist(), strict=True)):
        since, until, label = describe_step(step, first, after)
        height = count / highest * HISTOGRAM_HEIGHT
        if count:
            height = max(height, LEAST_BAR_HEIGHT)
        x = round(number * slot, 2)
        bars.append(HistogramBar(since, until, label, count, filters, x, width, round(height, 1)))
    return Histogram(step, bars, undated)


def list_step_edges(step: str, first: int, last: int) -> ColumnValues:
    """Return the first day of each step from the one that holds `first`, and the day after the
    step that holds `last`.
    """
    if step == "day":
        return np.arange(first, last + 2)
    if step == "week":
        weekday = (first + 3) % 7  # from Monday; the first day of 1970 was a Thursday
        return np.arange(first - weekday, last + 8, 7)
    months = MONTHS_OF_STEP[step]
    first_step = get_month_of_day(first) // months
    last_step = get_month_of_day(last) // months
    edges = np.arange(first_step, last_step + 2) * months
    return np.asarray(edges.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64))


def get_month_of_day(day: int) -> int:
    """Return the months from January 1970 to that of a day."""
    return int(np.datetime64(day, "D").astype("datetime64[M]").astype(int))


def get_date_of_day(day: int) -> date:
    """Return the date of a day since 1970, the nearest that Python knows."""
    ordinal = EPOCH_ORDINAL + day
    ordinal = max(ordinal, date.min.toordinal())
    ordinal = min(ordinal, date.max.toordinal())
    return date.fromordinal(ordinal)


@lru_cache(maxsize=4096)
def describe_step(step: str, first: int, after: int) -> tuple[date, date, str]:
    """Return the first and the last day of a step, and what it is called: the same for every
    row of bars.
    """
    since, until = get_date_of_day(first), get_date_of_day(after - 1)
    return since, until, format_step_label(step, since, until)


def format_step_label(step: str, since: date, until: date) -> str:
    if step == "day":
        return f"{since:%-d %B %Y}"
    if step == "week":
        return f"{since:%-d %b} to {until:%-d %b %Y}"
    if step == "month":
        return f"{since:%B %Y}"
    if step == "quarter":
        return f"{since:%B} to {until:%B %Y}"
    if step == "year":
        return f"{since:%Y}"
    return f"{since:%Y} to {until:%Y}"
