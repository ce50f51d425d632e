"""Actors, and one of them."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from claims.models import Actor, FormerSlug
from claims.models.candidates import LIKELY_SCORE
from claims.models.naming import list_alike_actors, qualify_actors
from claims.pages import profile
from claims.search import listing, stream
from claims.search.filters import ChosenRow, Filters
from claims.search.problems import QueryProblem
from claims.views.quotes import render_stream
from newsroom import htmx


@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read_list_query(listing.ActorListForm, request.GET)
    standing = Actor.objects.standing()
    called = standing.called(asked["q"]) if "q" in asked else standing
    found = called.of_kind(asked["kind"]) if "kind" in asked else called
    page, misses = listing.select_page(found.most_quoted().for_list(), request.GET)
    kinds = listing.build_list_choices(
        "kind", [(kind, kind, count) for kind, count in called.per_kind()], asked
    )
    context = {
        "section": "actors",
        "asked": asked,
        "choices": kinds,
        "page": page,
        "actors": qualify_actors(page.object_list),
        "problems": problems + misses,
    }
    return htmx.render(request, "actors.html", context, fragment="results")


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    actor = (
        Actor.objects.with_other_names()
        .with_items()
        .with_alike()
        .for_list()
        .filter(slug=slug)
        .first()
    )
    if actor is None:
        return redirect_to_survivor(
            request, get_object_or_404(FormerSlug.objects.select_related("actor"), slug=slug).actor
        )
    others = list_alike_actors(actor)
    context = {
        "section": "actors",
        "actor": actor,
        "likely": [other for other in others if other.score >= LIKELY_SCORE],
        "unlikely": [other for other in others if other.score < LIKELY_SCORE],
    }
    if not htmx.is_fragment_wanted(request):
        context["profile"] = profile.build_profile(actor)
    filters = restrict_to_actor(
        actor, Filters.read(request.GET, also=stream.PARAMETERS_BESIDE_FILTERS)
    )
    return render_stream(request, "actor.html", context, filters, fixed="actor")


def redirect_to_survivor(request: HttpRequest, actor: Actor) -> HttpResponse:
    """To the actor that another one was merged into; asked for again each time, since a merge can be undone."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(
        actor.get_absolute_url() + (f"?{query}" if query else "")
    )
    patch_cache_control(response, no_cache=True)
    return response


def restrict_to_actor(actor: Actor, filters: Filters) -> Filters:
    """The same filters on one actor's page: another actor that the address names is a problem."""
    others = [other for other in filters.actor if other != actor.slug]
    problems = [
        QueryProblem("actor", other, f"This page is about {actor.name}, not “{other}”.")
        for other in others
    ]
    rows = filters.rows | {("actor", actor.slug): ChosenRow(actor.pk, actor.name)}
    return replace(filters, actor=(actor.slug,), rows=rows, problems=(*filters.problems, *problems))
