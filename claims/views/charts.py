"""The charts of the pages as files, with the query string of the page."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from claims.outputs.charts import CHART_FORMATS, ChartFormat, ChartTable
from claims.pages.chart_tables import CHART_BUILDERS, COMPARED_TABLES, build_comparison_chart
from claims.pages.choosing_actors import ACTORS_COMPARED, read_comparison
from claims.pages.comparing import compare_actors
from claims.search.filters import Filters
from claims.search.problems import QueryProblem
from claims.views.outputs import find_site, refuse

PAGE_OF_CHART = {"timeline": "quotes"}  # of all others it is the overview


@require_safe
def chart(request: HttpRequest, chart: str, ending: str) -> HttpResponse:
    """Send a chart as a drawing, or the numbers behind it."""
    if ending not in CHART_FORMATS:
        raise Http404(f"A chart is given as {', '.join(CHART_FORMATS)}.")
    if chart in COMPARED_TABLES:
        return send_comparison(request, chart, CHART_FORMATS[ending])
    if chart not in CHART_BUILDERS:
        raise Http404("There is no such chart.")
    filters = Filters.read(request.GET)
    if filters.problems:
        return refuse(request, list(filters.problems), HTTPStatus.BAD_REQUEST)
    page = build_page_address(request, PAGE_OF_CHART.get(chart, "overview"), filters)
    return send_chart(CHART_FORMATS[ending], CHART_BUILDERS[chart](filters, page))


def send_comparison(request: HttpRequest, chart: str, kind: ChartFormat) -> HttpResponse:
    asked = read_comparison(request.GET, Filters.read(request.GET))
    problems = list(asked.problems)
    if len(asked.actors) != ACTORS_COMPARED:
        problems.append(QueryProblem("actor", "", "Give two actors to compare."))
    if problems:
        return refuse(request, problems, HTTPStatus.BAD_REQUEST)
    first, second = asked.actors
    comparison = compare_actors(first, second, asked.filters)
    page = build_page_address(request, "compare", asked.filters)
    table = build_comparison_chart(chart, comparison, asked.filters, page)
    if table is None:
        raise Http404("There is nothing to draw.")
    return send_chart(kind, table)


def build_page_address(request: HttpRequest, view: str, filters: Filters) -> str:
    query = filters.query()
    address = f"{find_site(request)}{reverse(view)}"
    return f"{address}?{query}" if query else address


def send_chart(kind: ChartFormat, table: ChartTable) -> HttpResponse:
    response = HttpResponse(kind.write(table), content_type=kind.media_type)
    name = f"newsroom-{table.key}-{table.made_at:%Y-%m-%d}.{kind.ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(response, no_cache=True)
    return response
