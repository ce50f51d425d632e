"""Quotes in the bytes of spaCy, for `doc.to_bytes()`, `DocBin` and `nlp.pipe(…, n_process=2)`.

spaCy writes its user data with msgpack, which knows none of our types. Importing this module
teaches it to write them, as their name with the values of their fields, and to read them.
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

import srsly

from claims.extraction.encoder.features import Words
from claims.extraction.schema import Attribution, Detail, RunnerUp, Span, Speaker

PACKED_TYPE_KEY = "newsroom"
PACKED_TYPES: dict[str, Any] = {
    "Attribution": Attribution,
    "Detail": Detail,
    "RunnerUp": RunnerUp,
    "Span": Span,
    "Speaker": Speaker,
    "Words": Words,
}
PACKED_DATE_TYPE = "date"


def pack_value(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Return what msgpack can write for a value; what is not ours is left to the next encoder."""
    name = type(value).__name__
    if PACKED_TYPES.get(name) is type(value):
        values = [getattr(value, field.name) for field in fields(value)]
        return {PACKED_TYPE_KEY: name, "values": values}
    if type(value) is date:
        return {PACKED_TYPE_KEY: PACKED_DATE_TYPE, "values": value.isoformat()}
    return value if chain is None else chain(value)


def unpack_value(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Return the value that was packed; lists, which msgpack makes of tuples, are tuples again."""
    name = value.get(PACKED_TYPE_KEY) if isinstance(value, dict) else None
    if name == PACKED_DATE_TYPE:
        return date.fromisoformat(value["values"])
    if name in PACKED_TYPES:
        values = [tuple(item) if isinstance(item, list) else item for item in value["values"]]
        return PACKED_TYPES[name](*values)
    return value if chain is None else chain(value)


srsly.msgpack_encoders.register(PACKED_TYPE_KEY, func=pack_value)
srsly.msgpack_decoders.register(PACKED_TYPE_KEY, func=unpack_value)
