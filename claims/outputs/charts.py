"""A chart as a file: what it is drawn from as CSV, and the drawing as SVG with all that it needs
within it.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from xml.sax.saxutils import escape

from claims.outputs.comma_separated import BEGINNINGS_OF_FORMULAS, INERT_MARK
from claims.outputs.plain_characters import drop_controls
from claims.passages.cutting import cut_text

ChartForm = Literal["timeline", "grid", "rows over time"]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A row of a chart: what it is called, what tells it to programs, and a number for each head."""

    label: str
    keys: tuple[str, ...]
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChartTable:
    """What a chart is drawn from.

    `described` says by which filters, `page` is the address of the page that shows it. `key_heads`
    name the keys of the lines. The lines are steps of time in the form “timeline”, and the heads in
    the form “rows over time”.
    """

    key: str
    title: str
    described: str
    page: str
    made_at: datetime
    heading: str
    key_heads: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[ChartLine, ...]
    form: ChartForm = "grid"


ChartWriter = Callable[[ChartTable], str]


def write_chart_csv(chart: ChartTable) -> str:
    """Return the numbers with a line of names first."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow([*map(make_inert, (chart.heading, *chart.key_heads, *chart.heads))])
    for line in chart.lines:
        rows.writerow([make_inert(line.label), *map(make_inert, line.keys), *line.values])
    return written.getvalue()


def make_inert(cell: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"{INERT_MARK}{cell}" if cell[:1] in BEGINNINGS_OF_FORMULAS else cell


# Drawing. All measures are in pixels.

STYLE = """
  .paper { fill: #fff } text { font: 13px system-ui, "Noto Sans", Arial, sans-serif; fill: #1c1b19 }
  .title { font-size: 17px; font-weight: 600 } .soft { fill: #5a564e; font-size: 12px }
  .bar { fill: #0a4f7d } .axis { stroke: #8b8577 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #14151a } text { fill: #e9e6df } .soft { fill: #b5b0a5 } .bar { fill: #7fb8e6 }
  }
"""
WIDTH = 760
MARGIN = 20
HEAD = 78  # for title, filters and the heads of columns
FOOT = 40
PLOT_HEIGHT = 240
LABEL_WIDTH = 200
LONGEST_LABEL = 28  # characters
LONGEST_LINE = 105
LINE_HEIGHT = 26
ROW_HEIGHT = 34
BAR_HEIGHT = 14
LEAST_COLUMN = 84
COUNT_ROOM = 44
LETTER_WIDTH = 7


def write_chart_svg(chart: ChartTable) -> str:
    """Return the drawing, with a title and its source, for light and for dark pages."""
    drawn = DRAWERS[chart.form](chart)
    title = clean(chart.title)
    source = f"Newsroom, {chart.made_at:%Y-%m-%d}. {chart.page}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawn.width}" height="{drawn.height}"'
        f' viewBox="0 0 {drawn.width} {drawn.height}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{title}</title>',
        f'<desc id="desc">{clean(chart.described)}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{drawn.width}" height="{drawn.height}"/>',
        f'<text class="title" x="{MARGIN}" y="30">{title}</text>',
        draw_text("soft", MARGIN, 50, cut_text(chart.described, LONGEST_LINE)),
        *drawn.marks,
        draw_text("soft", MARGIN, drawn.height - 14, cut_text(source, LONGEST_LINE)),
        "</svg>\n",
    ]
    return "\n".join(parts)


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    marks: list[str]


def draw_time(chart: ChartTable) -> Drawing:
    """Draw a column for each step of time, the highest as high as the plot."""
    counts = [line.values[0] for line in chart.lines]
    highest = max(counts, default=0) or 1
    slot = (WIDTH - 2 * MARGIN) / max(len(counts), 1)
    bottom = HEAD + PLOT_HEIGHT
    marks = [draw_text("soft", MARGIN, HEAD - 8, f"up to {highest:,}")]
    for place, line in enumerate(chart.lines):
        height = line.values[0] / highest * PLOT_HEIGHT
        x = MARGIN + place * slot
        told = f"{line.label}: {line.values[0]:,}"
        marks.append(draw_bar(x, bottom - height, max(slot - 2, 1), height, told))
    end = WIDTH - MARGIN
    marks.append(f'<path class="axis" d="M{MARGIN} {bottom}H{end}"/>')
    if chart.lines:
        first, last = clean(chart.lines[0].label), clean(chart.lines[-1].label)
        marks.append(f'<text class="soft" x="{MARGIN}" y="{bottom + 16}">{first}</text>')
        if len(chart.lines) > 1:
            marks.append(
                f'<text class="soft" x="{end}" y="{bottom + 16}" text-anchor="end">{last}</text>'
            )
    return Drawing(WIDTH, bottom + FOOT + 16, marks)


def draw_grid(chart: ChartTable) -> Drawing:
    """Draw a bar with its number for each cell, those of a column on one scale."""
    room = WIDTH - 2 * MARGIN - LABEL_WIDTH
    column = max(room // max(len(chart.heads), 1), LEAST_COLUMN)
    left = MARGIN + LABEL_WIDTH
    letters = column // LETTER_WIDTH
    marks = []
    for at, head in enumerate(chart.heads):
        marks.append(draw_text("soft", left + at * column, HEAD - 8, cut_text(head, letters)))
    largest = [max(values) for values in zip(*(line.values for line in chart.lines), strict=True)]
    for row, line in enumerate(chart.lines):
        y = HEAD + row * LINE_HEIGHT
        marks.append(draw_text("label", MARGIN, y + 12, cut_text(line.label, LONGEST_LABEL)))
        for at, value in enumerate(line.values):
            if value:
                x = left + at * column
                length = value / largest[at] * (column - COUNT_ROOM)
                told = f"{line.label}, {chart.heads[at]}: {value:,}"
                marks.append(draw_bar(x, y, length, BAR_HEIGHT, told))
                marks.append(draw_text("count", x + length + 4, y + 12, f"{value:,}"))
    height = HEAD + len(chart.lines) * LINE_HEIGHT + FOOT
    return Drawing(left + column * len(chart.heads) + MARGIN, height, marks)


def draw_rows_over_time(chart: ChartTable) -> Drawing:
    """Draw a row of columns for each line, one for each step of time, on a scale of its own."""
    left, end = MARGIN + LABEL_WIDTH, WIDTH - MARGIN
    slot = (end - left) / max(len(chart.heads), 1)
    marks = []
    if chart.heads:
        marks.append(draw_text("soft", left, HEAD - 8, chart.heads[0]))
    if len(chart.heads) > 1:
        place = f'x="{end}" y="{HEAD - 8}" text-anchor="end"'
        marks.append(f'<text class="soft" {place}>{clean(chart.heads[-1])}</text>')
    for row, line in enumerate(chart.lines):
        bottom = HEAD + (row + 1) * ROW_HEIGHT - 4
        marks.append(draw_text("label", MARGIN, bottom - 6, cut_text(line.label, LONGEST_LABEL)))
        marks.append(f'<path class="axis" d="M{left} {bottom}H{end}"/>')
        largest = max(line.values, default=0)
        for at, value in enumerate(line.values):
            if value:
                height = value / largest * (ROW_HEIGHT - 8)
                told = f"{line.label}, {chart.heads[at]}: {value:,}"
                x = left + at * slot
                marks.append(draw_bar(x, bottom - height, max(slot - 2, 1), height, told))
    return Drawing(WIDTH, HEAD + len(chart.lines) * ROW_HEIGHT + FOOT, marks)


def draw_bar(x: float, y: float, width: float, height: float, told: str) -> str:
    places = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="bar" {places}><title>{clean(told)}</title></rect>'


def draw_text(kind: str, x: float, y: float, words: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{clean(words)}</text>'


def clean(words: str) -> str:
    return escape(drop_controls(words))


DRAWERS: dict[ChartForm, Callable[[ChartTable], Drawing]] = {
    "timeline": draw_time,
    "grid": draw_grid,
    "rows over time": draw_rows_over_time,
}


@dataclass(frozen=True, slots=True)
class ChartFormat:
    ending: str
    name: str
    media_type: str
    write: ChartWriter


CHART_FORMATS = {
    "svg": ChartFormat("svg", "SVG", "image/svg+xml", write_chart_svg),
    "csv": ChartFormat("csv", "CSV", "text/csv; charset=utf-8; header=present", write_chart_csv),
}
