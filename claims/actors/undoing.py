"""Undoes merges and splits, of actors, articles and outlets: puts back every row of theirs that was not decided anew since.

What that would be is planned first (`undo_plans.py`).
"""

from collections import defaultdict
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils import timezone

from claims.actors.joining import part_joins
from claims.actors.merging import ACTORS_CHANGED_MESSAGE, MergeRefused, lock_rows
from claims.actors.undo_plans import RowUpdate, UndoPlan, plan_undo
from claims.actors.writing_joins import forget_names
from claims.history import journal
from claims.history.journal import StoredRow
from claims.history.writing import wait_for_writers
from claims.models import Actor, ActorJoin, Merge, Quote
from claims.models.merges import MergeTable


def preview_undo(merge: Merge) -> UndoPlan:
    """Return what undoing would do, to be shown.

    Its actors are taken for no others then, so they are not here either; that is not kept.
    """
    joined = ActorJoin.objects.filter(Q(alias__in=merge.actors) | Q(actor__in=merge.actors))
    if merge.table != MergeTable.ACTOR or not joined.exists():
        return plan_undo(merge)
    with transaction.atomic():
        wait_for_writers()
        part_joins(merge.actors)
        plan = plan_undo(merge)
        transaction.set_rollback(True)
    return plan


def undo_merge(pk: int, user: User | None, reason: str, token: str = "") -> Merge:
    """Undo a merge or split.

    Raises `MergeRefused` for what stands in the way, or when `token` is of another plan.
    """
    if not reason.strip():
        raise MergeRefused("Say why it is undone.")
    try:
        with transaction.atomic():
            wait_for_writers()
            merge = lock_merge(pk)
            if merge.table == MergeTable.ACTOR:
                part_joins(merge.actors)
            plan = plan_undo(merge)
            if plan.hindrances:
                raise MergeRefused(" ".join(plan.hindrances))
            if token and token != plan.token:
                raise MergeRefused(ACTORS_CHANGED_MESSAGE)
            apply_undo_plan(plan)
            merge.undone_by = user
            merge.undone_at = timezone.now()
            merge.undone_because = reason.strip()
            merge.left = plan.left
            merge.save()
    except IntegrityError as error:
        first_line = str(error).splitlines()[0]
        raise MergeRefused(f"The database refuses it ({first_line}); nothing is undone.") from error
    return merge


def lock_merge(pk: int) -> Merge:
    """Return a merge, locked with its quotes and actors in the order of merging."""
    merge = Merge.objects.select_for_update().get(pk=pk)
    if merge.undone_at:
        raise MergeRefused("This is undone already.")
    quotes = merge.rows.filter(table="quote").values_list("row", flat=True)
    lock_rows(Quote.objects.filter(pk__in=list(quotes)))
    merged = journal.list_journaled_models(merge.table)[merge.table]
    lock_rows(merged._default_manager.filter(pk__in=merge.actors))
    return merge


def apply_undo_plan(plan: UndoPlan) -> None:
    """Write what a plan says: actors come back before all that points to them, and go after it."""
    actors_made = plan.deleted.pop(Actor, [])
    models = list(plan.models.values())
    for model in reversed(models):
        journal.delete_rows(model, plan.deleted[model])
    journal.insert_rows(Actor, plan.inserted.pop(Actor, []))
    for model in models:
        update_rows_of_model(model, plan.updated[model])
        journal.insert_rows(model, plan.inserted[model])
    forget_names(actors_made)
    journal.delete_rows(Actor, actors_made)


def update_rows_of_model(model: type[Model], updates: Sequence[RowUpdate]) -> None:
    """Write the rows of a model, those with the same columns together."""
    rows_by_columns: defaultdict[tuple[str, ...], list[StoredRow]] = defaultdict(list)
    for update in updates:
        rows_by_columns[update.columns].append(update.row)
    for columns, rows in rows_by_columns.items():
        journal.update_rows(model, rows, columns)
