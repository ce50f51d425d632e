"""The types of an OpenAPI schema as types of Python."""

from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any

Schema = dict[str, Any]

PLAIN_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
TYPES_OF_FORMATS = {"date": "date", "date-time": "datetime"}
COMPOSED = ("allOf", "anyOf", "oneOf")
NONE = "None"


def build_type(described: dict[str, Any]) -> str:
    """Return the type of a value, with `| None` where it may be null."""
    kinds = list(dict.fromkeys(list_types(described)))
    if NONE in kinds:
        kinds = [*(kind for kind in kinds if kind != NONE), NONE]
    return " | ".join(kinds)


def list_types(described: dict[str, Any]) -> Iterator[str]:
    """Yield each type that a value may have."""
    if "$ref" in described:
        yield name_of_reference(described["$ref"])
    elif parts := [each for name in COMPOSED for each in described.get(name, [])]:
        for each in parts:
            yield from list_types(each)
    elif "enum" in described:
        yield f"Literal[{', '.join(repr(value) for value in described['enum'])}]"
    else:
        kinds = described.get("type", "string")
        for kind in [kinds] if isinstance(kinds, str) else kinds:
            yield build_plain_type(kind, described)


def build_plain_type(kind: str, described: dict[str, Any]) -> str:
    if kind == "null":
        return NONE
    if kind == "array":
        return f"list[{build_type(described['items'])}]"
    if kind == "string":
        return TYPES_OF_FORMATS.get(described.get("format", ""), "str")
    return PLAIN_TYPES[kind]


def is_optional(described: dict[str, Any]) -> bool:
    return NONE in list_types(described)


def name_of_reference(reference: str) -> str:
    return reference.rpartition("/")[2]


def list_enums(schema: Schema) -> Iterator[tuple[str, list[str]]]:
    """Yield the sets of values that have a name."""
    for name, described in schema["components"]["schemas"].items():
        if "enum" in described:
            yield name, described["enum"]


def list_models(schema: Schema) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects, each after those within it: pages of a list are read by hand, and bodies
    are written as arguments.
    """
    bodies = set(list_bodies(schema))
    models = {}
    for name, described in schema["components"]["schemas"].items():
        if "properties" in described and name not in bodies and not name.startswith("Paginated"):
            models[name] = described
    within = {}
    for name, described in models.items():
        within[name] = [each for each in list_references(described) if each in models]
    for name in TopologicalSorter(within).static_order():
        yield name, models[name]


def list_references(described: Any) -> Iterator[str]:
    """Yield the names of what is within an object."""
    if isinstance(described, dict):
        if "$ref" in described:
            yield name_of_reference(described["$ref"])
        described = list(described.values())
    if isinstance(described, list):
        for each in described:
            yield from list_references(each)


def list_bodies(schema: Schema) -> Iterator[str]:
    """Yield the names of what is sent as a body."""
    for methods in schema["paths"].values():
        for operation in methods.values():
            for media in operation.get("requestBody", {}).get("content", {}).values():
                yield name_of_reference(media["schema"]["$ref"])


def describe_first(described: dict[str, Any]) -> str:
    """Return the first paragraph of a description, in one line."""
    written = str(described.get("description", ""))
    first = written.split("\n\n")[0]
    return "" if first.startswith("* `") else " ".join(first.split())
