"""Attributions as JSON records, the format of `manage.py extract` and of the scorer."""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from claims.extraction.schema import DETAIL_ROLES, Attribution, Detail, Span, Speaker
from claims.extraction.text.blocks import Block, read_blocks


class ArticleText(NamedTuple):
    """What is read for quotes: a text, and what its page says of it."""

    text: str
    published: date | None
    publisher: str = ""
    author: str = ""  # who "I" is outside all quotes, where the text names nobody
    blocks: tuple[Block, ...] = ()  # headings, items and quotations that its page sets apart


def build_record(attribution: Attribution) -> dict[str, Any]:
    """Return the record of an attribution: spans as lists of [start, end], null for the unknown."""
    source = attribution.source
    within = attribution.within
    said_on = attribution.said_on
    about = [{"name": actor.name, "kind": actor.kind} for actor in attribution.about]
    return {
        "source": list_offsets([source] if source else []),
        "cue": list_offsets([attribution.cue]),
        "content": list_offsets(attribution.contents),
        **build_record_of_speaker(attribution.speaker),
        "kind": attribution.kind,
        "act": attribution.act,
        "confidence": attribution.confidence,
        "act_confidence": attribution.act_confidence,
        "runners_up": list_runners_up(attribution.speaker),
        "within": [within.start, within.end] if within else None,
        "about": about,
        "said_on": said_on.isoformat() if said_on else None,
        **build_record_of_details(attribution.details),
    }


def build_record_of_speaker(speaker: Speaker | None) -> dict[str, Any]:
    """Return who said it; the name comes twice, as scorer and gold data call it `speaker`."""
    if speaker is None:
        fields = ("actor", "speaker", "kind_of_actor", "actor_confidence", "actor_method")
        return dict.fromkeys(fields)
    return {
        "actor": speaker.name,
        "speaker": speaker.name,
        "kind_of_actor": speaker.kind,
        "actor_confidence": speaker.confidence,
        "actor_method": speaker.method,
    }


def list_runners_up(speaker: Speaker | None) -> list[dict[str, Any]]:
    """Return the others that the source may refer to, the likeliest first."""
    if speaker is None:
        return []
    return [asdict(runner_up) for runner_up in speaker.runners_up]


def build_record_of_details(details: tuple[Detail, ...]) -> dict[str, list[list[int]]]:
    """Return the spans of each role of details, also of those that there are none of."""
    record: dict[str, list[list[int]]] = {}
    for role in DETAIL_ROLES:
        spans = [detail.span for detail in details if detail.role == role]
        record[role] = list_offsets(spans)
    return record


def list_offsets(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def read_article_record(record: dict[str, Any]) -> ArticleText:
    """Return the text of a document, with its date, publisher and author where those are valid."""
    published = read_date(record.get("date"))
    publisher = record.get("publisher")
    author = record.get("author")
    return ArticleText(
        record["text"],
        published,
        publisher if isinstance(publisher, str) else "",
        author if isinstance(author, str) else "",
        read_blocks(record.get("blocks"), record["text"]),
    )


def read_date(value: Any) -> date | None:
    """Return the day of an ISO date, or None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def read_records(path: Path) -> Iterator[tuple[int, dict[str, Any] | ValueError]]:
    """Yield the line numbers and documents of a JSON Lines file, which may be compressed (`.gz`).

    A bad line comes as the error that says why; empty lines are left out.
    """
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield number, check_record(json.loads(line))
            except (ValueError, RecursionError) as error:
                yield number, ValueError(str(error))


def check_record(record: Any) -> dict[str, Any]:
    """Return a record that is a document, or raise a `ValueError` that says what it lacks."""
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    if not isinstance(record.get("id"), str | int):
        raise ValueError('no "id", or neither a string nor a number')
    if not isinstance(record.get("text"), str):
        raise ValueError('no "text", or not a string')
    record["text"].encode()  # a lone surrogate is no character, and raises a ValueError
    return record
