"""Counts, each of which leads to the quotes that it counts, and bars: pages have hundreds, so
Python writes them.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from claims.pages.charts import ChartRow, LinkedCount
from claims.pages.labels import name_value
from claims.pages.overview_tables import OverviewName
from claims.search.facets import Facet, FacetValue
from claims.search.histogram import HISTOGRAM_HEIGHT, HistogramBar

register = template.Library()


@register.filter
def name_link(name: OverviewName) -> SafeString:
    """Return what heads a row or a column, as a link to its page if it has one."""
    if name.address:
        label = format_html('<a href="{}" dir="auto">{}</a>', name.address, name.label)
    else:
        label = format_html('<span class="unknown">{}</span>', name.label)
    return format_html("{}{}", label, render_qualifier(name.qualifier))


def render_qualifier(qualifier: str) -> SafeString:
    """Return what tells a name from others that are written the same, to stand after it."""
    if not qualifier:
        return mark_safe("")
    return format_html(' <small class="qualifier" dir="auto">{}</small>', qualifier)


@register.filter
def count_link(count: LinkedCount, home: str) -> SafeString:
    """Return the number as a link to the list at `home`; nothing where there are no quotes."""
    if not count.count:
        return mark_safe("")
    return mark_safe(f'<a href="{home}?{escape(count.query)}">{count.count:,}</a>')


@register.filter
def count_cells(counts: Iterable[LinkedCount], home: str) -> SafeString:
    """Return the cells of a table's row, each with its share."""
    return mark_safe("".join(render_count_cell(count, home) for count in counts))


def render_count_cell(count: LinkedCount, home: str) -> str:
    tone = f' class="tone-{count.tone}"' if count.tone else ""
    share = f" <small>{count.share}</small>" if count.share and count.count else ""
    return f"<td{tone}>{count_link(count, home)}{share}</td>"


@register.filter
def facet_values(facet: Facet, path: str) -> SafeString:
    """Return the values of a filter on the page at `path`, each with what it would leave."""
    items = [render_facet_value(facet.parameter, value, path) for value in facet.values]
    return mark_safe("".join(items))


def render_facet_value(parameter: str, value: FacetValue, path: str) -> SafeString:
    label = format_html(
        '<span class="label" dir="auto">{}{}</span>',
        name_value(parameter, value.value, value.label),
        render_qualifier(value.qualifier),
    )
    attributes = format_html(
        'id="{0}-{1}" href="?{2}" hx-get="{3}?{2}"{4}',
        parameter,
        value.value,
        value.query,
        path,
        mark_safe(' class="chosen" aria-current="true"') if value.selected else "",
    )
    return format_html(
        '<li><a {}>{} <span class="count">{}</span></a></li>',
        attributes,
        label,
        f"{value.count:,}",
    )


@register.filter
def bar_picture(bar: HistogramBar) -> SafeString:
    """Return a bar, in a slot as high as the picture that is easier to hit."""
    across = f'x="{bar.x}" width="{bar.width}"'
    title = f"<title>{escape(bar.label)}: {bar.count:,} {render_quotes_noun(bar.count)}</title>"
    slot = f'<rect class="slot" {across} y="0" height="{HISTOGRAM_HEIGHT}"></rect>'
    filled = f'<rect class="bar" {across} y="{bar.y}" height="{bar.height}"></rect>'
    return mark_safe(f"{title}{slot}{filled}")


def render_quotes_noun(count: int) -> str:
    return "quote" if count == 1 else "quotes"


@register.filter
def narrowing_bars(bars: Iterable[HistogramBar], path: str) -> SafeString:
    """Return bars, each of which narrows the page at `path` to its days."""
    return mark_safe("".join(render_narrowing_bar(bar, path) for bar in bars))


def render_narrowing_bar(bar: HistogramBar, path: str) -> SafeString:
    attributes = format_html(
        'id="bar-{0}" href="?{1}" hx-get="{2}?{1}"', bar.since.isoformat(), bar.query, path
    )
    label = f"{bar.label}: {bar.count} {render_quotes_noun(bar.count)}"
    return format_html('<a {} aria-label="{}">{}</a>', attributes, label, bar_picture(bar))


@register.filter
def bar_rows(bars: Iterable[HistogramBar]) -> SafeString:
    """Return the bars as rows of a table."""
    row = '<tr><th scope="row"><a href="?{}">{}</a></th><td>{}</td></tr>'
    return format_html_join("", row, ((bar.query, bar.label, f"{bar.count:,}") for bar in bars))


@register.filter
def chart_rows(rows: Iterable[ChartRow]) -> SafeString:
    """Return the rows of a chart, each with its bar."""
    return mark_safe("\n".join(map(render_chart_row, rows)))


def render_chart_row(row: ChartRow) -> SafeString:
    return format_html(
        CHART_ROW_TEMPLATE,
        address=row.address,
        label=row.label,
        qualifier=render_qualifier(row.qualifier),
        tone=row.tone or "plain",
        width=row.width,
        count=f"{row.count:,}",
        note=format_html(' <span class="count">{}</span>', row.note) if row.note else "",
    )


CHART_ROW_TEMPLATE = (
    '<tr><th scope="row"><a href="{address}"><span dir="auto">{label}</span></a>{qualifier}</th>\n'
    '      <td class="drawn" aria-hidden="true">'
    '<svg viewBox="0 0 100 10" preserveAspectRatio="none">'
    '<rect class="{tone}" width="{width}" height="10"></rect></svg></td>\n'
    "      <td>{count}{note}</td></tr>"
)
