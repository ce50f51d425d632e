"""Splitting an actor in two: names and quotes chosen, what it would do shown, and then done."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from claims.actors.splitting import SplitPlan, SplitRequest, plan_split, split_actor
from claims.admin.merging import add_undo_message, read_token, render_merge_page
from claims.admin.requests import (
    MERGE_PERMISSION,
    get_permitted_user,
    read_reason,
    read_submitted,
    read_text,
    require_get_or_post,
)
from claims.extraction.schema import ACTOR_KINDS
from claims.models import Actor, ActorName
from claims.models.names import build_name_key
from claims.models.refusals import Refused
from newsroom.row_numbers import read_row_numbers

QUOTES_OFFERED_TO_SPLIT = 100
LONGEST_WORDS_SOUGHT = 200  # characters
NO_SUCH_ACTOR = -1  # a primary key that no actor has


@require_get_or_post
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Let names and quotes be chosen; by POST, show what splitting them off would do, or do it."""
    user = get_permitted_user(request, MERGE_PERMISSION)
    actor = get_object_or_404(Actor.objects.for_list(), pk=pk)
    wanted = read_split_request(read_submitted(request))
    if request.method != "POST":
        return render_split_page(request, actor, wanted)
    plan = plan_split(actor, wanted)
    if "confirm" not in request.POST:
        return render_split_page(request, actor, wanted, plan)
    reason = read_reason(request.POST)
    try:
        done = split_actor(pk, wanted, user, reason, read_token(request.POST))
    except Refused as refused:
        return render_split_page(request, actor, wanted, plan, str(refused))
    add_undo_message(request, "{} is split off.", done)
    return HttpResponseRedirect(reverse("admin:claims_actor_change", args=[done.survivor]))


def read_split_request(values: QueryDict) -> SplitRequest:
    """Return what is to be split off, and whose it is to be: a known actor's or a new one's."""
    return SplitRequest(
        tuple(read_row_numbers(values.getlist("name_row"))),
        tuple(read_row_numbers(values.getlist("quote"))),
        find_target(read_target_slug(values)),
        str(values.get("name", "")).strip(),
        str(values.get("kind", "")),
    )


def read_target_slug(values: QueryDict) -> str:
    return str(values.get("target", "")).strip()


def find_target(slug: str) -> int | None:
    """Return the primary key of the actor with this slug; None for no slug."""
    if not slug:
        return None
    actors = Actor.objects.filter(slug=slug.replace("\0", ""))
    return actors.values_list("pk", flat=True).first() or NO_SUCH_ACTOR


def render_split_page(
    request: HttpRequest,
    actor: Actor,
    wanted: SplitRequest,
    plan: SplitPlan | None = None,
    refused: str = "",
) -> HttpResponse:
    values = read_submitted(request)
    words = read_text(values, "q")[:LONGEST_WORDS_SOUGHT]
    quotes = actor.quotes.all()
    if words:
        quotes = quotes.filter(content__icontains=words)
    shown = quotes.select_related("article__outlet").defer(
        "article__text", "article__search", "search_content"
    )
    context: dict[str, Any] = {
        "actor": actor,
        "wanted": wanted,
        "slug": read_target_slug(values),
        "plan": plan,
        "refused": refused,
        "reason": read_reason(values),
        "kinds": ACTOR_KINDS,
        "names": count_quotes_by_name(actor),
        "quotes": shown[:QUOTES_OFFERED_TO_SPLIT],
        "total": quotes.count(),
        "q": words,
    }
    return render_merge_page(request, "actor/split", f"Split {actor}", **context)


def count_quotes_by_name(actor: Actor) -> list[tuple[ActorName, int]]:
    """Return the actor's names but its own, each with how many quotes have it as their source."""
    sources = actor.quotes.order_by().values_list("source_text", flat=True)
    keys = [build_name_key(source) for source in sources]
    other_names = actor.names.exclude(name=actor.name)
    return [(name, keys.count(name.key)) for name in other_names]
