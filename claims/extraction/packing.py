"""Quotes in the bytes of spaCy: `doc.to_bytes()`, `DocBin(store_user_data=True)`, `nlp.pipe(…, n_process=2)`."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

import srsly

from claims.extraction.encoder.features import Words
from claims.extraction.schema import Attribution, Detail, RunnerUp, Span, Speaker

PACKED_TYPE_KEY = "newsroom"
PACKED_TYPES: dict[str, Any] = {
    kind.__name__: kind for kind in (Attribution, Detail, RunnerUp, Span, Speaker, Words)
}
PACKED_DATE_TYPE = "date"


def pack_value(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    name = type(value).__name__
    if PACKED_TYPES.get(name) is type(value):
        return {
            PACKED_TYPE_KEY: name,
            "values": [getattr(value, field.name) for field in fields(value)],
        }
    if type(value) is date:
        return {PACKED_TYPE_KEY: PACKED_DATE_TYPE, "values": value.isoformat()}
    return value if chain is None else chain(value)


def unpack_value(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    name = value.get(PACKED_TYPE_KEY) if isinstance(value, dict) else None
    if name == PACKED_DATE_TYPE:
        return date.fromisoformat(value["values"])
    if name in PACKED_TYPES:
        return PACKED_TYPES[name](
            *(tuple(each) if isinstance(each, list) else each for each in value["values"])
        )
    return value if chain is None else chain(value)


srsly.msgpack_encoders.register(PACKED_TYPE_KEY, func=pack_value)
srsly.msgpack_decoders.register(PACKED_TYPE_KEY, func=unpack_value)
