"""Decisions on quotes undone: what was before is put back, row by row with the same ids.

Undoing is refused where a quote is no longer as the decision left it.
"""

import uuid
from dataclasses import dataclass
from typing import cast

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from claims.desk.correcting import delete_unused_wordings
from claims.desk.quote_values import (
    QuoteValues,
    build_quote_values,
    build_row_values,
    compute_parts_digest,
    convert_from_json,
)
from claims.desk.refusals import DecisionRefused
from claims.history.quotes import describe_value_differences
from claims.models import About, Actor, ActorJoin, Decision, DecisionWork, Quote, Report, Wording
from claims.models import Span as ContentSpan

VERDICT_COLUMNS = ("verdict", "settled_by_id", "settled_at")


@dataclass(frozen=True)
class UndoneDecisions:
    """What was undone, in words, and the primary keys of those of its quotes that are there."""

    what: str
    quotes: list[int]


@transaction.atomic
def undo_decisions(group: uuid.UUID, curator: User | None) -> UndoneDecisions:
    """Put back what the decisions of a group changed.

    Raise `DecisionRefused`, with nothing undone, where one of its quotes has changed since.
    """
    of_group = Decision.objects.select_for_update().filter(group=group, curator=curator)
    decisions = list(of_group.order_by("-pk"))
    if not decisions or any(decision.undone_at for decision in decisions):
        raise DecisionRefused("There is nothing to undo.")
    present = lock_quotes_of_decisions(decisions)
    for decision in select_latest_of_each_quote(decisions):
        if decision.quote_id not in present:
            raise DecisionRefused("A quote of this decision is gone since, so it cannot be undone.")
        check_quote_unchanged(decision)
    for decision in decisions:
        undo_decision(decision)
    undone = Decision.objects.filter(pk__in=[decision.pk for decision in decisions])
    undone.update(undone_at=timezone.now())
    made = {decision.quote_id for decision in decisions if decision.before is None}
    return UndoneDecisions(describe_decisions(decisions), sorted(present - made))


def lock_quotes_of_decisions(decisions: list[Decision]) -> set[int]:
    """Lock the quotes of these decisions; return the primary keys of those that there are."""
    pks = {decision.quote_id for decision in decisions if decision.quote_id}
    quotes = Quote.objects.select_for_update(of=("self",)).filter(pk__in=pks)
    return {quote.pk for quote in quotes}


def select_latest_of_each_quote(decisions: list[Decision]) -> list[Decision]:
    """Return the last decision on each quote, of decisions in the order of the newest first."""
    latest = {}
    for decision in reversed(decisions):
        latest[decision.quote_id] = decision
    return list(latest.values())


def describe_decisions(decisions: list[Decision]) -> str:
    """Return in words what the decisions of one group did; the newest comes first."""
    first = decisions[-1]
    changed_quotes = {decision.quote_id for decision in decisions if decision.before}
    is_one_work = first.what in (DecisionWork.SPLIT, DecisionWork.JOIN)
    if len(changed_quotes) < 2 or is_one_work:
        return first.get_what_display()
    return f"{len(changed_quotes)} quotes decided"


def check_quote_unchanged(decision: Decision) -> None:
    """Raise `DecisionRefused`, saying what changed, if the quote is not as the decision left it."""
    now = build_quote_values(cast("int", decision.quote_id))
    if compute_parts_digest(now) == compute_parts_digest(decision.after):
        return
    differences = describe_value_differences(decision.after["quote"], now["quote"])
    changed = "; ".join(differences) or "its content spans"
    raise DecisionRefused(
        f"Quote {decision.quote_id} was changed since, so this is not undone: {changed}."
    )


def undo_decision(decision: Decision) -> None:
    """Bring a quote back to what it was before a decision.

    A quote that the decision added goes, and so does an actor that was made for it, unless others
    have quotes of that actor by now.
    """
    pk = cast("int", decision.quote_id)
    if decision.before is None:
        Quote.objects.filter(pk=pk).delete()
    else:
        restore_quote(pk, decision.before, decision.after)
    delete_unused_wordings([decision.after["wording"]["id"]])
    new_actor = decision.after.get("actor_made")
    if new_actor:
        Actor.objects.unquoted().filter(pk=new_actor).delete()


def restore_quote(pk: int, before: QuoteValues, after: QuoteValues) -> None:
    values = dict(before["quote"])
    if values["actor_id"] and not Actor.objects.filter(pk=values["actor_id"]).exists():
        raise DecisionRefused(
            "The speaker that this quote had is gone since, so this is not undone."
        )
    if values["within_id"] and not Quote.objects.filter(pk=values["within_id"]).exists():
        values["within_id"] = None
    values["wording_id"] = restore_wording(before["wording"], after["wording"], pk)
    values |= build_speaker_values(values["actor_id"])
    del values["id"]
    Quote.objects.filter(pk=pk).update(**convert_from_json(Quote, values))
    restore_rows(ContentSpan, pk, before["spans"])
    restore_rows(About, pk, select_rows_of_present_actors(before["about"]))
    restore_reports(before["reports"], after["reports"])


def build_speaker_values(named: int | None) -> QuoteValues:
    """Return the actor of a quote that names this one, and the name if it is taken for another's."""
    actor = ActorJoin.objects.filter(alias=named).values_list("actor", flat=True).first()
    if actor is None:
        return {"actor_id": named, "named_as_id": None}
    return {"actor_id": actor, "named_as_id": named}


def restore_wording(before: QuoteValues, after: QuoteValues, quote: int) -> int:
    """Return the primary key of the wording that the quote had.

    It is created again if it is gone, and gets its words back unless other quotes have come to
    have it too.
    """
    wording = Wording.objects.filter(key=before["key"]).first()
    if wording is None:
        return Wording.objects.create(**before).pk
    is_as_left = before["id"] == after["id"] and wording.text == after["text"]
    if is_as_left and not wording.quotes.exclude(pk=quote).exists():
        Wording.objects.filter(pk=wording.pk).update(text=before["text"])
    return wording.pk


def select_rows_of_present_actors(rows: list[QuoteValues]) -> list[QuoteValues]:
    """Return the rows whose actor has not been deleted since."""
    actors = Actor.objects.filter(pk__in=[row["actor_id"] for row in rows])
    present = set(actors.values_list("pk", flat=True))
    return [row for row in rows if row["actor_id"] in present]


def restore_rows(model: type[models.Model], quote: int, rows: list[QuoteValues]) -> None:
    """Put back the rows of a quote, each with its id; those that are the same still stay."""
    current = model._default_manager.filter(quote=quote)
    stored = {row.pk: build_row_values(row) for row in current}
    wanted = {row["id"]: row for row in rows}
    outdated = [pk for pk, row in stored.items() if wanted.get(pk) != row]
    missing = [model(**row) for pk, row in wanted.items() if stored.get(pk) != row]
    model._default_manager.filter(pk__in=outdated).delete()
    model._default_manager.bulk_create(missing)


def restore_reports(before: list[QuoteValues], after: list[QuoteValues]) -> None:
    """Give readers' reports the verdicts they had, unless somebody else has settled them since."""
    settled = {report["id"]: report for report in after}
    for report in before:
        as_left = settled.get(report["id"], report)
        if report == as_left:
            continue
        verdict = {name: report[name] for name in VERDICT_COLUMNS}
        unchanged = Report.objects.filter(pk=report["id"], settled_by=as_left["settled_by_id"])
        unchanged.update(**convert_from_json(Report, verdict))
