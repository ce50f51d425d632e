"""Charts that are tables: each row has its words, a bar and a number, and links to the quotes
behind it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

FULL_BAR_WIDTH = 100  # of the picture of a bar, in its own units
LEAST_BAR_WIDTH = 1  # of a bar that stands for something, so that it can be seen


@dataclass(frozen=True, slots=True)
class LinkedCount:
    """A number of quotes, and the query string that leads to them.

    `share` is a share in words. `tone` says how much the number stands out: 0 is not at all.
    `width` is that of its bar.
    """

    count: int
    query: str = ""
    share: str = ""
    tone: int = 0
    width: float = 0


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of a chart.

    `address` leads to the quotes that are counted; `tone` is a class of the stylesheet; `note`
    stands after the count.
    """

    label: str
    count: int
    address: str
    qualifier: str = ""
    tone: str = ""
    note: str = ""
    width: float = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows in the order shown, each with a bar as wide as its share of the largest.

    `key` is the chart's id on its page.
    """

    key: str
    title: str
    heading: str
    rows: list[ChartRow]


def build_chart(key: str, title: str, heading: str, rows: Iterable[ChartRow]) -> Chart:
    """Return a chart of these rows, whose bars are drawn here."""
    unsized = list(rows)
    largest = max((row.count for row in unsized), default=0)
    sized = [replace(row, width=compute_bar_width(row.count, largest)) for row in unsized]
    return Chart(key, title, heading, sized)


def compute_bar_width(value: float, largest: float) -> float:
    """Return how wide a bar is beside that of the largest value.

    It is 0 where there is nothing to show.
    """
    if not value:
        return 0
    return round(max(value / largest * FULL_BAR_WIDTH, LEAST_BAR_WIDTH), 1)
