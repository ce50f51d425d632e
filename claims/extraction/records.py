"""Attributions as JSON records, the format of `manage.py extract` and of the scorer."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from claims.extraction.schema import DETAIL_ROLES, Attribution, Span


class ArticleText(NamedTuple):
    """What is read for quotes: a text, and what its page says of it."""

    text: str
    published: date | None
    publisher: str = ""
    author: str = ""  # who "I" is outside all quotes, where the text names nobody


def build_record(attribution: Attribution) -> dict[str, Any]:
    """`source`, `cue`, `content`: lists of [start, end]; `actor` and `speaker` are the same name, or null if unknown."""
    speaker = attribution.speaker
    name = speaker.name if speaker else None
    return {
        "source": list_offsets((attribution.source,) if attribution.source else ()),
        "cue": list_offsets((attribution.cue,)),
        "content": list_offsets(attribution.contents),
        "actor": name,
        "speaker": name,
        "kind_of_actor": speaker.kind if speaker else None,
        "actor_confidence": speaker.confidence if speaker else None,
        "actor_method": speaker.method if speaker else None,
        "kind": attribution.kind,
        "act": attribution.act,
        "confidence": attribution.confidence,
        "act_confidence": attribution.act_confidence,
        "runners_up": [asdict(other) for other in speaker.runners_up] if speaker else [],
        "within": [attribution.within.start, attribution.within.end]
        if attribution.within
        else None,
        "about": [{"name": actor.name, "kind": actor.kind} for actor in attribution.about],
        "said_on": attribution.said_on.isoformat() if attribution.said_on else None,
        **{
            role: list_offsets(tuple(d.span for d in attribution.details if d.role == role))
            for role in DETAIL_ROLES
        },
    }


def read_article_record(record: dict[str, Any]) -> ArticleText:
    """Text, date, publisher and author of a document; what beside the text is not as it should be is left out."""
    day, publisher, author = record.get("date"), record.get("publisher"), record.get("author")
    try:
        published = date.fromisoformat(day) if isinstance(day, str) else None
    except ValueError:
        published = None
    return ArticleText(
        record["text"],
        published,
        publisher if isinstance(publisher, str) else "",
        author if isinstance(author, str) else "",
    )


def list_offsets(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def read_records(path: Path) -> Iterator[tuple[int, dict[str, Any] | ValueError]]:
    """Line numbers and documents of a JSON Lines file (`.gz` too); a bad line comes as the error that says why."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield number, check_record(json.loads(line))
                except (ValueError, RecursionError) as error:
                    yield number, ValueError(str(error))


def check_record(record: Any) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    if not isinstance(record.get("id"), str | int):
        raise ValueError('no "id", or neither a string nor a number')
    if not isinstance(record.get("text"), str):
        raise ValueError('no "text", or not a string')
    record["text"].encode()  # a lone surrogate is no character, and raises a ValueError
    return record
