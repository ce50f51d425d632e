"""Counts, each of which leads to the quotes that it counts, and bars: pages have hundreds, so Python writes them."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from claims.pages.charts import ChartRow
from claims.pages.overview import LinkedCount, OverviewName
from claims.search.facets import Facet, FacetValue
from claims.search.histogram import HISTOGRAM_HEIGHT, HistogramBar

register = template.Library()


@register.filter
def named(name: OverviewName) -> SafeString:
    """What heads a row or a column, as a link to its page if it has one."""
    shown = (
        '<a href="{}" dir="auto">{}</a>' if name.address else '{}<span class="unknown">{}</span>'
    )
    qualifier = (
        format_html(' <small class="qualifier" dir="auto">{}</small>', name.qualifier)
        if name.qualifier
        else ""
    )
    return format_html(shown + "{}", name.address, name.label, qualifier)


@register.filter
def linked(count: LinkedCount, home: str) -> SafeString:
    """The number as a link to the list at `home`; nothing where there are no quotes."""
    return mark_safe(
        f'<a href="{home}?{escape(count.query)}">{count.number:,}</a>' if count.number else ""
    )


@register.filter
def cells(counts: Iterable[LinkedCount], home: str) -> SafeString:
    """The cells of a table's row, each with its share."""
    return mark_safe("".join(render_count_cell(count, home) for count in counts))


def render_count_cell(count: LinkedCount, home: str) -> str:
    tone = f' class="tone-{count.tone}"' if count.tone else ""
    share = f" <small>{count.share}</small>" if count.share and count.number else ""
    return f"<td{tone}>{linked(count, home)}{share}</td>"


@register.filter
def offered(facet: Facet, path: str) -> SafeString:
    """The values of a filter on the page at `path`, each with what it would leave."""
    return mark_safe(
        "".join(render_facet_value(facet.parameter, value, path) for value in facet.values)
    )


def render_facet_value(parameter: str, value: FacetValue, path: str) -> SafeString:
    qualifier = (
        format_html(' <small class="qualifier" dir="auto">{}</small>', value.qualifier)
        if value.qualifier
        else ""
    )
    label = format_html('<span class="label" dir="auto">{}{}</span>', value.label, qualifier)
    chosen = mark_safe(' class="chosen" aria-current="true"') if value.selected else ""
    link = format_html(
        'id="{0}-{1}" href="?{2}" hx-get="{3}?{2}"{4}',
        parameter,
        value.value,
        value.query,
        path,
        chosen,
    )
    return format_html(
        '<li><a {}>{} <span class="count">{}</span></a></li>', link, label, f"{value.count:,}"
    )


@register.filter
def pictured(bar: HistogramBar) -> SafeString:
    """A bar, in a slot as high as the picture that is easier to hit."""
    place = f'x="{bar.x}" width="{bar.width}"'
    told = f"<title>{escape(bar.label)}: {bar.count:,} quote{'' if bar.count == 1 else 's'}</title>"
    slot = f'<rect class="slot" {place} y="0" height="{HISTOGRAM_HEIGHT}"></rect>'
    return mark_safe(
        f'{told}{slot}<rect class="bar" {place} y="{bar.y}" height="{bar.height}"></rect>'
    )


@register.filter
def narrowing(bars: Iterable[HistogramBar], path: str) -> SafeString:
    """Bars, each of which narrows the page at `path` to its days."""
    return mark_safe("".join(render_narrowing_bar(bar, path) for bar in bars))


def render_narrowing_bar(bar: HistogramBar, path: str) -> SafeString:
    told = f"{bar.label}: {bar.count} quote{'' if bar.count == 1 else 's'}"
    link = format_html(
        'id="bar-{0}" href="?{1}" hx-get="{2}?{1}"', bar.since.isoformat(), bar.query, path
    )
    return format_html('<a {} aria-label="{}">{}</a>', link, told, pictured(bar))


@register.filter
def tabled(bars: Iterable[HistogramBar]) -> SafeString:
    """The same as rows of a table."""
    row = '<tr><th scope="row"><a href="?{}">{}</a></th><td>{}</td></tr>'
    return format_html_join("", row, ((bar.query, bar.label, f"{bar.count:,}") for bar in bars))


@register.filter
def charted(rows: Iterable[ChartRow]) -> SafeString:
    """The rows of a chart, each with its bar."""
    return format_html_join(
        "\n",
        CHART_ROW_TEMPLATE,
        ((*get_chart_row_heading(row), *get_chart_row_measure(row)) for row in rows),
    )


BAR_PICTURE = '<svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect class="{}" width="{}" height="10"></rect></svg>'
CHART_ROW_TEMPLATE = f"""<tr><th scope="row"><a href="{{}}"><span dir="auto">{{}}</span></a>{{}}</th>
      <td class="drawn" aria-hidden="true">{BAR_PICTURE}</td>
      <td>{{}}{{}}</td></tr>"""


def get_chart_row_heading(row: ChartRow) -> tuple[str, str, str]:
    qualifier = (
        format_html(' <small class="qualifier" dir="auto">{}</small>', row.qualifier)
        if row.qualifier
        else ""
    )
    return row.address, row.label, qualifier


def get_chart_row_measure(row: ChartRow) -> tuple[str, float, str, str]:
    note = format_html(' <span class="count">{}</span>', row.note) if row.note else ""
    return row.tone or "plain", row.width, f"{row.count:,}", note
