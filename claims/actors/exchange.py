"""Actors, what else articles call them, and their items of Wikidata, as a table out and in.

A line is one actor that is known everywhere. Coming in, a line changes the actor of its slug to what it says, or makes one;
it never makes two actors one. A cell that a spreadsheet would take for a formula goes out with an apostrophe before it.
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

from claims.extraction.schema import ACTOR_KINDS
from claims.history.writing import wait_for_writers
from claims.models import Actor, ActorName, ExternalId, FormerSlug, find_unused_slug
from claims.models.external_ids import WIKIDATA_ITEM
from claims.models.refusals import Refused

CSV_COLUMNS = ("slug", "name", "kind", "aliases", "wikidata")
FORMULA_START, ESCAPED_FORMULA_START = re.compile(r"'*[=+\-@\t\r]"), re.compile(r"'+[=+\-@\t\r]")
LONGEST_ACTOR_NAME, LONGEST_SLUG = 300, 100


class ActorLineRefused(Refused):
    """A line that cannot go in, in words."""


@dataclass
class ActorLineReport:
    """What became of a line: `changes` are what it changes, a sentence each; with a `problem` it does not go in."""

    line: int
    changes: list[str] = field(default_factory=list)
    problem: str = ""


# Out


def write_actors(file: TextIO) -> int:
    """Every actor that is known everywhere, in the order of their slugs; how many those are."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    actors = (
        Actor.objects.filter(article=None)
        .order_by("slug")
        .prefetch_related("names", "external_ids")
    )
    number = 0
    for actor in actors.iterator(chunk_size=1000):
        writer.writerow([escape_formula(cell) for cell in build_actor_cells(actor)])
        number += 1
    return number


def build_actor_cells(actor: Actor) -> tuple[str, ...]:
    aliases = sorted(name.name for name in actor.names.all() if name.name != actor.name)
    items = sorted(each.value for each in actor.external_ids.all())
    return actor.slug, actor.name, actor.kind, join_cell_values(aliases), join_cell_values(items)


def join_cell_values(values: Iterable[str]) -> str:
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def split_cell(cell: str) -> list[str]:
    """The values between upright strokes, each once; a stroke or backslash of a value stands after a backslash."""
    values = re.findall(r"(?:\\.|[^|\\])+", cell)
    return sorted({re.sub(r"\\(.)", r"\1", value).strip() for value in values} - {""})


def escape_formula(cell: str) -> str:
    return f"'{cell}" if FORMULA_START.match(cell) else cell


def unescape_formula(cell: str) -> str:
    return cell[1:] if ESCAPED_FORMULA_START.match(cell) else cell


# In


def import_actors(file: TextIO, *, dry: bool = False) -> Iterator[ActorLineReport]:
    """What each line changes, or why it cannot go in; the rest goes in. With `dry` all is told and nothing is kept.

    Raises `Refused` where the file as a whole cannot be read.
    """
    reader = csv.DictReader(file, strict=True)
    unknown = set(reader.fieldnames or ()) - set(CSV_COLUMNS)
    missing = {"slug", "name", "kind"} - set(reader.fieldnames or ())
    if unknown or missing:
        raise ActorLineRefused(f"the first line should name the columns {', '.join(CSV_COLUMNS)}")
    with pghistory.context(why="imported from a table of actors"), transaction.atomic():
        wait_for_writers()
        try:
            yield from import_lines(reader)
        except (csv.Error, UnicodeDecodeError) as error:
            raise ActorLineRefused(f"line {reader.line_num}: {error}") from error
        transaction.set_rollback(dry)


def import_lines(reader: "csv.DictReader[str]") -> Iterator[ActorLineReport]:
    seen: dict[str, int] = {}
    for row in reader:
        told = ActorLineReport(reader.line_num)
        try:
            with transaction.atomic():
                told.changes = import_row(row, seen, reader.line_num)
        except ActorLineRefused as error:
            told.problem = str(error)
        yield told


def import_row(row: dict[str, Any], seen: dict[str, int], number: int) -> list[str]:
    if None in row or None in row.values():
        raise ActorLineRefused("it has more or fewer cells than the first line")
    values = {name: unescape_formula(cell).strip() for name, cell in row.items()}
    if any("\0" in value for value in values.values()):
        raise ActorLineRefused("it holds a character that no text has (NUL)")
    slug, name, kind = values["slug"], values["name"], values["kind"]
    if slug and (before := seen.setdefault(slug, number)) != number:
        raise ActorLineRefused(f"“{slug}” stands in line {before} already")
    check_actor_row(slug, name, kind)
    actor = Actor.objects.filter(slug=slug).first() if slug else None
    if actor and actor.article_id:
        raise ActorLineRefused(
            f"“{slug}” is known in one article alone; it is changed in the admin"
        )
    changes = update_actor(actor, name, kind) if actor else []
    if actor is None:
        actor = Actor.objects.create(
            slug=slug or find_unused_slug(Actor, name), name=name, kind=kind
        )
        changes = [f"new: {name}, {kind}, {actor.slug}"]
    if "aliases" in values:
        changes += update_actor_names(actor, split_cell(values["aliases"]))
    if "wikidata" in values:
        changes += update_external_ids(actor, split_cell(values["wikidata"]))
    return changes


def check_actor_row(slug: str, name: str, kind: str) -> None:
    if not name or len(name) > LONGEST_ACTOR_NAME:
        raise ActorLineRefused(f"a name has 1 to {LONGEST_ACTOR_NAME} characters")
    if kind not in ACTOR_KINDS:
        raise ActorLineRefused(f"there is no kind “{kind}”; there are {', '.join(ACTOR_KINDS)}")
    if merged := FormerSlug.objects.filter(slug=slug).select_related("actor").first():
        raise ActorLineRefused(f"“{slug}” was merged into “{merged.actor.slug}”")
    try:
        validate_slug(slug or "none")
    except ValidationError:
        raise ActorLineRefused(f"“{slug}” is no slug: letters, digits, - and _ alone") from None
    if len(slug) > LONGEST_SLUG or slug == "unknown":
        raise ActorLineRefused(
            f"a slug has {LONGEST_SLUG} characters at most, and is not “unknown”"
        )
    other = Actor.objects.filter(name=name, kind=kind, article=None).exclude(slug=slug).first()
    if other:
        raise ActorLineRefused(
            f"“{other.slug}” is the {kind} “{name}” already; actors are merged in the admin, never here"
        )


def update_actor(actor: Actor, name: str, kind: str) -> list[str]:
    said = []
    for column, value in (("name", name), ("kind", kind)):
        if (old := getattr(actor, column)) != value:
            said.append(f"{actor.slug}: {column} “{old}” becomes “{value}”")
            setattr(actor, column, value)
    if said:
        actor.save()
    return said


def update_actor_names(actor: Actor, wanted: Sequence[str]) -> list[str]:
    """Bring what articles call the actor to these names and its own."""
    if long := [name for name in wanted if len(name) > LONGEST_ACTOR_NAME]:
        raise ActorLineRefused(
            f"an alias has {LONGEST_ACTOR_NAME} characters at most, not {len(long[0])}"
        )
    known = set(actor.names.values_list("name", flat=True))
    gone, new = sorted(known - {*wanted, actor.name}), sorted({*wanted} - known - {actor.name})
    actor.names.filter(name__in=gone).delete()
    ActorName.objects.bulk_create([ActorName(actor=actor, name=name) for name in new])
    return [f"{actor.slug}: no alias “{name}” any more" for name in gone] + [
        f"{actor.slug}: alias “{name}”" for name in new
    ]


def update_external_ids(actor: Actor, wanted: Sequence[str]) -> list[str]:
    for value in wanted:
        if not re.match(WIKIDATA_ITEM, value):
            raise ActorLineRefused(f"“{value}” is no item of Wikidata, such as Q7747")
        if (
            other := ExternalId.objects.filter(value=value)
            .exclude(actor=actor)
            .select_related("actor")
            .first()
        ):
            raise ActorLineRefused(f"{value} is “{other.actor.slug}” already")
    known = set(actor.external_ids.values_list("value", flat=True))
    gone, new = sorted(known - {*wanted}), sorted({*wanted} - known)
    actor.external_ids.filter(value__in=gone).delete()
    ExternalId.objects.bulk_create([ExternalId(actor=actor, value=value) for value in new])
    return [f"{actor.slug}: no longer {value}" for value in gone] + [
        f"{actor.slug}: {value}" for value in new
    ]
