"""Two actors side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from claims.models import Actor
from claims.pages import comparing
from claims.pages.choosing_actors import ACTORS_COMPARED, read_comparison
from claims.search.filters import Filters


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    asked = read_comparison(request.GET, Filters.read(request.GET, also=("name",)))
    if asked.taken:
        return redirect_to_taken(request, asked.taken)
    both = None
    if len(asked.actors) == ACTORS_COMPARED:
        first, second = asked.actors
        both = comparing.compare_actors(first, second, asked.filters)
    context = {"section": "actors", "asked": asked, "both": both, "problems": asked.problems}
    return render(request, "compare.html", context)


def redirect_to_taken(request: HttpRequest, taken: Actor) -> HttpResponse:
    """Redirect to the same address with the actor that the name in it means in the place of the
    name.
    """
    query = request.GET.copy()
    del query["name"]
    query.appendlist("actor", taken.slug)
    return redirect(f"{request.path}?{query.urlencode()}")
