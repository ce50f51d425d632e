"""Actors, and one of them."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from claims.models import Actor, FormerSlug
from claims.models.addresses import get_address
from claims.models.candidates import LIKELY_SCORE
from claims.models.naming import list_alike_actors, qualify_actors
from claims.pages import profile
from claims.pages.identity import build_actor_data
from claims.pages.offices import list_offices
from claims.search import listing, quoted, stream
from claims.search.filters import Filters
from claims.search.problems import QueryProblem
from claims.search.reading import ChosenRow
from claims.views.moved import redirect_for_good, redirect_for_now
from claims.views.quotes import render_stream
from newsroom import htmx


@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read_list_query(listing.ActorListForm, request.GET)
    found = quoted.find_actors(asked)
    page, page_problems = listing.select_page(found.numbers, request.GET)
    actors = quoted.fetch_in_order(page, Actor.objects.for_list(), found.counts)
    context = {
        "section": "actors",
        "asked": asked,
        "query": urlencode(asked),
        "choices": listing.build_list_choices("kind", found.kinds, asked),
        "copies": found.copies,
        "page": page,
        "actors": qualify_actors(actors),
        "problems": problems + page_problems,
    }
    return htmx.render(request, "actors.html", context, fragment="results")


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Actor.objects.with_other_names().with_items().with_offices()
    rows = rows.with_alike().with_head().for_list()
    actor = rows.filter(slug=slug).first()
    if actor is None:
        return redirect_to_survivor(request, slug)
    taken_for: str | None = getattr(actor, "taken_for", None)
    if taken_for:
        return redirect_for_now(request, get_address("actor", taken_for))
    alike = list_alike_actors(actor)
    context: dict[str, Any] = {
        "section": "actors",
        "actor": actor,
        "offices": list_offices(actor),
        "likely": [other for other in alike if other.score >= LIKELY_SCORE],
        "linked_data": build_actor_data(
            actor, request.build_absolute_uri(actor.get_absolute_url())
        ),
    }
    filters = Filters.read(request.GET, also=stream.PARAMETERS_BESIDE_FILTERS)
    if not htmx.is_fragment_wanted(request):
        context["profile"] = profile.build_profile(actor, filters.copies)
    own_filters = restrict_to_actor(actor, filters)
    return render_stream(request, "actor.html", context, own_filters, fixed="actor")


def redirect_to_survivor(request: HttpRequest, slug: str) -> HttpResponse:
    """Redirect to the actor that the one of this slug was merged into.

    Raises `Http404` if there is none.
    """
    former = get_object_or_404(FormerSlug.objects.select_related("actor"), slug=slug)
    return redirect_for_good(request, former.actor.get_absolute_url())


def restrict_to_actor(actor: Actor, filters: Filters) -> Filters:
    """Return the filters on one actor's page, where another actor that the address names is a
    problem.
    """
    others = [other for other in filters.actor if other != actor.slug]
    problems = [
        QueryProblem("actor", other, f"This page is about {actor.name}, not “{other}”.")
        for other in others
    ]
    rows = filters.rows | {("actor", actor.slug): ChosenRow(actor.pk, actor.name)}
    return replace(filters, actor=(actor.slug,), rows=rows, problems=(*filters.problems, *problems))
