"""A change taken back, whoever made it and by whatever means: each row that one transaction wrote is as it was before.

What a curator decided is undone as the desk undoes it, and a merge where merges are. All else, raw SQL too, goes back row by
row, from what triggers kept. It is refused as a whole where one of the rows has been written since, and nothing is guessed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, Q

from claims.desk import deciding
from claims.desk.deciding import CURATOR_METHOD, DecisionRefused
from claims.history import journal
from claims.history.journal import StoredRow
from claims.history.log import TRACKED_MODELS, annotate_event_before, get_events_of_model
from claims.models import About, Article, Decision, Merge, Quote, note_actors_named

MOST_ROWS_REVERTED = 5000  # rows


@dataclass(frozen=True)
class RevertStep:
    """A row as it was before the transaction and as that left it, by its columns; None: there was no row.

    A row can be older than its history. What it was before the first change of it is then not `known`.
    """

    model: type[Model]
    pk: int
    before: StoredRow | None
    after: StoredRow | None
    known: bool = True


def build_transaction_condition(event: Any) -> Q:
    return Q(pgh_created_at=event.pgh_created_at, pgh_context=event.pgh_context_id)


def list_revert_steps(event: Any) -> list[RevertStep]:
    """All that the transaction of an event did, a step for each row."""
    found = []
    for model in TRACKED_MODELS:
        events = annotate_event_before(
            get_events_of_model(model).filter(build_transaction_condition(event))
        ).order_by("pgh_id")
        first: dict[int, int | None] = {}
        last: dict[int, int] = {}
        unknown: set[int] = set()
        for number, pk, earlier, label in events.values_list(
            "pgh_id", "pgh_obj_id", "last", "pgh_label"
        ):
            if pk not in first and earlier is None and label != "insert":
                unknown.add(pk)
            first.setdefault(pk, earlier)
            last[pk] = number
        kept = read_event_rows(
            model, [number for number in (*first.values(), *last.values()) if number]
        )
        for pk, earlier in first.items():
            before = kept[earlier] if earlier else None
            found.append(RevertStep(model, pk, before, kept[last[pk]], known=pk not in unknown))
    return [step for step in found if step.before != step.after or not step.known]


def read_event_rows(model: type[Model], numbers: Iterable[int]) -> dict[int, StoredRow | None]:
    """The rows as these events kept them; None after one that deleted it."""
    events = model.pgh_event_model  # type: ignore[attr-defined]
    columns = list_history_columns(model)
    query = f'SELECT pgh_id, pgh_label, to_jsonb(event) FROM "{events._meta.db_table}" event WHERE pgh_id = ANY(%s)'
    with connection.cursor() as cursor:
        cursor.execute(query, [list(numbers)])
        return {
            number: None if label == "delete" else {name: values[name] for name in columns}
            for number, label, kept in cursor.fetchall()
            for values in [json.loads(kept) if isinstance(kept, str) else kept]
        }


def list_history_columns(model: type[Model]) -> list[str]:
    kept = {each.column for each in model.pgh_event_model._meta.concrete_fields}  # type: ignore[attr-defined]
    return [name for name in journal.list_written_columns(model) if name in kept]


def find_revert_hindrance(found: list[RevertStep]) -> str:
    """Why this cannot be taken back, in words; empty if it can, as far as can be seen before."""
    if not found:
        return "There is nothing to revert: the rows are as they were before it."
    if len(found) > MOST_ROWS_REVERTED:
        return f"It wrote {len(found)} rows, more than {MOST_ROWS_REVERTED}."
    unknown = next((step for step in found if not step.known), None)
    if unknown and not select_decision_steps(found):
        return f"The history does not have what the {unknown.model._meta.verbose_name} {unknown.pk} was before."
    if any(step.model is Merge and step.before is None for step in found):
        return "This is a merge or a split, which is undone in the list of merges and splits."
    if any(step.model is Article and None in (step.before, step.after) for step in found):
        return "An article came in or was deleted: it is ingested again, or deleted, not reverted."
    if any(
        step.model is Quote
        and not step.before
        and step.after
        and step.after["extractor"] != CURATOR_METHOD
        for step in found
    ):
        return "It stored quotes that an article was read for: reject them instead, or they come back when it is read again."
    return find_row_changed_since(found)


def select_decision_steps(found: list[RevertStep]) -> list[RevertStep]:
    """Return the decisions among the steps, which the desk undoes from its own record."""
    return [
        step
        for step in found
        if step.model is Decision and step.known and step.before is None and step.after
    ]


def find_row_changed_since(found: list[RevertStep]) -> str:
    for model in TRACKED_MODELS:
        own = [step for step in found if step.model is model]
        now = journal.read_stored_rows(model, [step.pk for step in own]) if own else {}
        for step in own:
            stored = now.get(step.pk)
            current = (
                {name: stored[name] for name in list_history_columns(model)} if stored else None
            )
            if current != step.after:
                return f"The {model._meta.verbose_name} {step.pk} has been changed since: revert that first."
    return ""


def revert_transaction(event: Any, why: str) -> int:
    """Take back what the transaction of an event did; how many rows that was."""
    if not why.strip():
        raise DecisionRefused("Give a reason.")
    try:
        with pghistory.context(why=f"reverted: {why.strip()}"), transaction.atomic():
            done = apply_revert(event)
            connection.check_constraints()
            return done
    except IntegrityError as error:
        told = str(error).splitlines()[0]
        raise DecisionRefused(
            f"Something that came later stands in the way, so nothing was reverted: {told}."
        ) from error


def apply_revert(event: Any) -> int:
    found = list_revert_steps(event)
    lock_rows_of_steps(found)
    if made := select_decision_steps(found):
        return undo_decision_steps(made, len(found))
    if wrong := find_revert_hindrance(found):
        raise DecisionRefused(wrong)
    for model in reversed(TRACKED_MODELS):
        delete_reverted_rows(
            model, [step.pk for step in found if step.model is model and step.before is None]
        )
    for model in TRACKED_MODELS:
        own = [step for step in found if step.model is model and step.before]
        columns = [name for name in list_history_columns(model) if name != "id"]
        journal.update_rows(model, [build_whole_row(step) for step in own if step.after], columns)
        journal.insert_rows(model, [build_whole_row(step) for step in own if step.after is None])
    for quote in Quote.objects.filter(pk__in=[step.pk for step in found if step.model is Quote]):
        note_actors_named(quote)
    return len(found)


def undo_decision_steps(made: list[RevertStep], number: int) -> int:
    """What a person decided is undone as the desk does it, claims and reports included."""
    for group in dict.fromkeys(step.after["group"] for step in made if step.after):
        decision = Decision.objects.filter(group=group).first()
        if decision is None:
            raise DecisionRefused("There is nothing to revert: the decision is gone.")
        deciding.undo_decisions(decision.group, decision.curator)
    return number


def lock_rows_of_steps(found: list[RevertStep]) -> None:
    for model in TRACKED_MODELS:
        if pks := [step.pk for step in found if step.model is model]:
            list(
                model._default_manager.order_by("pk")
                .filter(pk__in=pks)
                .select_for_update(of=("self",))
                .values_list("pk")
            )


def build_whole_row(step: RevertStep) -> StoredRow:
    """The row to be written; a column that the history does not keep is empty."""
    columns = [each for each in step.model._meta.concrete_fields if not each.generated]
    row: StoredRow = {each.column: "" for each in columns if not each.null}
    return {**row, **(step.before or {})}


def delete_reverted_rows(model: type[Model], pks: list[int]) -> None:
    if not pks:
        return
    if model is Quote:
        About.objects.filter(quote__in=pks).delete()
    journal.delete_rows(model, pks)
