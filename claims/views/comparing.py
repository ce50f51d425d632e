"""Two actors side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from claims.pages import comparing
from claims.pages.comparing import ACTORS_COMPARED
from claims.search.filters import Filters


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    asked = comparing.read_comparison(request.GET, Filters.read(request.GET, also=("name",)))
    if asked.taken:
        query = request.GET.copy()
        del query["name"]
        query.appendlist("actor", asked.taken.slug)
        return redirect(f"{request.path}?{query.urlencode()}")
    both = (
        comparing.compare_actors(asked.actors[0], asked.actors[1], asked.filters)
        if len(asked.actors) == ACTORS_COMPARED
        else None
    )
    context = {"section": "actors", "asked": asked, "both": both, "problems": asked.problems}
    return render(request, "compare.html", context)
