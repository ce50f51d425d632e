"""The Reconciliation Service API 0.2 for actors, as OpenRefine speaks it.

Answers are JSON that every page of the web may read (CORS). JSONP is not offered: it runs what a
service answers as a program of the page, and every client of today can do without.
"""

from collections.abc import Callable
from functools import wraps
from heapq import nsmallest
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from claims.api.limits import count_request
from claims.api.problems import build_problem_response
from claims.extraction.schema import ACTOR_KINDS
from claims.models import Actor
from claims.openrefine.candidates import Candidate, find_candidates
from claims.openrefine.properties import (
    MATCHING_PROPERTIES,
    PROPERTIES,
    PROPERTY_OF_KEY,
    count_quotes_of,
    extend_actors,
    find_actors_by_slug,
    find_property,
    pair_facts,
)
from claims.openrefine.queries import (
    LONGEST_NAME,
    MOST_QUERIES,
    QueryRefused,
    read_batch,
    read_extension,
    read_words,
)
from claims.pages.offices import list_offices
from claims.search.listing import LONGEST_WORDS
from newsroom.framing import allow_framing
from newsroom.row_numbers import read_row_number

Answer = Callable[..., HttpResponse]

KINDS = tuple(kind for kind in ACTOR_KINDS if kind != "unnamed")
SUGGESTED = 10
MOST_SUGGESTED = 200  # of whom one can turn the pages
PREVIEW_SIZE = (420, 260)  # pixels
JSONP_REFUSED = (
    "JSONP is not offered, since it runs an answer as a program. Ask without “callback”: every page"
    " may read the JSON (CORS)."
)


def answer_client(view: Answer) -> Answer:
    """Count the request, refuse what makes no sense in words, and let every page read the answer."""

    @wraps(view)
    def answer(request: HttpRequest, **places: Any) -> HttpResponse:
        if settings.API_LIMIT:
            usage = count_request(request, None)
            request.api_usage = usage  # type: ignore[attr-defined]
            if usage.used > usage.most:
                response: HttpResponse = build_problem_response(request, 429)
                response["Retry-After"] = str(usage.seconds_left)
                return allow_all_pages(response)
        if "callback" in request.GET:
            return allow_all_pages(build_problem_response(request, 400, JSONP_REFUSED))
        try:
            return allow_all_pages(view(request, **places))
        except QueryRefused as refusal:
            return allow_all_pages(build_problem_response(request, 400, str(refusal)))

    return answer


def allow_all_pages(response: HttpResponse) -> HttpResponse:
    """Let scripts of every page read an answer, also to a POST, which writes nothing here."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@answer_client
def reconcile(request: HttpRequest) -> HttpResponse:
    """Answer a batch of names or an extension, or say what the service can do."""
    asked = request.POST if request.method == "POST" else request.GET
    if "queries" in asked:
        candidates = find_candidates(read_batch(asked["queries"]))
        return JsonResponse(describe_results(candidates))
    if "extend" in asked:
        extension = read_extension(asked["extend"], PROPERTY_OF_KEY.__contains__)
        names = [PROPERTY_OF_KEY[each.key] for each in extension.properties]
        meta = [{"id": each.key, "name": each.name} for each in names]
        return JsonResponse({"meta": meta, "rows": extend_actors(extension)})
    if request.method == "POST":
        raise QueryRefused("A POST has “queries” or “extend”, as a form.")
    return JsonResponse(build_manifest(request))


def build_manifest(request: HttpRequest) -> dict[str, Any]:
    """Return what the service can do and where (version 0.2)."""
    service = request.build_absolute_uri(reverse("reconcile")).rstrip("/")
    site = request.build_absolute_uri("/").rstrip("/")
    actor = request.build_absolute_uri(reverse("actor", args=["0"])).removesuffix("0/")
    width, height = PREVIEW_SIZE
    return {
        "versions": ["0.2"],
        "name": f"Newsroom actors ({request.get_host()})",
        "identifierSpace": actor,
        "schemaSpace": f"{site}{reverse('reconcile')}",
        "documentation": request.build_absolute_uri(reverse("api-docs")),
        "defaultTypes": [describe_kind(kind) for kind in KINDS],
        "view": {"url": f"{actor}{{{{id}}}}/"},
        "preview": {
            "url": f"{service}/preview/?id={{{{id}}}}",
            "width": width,
            "height": height,
        },
        "suggest": {
            what: {
                "service_url": service,
                "service_path": f"/suggest/{what}/",
                "flyout_service_url": service,
                "flyout_service_path": f"/flyout/{what}/?id=${{id}}",
            }
            for what in SUGGESTERS
        },
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/properties/"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Most values",
                    "type": "number",
                    "default": 0,
                    "help_text": "of this property; 0: all",
                }
            ],
        },
        "batchSize": MOST_QUERIES,
    }


def describe_kind(kind: str) -> dict[str, str]:
    return {"id": kind, "name": kind.capitalize()}


def describe_results(candidates: dict[str, list[Candidate]]) -> dict[str, Any]:
    numbers = {each.bearer.pk for found in candidates.values() for each in found}
    counts = count_quotes_of(numbers)
    return {
        key: {"result": [describe_candidate(each, counts[each.bearer.pk]) for each in found]}
        for key, found in candidates.items()
    }


def describe_candidate(candidate: Candidate, quotes: int) -> dict[str, Any]:
    bearer = candidate.bearer
    return {
        "id": bearer.slug,
        "name": bearer.name,
        "description": describe_actor(bearer.kind, quotes),
        "type": [describe_kind(bearer.kind)],
        "score": candidate.score,
        "match": candidate.is_match,
        "features": [
            {"id": "exact_name", "value": candidate.is_exact},
            {"id": "same_wikidata", "value": candidate.is_same},
            {"id": "quotes", "value": quotes},
        ],
    }


def describe_actor(kind: str, quotes: int) -> str:
    return f"{kind}, {quotes:,} {'quote' if quotes == 1 else 'quotes'}"


# Suggesting


@require_safe
@answer_client
def suggest(request: HttpRequest, what: str) -> HttpResponse:
    """Return what begins with the letters typed: actors, properties or types."""
    prefix = read_words(request.GET.get("prefix", ""), "The “prefix”")[:LONGEST_WORDS]
    cursor = read_row_number(request.GET.get("cursor", "0")) or 0
    found = SUGGESTERS[what](prefix)
    return JsonResponse({"result": found[cursor : cursor + SUGGESTED]})


def suggest_entities(prefix: str) -> list[dict[str, Any]]:
    """Return the quoted actors whom the letters may mean, the most quoted first."""
    everywhere = Actor.objects.meant_by(prefix).filter(article=None, join=None)
    meant = everywhere.exclude(kind="unnamed").order_by().values_list("pk", flat=True)
    counts = count_quotes_of(meant)
    offered = nsmallest(MOST_SUGGESTED, counts, key=lambda pk: (-counts[pk], pk))
    rows = Actor.objects.filter(pk__in=offered).order_by()
    found = list(rows.values_list("pk", "slug", "name", "kind"))
    found.sort(key=lambda row: (-counts[row[0]], row[2]))
    return [
        {
            "id": slug,
            "name": name,
            "description": describe_actor(kind, counts[pk]),
            "notable": [describe_kind(kind)],
        }
        for pk, slug, name, kind in found
    ]


def suggest_properties(prefix: str) -> list[dict[str, Any]]:
    """Return the properties that can be given with a name."""
    return [
        {"id": each.key, "name": each.name, "description": each.description}
        for each in find_property(prefix)
        if each.key in MATCHING_PROPERTIES
    ]


def suggest_types(prefix: str) -> list[dict[str, Any]]:
    return [describe_kind(kind) for kind in KINDS if prefix.casefold() in kind]


SUGGESTERS = {"entity": suggest_entities, "property": suggest_properties, "type": suggest_types}


@require_safe
@answer_client
def propose_properties(request: HttpRequest) -> HttpResponse:
    """Return the columns by which actors of a type can be extended."""
    kind = read_words(request.GET.get("type", ""), "The “type”")
    limit = read_row_number(request.GET.get("limit", "")) or len(PROPERTIES)
    offered = [{"id": each.key, "name": each.name} for each in PROPERTIES[:limit]]
    described: dict[str, Any] = {"properties": offered, "limit": limit}
    if kind:
        described["type"] = kind
    return JsonResponse(described)


# What is shown of one actor


@require_safe
@answer_client
def flyout(request: HttpRequest, what: str) -> HttpResponse:
    """Return a few words on what is suggested, as HTML within JSON."""
    key = read_words(request.GET.get("id", ""), "The “id”")
    context: dict[str, Any] = {}
    if what == "entity":
        context = find_actor_shown(key) or {}
    elif what == "property" and key in PROPERTY_OF_KEY:
        context = {"property": PROPERTY_OF_KEY[key]}
    elif what == "type" and key in KINDS:
        context = {"kind": key}
    if not context:
        return build_problem_response(request, 404)
    html = render(request, "_reconciled.html", context).content.decode()
    return JsonResponse({"id": key, "html": html})


@require_safe
@allow_framing
@answer_client
def preview(request: HttpRequest) -> HttpResponse:
    """Show an actor on a small page, to stand in a frame of the client."""
    slug = request.GET.get("id", "")
    is_readable = len(slug) <= LONGEST_NAME and "\0" not in slug
    shown = find_actor_shown(slug) if is_readable else None
    status = 200 if shown else 404
    return render(request, "reconciled.html", shown or {}, status=status)


def find_actor_shown(slug: str) -> dict[str, Any] | None:
    """Return what is shown of the actor of a slug; None if there is none."""
    actor = find_actors_by_slug([slug]).get(slug)
    if actor is None:
        return None
    ((_, facts),) = pair_facts([actor])
    with_offices = Actor.objects.with_offices().get(pk=actor.pk)
    return {"actor": actor, "facts": facts, "offices": list_offices(with_offices)}
