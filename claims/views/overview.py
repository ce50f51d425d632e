"""The overview: a set of quotes at a glance."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.pages.overview import read
from claims.search.filters import Filters
from claims.trust.figures import figure
from newsroom import htmx


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    context = {"section": "overview", "overview": read(Filters.read(request.GET)), "measured": figure}
    return htmx.render(request, "overview.html", context, fragment="results")
