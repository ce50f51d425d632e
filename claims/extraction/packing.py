"""Quotes in the bytes of spaCy: `doc.to_bytes()`, `DocBin(store_user_data=True)`, `nlp.pipe(…, n_process=2)`."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

import srsly

from claims.extraction.encoder.features import Words
from claims.extraction.schema import Attribution, Detail, RunnerUp, Span, Speaker

KEY = "newsroom"
KNOWN: dict[str, Any] = {kind.__name__: kind for kind in (Attribution, Detail, RunnerUp, Span, Speaker, Words)}
DATE = "date"


def packed(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    name = type(value).__name__
    if KNOWN.get(name) is type(value):
        return {KEY: name, "values": [getattr(value, field.name) for field in fields(value)]}
    if type(value) is date:
        return {KEY: DATE, "values": value.isoformat()}
    return value if chain is None else chain(value)


def unpacked(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    name = value.get(KEY) if isinstance(value, dict) else None
    if name == DATE:
        return date.fromisoformat(value["values"])
    if name in KNOWN:
        return KNOWN[name](*(tuple(each) if isinstance(each, list) else each for each in value["values"]))
    return value if chain is None else chain(value)


srsly.msgpack_encoders.register(KEY, func=packed)
srsly.msgpack_decoders.register(KEY, func=unpacked)
