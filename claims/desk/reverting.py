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
from claims.desk.deciding import CURATOR, Refused
from claims.history import journal
from claims.history.journal import Row
from claims.history.log import TRACKED, events_of, with_before
from claims.models import About, Article, Decision, Merge, Quote, note_again

MOST = 5000  # rows


@dataclass(frozen=True)
class Step:
    """A row as it was before the transaction and as that left it, by its columns; None: there was no row.

    A row can be older than its history. What it was before the first change of it is then not `known`.
    """

    model: type[Model]
    pk: int
    before: Row | None
    after: Row | None
    known: bool = True


def same_transaction(event: Any) -> Q:
    return Q(pgh_created_at=event.pgh_created_at, pgh_context=event.pgh_context_id)


def steps(event: Any) -> list[Step]:
    """All that the transaction of an event did, a step for each row."""
    found = []
    for model in TRACKED:
        events = with_before(events_of(model).filter(same_transaction(event))).order_by("pgh_id")
        first: dict[int, int | None] = {}
        last: dict[int, int] = {}
        unknown: set[int] = set()
        for number, pk, earlier, label in events.values_list("pgh_id", "pgh_obj_id", "last", "pgh_label"):
            if pk not in first and earlier is None and label != "insert":
                unknown.add(pk)
            first.setdefault(pk, earlier)
            last[pk] = number
        kept = rows(model, [number for number in (*first.values(), *last.values()) if number])
        for pk, earlier in first.items():
            before = kept[earlier] if earlier else None
            found.append(Step(model, pk, before, kept[last[pk]], known=pk not in unknown))
    return [step for step in found if step.before != step.after or not step.known]


def rows(model: type[Model], numbers: Iterable[int]) -> dict[int, Row | None]:
    """The rows as these events kept them; None after one that deleted it."""
    events = model.pgh_event_model  # type: ignore[attr-defined]
    columns = kept_columns(model)
    query = f'SELECT pgh_id, pgh_label, to_jsonb(event) FROM "{events._meta.db_table}" event WHERE pgh_id = ANY(%s)'
    with connection.cursor() as cursor:
        cursor.execute(query, [list(numbers)])
        return {
            number: None if label == "delete" else {name: values[name] for name in columns}
            for number, label, kept in cursor.fetchall()
            for values in [json.loads(kept) if isinstance(kept, str) else kept]
        }


def kept_columns(model: type[Model]) -> list[str]:
    kept = {each.column for each in model.pgh_event_model._meta.concrete_fields}  # type: ignore[attr-defined]
    return [name for name in journal.columns_of(model) if name in kept]


def hindrance(found: list[Step]) -> str:
    """Why this cannot be taken back, in words; empty if it can, as far as can be seen before."""
    if not found:
        return "There is nothing to revert: the rows are as they were before it."
    if len(found) > MOST:
        return f"It wrote {len(found)} rows, more than {MOST}."
    unknown = next((step for step in found if not step.known), None)
    if unknown and not decisions_made(found):
        return f"The history does not have what the {unknown.model._meta.verbose_name} {unknown.pk} was before."
    if any(step.model is Merge and step.before is None for step in found):
        return "This is a merge or a split, which is undone in the list of merges and splits."
    if any(step.model is Article and None in (step.before, step.after) for step in found):
        return "An article came in or was deleted: it is ingested again, or deleted, not reverted."
    if any(step.model is Quote and not step.before and step.after and step.after["extractor"] != CURATOR for step in found):
        return "It stored quotes that an article was read for: reject them instead, or they come back when it is read again."
    return changed_since(found)


def decisions_made(found: list[Step]) -> list[Step]:
    """Return the decisions among the steps, which the desk undoes from its own record."""
    return [step for step in found if step.model is Decision and step.known and step.before is None and step.after]


def changed_since(found: list[Step]) -> str:
    for model in TRACKED:
        own = [step for step in found if step.model is model]
        now = journal.rows_of(model, [step.pk for step in own]) if own else {}
        for step in own:
            stored = now.get(step.pk)
            current = {name: stored[name] for name in kept_columns(model)} if stored else None
            if current != step.after:
                return f"The {model._meta.verbose_name} {step.pk} has been changed since: revert that first."
    return ""


def revert(event: Any, why: str) -> int:
    """Take back what the transaction of an event did; how many rows that was."""
    if not why.strip():
        raise Refused("Give a reason.")
    try:
        with pghistory.context(why=f"reverted: {why.strip()}"), transaction.atomic():
            done = take_back(event)
            connection.check_constraints()
            return done
    except IntegrityError as error:
        told = str(error).splitlines()[0]
        raise Refused(f"Something that came later stands in the way, so nothing was reverted: {told}.") from error


def take_back(event: Any) -> int:
    found = steps(event)
    lock(found)
    if made := decisions_made(found):
        return undo(made, len(found))
    if wrong := hindrance(found):
        raise Refused(wrong)
    for model in reversed(TRACKED):
        delete(model, [step.pk for step in found if step.model is model and step.before is None])
    for model in TRACKED:
        own = [step for step in found if step.model is model and step.before]
        columns = [name for name in kept_columns(model) if name != "id"]
        journal.update(model, [whole(step) for step in own if step.after], columns)
        journal.insert(model, [whole(step) for step in own if step.after is None])
    for quote in Quote.objects.filter(pk__in=[step.pk for step in found if step.model is Quote]):
        note_again(quote)
    return len(found)


def undo(made: list[Step], number: int) -> int:
    """What a person decided is undone as the desk does it, claims and reports included."""
    for group in dict.fromkeys(step.after["group"] for step in made if step.after):
        decision = Decision.objects.filter(group=group).first()
        if decision is None:
            raise Refused("There is nothing to revert: the decision is gone.")
        deciding.undo(decision.group, decision.curator)
    return number


def lock(found: list[Step]) -> None:
    for model in TRACKED:
        if pks := [step.pk for step in found if step.model is model]:
            list(model._default_manager.order_by("pk").filter(pk__in=pks).select_for_update(of=("self",)).values_list("pk"))


def whole(step: Step) -> Row:
    """The row to be written; a column that the history does not keep is empty."""
    columns = [each for each in step.model._meta.concrete_fields if not each.generated]
    row: Row = {each.column: "" for each in columns if not each.null}
    return {**row, **(step.before or {})}


def delete(model: type[Model], pks: list[int]) -> None:
    if not pks:
        return
    if model is Quote:
        About.objects.filter(quote__in=pks).delete()
    journal.delete(model, pks)
