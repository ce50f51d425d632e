"""Actors as Popolo: one of them, or those that a list shows, the most quoted first."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from claims.models import Actor, FormerSlug
from claims.models.actors import IS_KNOWN_EVERYWHERE, ActorQuerySet
from claims.pages.popolo import read_popolo
from claims.search import listing, quoted
from claims.search.problems import QueryProblem
from claims.views.moved import redirect_for_good
from claims.views.outputs import find_site, refuse

MOST_ACTORS = 1000  # of one answer; the command has all


@require_safe
def actors_as_popolo(request: HttpRequest) -> HttpResponse:
    """Send the actors that the list shows for the same query string."""
    asked, problems = listing.read_list_query(listing.ActorListForm, request.GET)
    problems = [each for each in problems if each.parameter != "page"]
    if problems:
        return refuse(request, problems, 400)
    numbers = quoted.find_actors(asked).numbers
    if len(numbers) > MOST_ACTORS:
        message = (
            f"These are {len(numbers):,} actors, and Popolo has {MOST_ACTORS:,} at most here. Narrow"
            " the list; who runs the site can have all by manage.py actors export --popolo"
        )
        return refuse(request, [QueryProblem("", "", message)], 413)
    actors = Actor.objects.filter(IS_KNOWN_EVERYWHERE, pk__in=numbers.tolist())
    return send(request, actors.order_by("slug"), "actors")


@require_safe
def actor_as_popolo(request: HttpRequest, slug: str) -> HttpResponse:
    actors = Actor.objects.filter(slug=slug)
    if not actors.exists():
        former = get_object_or_404(FormerSlug.objects.select_related("actor"), slug=slug)
        address = reverse("actor-popolo", args=[former.actor.slug])
        return redirect_for_good(request, address)
    problems = listing.list_query_problems(request.GET)
    if problems:
        return refuse(request, problems, 400)
    return send(request, actors, slug)


def send(request: HttpRequest, actors: ActorQuerySet, name: str) -> HttpResponse:
    described = read_popolo(actors, find_site(request))
    response = JsonResponse(described, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="newsroom-{name}.popolo.json"'
    patch_cache_control(response, no_cache=True)
    return response
