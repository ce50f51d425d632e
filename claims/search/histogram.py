"""How many quotes there are over time: bars of days, weeks, months, quarters or years, each of which narrows the list to it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from claims.search.columns import ColumnValues
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters

MOST_BARS = 60  # bars
TIME_STEPS = ("day", "week", "month", "quarter", "year", "decade")
MONTHS_OF_STEP = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
HISTOGRAM_WIDTH, HISTOGRAM_HEIGHT, BAR_GAP = 720, 96, 2  # of the picture, in its own units
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
LEAST_BAR_HEIGHT = 3  # height of a bar that is not empty
WIDEST_BAR = 48  # of a bar, with the gap after it


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
        """Of its quotes, within the dates that are chosen already; made only for the bars that are shown."""
        low, high = self.filters.since, self.filters.until
        return self.filters.query(
            since=max(self.since, low) if low else self.since,
            until=min(self.until, high) if high else self.until,
        )


@dataclass(frozen=True, slots=True)
class Histogram:
    """`step` is what a bar stands for; there are none where no quote has a date. `undated` quotes stand in none."""

    step: str
    bars: list[HistogramBar]
    undated: int = 0
    width: int = HISTOGRAM_WIDTH
    height: int = HISTOGRAM_HEIGHT

    @property
    def shown(self) -> list[HistogramBar]:
        """Those that are not empty."""
        return [bar for bar in self.bars if bar.count]

    @property
    def highest(self) -> int:
        return max((bar.count for bar in self.bars), default=0)

    @property
    def ends(self) -> list[HistogramBar]:
        """The bars under which a date stands."""
        return [self.bars[0], self.bars[-1]] if self.bars else []


def build_histogram(matching: MatchingQuotes) -> Histogram:
    dated = matching.columns.dated(matching.rows)
    undated = matching.total - len(dated)
    if not len(dated):
        return Histogram("day", [], undated)
    days = matching.columns["day"][dated]
    step, bounds = select_time_step(int(days.min()), int(days.max()))
    counts, _ = np.histogram(days, bounds)
    return draw_histogram(matching.filters, step, bounds, counts, undated)


def select_time_step(first: int, last: int, most: int = MOST_BARS) -> tuple[str, ColumnValues]:
    """The finest step of which no more than so many reach from one day to another, and their `edges`."""
    found = ((step, list_step_edges(step, first, last)) for step in TIME_STEPS)
    return next(
        (step, bounds)
        for step, bounds in found
        if len(bounds) <= most + 1 or step == TIME_STEPS[-1]
    )


def draw_histogram(
    filters: Filters, step: str, bounds: ColumnValues, counts: ColumnValues, undated: int = 0
) -> Histogram:
    """A bar for each count, between two of the bounds, side by side, the highest as high as the picture."""
    slot, highest = min(HISTOGRAM_WIDTH / len(counts), WIDEST_BAR), int(counts.max()) or 1
    width = round(max(slot - BAR_GAP, 1), 2)
    heights = [
        round(max(count / highest * HISTOGRAM_HEIGHT, LEAST_BAR_HEIGHT if count else 0), 1)
        for count in counts.tolist()
    ]
    stretches = [describe_step(step, first, after) for first, after in pairwise(bounds.tolist())]
    known = enumerate(zip(stretches, counts.tolist(), heights, strict=True))
    bars = [
        HistogramBar(*days, count, filters, round(at * slot, 2), width, height)
        for at, (days, count, height) in known
    ]
    return Histogram(step, bars, undated)


def list_step_edges(step: str, first: int, last: int) -> ColumnValues:
    """The first day of each step from the one that holds `first`, and the day after the step that holds `last`."""
    if step == "day":
        return np.arange(first, last + 2)
    if step == "week":  # the first day of 1970 was a Thursday
        return np.arange(first - (first + 3) % 7, last + 8, 7)
    size = MONTHS_OF_STEP[step]
    low, high = (
        int(np.datetime64(day, "D").astype("datetime64[M]").astype(int)) // size
        for day in (first, last)
    )
    months = np.arange(low, high + 2) * size
    return np.asarray(months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64))


def get_date_of_day(day: int) -> date:
    return date.fromordinal(
        min(max(EPOCH_ORDINAL + day, date.min.toordinal()), date.max.toordinal())
    )


@lru_cache(maxsize=4096)
def describe_step(step: str, first: int, after: int) -> tuple[date, date, str]:
    """The first and the last day of a step, and what it is called: the same for every row of bars."""
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
    return f"{since:%Y}" if step == "year" else f"{since:%Y} to {until:%Y}"
