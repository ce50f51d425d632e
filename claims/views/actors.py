"""Actors, and one of them."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from claims.models import Actor, FormerSlug
from claims.models.naming import alike, qualified
from claims.models.querysets import LIKELY
from claims.pages import profile
from claims.search import listing, stream
from claims.search.filters import Filters, Problem
from claims.views.quotes import streamed
from newsroom import htmx


@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read(listing.ActorQuestion, request.GET)
    standing = Actor.objects.standing()
    called = standing.called(asked["q"]) if "q" in asked else standing
    found = called.of_kind(asked["kind"]) if "kind" in asked else called
    page, misses = listing.paged(found.most_quoted().for_list(), request.GET)
    kinds = listing.choices("kind", [(kind, kind, count) for kind, count in called.per_kind()], asked)
    context = {
        "section": "actors",
        "asked": asked,
        "choices": kinds,
        "page": page,
        "actors": qualified(page.object_list),
        "problems": problems + misses,
    }
    return htmx.render(request, "actors.html", context, fragment="results")


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    actor = Actor.objects.with_other_names().with_items().with_alike().for_list().filter(slug=slug).first()
    if actor is None:
        return moved(request, get_object_or_404(FormerSlug.objects.select_related("actor"), slug=slug).actor)
    others = alike(actor)
    context = {
        "section": "actors",
        "actor": actor,
        "likely": [other for other in others if other.score >= LIKELY],
        "unlikely": [other for other in others if other.score < LIKELY],
    }
    if not htmx.wants_fragment(request):
        context["profile"] = profile.read(actor)
    filters = only_by(actor, Filters.read(request.GET, also=stream.ALSO))
    return streamed(request, "actor.html", context, filters, fixed="actor")


def moved(request: HttpRequest, actor: Actor) -> HttpResponse:
    """To the actor that another one was merged into; asked for again each time, since a merge can be undone."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(actor.get_absolute_url() + (f"?{query}" if query else ""))
    patch_cache_control(response, no_cache=True)
    return response


def only_by(actor: Actor, filters: Filters) -> Filters:
    """The same filters on one actor's page: another actor that the address names is a problem."""
    others = [other for other in filters.actor if other != actor.slug]
    problems = [Problem("actor", other, f"This page is about {actor.name}, not “{other}”.") for other in others]
    rows = filters.rows | {("actor", actor.slug): (actor.pk, actor.name)}
    return replace(filters, actor=(actor.slug,), rows=rows, problems=(*filters.problems, *problems))
