"""The overview: a set of quotes at a glance."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.pages.overview import build_overview
from claims.search.filters import Filters
from claims.trust.figures import find_trust_figure
from newsroom import htmx


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    context = {
        "section": "overview",
        "overview": build_overview(Filters.read(request.GET)),
        "measured": find_trust_figure,
    }
    return htmx.render(request, "overview.html", context, fragment="results")
