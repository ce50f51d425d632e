"""A topic: who said what on it."""

from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.pages import topics as topic_pages
from claims.search import columns
from claims.search.filters import Filters
from newsroom import htmx


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    filters = Filters.read(request.GET, also=topic_pages.PARAMETERS_BESIDE_FILTERS)
    known = columns.get_current_columns()
    context = {
        "section": "claims",
        "filters": filters,
        "problems": list(filters.problems),
        "hidden": list_hidden(filters),
        "chips": filters.list_chips(),
    }
    if filters.q:
        topic = topic_pages.build_topic(known, filters, request.GET)
        context["topic"] = topic
        context["problems"] = [*filters.problems, *topic.problems]
    else:
        context["names"] = topic_pages.list_names_offered(known, filters)
    return htmx.render(request, "topics.html", context, fragment="results")


def list_hidden(filters: Filters) -> list[tuple[str, str]]:
    """Return the parameters that the search form carries along."""
    others = parse_qsl(filters.query(since=None, until=None))
    return [(name, value) for name, value in others if name != "q"]
