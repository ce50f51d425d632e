"""A change taken back, whoever made it and by whatever means: each row of a transaction as before.

What a curator decided is undone as the desk undoes it, and a merge where merges are. All else, raw
SQL too, goes back row by row, from what triggers kept. It is refused as a whole where one of the
rows has been written since, and nothing is guessed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, Model, Q, TextField

from claims.desk.correcting import CURATOR_METHOD
from claims.desk.refusals import DecisionRefused
from claims.desk.undoing import undo_decisions
from claims.history import journal
from claims.history.journal import StoredRow
from claims.history.log import (
    TRACKED_MODELS,
    annotate_event_before,
    get_event_model,
    get_events_of_model,
)
from claims.models import About, Article, Decision, Merge, Quote, note_actors_named

MOST_ROWS_REVERTED = 5000  # rows


@dataclass(frozen=True)
class RevertStep:
    """A row before the transaction and as that left it, by its columns; None where there was none.

    A row can be older than its history. What it was before its first change is then not `known`.
    """

    model: type[Model]
    pk: int
    before: StoredRow | None
    after: StoredRow | None
    known: bool = True

    def is_new_decision(self) -> bool:
        """Tell whether this is a decision that was taken: the desk undoes it by its own record."""
        is_created = self.before is None and self.after is not None
        return self.model is Decision and self.known and is_created

    def is_extracted_quote(self) -> bool:
        """Tell whether this is a quote that reading an article stored."""
        if self.model is not Quote or self.before or not self.after:
            return False
        return bool(self.after["extractor"] != CURATOR_METHOD)

    def is_article_created_or_deleted(self) -> bool:
        return self.model is Article and (self.before is None or self.after is None)


# What a transaction did


def build_transaction_condition(event: Any) -> Q:
    """Return the condition that an event is of the same transaction as this one."""
    return Q(pgh_created_at=event.pgh_created_at, pgh_context=event.pgh_context_id)


def list_revert_steps(event: Any) -> list[RevertStep]:
    """Return all that the transaction of an event did, a step for each row that it left another."""
    steps = []
    for model in TRACKED_MODELS:
        steps.extend(list_steps_of_model(model, event))
    return [step for step in steps if step.before != step.after or not step.known]


def list_steps_of_model(model: type[Model], event: Any) -> list[RevertStep]:
    of_transaction = get_events_of_model(model).filter(build_transaction_condition(event))
    events = annotate_event_before(of_transaction).order_by("pgh_id")
    event_before: dict[int, int | None] = {}  # of each row, the event before the transaction
    last_event: dict[int, int] = {}  # of each row, the last event of the transaction
    unknown: set[int] = set()
    for number, pk, earlier, label in events.values_list(
        "pgh_id", "pgh_obj_id", "last", "pgh_label"
    ):
        if pk not in event_before:
            event_before[pk] = earlier
            if earlier is None and label != "insert":
                unknown.add(pk)
        last_event[pk] = number
    numbers = [number for number in event_before.values() if number]
    rows = read_event_rows(model, [*numbers, *last_event.values()])
    steps = []
    for pk, earlier in event_before.items():
        before = rows[earlier] if earlier else None
        steps.append(RevertStep(model, pk, before, rows[last_event[pk]], known=pk not in unknown))
    return steps


def read_event_rows(model: type[Model], numbers: Iterable[int]) -> dict[int, StoredRow | None]:
    """Return the rows as these events kept them; None after one that deleted it."""
    columns = list_history_columns(model)
    table = get_event_model(model)._meta.db_table
    query = (
        "SELECT pgh_id, pgh_label, to_jsonb(event)::text"
        f' FROM "{table}" event WHERE pgh_id = ANY(%s)'
    )
    rows: dict[int, StoredRow | None] = {}
    with connection.cursor() as cursor:
        cursor.execute(query, [list(numbers)])
        for number, label, serialized in cursor.fetchall():
            if label == "delete":
                rows[number] = None
            else:
                values = json.loads(serialized)
                rows[number] = {name: values[name] for name in columns}
    return rows


def list_history_columns(model: type[Model]) -> list[str]:
    """Return the columns of a table that its history keeps."""
    kept = {field.column for field in get_event_model(model)._meta.concrete_fields}
    return [name for name in journal.list_written_columns(model) if name in kept]


# What stands in the way


def find_revert_hindrance(steps: list[RevertStep]) -> str:
    """Return in words why this cannot be taken back; empty if it can, so far as one can see."""
    if not steps:
        return "There is nothing to revert: the rows are as they were before it."
    if len(steps) > MOST_ROWS_REVERTED:
        return f"It wrote {len(steps)} rows, more than {MOST_ROWS_REVERTED}."
    unknown = [step for step in steps if not step.known]
    if unknown and not select_decision_steps(steps):
        row = f"{unknown[0].model._meta.verbose_name} {unknown[0].pk}"
        return f"The history does not have what the {row} was before."
    if any(step.model is Merge and step.before is None for step in steps):
        return "This is a merge or a split, which is undone in the list of merges and splits."
    if any(step.is_article_created_or_deleted() for step in steps):
        return "An article came in or was deleted: it is ingested again, or deleted, not reverted."
    if any(step.is_extracted_quote() for step in steps):
        return (
            "It stored quotes that an article was read for: reject them instead, or they come back"
            " when it is read again."
        )
    return find_row_changed_since(steps)


def select_decision_steps(steps: list[RevertStep]) -> list[RevertStep]:
    """Return the decisions among the steps, which the desk undoes from its own record."""
    return [step for step in steps if step.is_new_decision()]


def select_steps_of_model(steps: list[RevertStep], model: type[Model]) -> list[RevertStep]:
    return [step for step in steps if step.model is model]


def list_rows_of_model(steps: list[RevertStep], model: type[Model]) -> list[int]:
    """Return the primary keys of the rows of a table that the steps are about."""
    return [step.pk for step in steps if step.model is model]


def find_row_changed_since(steps: list[RevertStep]) -> str:
    """Return in words that a row is no longer as the transaction left it; empty if all are."""
    for model in TRACKED_MODELS:
        of_model = select_steps_of_model(steps, model)
        if not of_model:
            continue
        columns = list_history_columns(model)
        stored_rows = journal.read_stored_rows(model, list_rows_of_model(steps, model))
        for step in of_model:
            stored = stored_rows.get(step.pk)
            current = {name: stored[name] for name in columns} if stored else None
            if current != step.after:
                row = f"{model._meta.verbose_name} {step.pk}"
                return f"The {row} has been changed since: revert that first."
    return ""


# Taking it back


def revert_transaction(event: Any, why: str) -> int:
    """Take back what the transaction of an event did; return how many rows that was."""
    if not why.strip():
        raise DecisionRefused("Give a reason.")
    try:
        with pghistory.context(why=f"reverted: {why.strip()}"), transaction.atomic():
            number = apply_revert(event)
            connection.check_constraints()
            return number
    except IntegrityError as error:
        first_line = str(error).splitlines()[0]
        raise DecisionRefused(
            f"Something that came later stands in the way, so nothing was reverted: {first_line}."
        ) from error


def apply_revert(event: Any) -> int:
    steps = list_revert_steps(event)
    lock_rows_of_steps(steps)
    decisions = select_decision_steps(steps)
    if decisions:
        undo_decision_steps(decisions)
        return len(steps)
    hindrance = find_revert_hindrance(steps)
    if hindrance:
        raise DecisionRefused(hindrance)
    delete_created_rows(steps)
    restore_earlier_rows(steps)
    for quote in Quote.objects.filter(pk__in=list_rows_of_model(steps, Quote)):
        note_actors_named(quote)
    return len(steps)


def undo_decision_steps(decisions: list[RevertStep]) -> None:
    """Undo what a person decided as the desk does it, claims and reports included."""
    groups = [step.after["group"] for step in decisions if step.after]
    for group in dict.fromkeys(groups):
        decision = Decision.objects.filter(group=group).first()
        if decision is None:
            raise DecisionRefused("There is nothing to revert: the decision is gone.")
        undo_decisions(decision.group, decision.curator)


def lock_rows_of_steps(steps: list[RevertStep]) -> None:
    for model in TRACKED_MODELS:
        pks = list_rows_of_model(steps, model)
        if pks:
            rows = model._default_manager.filter(pk__in=pks).order_by("pk")
            list(rows.select_for_update(of=("self",)).values_list("pk"))


def delete_created_rows(steps: list[RevertStep]) -> None:
    """Delete the rows that the transaction made, those first that others do not need."""
    created = [step for step in steps if step.before is None]
    for model in reversed(TRACKED_MODELS):
        pks = list_rows_of_model(created, model)
        if not pks:
            continue
        if model is Quote:
            About.objects.filter(quote__in=pks).delete()
        journal.delete_rows(model, pks)


def restore_earlier_rows(steps: list[RevertStep]) -> None:
    """Give changed rows their earlier values, and insert again those that were deleted."""
    for model in TRACKED_MODELS:
        changed = []
        deleted = []
        for step in select_steps_of_model(steps, model):
            if step.before and step.after:
                changed.append(build_whole_row(step))
            elif step.before:
                deleted.append(build_whole_row(step))
        columns = [name for name in list_history_columns(model) if name != "id"]
        journal.update_rows(model, changed, columns)
        journal.insert_rows(model, deleted)


def build_whole_row(step: RevertStep) -> StoredRow:
    """Return the row to be written, with what a new one has in columns that the history leaves out."""
    row = dict(step.before or {})
    for field in step.model._meta.concrete_fields:
        if field.column not in row and not field.generated and not field.null:
            row[field.column] = get_value_of_new_row(field)
    return row


def get_value_of_new_row(field: Any) -> Any:
    """Return the default of a column, else empty text, else None, for which a trigger stands in."""
    if field.has_default():
        return field.get_default()
    is_text = isinstance(field, CharField | TextField)
    return "" if is_text else None
