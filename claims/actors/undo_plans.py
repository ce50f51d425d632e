"""Plans what undoing a merge or split of actors, articles or outlets would do, row by row.

- A row that stands as the work left it is put back as it was: with its primary key, its address and
  all its values.
- What has been changed since keeps that change: only the columns that the work changed go back, and
  those only if they still have the value it gave them. A quote that has another actor since, one
  that a person attributed since, a pair judged since, and what is gone since are left, and told.
- It is refused as a whole while something stands in an actor's place: another actor of its name,
  its article gone, or a later merge or split of the same rows, which has to be undone first.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model, Q

from claims.actors.merge_plans import JUDGEMENT_COLUMNS, compute_plan_token
from claims.history import journal
from claims.history.journal import StoredRow
from claims.models import (
    About,
    Actor,
    ActorName,
    Article,
    ItemMatch,
    Merge,
    MergeCandidate,
    MergedRow,
    Quote,
)
from claims.models.merges import MergeTable
from claims.passages.cutting import cut_text

# Rows of these say nothing but that they are there.
SET_MODELS = (ActorName, About)
UNIQUE_KEYS: dict[type[Model], tuple[str, ...]] = {
    ActorName: ("actor_id", "name"),
    About: ("quote_id", "actor_id"),
    MergeCandidate: ("first_id", "second_id"),
    ItemMatch: ("actor_id", "value"),
}
MODEL_WORDS = {
    "actor": "actor",
    "actorname": "name",
    "quote": "quote",
    "about": "note of whom a quote is about",
    "mergecandidate": "pair",
    "formerslug": "address",
    "externalid": "number elsewhere",
    "itemmatch": "item of Wikidata",
    "arrival": "document handed in",
    "article": "article",
    "articleaddress": "address",
    "articleversion": "version",
    "decision": "decision",
    "detail": "detail",
    "formerarticle": "address",
    "formeroutletslug": "address",
    "formerquote": "address",
    "office": "office",
    "outlet": "outlet",
    "outlethost": "host",
    "report": "report",
    "sampleitem": "item of a sample",
    "span": "content span",
}
NAMING_COLUMNS = ("slug", "name", "value", "title", "address", "host", "text")
CONTENT_SHOWN = 60  # characters of a quote that is left
LATER_MERGES_SQL = """
    SELECT DISTINCT later.merge_id
      FROM claims_mergedrow own
      JOIN claims_mergedrow later
        ON later."table" = own."table" AND later.row = own.row AND later.merge_id > own.merge_id
      JOIN claims_merge standing ON standing.id = later.merge_id AND standing.undone_at IS NULL
     WHERE own.merge_id = %(merge)s AND own.before IS DISTINCT FROM own.after
     UNION
    SELECT later.id
      FROM claims_mergedrow made
      JOIN claims_merge later
        ON later.id > made.merge_id AND later.undone_at IS NULL AND later.actors @> ARRAY[made.row]
       AND later."table" = 'actor'
     WHERE made.merge_id = %(merge)s AND made."table" = 'actor' AND made.before IS NULL
"""


@dataclass(frozen=True, slots=True)
class RowUpdate:
    """A row as it will be, and the columns in which it differs from what stands now."""

    row: StoredRow
    columns: tuple[str, ...]


@dataclass
class UndoPlan:
    """What undoing would do, row by row.

    `left` says which rows stay as they are, a sentence each, and `hindrances` why it is refused.
    `new_quotes` is how many the survivor got since, of which nobody can say whose they are.
    """

    merge: Merge
    inserted: dict[type[Model], list[StoredRow]] = field(default_factory=lambda: defaultdict(list))
    updated: dict[type[Model], list[RowUpdate]] = field(default_factory=lambda: defaultdict(list))
    deleted: dict[type[Model], list[int]] = field(default_factory=lambda: defaultdict(list))
    left: list[str] = field(default_factory=list)
    hindrances: list[str] = field(default_factory=list)
    later: list[Merge] = field(default_factory=list)
    new_quotes: int = 0

    @property
    def models(self) -> dict[str, type[Model]]:
        """The models of which rows may be put back, by their names."""
        return journal.list_journaled_models(self.merge.table)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """The word for each sort of row, and how many of it are put back."""
        counts: Counter[str] = Counter()
        for name, model in self.models.items():
            counts[MODEL_WORDS[name]] += len(self.inserted[model]) + len(self.updated[model])
        return [(word, number) for word, number in counts.items() if number]

    @property
    def token(self) -> str:
        """A digest of the plan, so that nobody confirms another one than was shown."""
        rows = []
        for name, model in self.models.items():
            inserted = [row["id"] for row in self.inserted[model]]
            updated = [[update.row["id"], update.columns] for update in self.updated[model]]
            deleted = sorted(self.deleted[model])
            rows.append([name, inserted, deleted, *updated])
        return compute_plan_token([rows, self.left, self.hindrances])

    def list_rows_written(self, model: type[Model]) -> list[StoredRow]:
        return [*self.inserted[model], *(update.row for update in self.updated[model])]

    def keep_rows(self, model: type[Model], is_kept: Callable[[StoredRow], bool]) -> None:
        """Put back only those rows of which this is true."""
        self.inserted[model] = [row for row in self.inserted[model] if is_kept(row)]
        self.updated[model] = [update for update in self.updated[model] if is_kept(update.row)]


def plan_undo(merge: Merge) -> UndoPlan:
    """Return what undoing would do; nothing is written or locked."""
    plan = UndoPlan(merge)
    plan.later = list(find_later_merges(merge))
    for other in plan.later:
        plan.hindrances.append(f"{other} was done to the same since; undo that first.")

    merged_rows = list(merge.rows.all())
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for merged in merged_rows:
        keys[merged.table].append(merged.row)
    rows_now = {}
    for table, model in plan.models.items():
        rows_now[table] = journal.read_rows_for_merge(model, keys[table], merge.table)
    for merged in merged_rows:
        if merged.before != merged.after:
            now = rows_now[merged.table].get(merged.row)
            plan_row(plan, plan.models[merged.table], merged, now)

    plan.hindrances += list_actor_hindrances(plan.inserted[Actor])
    for model in plan.models.values():
        if model is not Actor:
            leave_dangling_rows(plan, model)
            leave_duplicate_rows(plan, model)
    leave_actors_in_use(plan)

    if merge.table != MergeTable.ACTOR:
        return plan
    since = Quote.objects.filter(actor=merge.survivor, added_at__gt=merge.made_at)
    plan.new_quotes = since.exclude(pk__in=keys["quote"]).count()
    return plan


def find_later_merges(merge: Merge) -> Iterable[Merge]:
    """Find what was merged or split since, and stands, of the rows that this one changed or made."""
    with connection.cursor() as cursor:
        cursor.execute(LATER_MERGES_SQL, {"merge": merge.pk})
        pks = [pk for (pk,) in cursor.fetchall()]
    return Merge.objects.filter(pk__in=pks)


def plan_row(plan: UndoPlan, model: type[Model], merged: MergedRow, now: StoredRow | None) -> None:
    """Plan whether a row goes back, by how it was before and after the work, and is now."""
    before, after = merged.before, merged.after
    if after is None:
        if before and now is None:
            plan.inserted[model].append(before)
    elif now is None:
        if before:
            plan.left.append(f"{describe_stored_row(model, after)} is gone since.")
    elif before is None:
        if now == after:
            plan.deleted[model].append(merged.row)
        else:
            plan.left.append(f"{describe_stored_row(model, now)} has been changed since.")
    else:
        plan_changed_row(plan, model, before, after, now)


def plan_changed_row(
    plan: UndoPlan, model: type[Model], before: StoredRow, after: StoredRow, now: StoredRow
) -> None:
    """Plan whether a row that the work changed gets back the columns that it changed."""
    columns = tuple(sorted(name for name, value in before.items() if after[name] != value))
    is_changed_since = any(now[name] != after[name] for name in columns)
    is_of_actors = plan.merge.table == MergeTable.ACTOR
    if is_changed_since or (is_of_actors and is_decided_since(model, after, now)):
        plan.left.append(f"{describe_stored_row(model, now)} has been decided or read anew since.")
        return
    row = now | {name: before[name] for name in columns}
    plan.updated[model].append(RowUpdate(row, columns))


def is_decided_since(model: type[Model], after: StoredRow, now: StoredRow) -> bool:
    """Return whether a person has decided on a row since that has the actor given to it."""
    if model is MergeCandidate:
        return any(now[name] != after[name] for name in JUDGEMENT_COLUMNS)
    if model is Quote:
        return bool(now["actor_method"] == "curator" != after["actor_method"])
    return False


def describe_stored_row(model: type[Model], row: StoredRow) -> str:
    """Return what a row is, as the beginning of a sentence."""
    if model is Quote:
        return f"Quote {row['id']} (“{row['content'][:CONTENT_SHOWN]}”)"
    if model is MergeCandidate:
        return f"The pair {row['id']}"
    if model is About:
        return f"The note that quote {row['quote_id']} is about it"
    word = MODEL_WORDS[journal.get_model_name(model)]
    value = next((row[name] for name in NAMING_COLUMNS if row.get(name)), row["id"])
    return f"The {word} “{cut_text(str(value), CONTENT_SHOWN)}”"


def list_actor_hindrances(rows: list[StoredRow]) -> Iterator[str]:
    """Yield what keeps actors from coming back, a sentence each."""
    for row in rows:
        slug, kind, name, article = row["slug"], row["kind"], row["name"], row["article_id"]
        if Actor.objects.filter(slug=slug).exists():
            yield f"The address “{slug}” is another actor's now."
        if Actor.objects.filter(kind=kind, name=name, article=article).exists():
            yield (
                f"There is another actor “{name}” of kind {kind} now;"
                " merge the two, or rename that one, first."
            )
        if article is not None and not Article.objects.filter(pk=article).exists():
            yield f"The article in which alone “{name}” was known is gone."


def leave_dangling_rows(plan: UndoPlan, model: type[Model]) -> None:
    """Leave rows that point to what is neither there nor comes back.

    A user who is gone is forgotten.
    """
    for reference in model._meta.concrete_fields:
        if reference.remote_field:
            leave_rows_dangling_by(plan, model, reference.column, reference.related_model)


def leave_rows_dangling_by(plan: UndoPlan, model: type[Model], column: str, target: Any) -> None:
    rows = list_rows_pointing(plan, model, column)
    there = find_targets_there(plan, target, {row[column] for row in rows})
    dangling = [row for row in rows if row[column] not in there]
    if issubclass(target, User):
        for row in dangling:
            row[column] = None
        return
    for row in dangling:
        described = describe_stored_row(model, row)
        plan.left.append(f"{described} cannot go back: what it belonged to is gone.")
    left = {row["id"] for row in dangling}
    plan.keep_rows(model, lambda row: row["id"] not in left)


def list_rows_pointing(plan: UndoPlan, model: type[Model], column: str) -> list[StoredRow]:
    """Return the rows that undoing would make point to something by this column."""
    rows = list(plan.inserted[model])
    for update in plan.updated[model]:
        if column in update.columns:
            rows.append(update.row)
    return rows


def find_targets_there(plan: UndoPlan, target: Any, wanted: set[int | None]) -> set[int | None]:
    """Return those of the keys that there are or that come back, and None, which points nowhere."""
    keys = wanted - {None}
    there = set(target._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
    coming_back = {row["id"] for row in plan.inserted[target]}
    return {None, *there, *coming_back}


def leave_duplicate_rows(plan: UndoPlan, model: type[Model]) -> None:
    """Leave rows of which there is the same again since.

    A pair that is there again stays as it is judged now.
    """
    key = UNIQUE_KEYS.get(model)
    if not key:
        return

    def get_key_values(row: StoredRow) -> tuple[Any, ...]:
        return tuple(row[name] for name in key)

    rows = plan.list_rows_written(model)
    updated = [update.row for update in plan.updated[model]]
    going = [*plan.deleted[model], *(row["id"] for row in updated)]
    like_these = {f"{name}__in": {row[name] for row in rows} for name in key}
    others = model._default_manager.filter(**like_these).exclude(pk__in=going)
    there = set(others.values_list(*key))
    plan.keep_rows(model, lambda row: get_key_values(row) not in there)
    if model in SET_MODELS:
        duplicates = [row["id"] for row in updated if get_key_values(row) in there]
        plan.deleted[model] += duplicates
        return
    for row in rows:
        if get_key_values(row) in there:
            plan.left.append(f"{describe_stored_row(model, row)} is there again since.")


def leave_actors_in_use(plan: UndoPlan) -> None:
    """Leave an actor that a split made, with its names and pairs, if rows belong to it since."""
    for actor in list(plan.deleted[Actor]):
        uses = 0
        for model in plan.models.values():
            if model is not Actor:
                uses += count_rows_pointing(plan, model, actor)
        if not uses:
            continue
        plan.deleted[Actor].remove(actor)
        for model in (ActorName, MergeCandidate):
            leave_rows_of_actor(plan, model, actor)
        name = Actor.objects.values_list("name", flat=True).get(pk=actor)
        rows = "1 row belongs" if uses == 1 else f"{uses} rows belong"
        plan.left.append(f"The actor “{name}” stays: {rows} to it since.")


def leave_rows_of_actor(plan: UndoPlan, model: type[Model], actor: int) -> None:
    """Take the rows of an actor from those that are to be deleted."""
    going = model._default_manager.filter(pk__in=plan.deleted[model])
    own = going.filter(build_pointing_condition(model, actor)).values_list("pk", flat=True)
    plan.deleted[model] = sorted(set(plan.deleted[model]) - set(own))


def count_rows_pointing(plan: UndoPlan, model: type[Model], actor: int) -> int:
    """Return how many rows would still point to an actor."""
    going = [*plan.deleted[model], *(update.row["id"] for update in plan.updated[model])]
    pointing = model._default_manager.filter(build_pointing_condition(model, actor))
    return pointing.exclude(pk__in=going).count()


def build_pointing_condition(model: type[Model], actor: int) -> Q:
    if model is MergeCandidate:
        return Q(first=actor) | Q(second=actor)
    return Q(actor=actor)
