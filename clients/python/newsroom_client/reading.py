"""JSON as the types of `models.py`. What a newer site sends besides is passed over."""

from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from newsroom_client.problems import Unreadable

Kind = TypeVar("Kind")


def read_row(kind: type[Kind], told: Any) -> Kind:
    """Return an object as its class. Raises `Unreadable` where it lacks a field or is none."""
    if not isinstance(told, dict):
        raise Unreadable(f"{kind.__name__} should be an object.")
    hints = list_hints(cast("Hashable", kind))
    values = {name: read_value(hints[name], told[name]) for name in hints if name in told}
    try:
        return kind(**values)
    except TypeError as error:
        raise Unreadable(f"{kind.__name__}: {error}") from error


@cache
def list_hints(kind: Any) -> dict[str, Any]:
    """Return the type of each field of a class, by its name."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def read_value(hint: Any, told: Any) -> Any:
    """Return a value of JSON as the type that a field has."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        if told is None:
            return None
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
        return read_value(hint, told)
    if origin is Literal:
        return told
    if origin is list:
        return [read_value(get_args(hint)[0], each) for each in told]
    if is_dataclass(hint):
        return read_row(hint, told)  # type: ignore[arg-type] # a class, no row
    return read_plain(hint, told)


def read_plain(hint: Any, told: Any) -> Any:
    try:
        if hint is datetime:
            return datetime.fromisoformat(told)
        if hint is date:
            return date.fromisoformat(told)
    except (TypeError, ValueError) as error:
        raise Unreadable(f"{told!r} is no {hint.__name__}.") from error
    return told
