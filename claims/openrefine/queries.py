"""What a client asks: a batch of names, each perhaps with a type and with values of properties.

See https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from claims.models.refusals import Refused

MOST_QUERIES = 50  # of one batch
LONGEST_BATCH = 100_000  # characters
LONGEST_NAME = 300  # characters
MOST_NAMES = 300  # of one batch, with the further ones
MOST_PROPERTIES = 20  # of one query
MOST_VALUES = 20  # of one property, however often it is named
MOST_TYPES = 10
CANDIDATES_BY_DEFAULT = 5
MOST_CANDIDATES = 25
MOST_IDS_EXTENDED = 200
MOST_PROPERTIES_EXTENDED = 20
TYPE_MODES = ("any", "all", "should")


class QueryRefused(Refused):
    """Why a request cannot be answered, in words."""


@dataclass(frozen=True, slots=True)
class NameQuery:
    """One name whose actor is looked for.

    `kinds` are the types asked for; an actor of another one is no candidate, unless these are
    merely preferred. `items` are those of Wikidata that the client knows, `aliases` further names.
    """

    name: str
    kinds: tuple[str, ...] = ()
    are_kinds_preferred: bool = False
    limit: int = CANDIDATES_BY_DEFAULT
    items: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PropertyWanted:
    """A property whose values are wanted, and how many of them at most."""

    key: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """Which actors are to be extended by which properties."""

    slugs: tuple[str, ...]
    properties: tuple[PropertyWanted, ...]


def read_batch(written: str) -> dict[str, NameQuery]:
    """Return the queries of a batch by their keys. Raises `QueryRefused`."""
    batch = parse_object(written, "queries")
    if len(batch) > MOST_QUERIES:
        raise QueryRefused(f"A batch has {MOST_QUERIES} queries at most, not {len(batch)}.")
    queries = {key: read_query(key, asked) for key, asked in batch.items()}
    names = sum(1 + len(query.aliases) for query in queries.values())
    if names > MOST_NAMES:
        raise QueryRefused(f"A batch has {MOST_NAMES} names at most with aliases, not {names:,}.")
    return queries


def parse_object(written: str, parameter: str) -> dict[str, Any]:
    if len(written) > LONGEST_BATCH:
        raise QueryRefused(f"“{parameter}” is longer than {LONGEST_BATCH:,} characters.")
    try:
        parsed = json.loads(written)
    except (ValueError, RecursionError):
        raise QueryRefused(f"“{parameter}” is no JSON.") from None
    batch: dict[str, Any] = take(parsed, dict, f"“{parameter}”", "an object")
    return batch


def take(value: Any, kind: type | tuple[type, ...], where: str, what: str) -> Any:
    """Return a value that is of a kind. Raises `QueryRefused`."""
    if isinstance(value, kind) and not (isinstance(value, bool) and kind is int):
        return value
    raise QueryRefused(f"{where} should be {what}.")


def read_query(key: str, asked: Any) -> NameQuery:
    where = f"The query “{key[:40]}”"
    take(asked, dict, where, "an object")
    name = read_words(asked.get("query", ""), where)
    values = read_values(asked.get("properties") or [], where)
    if not name and not any(values.values()):
        raise QueryRefused(f"{where} has neither a “query” nor “properties”.")
    mode = asked.get("type_strict") or "any"
    if mode not in TYPE_MODES:
        raise QueryRefused(f"“type_strict” of {where} should be {', '.join(TYPE_MODES)}.")
    return NameQuery(
        name=name,
        kinds=read_types(asked.get("type") or [], where),
        are_kinds_preferred=mode == "should",
        limit=read_limit(asked.get("limit"), where),
        items=tuple(values.get("wikidata", ())),
        aliases=tuple(values.get("aliases", ())),
    )


def read_words(written: Any, where: str) -> str:
    """Return text that can be looked for. Raises `QueryRefused`."""
    text: str = take(written, str, f"The text of {where}", "a string")
    if len(text) > LONGEST_NAME:
        raise QueryRefused(f"{where} has a text of more than {LONGEST_NAME} characters.")
    if "\0" in text or not is_encodable(text):
        raise QueryRefused(f"{where} has a character that no text has.")
    return " ".join(text.split())


def is_encodable(text: str) -> bool:
    """Tell whether a text has no half of a pair of surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def read_types(written: Any, where: str) -> tuple[str, ...]:
    """Return the types asked for, given as one or several, each by its id."""
    types = written if isinstance(written, list) else [written]
    if len(types) > MOST_TYPES:
        raise QueryRefused(f"{where} has more than {MOST_TYPES} types.")
    found = []
    for each in types:
        value = each.get("id") if isinstance(each, dict) else each
        found.append(take(value, str, f"“type” of {where}", "the id of a type"))
    return tuple(found)


def read_limit(written: Any, where: str) -> int:
    if written is None:
        return CANDIDATES_BY_DEFAULT
    limit = take(written, (int, float), f"“limit” of {where}", "a number")
    if not 1 <= limit <= MOST_CANDIDATES:  # also what is no number by its name
        return 1 if limit < 1 else MOST_CANDIDATES
    return int(limit)


def read_values(written: Any, where: str) -> dict[str, list[str]]:
    """Return the values of properties that a query gives, as text, by their ids."""
    properties = take(written, list, f"“properties” of {where}", "a list")
    if len(properties) > MOST_PROPERTIES:
        raise QueryRefused(f"{where} has more than {MOST_PROPERTIES} properties.")
    values: dict[str, list[str]] = {}
    for each in properties:
        take(each, dict, f"A property of {where}", "an object")
        key = take(each.get("pid"), str, f"“pid” of {where}", "a string")
        given = each.get("v")
        listed = given if isinstance(given, list) else [given]
        known = values.setdefault(key, [])
        if len(known) + len(listed) > MOST_VALUES:
            raise QueryRefused(f"{where} has more than {MOST_VALUES} values of “{key[:40]}”.")
        for value in listed:
            named = value.get("id") if isinstance(value, dict) else value
            if named is not None:
                known.append(read_words(str(named), where))
    return values


# Data extension


def read_extension(written: str, is_known: Callable[[str], bool]) -> Extension:
    """Return what is to be extended; properties that are not known are refused."""
    asked = parse_object(written, "extend")
    slugs = take(asked.get("ids"), list, "“ids”", "a list")
    properties = take(asked.get("properties"), list, "“properties”", "a list")
    if len(slugs) > MOST_IDS_EXTENDED:
        raise QueryRefused(f"{MOST_IDS_EXTENDED} ids are extended at a time, not {len(slugs)}.")
    if len(properties) > MOST_PROPERTIES_EXTENDED:
        raise QueryRefused(f"{MOST_PROPERTIES_EXTENDED} properties are given at a time.")
    wanted = []
    for each in properties:
        take(each, dict, "A property", "an object")
        key = take(each.get("id"), str, "“id” of a property", "a string")
        if not is_known(key):
            raise QueryRefused(f"There is no property “{key[:40]}”.")
        wanted.append(PropertyWanted(key, read_setting(each.get("settings"))))
    return Extension(tuple(read_words(slug, "An id") for slug in slugs), tuple(wanted))


def read_setting(settings: Any) -> int | None:
    """Return how many values are wanted at most, as a form of the client has it."""
    if not isinstance(settings, dict) or settings.get("limit") in (None, ""):
        return None
    try:
        return max(int(settings["limit"]), 0) or None
    except (TypeError, ValueError, OverflowError):
        raise QueryRefused("“limit” of a property should be a number.") from None
