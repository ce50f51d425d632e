"""The numbers behind each chart of the pages, as tables that go out as files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from claims.outputs.charts import ChartLine, ChartTable
from claims.outputs.selecting import describe_filters
from claims.pages.comparing import Comparison
from claims.pages.overview import Overview, build_overview
from claims.pages.overview_tables import OverviewLine, OverviewName, OverviewTable
from claims.search import columns
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters
from claims.search.histogram import build_histogram

SLUG_HEAD = ("slug",)
QUOTES_HEAD = ("quotes",)

ChartBuilder = Callable[[Filters, str], ChartTable]


def build_timeline(filters: Filters, page: str) -> ChartTable:
    """Return how many quotes there are in each step of time."""
    histogram = build_histogram(MatchingQuotes(columns.get_current_columns(), filters))
    lines = []
    for bar in histogram.bars:
        days = (bar.since.isoformat(), bar.until.isoformat())
        lines.append(ChartLine(bar.label, days, (bar.count,)))
    undated = f"; {histogram.undated:,} without a date are left out" if histogram.undated else ""
    return ChartTable(
        key="timeline",
        title=f"Quotes by {histogram.step} of the article",
        described=f"Filters: {describe_filters(filters)}{undated}",
        page=page,
        made_at=datetime.now(UTC),
        heading=histogram.step,
        key_heads=("since", "until"),
        heads=QUOTES_HEAD,
        lines=tuple(lines),
        form="timeline",
    )


def build_quoted_actors(filters: Filters, page: str) -> ChartTable:
    overview = build_overview(filters)
    lines = []
    for trend in overview.trends:
        lines.append(ChartLine(tell_name(trend.name), (trend.name.slug,), (trend.quotes.count,)))
    title = "Who is quoted most"
    return build_table("actors", title, "actor", QUOTES_HEAD, lines, overview, page)


def build_actors_over_time(filters: Filters, page: str) -> ChartTable:
    """Return how often each of those quoted most is in each step of time."""
    overview = build_overview(filters)
    heads: tuple[str, ...] = ()
    lines = []
    for trend in overview.trends:
        heads = tuple(bar.label for bar in trend.over_time.bars)
        counts = tuple(bar.count for bar in trend.over_time.bars)
        lines.append(ChartLine(tell_name(trend.name), (trend.name.slug,), counts))
    title = "Who is quoted most, and when"
    table = build_table("actors-over-time", title, "actor", heads, lines, overview, page)
    return replace(table, form="rows over time")


def build_acts(filters: Filters, page: str) -> ChartTable:
    overview = build_overview(filters)
    title = "How each outlet has it said: quotes by act"
    return build_overview_chart("acts", title, "outlet", overview.acts, overview, page)


def build_accusations(filters: Filters, page: str) -> ChartTable:
    overview = build_overview(filters)
    title = "Accusers, and whom their accusations name"
    return build_overview_chart(
        "accusations", title, "accuser", overview.accusations, overview, page
    )


def build_sources(filters: Filters, page: str) -> ChartTable:
    overview = build_overview(filters)
    title = "Quotes of unnamed and unknown speakers"
    return build_overview_chart("sources", title, "outlet", overview.sources, overview, page)


CHART_BUILDERS: dict[str, ChartBuilder] = {
    "timeline": build_timeline,
    "actors": build_quoted_actors,
    "actors-over-time": build_actors_over_time,
    "acts": build_acts,
    "accusations": build_accusations,
    "sources": build_sources,
}
# Of two actors side by side: the key of a table there, by that of its chart.
COMPARED_TABLES = {f"compare-{key}": key for key in ("numbers", "acts", "outlets")}


def build_overview_chart(
    key: str, title: str, heading: str, table: OverviewTable, overview: Overview, page: str
) -> ChartTable:
    heads = ("quotes", *(tell_name(head) for head in table.heads))
    lines = [build_line(line) for line in (table.whole, *table.lines)]
    return build_table(key, title, heading, heads, lines, overview, page)


def build_line(line: OverviewLine) -> ChartLine:
    counts = (line.total.count, *(cell.count for cell in line.cells))
    return ChartLine(tell_name(line.name), (line.name.slug,), counts)


def build_table(
    key: str,
    title: str,
    heading: str,
    heads: tuple[str, ...],
    lines: list[ChartLine],
    overview: Overview,
    page: str,
) -> ChartTable:
    return ChartTable(
        key=key,
        title=title,
        described=f"Filters: {describe_filters(overview.filters)}",
        page=page,
        made_at=datetime.now(UTC),
        heading=heading,
        key_heads=SLUG_HEAD,
        heads=heads,
        lines=tuple(lines),
    )


def tell_name(name: OverviewName) -> str:
    """Return what heads a row or a column, with what tells it from others of its name."""
    return f"{name.label} ({name.qualifier})" if name.qualifier else name.label


def build_comparison_chart(
    chart: str, comparison: Comparison, filters: Filters, page: str
) -> ChartTable | None:
    """Return one of the tables of two actors side by side; None where there is nothing in it."""
    for table in comparison.tables:
        if table.key != COMPARED_TABLES[chart]:
            continue
        lines = []
        for line in table.lines:
            lines.append(ChartLine(line.label, (), tuple(cell.count for cell in line.cells)))
        names = tuple(side.actor.name for side in comparison.sides)
        return ChartTable(
            key=chart,
            title=f"{' and '.join(names)}: {table.title.split(',')[0].lower()}",
            described=f"Filters: {describe_filters(filters)}",
            page=page,
            made_at=datetime.now(UTC),
            heading=table.heading.lower(),
            key_heads=(),
            heads=names,
            lines=tuple(lines),
        )
    return None
