"""Reads persons and organizations of a Popolo file into actors.

Nobody is taken for somebody by a name: an actor is changed only where the file gives its slug, or an
item of Wikidata that it has. Names and items are added, and none is taken away. Memberships are
passed over, since offices here are those that articles tell.
"""

import json
from collections.abc import Iterator
from typing import Any

import pghistory
from django.db import transaction

from claims.actors.exchange import (
    ActorLineRefused,
    ActorLineReport,
    import_row,
    join_cell_values,
)
from claims.history.writing import wait_for_writers
from claims.models import Actor, ExternalId

SLUG_SCHEME = "newsroom"
KIND_OF_CLASSIFICATION = {
    "state": "state",
    "country": "state",
    "group": "group",
    "movement": "group",
}


def import_popolo(written: str, *, dry: bool = False) -> Iterator[ActorLineReport]:
    """Yield what each person and organization changes, or why it cannot go in; the rest goes in.

    The number of a report is the place in the file, persons first. With `dry` nothing is kept.
    Raises `ActorLineRefused` where the file as a whole cannot be read.
    """
    entries = list_entries(written)
    taken: dict[str, int] = {}
    with pghistory.context(why="imported from a Popolo file"), transaction.atomic():
        wait_for_writers()
        for number, (kind, entry) in enumerate(entries, start=1):
            report = ActorLineReport(number)
            try:
                with transaction.atomic():
                    report.changes = import_row(build_row(kind, entry), taken, number)
            except ActorLineRefused as error:
                report.problem = str(error)
            yield report
        transaction.set_rollback(dry)


def list_entries(written: str) -> list[tuple[str, Any]]:
    """Return the persons and organizations of a file, each with the kind of actor that it is."""
    try:
        parsed = json.loads(written)
    except (ValueError, RecursionError):
        raise ActorLineRefused("it is no JSON") from None
    if not isinstance(parsed, dict) or not {"persons", "organizations"} & parsed.keys():
        raise ActorLineRefused("it should have “persons” or “organizations”")
    entries = []
    for name in ("persons", "organizations"):
        listed = parsed.get(name, [])
        if not isinstance(listed, list):
            raise ActorLineRefused(f"“{name}” should be a list")
        entries += [(find_kind(name, entry), entry) for entry in listed]
    return entries


def find_kind(name: str, entry: Any) -> str:
    if name == "persons":
        return "person"
    classification = entry.get("classification") if isinstance(entry, dict) else None
    return KIND_OF_CLASSIFICATION.get(str(classification).lower(), "organization")


def build_row(kind: str, entry: Any) -> dict[str, str]:
    """Return an entry as a row of the table of actors, with all that its actor has already.

    Raises `ActorLineRefused`.
    """
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise ActorLineRefused("it has no “name”")
    if not is_encodable(json.dumps(entry, ensure_ascii=False)):
        raise ActorLineRefused("it has half a character")
    name = " ".join(entry["name"].split())
    items = list_numbers(entry, "wikidata")
    aliases = [str(each.get("name", "")) for each in list_objects(entry, "other_names")]
    actor = find_actor(entry, items)
    if actor is not None:
        aliases += [name, *actor.names.values_list("name", flat=True)]
        items += list(actor.external_ids.values_list("value", flat=True))
        name, kind = actor.name, actor.kind
    return {
        "slug": actor.slug if actor else "",
        "name": name,
        "kind": kind,
        "aliases": join_cell_values(alias for alias in aliases if alias.strip()),
        "wikidata": join_cell_values(items),
    }


def is_encodable(text: str) -> bool:
    """Tell whether a text has no half of a pair of surrogates."""
    return text == text.encode("utf-8", "ignore").decode("utf-8")


def find_actor(entry: dict[str, Any], items: list[str]) -> Actor | None:
    """Return the actor whose slug or item of Wikidata an entry gives; None for a new one.

    Raises `ActorLineRefused` where these are of several actors.
    """
    slugs = list_numbers(entry, SLUG_SCHEME)
    by_slug = Actor.objects.filter(slug__in=slugs)
    owners = ExternalId.objects.filter(value__in=items).values("actor")
    by_item = Actor.objects.filter(pk__in=owners)
    found: dict[int, Actor] = {actor.pk: actor for actor in (*by_slug, *by_item)}
    if len(found) > 1:
        named = " and ".join(sorted(f"“{actor.slug}”" for actor in found.values()))
        raise ActorLineRefused(f"its numbers are of {named}, which are two actors here")
    if found:
        return next(iter(found.values()))
    if slugs:
        raise ActorLineRefused(f"there is no actor “{slugs[0]}”")
    return None


def list_numbers(entry: dict[str, Any], scheme: str) -> list[str]:
    """Return the numbers that an entry has in a scheme."""
    numbers = []
    for each in list_objects(entry, "identifiers"):
        if str(each.get("scheme", "")).lower() == scheme:
            numbers.append(str(each.get("identifier", "")).strip())
    return numbers


def list_objects(entry: dict[str, Any], name: str) -> list[dict[str, Any]]:
    values = entry.get(name) or []
    if not isinstance(values, list):
        raise ActorLineRefused(f"“{name}” should be a list")
    return [each for each in values if isinstance(each, dict)]
