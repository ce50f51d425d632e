"""How many quotes there are over time: bars of days, weeks, months, quarters or years, each of which narrows the list to it."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np

from claims.columns import Values
from claims.facets import Matching
from claims.search import Filters

MOST = 60  # bars
STEPS = ("day", "week", "month", "quarter", "year", "decade")
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
WIDTH, HEIGHT, GAP = 720, 96, 2  # of the picture, in its own units
EPOCH = date(1970, 1, 1).toordinal()
LEAST = 3  # height of a bar that is not empty


@dataclass(frozen=True, slots=True)
class Bar:
    """The quotes of the days from `since` to `until`, both included, and its place in the picture."""

    since: date
    until: date
    count: int
    label: str
    query: str
    x: float = 0
    width: float = 0
    height: float = 0

    @property
    def y(self) -> float:
        return HEIGHT - self.height


@dataclass(frozen=True, slots=True)
class Histogram:
    """`step` is what a bar stands for; there are none where all quotes are of one day."""

    step: str
    bars: list[Bar]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def highest(self) -> int:
        return max((bar.count for bar in self.bars), default=0)

    @property
    def ends(self) -> list[Bar]:
        """The bars under which a date stands."""
        return [self.bars[0], self.bars[-1]] if self.bars else []


def histogram(matching: Matching) -> Histogram:
    days = matching.columns["day"][matching.rows]
    if not len(days):
        return Histogram("day", [])
    step, bounds = steps(int(days.min()), int(days.max()))
    counts, _ = np.histogram(days, bounds)
    return drawn(matching.filters, step, bounds, counts)


def steps(first: int, last: int, most: int = MOST) -> tuple[str, Values]:
    """The finest step of which no more than so many reach from one day to another, and their `edges`."""
    found = ((step, edges(step, first, last)) for step in STEPS)
    return next((step, bounds) for step, bounds in found if len(bounds) <= most + 1 or step == STEPS[-1])


def drawn(filters: Filters, step: str, bounds: Values, counts: Values) -> Histogram:
    """A bar for each count, between two of the bounds; the filters are those of all of them."""
    stretches = zip(pairwise(bounds.tolist()), counts.tolist(), strict=True)
    bars = [bar(filters, step, dated(since), dated(after - 1), count) for (since, after), count in stretches]
    return Histogram(step, placed(bars))


def edges(step: str, first: int, last: int) -> Values:
    """The first day of each step from the one that holds `first`, and the day after the step that holds `last`."""
    if step == "day":
        return np.arange(first, last + 2)
    if step == "week":  # the first day of 1970 was a Thursday
        return np.arange(first - (first + 3) % 7, last + 8, 7)
    size = MONTHS[step]
    low, high = (int(np.datetime64(day, "D").astype("datetime64[M]").astype(int)) // size for day in (first, last))
    months = np.arange(low, high + 2) * size
    return np.asarray(months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64))


def dated(day: int) -> date:
    return date.fromordinal(min(max(EPOCH + day, date.min.toordinal()), date.max.toordinal()))


def bar(filters: Filters, step: str, since: date, until: date, count: int) -> Bar:
    """A bar whose link stays within the dates that are chosen already."""
    low = max(since, filters.since) if filters.since else since
    high = min(until, filters.until) if filters.until else until
    return Bar(since, until, count, label(step, since, until), replace(filters, since=low, until=high).query())


def label(step: str, since: date, until: date) -> str:
    if step == "day":
        return f"{since:%-d %B %Y}"
    if step == "week":
        return f"{since:%-d %b} to {until:%-d %b %Y}"
    if step == "month":
        return f"{since:%B %Y}"
    if step == "quarter":
        return f"{since:%B} to {until:%B %Y}"
    return f"{since:%Y}" if step == "year" else f"{since:%Y} to {until:%Y}"


def placed(bars: list[Bar]) -> list[Bar]:
    """The bars side by side, the highest as high as the picture."""
    slot = min(WIDTH / len(bars), 48)
    highest = max(bar.count for bar in bars) or 1
    return [
        replace(
            bar,
            x=round(at * slot, 2),
            width=round(max(slot - GAP, 1), 2),
            height=round(max(bar.count / highest * HEIGHT, LEAST if bar.count else 0), 1),
        )
        for at, bar in enumerate(bars)
    ]
