"""Merges actors that are one, so that it can be undone: `undoing.py` takes it all back.

What it does is what was planned (`merge_plans.py`).
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, QuerySet

from claims.actors.joining import part_joins
from claims.actors.merge_plans import (
    JUDGEMENT_COLUMNS,
    LIKENESS_COLUMNS,
    MergePlan,
    plan_merge,
)
from claims.actors.writing_joins import forget_names
from claims.history import journal
from claims.history.journal import RowsByModel
from claims.history.writing import wait_for_writers
from claims.models import Actor, FormerSlug, Merge, MergeCandidate, Quote
from claims.models.merges import MergeWork
from claims.models.refusals import Refused
from claims.passages.cutting import cut_text

MOST_ACTORS_MERGED = 20  # actors at once
ACTOR_COLUMNS = ("first_id", "second_id")
ACTORS_CHANGED_MESSAGE = (
    "Something of these actors has changed since this page was shown; look again."
)


class MergeRefused(Refused):
    """Why actors cannot be merged or split, or that undone, in sentences for who wanted it."""


def merge_actors(
    survivor: int, others: Sequence[int], user: User | None, reason: str, token: str = ""
) -> Merge:
    """Merge the others into the survivor.

    Raises `MergeRefused` for what stands in the way, or when `token` is of another plan.
    """
    if not reason.strip():
        raise MergeRefused("Say why they are one.")
    with transaction.atomic():
        wait_for_writers()
        actors = lock_actors([survivor, *others])
        plan = plan_merge(actors[0], actors[1:])
        if plan.conflicts:
            raise MergeRefused(" ".join(conflict.message for conflict in plan.conflicts))
        if token and token != plan.token:
            raise MergeRefused(ACTORS_CHANGED_MESSAGE)
        part_joins([actor.pk for actor in actors])
        return apply_merge(plan_merge(actors[0], actors[1:]), user, reason.strip())


def lock_actors(pks: Sequence[int]) -> list[Actor]:
    """Return the actors in the order given, locked.

    Their quotes are locked first, in one order, as corrections lock them.
    """
    if len(set(pks)) < 2 or len(set(pks)) != len(pks):
        raise MergeRefused("Choose two actors or more, each once.")
    if len(pks) > MOST_ACTORS_MERGED:
        raise MergeRefused(f"Choose {MOST_ACTORS_MERGED} actors at most.")
    lock_rows(Quote.objects.filter(actor__in=pks))
    rows = Actor.objects.filter(pk__in=pks).order_by("pk").select_for_update()
    actors = {actor.pk: actor for actor in rows}
    if len(actors) < len(pks):
        raise MergeRefused("One of these actors is there no longer.")
    return [actors[pk] for pk in pks]


def lock_rows(rows: "QuerySet[Any]") -> None:
    """Lock rows in the order of their keys, so that no two transactions wait for each other."""
    list(rows.order_by("pk").select_for_update().values_list("pk"))


def apply_merge(plan: MergePlan, user: User | None, reason: str) -> Merge:
    survivor = plan.survivor
    names_gone = ", ".join(f"“{actor.name}”" for actor in plan.gone)
    merge = Merge.objects.create(
        work=MergeWork.MERGE,
        title=shorten_merge_title(f"{names_gone} into “{survivor.name}”"),
        reason=reason,
        actors=[actor.pk for actor in plan.actors],
        survivor=survivor.pk,
        made_by=user,
    )
    forget_names([actor.pk for actor in plan.gone])
    before = read_rows_to_merge(plan)
    for model, shift in plan.shifts.items():
        journal.delete_rows(model, shift.dropped)
        if model is not MergeCandidate:
            model._default_manager.filter(pk__in=shift.moved).update(actor_id=survivor.pk)
    pair_columns = (*ACTOR_COLUMNS, *LIKENESS_COLUMNS, *JUDGEMENT_COLUMNS)
    journal.update_rows(MergeCandidate, plan.changed, pair_columns)
    former = store_former_slugs(plan)
    journal.delete_rows(Actor, [actor.pk for actor in plan.gone])
    after = read_rows_to_merge(plan)
    after[FormerSlug] |= journal.read_stored_rows(FormerSlug, [row.pk for row in former])
    needed = {model: shift.needed for model, shift in plan.shifts.items()}
    journal.record_rows(merge, before, after, needed)
    return merge


def store_former_slugs(plan: MergePlan) -> list[FormerSlug]:
    """Have the addresses of the actors that go lead to the survivor."""
    former = []
    for actor in plan.gone:
        former.append(
            FormerSlug(
                slug=actor.slug,
                actor=plan.survivor,
                name=actor.name,
                kind=actor.kind,
                article_id=actor.article_id,
            )
        )
    return FormerSlug.objects.bulk_create(former)


def read_rows_to_merge(plan: MergePlan) -> RowsByModel:
    wanted: dict[type[Model], list[int]] = {Actor: [actor.pk for actor in plan.gone]}
    for model, shift in plan.shifts.items():
        wanted[model] = shift.all
    return journal.read_rows_by_model(wanted)


def shorten_merge_title(title: str) -> str:
    return cut_text(title, 1000)
