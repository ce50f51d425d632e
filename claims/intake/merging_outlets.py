"""Merges outlets that are one, so that it can be undone.

The hosts and articles of the one that goes are those of the one that is kept, and its slug leads
there. `claims.actors.undoing` takes it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pghistory
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model

from claims.actors.merge_plans import compute_plan_token
from claims.actors.merging import MergeRefused, shorten_merge_title
from claims.history import journal
from claims.history.journal import RowsByModel
from claims.history.writing import wait_for_writers
from claims.intake.copies import wait_for_comparing
from claims.models import Article, FormerOutletSlug, Merge, Outlet, OutletHost
from claims.models.merges import MergeTable, MergeWork

OUTLETS_CHANGED_MESSAGE = (
    "Something of these outlets has changed since this page was shown; look again."
)


@dataclass(frozen=True)
class OutletMergePlan:
    """What merging would do: `hosts` and so many `articles` would be those of `kept`."""

    kept: Outlet
    gone: list[Outlet]
    hosts: list[str]
    articles: int

    @property
    def token(self) -> str:
        """A digest of the plan, so that nobody confirms another one than was shown."""
        outlets = [[outlet.pk, outlet.name, outlet.slug] for outlet in (self.kept, *self.gone)]
        return compute_plan_token([outlets, self.hosts])


def plan_outlet_merge(kept: Outlet, gone: Sequence[Outlet]) -> OutletMergePlan:
    """Return what merging would do; nothing is written or locked."""
    hosts = OutletHost.objects.filter(outlet__in=gone).values_list("host", flat=True)
    articles = Article.objects.filter(outlet__in=gone).count()
    return OutletMergePlan(kept, list(gone), list(hosts), articles)


def merge_outlets(
    kept: int, others: Sequence[int], user: User | None, reason: str, token: str = ""
) -> Merge:
    """Merge the others into the outlet that is kept.

    Raises `MergeRefused` for what stands in the way, or when `token` is of another plan.
    """
    reason = reason.strip()
    if not reason:
        raise MergeRefused("Say why they are one.")
    try:
        with pghistory.context(why=f"merged: {reason}"), transaction.atomic():
            wait_for_writers()
            wait_for_comparing()
            outlets = lock_outlets([kept, *others])
            plan = plan_outlet_merge(outlets[0], outlets[1:])
            if token and token != plan.token:
                raise MergeRefused(OUTLETS_CHANGED_MESSAGE)
            return apply_outlet_merge(plan, user, reason)
    except IntegrityError as error:
        first_line = str(error).splitlines()[0]
        raise MergeRefused(f"The database refuses it ({first_line}); nothing is merged.") from error


def lock_outlets(pks: Sequence[int]) -> list[Outlet]:
    """Return the outlets in the order given, locked."""
    if len(set(pks)) < 2 or len(set(pks)) != len(pks):
        raise MergeRefused("Choose two outlets or more, each once.")
    rows = Outlet.objects.filter(pk__in=pks).order_by("pk").select_for_update()
    outlets = {outlet.pk: outlet for outlet in rows}
    if len(outlets) < len(pks):
        raise MergeRefused("One of these outlets is there no longer.")
    return [outlets[pk] for pk in pks]


def apply_outlet_merge(plan: OutletMergePlan, user: User | None, reason: str) -> Merge:
    kept = plan.kept
    names_gone = ", ".join(f"“{outlet.name}”" for outlet in plan.gone)
    before = read_rows_of_outlets(plan.gone)
    merge = Merge.objects.create(
        work=MergeWork.MERGE,
        table=MergeTable.OUTLET,
        title=shorten_merge_title(f"{names_gone} into “{kept.name}”"),
        reason=reason,
        actors=[kept.pk, *(outlet.pk for outlet in plan.gone)],
        survivor=kept.pk,
        made_by=user,
    )
    for model in (OutletHost, Article, FormerOutletSlug):
        model._default_manager.filter(outlet__in=plan.gone).update(outlet=kept)
    former = [FormerOutletSlug(slug=outlet.slug, outlet=kept) for outlet in plan.gone]
    FormerOutletSlug.objects.bulk_create(former)
    journal.delete_rows(Outlet, before[Outlet])
    wanted = {model: set(rows) for model, rows in before.items()}
    wanted[FormerOutletSlug].update(row.pk for row in former)
    after = journal.read_rows_by_model(wanted, MergeTable.OUTLET)
    journal.record_rows(merge, before, after)
    return merge


def read_rows_of_outlets(outlets: Sequence[Outlet]) -> RowsByModel:
    """Return all rows of these outlets; of their articles nothing but whose they are."""
    wanted: dict[type[Model], list[int]] = {Outlet: [outlet.pk for outlet in outlets]}
    for model in (OutletHost, Article, FormerOutletSlug):
        rows = model._default_manager.filter(outlet__in=outlets).order_by()
        wanted[model] = list(rows.values_list("pk", flat=True))
    return journal.read_rows_by_model(wanted, MergeTable.OUTLET)
