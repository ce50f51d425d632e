"""Writes actors, their other names and their items of Wikidata as a table, and reads such a table.

A line is one actor that is known everywhere. Coming in, a line changes the actor of its slug to
what it says, or makes one; it never makes two actors one. A cell that a spreadsheet would take for
a formula goes out with an apostrophe before it.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction

from claims.actors.forms import LONGEST_ACTOR_NAME
from claims.extraction.schema import ACTOR_KINDS
from claims.history.writing import wait_for_writers
from claims.models import Actor, ActorName, ExternalId, FormerSlug, find_unused_slug
from claims.models.external_ids import WIKIDATA_ITEM
from claims.models.refusals import Refused

CSV_COLUMNS = ("slug", "name", "kind", "aliases", "wikidata")
REQUIRED_CSV_COLUMNS = ("slug", "name", "kind")
FORMULA_START = re.compile(r"'*[=+\-@\t\r]")
ESCAPED_FORMULA_START = re.compile(r"'+[=+\-@\t\r]")
LONGEST_SLUG = 100  # characters
ACTORS_PER_READ = 1000


class ActorLineRefused(Refused):
    """Why a line, or the whole file, cannot go in, in words."""


@dataclass
class ActorLineReport:
    """What became of a line.

    `changes` are what it changes, a sentence each; with a `problem` it does not go in.
    """

    line: int
    changes: list[str] = field(default_factory=list)
    problem: str = ""


# Out


def write_actors(file: TextIO) -> int:
    """Write every actor that is known everywhere, in the order of slugs; return their number."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    everywhere = Actor.objects.filter(article=None).order_by("slug")
    actors = everywhere.prefetch_related("names", "external_ids")
    number = 0
    for actor in actors.iterator(chunk_size=ACTORS_PER_READ):
        writer.writerow([escape_formula(cell) for cell in build_actor_cells(actor)])
        number += 1
    return number


def build_actor_cells(actor: Actor) -> tuple[str, ...]:
    aliases = sorted(name.name for name in actor.names.all() if name.name != actor.name)
    items = sorted(external_id.value for external_id in actor.external_ids.all())
    return actor.slug, actor.name, actor.kind, join_cell_values(aliases), join_cell_values(items)


def join_cell_values(values: Iterable[str]) -> str:
    """Return values with upright strokes between.

    A stroke or backslash of a value stands after a backslash.
    """
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def split_cell(cell: str) -> list[str]:
    """Return the values that `join_cell_values` joined, each once and sorted."""
    values = set()
    for escaped in re.findall(r"(?:\\.|[^|\\])+", cell):
        value = re.sub(r"\\(.)", r"\1", escaped).strip()
        if value:
            values.add(value)
    return sorted(values)


def escape_formula(cell: str) -> str:
    return f"'{cell}" if FORMULA_START.match(cell) else cell


def unescape_formula(cell: str) -> str:
    return cell[1:] if ESCAPED_FORMULA_START.match(cell) else cell


# In


def import_actors(file: TextIO, *, dry: bool = False) -> Iterator[ActorLineReport]:
    """Yield what each line changes, or why it cannot go in; the rest goes in.

    With `dry` nothing is kept.

    Raises `ActorLineRefused` where the file as a whole cannot be read.
    """
    reader = csv.DictReader(file, strict=True)
    check_csv_columns(reader.fieldnames or ())
    with pghistory.context(why="imported from a table of actors"), transaction.atomic():
        wait_for_writers()
        try:
            yield from import_lines(reader)
        except (csv.Error, UnicodeDecodeError) as error:
            raise ActorLineRefused(f"line {reader.line_num}: {error}") from error
        transaction.set_rollback(dry)


def check_csv_columns(columns: Sequence[str]) -> None:
    unknown = set(columns) - set(CSV_COLUMNS)
    missing = set(REQUIRED_CSV_COLUMNS) - set(columns)
    if unknown or missing:
        raise ActorLineRefused(f"the first line should name the columns {', '.join(CSV_COLUMNS)}")


def import_lines(reader: "csv.DictReader[str]") -> Iterator[ActorLineReport]:
    lines_of_slugs: dict[str, int] = {}
    for row in reader:
        report = ActorLineReport(reader.line_num)
        try:
            with transaction.atomic():
                report.changes = import_row(row, lines_of_slugs, reader.line_num)
        except ActorLineRefused as error:
            report.problem = str(error)
        yield report


def import_row(row: dict[str, Any], lines_of_slugs: dict[str, int], line: int) -> list[str]:
    """Change or make the actor of a row, and return what that changed. Raises `ActorLineRefused`.

    `lines_of_slugs` says in which line each slug stood; that of this row is added.
    """
    values = clean_csv_row(row)
    slug, name, kind = values["slug"], values["name"], values["kind"]
    if slug:
        first_line = lines_of_slugs.setdefault(slug, line)
        if first_line != line:
            raise ActorLineRefused(f"“{slug}” stands in line {first_line} already")
    check_actor_row(slug, name, kind)
    actor = Actor.objects.filter(slug=slug).first() if slug else None
    if actor is None:
        slug = slug or find_unused_slug(Actor, name)
        actor = Actor.objects.create(slug=slug, name=name, kind=kind)
        changes = [f"new: {name}, {kind}, {actor.slug}"]
    elif actor.article_id:
        raise ActorLineRefused(
            f"“{slug}” is known in one article alone; it is changed in the admin"
        )
    else:
        changes = update_actor(actor, name, kind)
    if "aliases" in values:
        changes += update_actor_names(actor, split_cell(values["aliases"]))
    if "wikidata" in values:
        changes += update_external_ids(actor, split_cell(values["wikidata"]))
    return changes


def clean_csv_row(row: dict[str, Any]) -> dict[str, str]:
    """Return the cells by their columns, as they were before `escape_formula`.

    Raises `ActorLineRefused`.
    """
    if None in row or None in row.values():
        raise ActorLineRefused("it has more or fewer cells than the first line")
    values = {column: unescape_formula(cell).strip() for column, cell in row.items()}
    if any("\0" in value for value in values.values()):
        raise ActorLineRefused("it holds a character that no text has (NUL)")
    return values


def check_actor_row(slug: str, name: str, kind: str) -> None:
    """Raise `ActorLineRefused` if no actor can have this slug, name and kind."""
    if not name or len(name) > LONGEST_ACTOR_NAME:
        raise ActorLineRefused(f"a name has 1 to {LONGEST_ACTOR_NAME} characters")
    if kind not in ACTOR_KINDS:
        raise ActorLineRefused(f"there is no kind “{kind}”; there are {', '.join(ACTOR_KINDS)}")
    check_slug(slug)
    same_name = Actor.objects.filter(name=name, kind=kind, article=None)
    other = same_name.exclude(slug=slug).first()
    if other:
        raise ActorLineRefused(
            f"“{other.slug}” is the {kind} “{name}” already;"
            " actors are merged in the admin, never here"
        )


def check_slug(slug: str) -> None:
    """Raise `ActorLineRefused` if no actor can have this slug.

    The empty one stands for a new one.
    """
    if not slug:
        return
    former = FormerSlug.objects.filter(slug=slug).select_related("actor").first()
    if former:
        raise ActorLineRefused(f"“{slug}” was merged into “{former.actor.slug}”")
    try:
        validate_slug(slug)
    except ValidationError:
        raise ActorLineRefused(f"“{slug}” is no slug: letters, digits, - and _ alone") from None
    if len(slug) > LONGEST_SLUG or slug == "unknown":
        raise ActorLineRefused(
            f"a slug has {LONGEST_SLUG} characters at most, and is not “unknown”"
        )


def update_actor(actor: Actor, name: str, kind: str) -> list[str]:
    changes = []
    for column, value in (("name", name), ("kind", kind)):
        old = getattr(actor, column)
        if old != value:
            changes.append(f"{actor.slug}: {column} “{old}” becomes “{value}”")
            setattr(actor, column, value)
    if changes:
        actor.save()
    return changes


def update_actor_names(actor: Actor, wanted: Sequence[str]) -> list[str]:
    """Bring what articles call the actor to these names and its own; return what that changed."""
    for name in wanted:
        if len(name) > LONGEST_ACTOR_NAME:
            raise ActorLineRefused(
                f"an alias has {LONGEST_ACTOR_NAME} characters at most, not {len(name)}"
            )
    known = set(actor.names.values_list("name", flat=True))
    gone = sorted(known - {*wanted, actor.name})
    new = sorted(set(wanted) - known - {actor.name})
    actor.names.filter(name__in=gone).delete()
    ActorName.objects.bulk_create([ActorName(actor=actor, name=name) for name in new])
    removals = [f"{actor.slug}: no alias “{name}” any more" for name in gone]
    additions = [f"{actor.slug}: alias “{name}”" for name in new]
    return removals + additions


def update_external_ids(actor: Actor, wanted: Sequence[str]) -> list[str]:
    """Bring the actor's items of Wikidata to these; return what that changed."""
    for value in wanted:
        if not re.match(WIKIDATA_ITEM, value):
            raise ActorLineRefused(f"“{value}” is no item of Wikidata, such as Q7747")
        of_others = ExternalId.objects.filter(value=value).exclude(actor=actor)
        other = of_others.select_related("actor").first()
        if other:
            raise ActorLineRefused(f"{value} is “{other.actor.slug}” already")
    known = set(actor.external_ids.values_list("value", flat=True))
    gone = sorted(known - set(wanted))
    new = sorted(set(wanted) - known)
    actor.external_ids.filter(value__in=gone).delete()
    ExternalId.objects.bulk_create([ExternalId(actor=actor, value=value) for value in new])
    removals = [f"{actor.slug}: no longer {value}" for value in gone]
    additions = [f"{actor.slug}: {value}" for value in new]
    return removals + additions
