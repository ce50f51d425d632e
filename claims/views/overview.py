"""The overview: a set of quotes at a glance."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.overview import read
from claims.search import Filters
from claims.trust import figure
from newsroom import htmx


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    context = {"section": "overview", "overview": read(Filters.read(request.GET)), "measured": figure}
    return htmx.render(request, "overview.html", context, fragment="results")
