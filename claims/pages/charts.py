"""Charts that are tables: each row has its words, a bar and a number, and links to the quotes behind it."""

from collections.abc import Iterable
from dataclasses import dataclass

CHART_BAR_WIDTH = 100  # of the picture of a bar that is full, in its own units


@dataclass(frozen=True, slots=True)
class ChartRow:
    """`address` leads to the quotes that are counted; `tone` is a class of the stylesheet; `note` stands after the count."""

    label: str
    count: int
    address: str
    qualifier: str = ""
    tone: str = ""
    note: str = ""
    width: float = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """`rows` in the order shown, their bars as wide as their share of the largest; `key` is the chart's id on its page."""

    key: str
    title: str
    heading: str
    rows: list[ChartRow]
    counted: str = "Quotes"
    hint: str = ""


def build_chart(
    key: str,
    title: str,
    heading: str,
    rows: Iterable[ChartRow],
    *,
    counted: str = "Quotes",
    hint: str = "",
) -> Chart:
    known = list(rows)
    largest = max((row.count for row in known), default=0) or 1
    return Chart(
        key, title, heading, [size_chart_row(row, largest) for row in known], counted, hint
    )


def size_chart_row(row: ChartRow, largest: int) -> ChartRow:
    width = max(row.count / largest * CHART_BAR_WIDTH, 1) if row.count else 0
    return ChartRow(
        row.label, row.count, row.address, row.qualifier, row.tone, row.note, round(width, 1)
    )
