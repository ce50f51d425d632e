"""Reads items of Wikidata from a file that the site holds: JSON Lines or CSV, no network.

A line is an item: `id`, `label`, `aliases` (a list, or with upright strokes between), `description`
and `kind` (one of the kinds of actors). Of persons `born` and `died` may tell a year or a day.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.actors.exchange import split_cell
from claims.actors.forms import LONGEST_ACTOR_NAME
from claims.extraction.schema import ACTOR_KINDS
from claims.models.external_ids import WIKIDATA_ITEM
from claims.models.refusals import Refused

REQUIRED_FIELDS = ("id", "label", "kind")
LONGEST_DESCRIPTION = 300  # characters
LONGEST_LINE = 1_000_000  # characters
YEAR = re.compile(r"-?\d{1,4}(?!\d)")


class ItemRefused(Refused):
    """Why a line, or the whole file, tells no item, in words."""


@dataclass(frozen=True, slots=True)
class WikidataItem:
    """An item: `died` is the year of a person's death, None where the file does not tell one."""

    value: str
    label: str
    aliases: tuple[str, ...]
    description: str
    kind: str
    died: int | None = None


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that tells no item, and why."""

    number: int
    problem: str


def read_items(path: Path) -> Iterator[WikidataItem | BrokenLine]:
    """Yield the items of a file, and what is wrong with a line. Raises `ItemRefused`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix == ".csv":
            reader = csv.DictReader(file, strict=True)
            missing = set(REQUIRED_FIELDS) - set(reader.fieldnames or ())
            if missing:
                raise ItemRefused(f"the first line names no {', '.join(sorted(missing))}")
            try:
                for row in reader:
                    yield read_line(row, reader.line_num)
            except csv.Error as error:
                raise ItemRefused(f"line {reader.line_num}: {error}") from error
            return
        for number, line in enumerate(file, 1):
            if line.strip():
                yield read_json_line(line, number)


def read_json_line(line: str, number: int) -> WikidataItem | BrokenLine:
    if len(line) > LONGEST_LINE:
        return BrokenLine(number, f"it has more than {LONGEST_LINE} characters")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return BrokenLine(number, "it is no JSON")
    if not isinstance(record, dict):
        return BrokenLine(number, "it is no JSON object")
    return read_line(record, number)


def read_line(record: dict[Any, Any], number: int) -> WikidataItem | BrokenLine:
    try:
        return build_item(record)
    except ItemRefused as error:
        return BrokenLine(number, str(error))


def build_item(record: dict[Any, Any]) -> WikidataItem:
    """Return the item of a record. Raises `ItemRefused`."""
    value, label, kind = (get_text(record, name) for name in REQUIRED_FIELDS)
    if not re.match(WIKIDATA_ITEM, value):
        raise ItemRefused(f"“{value[:40]}” is no item of Wikidata, such as Q7747")
    if not label or len(label) > LONGEST_ACTOR_NAME:
        raise ItemRefused(f"a label has 1 to {LONGEST_ACTOR_NAME} characters")
    if kind not in ACTOR_KINDS:
        raise ItemRefused(f"there is no kind “{kind[:40]}”; there are {', '.join(ACTOR_KINDS)}")
    aliases = record.get("aliases") or []
    if isinstance(aliases, str):
        aliases = split_cell(aliases)
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise ItemRefused("its aliases are no list of names")
    description = get_text(record, "description")[:LONGEST_DESCRIPTION]
    year = YEAR.match(get_text(record, "died").lstrip("+"))
    died = int(year.group()) if year else None
    return WikidataItem(value, label, tuple(aliases), description, kind, died)


def get_text(record: dict[Any, Any], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str | int) or "\0" in str(value):
        raise ItemRefused(f"its “{name}” is no text")
    return " ".join(str(value).split())
