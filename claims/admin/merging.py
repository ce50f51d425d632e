"""Merging actors: chosen, shown, and then done, with a reason and by POST alone."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from claims.actors import merging
from claims.actors.merge_plans import plan_merge
from claims.admin.requests import (
    MERGE_PERMISSION,
    get_permitted_user,
    read_reason,
    read_submitted,
    read_text,
    require_get_or_post,
)
from claims.models import Actor, Merge
from claims.models.naming import qualify_actors
from claims.models.refusals import Refused
from newsroom.row_numbers import read_row_numbers

ACTORS_OFFERED_TO_MERGE = 20
LONGEST_NAME_SOUGHT = 100  # characters


def render_merge_page(
    request: HttpRequest, template: str, title: str, **context: Any
) -> HttpResponse:
    """Show a page about actors; with status 409 if the context says why something was refused."""
    status = 409 if context.get("refused") else 200
    page = {**admin.site.each_context(request), "title": title, "opts": Actor._meta, **context}
    return TemplateResponse(request, f"admin/claims/{template}.html", page, status=status)


def read_token(values: QueryDict) -> str:
    """Return the token of the plan that was shown; a plan that is another now has another token."""
    return str(values.get("token", "-"))


@require_get_or_post
def merge(request: HttpRequest) -> HttpResponse:
    """Let actors be chosen; once there are two, show what merging them would do; by POST, do it."""
    user = get_permitted_user(request, MERGE_PERMISSION)
    values = read_submitted(request)
    actors = find_actors_chosen(values)
    if len(actors) < 2:
        return render_choice_of_actors(request, values, actors)
    survivor = choose_survivor(values, actors)
    others = [actor for actor in actors if actor != survivor]
    refused = ""
    if request.method == "POST":
        try:
            check_doubts_seen(values, survivor, others)
            done = merging.merge_actors(
                survivor.pk,
                [actor.pk for actor in others],
                user,
                read_reason(values),
                read_token(values),
            )
        except Refused as error:
            refused = str(error)
        else:
            add_undo_message(request, "{} is merged.", done)
            return HttpResponseRedirect(reverse("admin:claims_actor_change", args=[survivor.pk]))
    return render_merge_page(
        request,
        "actor/merge",
        "Merge actors",
        plan=plan_merge(survivor, others),
        actors=actors,
        refused=refused,
        reason=read_reason(values),
    )


def find_actors_chosen(values: QueryDict) -> list[Actor]:
    pks = read_row_numbers(values.getlist("actor"))[: merging.MOST_ACTORS_MERGED]
    rows = Actor.objects.counted().for_list().in_bulk(pks)
    return qualify_actors(rows.values())


def render_choice_of_actors(
    request: HttpRequest, values: QueryDict, actors: list[Actor]
) -> HttpResponse:
    """Let more actors be looked for by a part of their name."""
    name = read_text(values, "name").strip()[:LONGEST_NAME_SOUGHT]
    return render_merge_page(
        request,
        "actor/choose",
        "Merge actors",
        actors=actors,
        name=name,
        offers=find_actors_to_merge(name, actors) if name else [],
    )


def find_actors_to_merge(name: str, chosen: Sequence[Actor]) -> list[Actor]:
    called = Actor.objects.called(name).exclude(pk__in=[actor.pk for actor in chosen])
    return qualify_actors(called.most_quoted().for_list()[:ACTORS_OFFERED_TO_MERGE])


def choose_survivor(values: QueryDict, actors: Sequence[Actor]) -> Actor:
    """Return the actor that stays: the one asked for, else the best known, most quoted, oldest."""
    wanted = read_row_numbers(values.getlist("into"))
    for actor in actors:
        if wanted and actor.pk == wanted[0]:
            return actor

    def rank(actor: Actor) -> tuple[bool, int, int]:
        is_known_everywhere = actor.article_id is None
        return is_known_everywhere, get_quote_count(actor), -actor.pk

    return max(actors, key=rank)


def get_quote_count(actor: Actor) -> int:
    return int(getattr(actor, "quote_count", 0))


def check_doubts_seen(values: QueryDict, survivor: Actor, others: list[Actor]) -> None:
    """Raise `MergeRefused` if there are doubts that the user does not say they have looked at."""
    plan = plan_merge(survivor, others)
    if plan.doubts and "sure" not in values:
        raise merging.MergeRefused("Say that you have looked at the doubts.")


# What was done


def get_undo_address(done: Merge) -> str:
    return reverse("admin:claims_merge_undo", args=[done.pk])


def add_undo_message(request: HttpRequest, sentence: str, done: Merge) -> None:
    """Tell what was done, in a sentence with a place for its title, and offer to undo it."""
    told = format_html(sentence, done.title)
    link = format_html('<a href="{}">Undo…</a>', get_undo_address(done))
    messages.success(request, format_html("{} {}", told, link))
