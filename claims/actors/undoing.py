"""Merges and splits undone: every row that they made, changed or removed is put back, unless it was decided anew since.

- A row that stands as the work left it is put back as it was: with its primary key, its address and all its values.
- What has been changed since keeps that change: only the columns that the work changed go back, and those only if they still
  have the value it gave them. A quote that has another actor since, one that a person attributed since, a pair judged since,
  and what is gone since are left, and told.
- It is refused as a whole while something stands in an actor's place: another actor of its name, its article gone, or a
  later merge or split of the same rows, which has to be undone first.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, Q
from django.utils import timezone

from claims.actors.merging import MergeRefused
from claims.history import journal
from claims.history.journal import JOURNALED_MODELS, JOURNALED_TABLES, StoredRow
from claims.history.writing import wait_for_writers
from claims.models import About, Actor, ActorName, Article, Merge, MergeCandidate, MergedRow, Quote

SET_MODELS = (ActorName, About)  # whose rows say nothing but that they are there
UNIQUE_KEYS: dict[type[Model], tuple[str, ...]] = {
    ActorName: ("actor_id", "name"),
    About: ("quote_id", "actor_id"),
    MergeCandidate: ("first_id", "second_id"),
}
JUDGEMENT_COLUMNS = ("judgement", "judged_by_id", "judged_at")
MODEL_WORDS = {
    "actor": "actor",
    "actorname": "name",
    "quote": "quote",
    "about": "note of whom a quote is about",
    "mergecandidate": "pair",
    "formerslug": "address",
    "externalid": "number elsewhere",
}
LATER_MERGES_SQL = """
    SELECT DISTINCT later.merge_id
      FROM claims_mergedrow own
      JOIN claims_mergedrow later ON later."table" = own."table" AND later.row = own.row AND later.merge_id > own.merge_id
      JOIN claims_merge standing ON standing.id = later.merge_id AND standing.undone_at IS NULL
     WHERE own.merge_id = %(merge)s AND own.before IS DISTINCT FROM own.after
     UNION
    SELECT later.id
      FROM claims_mergedrow made
      JOIN claims_merge later ON later.id > made.merge_id AND later.undone_at IS NULL AND later.actors @> ARRAY[made.row]
     WHERE made.merge_id = %(merge)s AND made."table" = 'actor' AND made.before IS NULL
"""


@dataclass
class UndoPlan:
    """What undoing would do. `left`: rows that stay as they are, a sentence each; `hindrances`: why it is refused."""

    merge: Merge
    inserted: dict[type[Model], list[StoredRow]] = field(default_factory=lambda: defaultdict(list))
    updated: dict[type[Model], list[tuple[StoredRow, tuple[str, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    deleted: dict[type[Model], list[int]] = field(default_factory=lambda: defaultdict(list))
    left: list[str] = field(default_factory=list)
    hindrances: list[str] = field(default_factory=list)
    later: list[Merge] = field(default_factory=list)
    new_quotes: int = 0  # that the survivor got since, which nobody can say whose they are

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rows of each sort are put back."""
        found = Counter(
            {
                model: len(self.inserted[model]) + len(self.updated[model])
                for model in JOURNALED_MODELS
            }
        )
        return [
            (MODEL_WORDS[journal.get_model_name(model)], number)
            for model, number in found.items()
            if number
        ]

    @property
    def token(self) -> str:
        rows = [
            [
                journal.get_model_name(model),
                [row["id"] for row in self.inserted[model]],
                sorted(self.deleted[model]),
            ]
            + [[row["id"], columns] for row, columns in self.updated[model]]
            for model in JOURNALED_MODELS
        ]
        return hashlib.sha256(json.dumps([rows, self.left, self.hindrances]).encode()).hexdigest()[
            :20
        ]


# What it would do


def plan_undo(merge: Merge) -> UndoPlan:
    """Reads only; nothing is locked."""
    found = UndoPlan(merge)
    kept = list(merge.rows.all())
    found.later = list(find_later_merges(merge))
    found.hindrances += [
        f"{other} was done to the same since; undo that first." for other in found.later
    ]
    now = {
        name: journal.read_stored_rows(model, [row.row for row in kept if row.table == name])
        for name, model in JOURNALED_TABLES.items()
    }
    for row in kept:
        if row.before != row.after:
            plan_row(found, JOURNALED_TABLES[row.table], row, now[row.table].get(row.row))
    found.hindrances += list_actor_hindrances(found.inserted[Actor])
    for model in JOURNALED_MODELS:
        if model is not Actor:
            leave_dangling_rows(found, model)
            leave_duplicate_rows(found, model)
    leave_actors_in_use(found)
    survivors = Quote.objects.filter(actor=merge.survivor, added_at__gt=merge.made_at)
    found.new_quotes = survivors.exclude(
        pk__in=[row.row for row in kept if row.table == "quote"]
    ).count()
    return found


def find_later_merges(merge: Merge) -> Iterable[Merge]:
    """Merges and splits that stand, and changed or needed a row that this one changed before, or an actor that it made."""
    with connection.cursor() as cursor:
        cursor.execute(LATER_MERGES_SQL, {"merge": merge.pk})
        return Merge.objects.filter(pk__in=[pk for (pk,) in cursor.fetchall()])


def plan_row(found: UndoPlan, model: type[Model], kept: MergedRow, now: StoredRow | None) -> None:
    """Whether a row goes back, by how it was before, after, and is now."""
    if kept.after is None:
        if now is None and kept.before:
            found.inserted[model].append(kept.before)
    elif now is None:
        if kept.before:
            found.left.append(f"{describe_stored_row(model, kept.after)} is gone since.")
    elif kept.before is None:
        if now == kept.after:
            found.deleted[model].append(kept.row)
        else:
            found.left.append(f"{describe_stored_row(model, now)} has been changed since.")
    else:
        columns = tuple(
            sorted(name for name, value in kept.before.items() if kept.after[name] != value)
        )
        if any(now[name] != kept.after[name] for name in columns) or is_decided_since(
            model, kept.after, now
        ):
            found.left.append(
                f"{describe_stored_row(model, now)} has been decided or read anew since."
            )
        else:
            found.updated[model].append(
                (now | {name: kept.before[name] for name in columns}, columns)
            )


def is_decided_since(model: type[Model], after: StoredRow, now: StoredRow) -> bool:
    """Whether a person has decided of the row since, though it has the actor that the work gave it."""
    if model is MergeCandidate:
        return any(now[name] != after[name] for name in JUDGEMENT_COLUMNS)
    return model is Quote and now["actor_method"] == "curator" != after["actor_method"]


def describe_stored_row(model: type[Model], row: StoredRow) -> str:
    word = MODEL_WORDS[journal.get_model_name(model)]
    if model is Quote:
        return f"Quote {row['id']} (“{row['content'][:60]}”)"
    if model is MergeCandidate:
        return f"The pair {row['id']}"
    if model is About:
        return f"The note that quote {row['quote_id']} is about it"
    return f"The {word} “{row.get('slug') or row.get('name') or row.get('value')}”"


def list_actor_hindrances(rows: list[StoredRow]) -> Iterator[str]:
    """What keeps actors from coming back."""
    for row in rows:
        name, article = row["name"], row["article_id"]
        if Actor.objects.filter(slug=row["slug"]).exists():
            yield f"The address “{row['slug']}” is another actor's now."
        if Actor.objects.filter(kind=row["kind"], name=name, article=article).exists():
            yield f"There is another actor “{name}” of kind {row['kind']} now; merge the two, or rename that one, first."
        if article is not None and not Article.objects.filter(pk=article).exists():
            yield f"The article in which alone “{name}” was known is gone."


def leave_dangling_rows(found: UndoPlan, model: type[Model]) -> None:
    """A row goes back only if what it points to is there, or comes back as well; a user who is gone is forgotten."""
    for reference in (each for each in model._meta.concrete_fields if each.remote_field):
        target: Any = reference.related_model
        column = reference.column
        rows = [
            *found.inserted[model],
            *(row for row, columns in found.updated[model] if column in columns),
        ]
        wanted = {row[column] for row in rows} - {None}
        there = set(target._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))
        there |= {row["id"] for row in found.inserted[target]} | {None}
        if issubclass(target, User):
            for row in rows:
                row[column] = row[column] if row[column] in there else None
            continue
        kept = [row for row in found.inserted[model] if row[column] in there]
        moved = [
            (row, names)
            for row, names in found.updated[model]
            if column not in names or row[column] in there
        ]
        for row in rows:
            if row[column] not in there:
                found.left.append(
                    f"{describe_stored_row(model, row)} cannot go back: what it belonged to is gone."
                )
        found.inserted[model], found.updated[model] = kept, moved


def leave_duplicate_rows(found: UndoPlan, model: type[Model]) -> None:
    """Where there is the same again since, one row is enough; a pair that is there again stays as it is judged now."""
    key = UNIQUE_KEYS.get(model)
    if not key:
        return
    moved = found.updated[model]
    rows = [*found.inserted[model], *(row for row, _ in moved)]
    about = {f"{name}__in": {row[name] for row in rows} for name in key}
    others = model._default_manager.filter(**about).exclude(
        pk__in=[*found.deleted[model], *(row["id"] for row, _ in moved)]
    )
    there = set(others.values_list(*key))
    found.inserted[model] = [
        row for row in found.inserted[model] if get_key_values(row, key) not in there
    ]
    found.updated[model] = [
        (row, names) for row, names in moved if get_key_values(row, key) not in there
    ]
    twice = [row for row in rows if get_key_values(row, key) in there]
    if model in SET_MODELS:
        found.deleted[model] += [row["id"] for row, _ in moved if get_key_values(row, key) in there]
    else:
        found.left += [f"{describe_stored_row(model, row)} is there again since." for row in twice]


def get_key_values(row: StoredRow, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row[name] for name in key)


def leave_actors_in_use(found: UndoPlan) -> None:
    """An actor that a split made goes only if nothing is left of it."""
    for pk in list(found.deleted[Actor]):
        uses = sum(
            count_rows_pointing(found, model, pk)
            for model in JOURNALED_MODELS
            if model is not Actor
        )
        if not uses:
            continue
        found.deleted[Actor].remove(pk)
        for model in (ActorName, MergeCandidate):
            own = model._default_manager.filter(pk__in=found.deleted[model]).filter(
                build_pointing_condition(model, pk)
            )
            found.deleted[model] = sorted(
                set(found.deleted[model]) - set(own.values_list("pk", flat=True))
            )
        name = Actor.objects.values_list("name", flat=True).get(pk=pk)
        rows = "1 row belongs" if uses == 1 else f"{uses} rows belong"
        found.left.append(f"The actor “{name}” stays: {rows} to it since.")


def count_rows_pointing(found: UndoPlan, model: type[Model], actor: int) -> int:
    """How many rows would still point to an actor."""
    going = [*found.deleted[model], *(row["id"] for row, _ in found.updated[model])]
    return (
        model._default_manager.filter(build_pointing_condition(model, actor))
        .exclude(pk__in=going)
        .count()
    )


def build_pointing_condition(model: type[Model], actor: int) -> Q:
    return Q(first=actor) | Q(second=actor) if model is MergeCandidate else Q(actor=actor)


# Doing it


def undo_merge(pk: int, user: User | None, reason: str, token: str = "") -> Merge:
    """Undo a merge or split. Raises `Refused` for what stands in the way, or when `token` is of another plan."""
    if not reason.strip():
        raise MergeRefused("Say why it is undone.")
    try:
        with transaction.atomic():
            wait_for_writers()
            merge = Merge.objects.select_for_update().get(pk=pk)
            if merge.undone_at:
                raise MergeRefused("This is undone already.")
            rows = merge.rows.filter(table="quote").values_list("row", flat=True)
            list(
                Quote.objects.filter(pk__in=list(rows))
                .order_by("pk")
                .select_for_update()
                .values_list("pk")
            )
            list(
                Actor.objects.filter(pk__in=merge.actors)
                .order_by("pk")
                .select_for_update()
                .values_list("pk")
            )
            found = plan_undo(merge)
            if found.hindrances:
                raise MergeRefused(" ".join(found.hindrances))
            if token and token != found.token:
                raise MergeRefused(
                    "Something of these actors has changed since this page was shown; look again."
                )
            apply_undo_plan(found)
            merge.undone_by, merge.undone_at, merge.undone_because = (
                user,
                timezone.now(),
                reason.strip(),
            )
            merge.left = found.left
            merge.save()
    except IntegrityError as error:
        raise MergeRefused(
            f"The database refuses it ({str(error).splitlines()[0]}); nothing is undone."
        ) from error
    return merge


def apply_undo_plan(found: UndoPlan) -> None:
    made = found.deleted.pop(Actor, [])
    for model in reversed(JOURNALED_MODELS):
        journal.delete_rows(model, found.deleted[model])
    journal.insert_rows(Actor, found.inserted.pop(Actor, []))
    for model in JOURNALED_MODELS:
        by_columns: defaultdict[tuple[str, ...], list[StoredRow]] = defaultdict(list)
        for row, columns in found.updated[model]:
            by_columns[columns].append(row)
        for columns, rows in by_columns.items():
            journal.update_rows(model, rows, columns)
        journal.insert_rows(model, found.inserted[model])
    journal.delete_rows(Actor, made)
