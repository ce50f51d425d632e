"""Attributions as JSON records, the format of `manage.py extract` and of the scorer, and back."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from claims.extraction.schema import (
    ACTOR_KINDS,
    ACTS,
    DETAIL_ROLES,
    KINDS,
    Attribution,
    Detail,
    RunnerUp,
    Span,
    Speaker,
)
from claims.extraction.text.blocks import Block, read_blocks

Value = TypeVar("Value")

# What no text of a database holds: NUL, and halves of characters.
NO_CHARACTER = re.compile(r"[\x00\ud800-\udfff]")
# What a record says of its speaker: the names of the fields, and of those of `about`.
SPEAKER_FIELDS = (
    ("kind_of_actor", "kind"),
    ("actor_confidence", "confidence"),
    ("actor_method", "method"),
    ("actor_alone", "alone"),
    ("actor_mention", "mention"),
    ("actor_plural", "plural"),
)


class BrokenRecord(ValueError):
    """Why a record is no attribution of its text; the message says which record and which field."""


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
    about = [build_record_of_named(speaker) for speaker in attribution.about]
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
    names = ("actor", "speaker")
    if speaker is None:
        return dict.fromkeys((*names, *(field for field, _ in SPEAKER_FIELDS)))
    record: dict[str, Any] = dict.fromkeys(names, speaker.name)
    for field, attribute in SPEAKER_FIELDS:
        record[field] = getattr(speaker, attribute)
    return record


def build_record_of_named(speaker: Speaker) -> dict[str, Any]:
    """Return one whom a content names, with all that is known of it."""
    record = {"name": speaker.name}
    for _, attribute in SPEAKER_FIELDS:
        record[attribute] = getattr(speaker, attribute)
    return {**record, "runners_up": list_runners_up(speaker)}


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


# The way back


def read_attributions(records: Any, text: str) -> list[Attribution]:
    """Return the attributions of a text from the records that `build_record` made of them.

    Raises `BrokenRecord`, which names the record and the field, where one is none of this text.
    """
    if not isinstance(records, list):
        raise BrokenRecord("the attributions are not a list")
    attributions = []
    for number, record in enumerate(records, 1):
        try:
            attributions.append(read_attribution(record, len(text)))
        except BrokenRecord as error:
            raise BrokenRecord(f"attribution {number}: {error}") from None
    return attributions


def read_attribution(record: Any, size: int) -> Attribution:
    """Return the attribution of a record, in a text of so many characters."""
    if not isinstance(record, dict):
        raise BrokenRecord("it is not a JSON object")
    sources = read_spans(record, "source", size)
    cues = read_spans(record, "cue", size)
    contents = read_spans(record, "content", size)
    if len(sources) > 1 or len(cues) != 1 or not contents:
        raise BrokenRecord("it has one cue, one source at most, and a content at least")
    has_several = len(contents) > 1
    if has_several and any(first.end > second.start for first, second in pairwise(contents)):
        raise BrokenRecord("content: its spans overlap, or are not in the order of the text")
    return Attribution(
        source=sources[0] if sources else None,
        cue=cues[0],
        contents=tuple(contents),
        kind=read_one_of(record, "kind", KINDS),
        act=read_one_of(record, "act", ACTS),
        confidence=read_share(record, "confidence"),
        speaker=read_speaker(record),
        act_confidence=read_share(record, "act_confidence"),
        details=read_details(record, size),
        said_on=read_day_said(record),
        within=read_within(record, size),
        about=read_about(record),
    )


def read_speaker(record: dict[str, Any]) -> Speaker | None:
    """Return who said it, or None where the record names nobody."""
    if record.get("actor") is None:
        return None
    values = {attribute: record.get(field) for field, attribute in SPEAKER_FIELDS}
    values["name"] = record["actor"]
    values["runners_up"] = record.get("runners_up", [])
    try:
        return build_speaker(values)
    except BrokenRecord as error:
        raise BrokenRecord(f"actor: {error}") from None


def read_about(record: dict[str, Any]) -> tuple[Speaker, ...]:
    speakers = []
    for values in get_list(record, "about"):
        if not isinstance(values, dict):
            raise BrokenRecord("about: one is not a JSON object")
        try:
            speakers.append(build_speaker(values))
        except BrokenRecord as error:
            raise BrokenRecord(f"about: {error}") from None
    return tuple(speakers)


def build_speaker(values: dict[str, Any]) -> Speaker:
    """Return a speaker of these values, all of which are checked."""
    runners_up = []
    for other in get_list(values, "runners_up"):
        if not isinstance(other, dict):
            raise BrokenRecord("runners_up: one is not a JSON object")
        name = read_name(other, "name")
        kind = read_one_of(other, "kind", ACTOR_KINDS)
        runners_up.append(RunnerUp(name, kind, read_share(other, "confidence")))
    try:
        return Speaker(
            name=read_name(values, "name"),
            kind=read_one_of(values, "kind", ACTOR_KINDS),
            confidence=read_share(values, "confidence"),
            method=read_text(values, "method"),
            alone=read_flag(values, "alone"),
            mention=read_text(values, "mention"),
            plural=read_flag(values, "plural"),
            runners_up=tuple(runners_up),
        )
    except BrokenRecord:
        raise
    except ValueError as error:  # a runner-up is likelier than the speaker
        raise BrokenRecord(str(error)) from None


def read_details(record: dict[str, Any], size: int) -> tuple[Detail, ...]:
    """Return the details of all roles in the order of the text, as extraction gives them."""
    details = []
    for role in DETAIL_ROLES:
        if record.get(role) != []:  # mostly there is none
            details += [Detail(role, span) for span in read_spans(record, role, size)]
    return tuple(sorted(details, key=lambda detail: (detail.span, detail.role)))


def read_day_said(record: dict[str, Any]) -> date | None:
    value = record.get("said_on")
    day = read_date(value)
    if value is not None and day is None:
        raise BrokenRecord("said_on: it is no day, as YYYY-MM-DD")
    return day


def read_within(record: dict[str, Any], size: int) -> Span | None:
    offsets = record.get("within")
    return None if offsets is None else build_span("within", offsets, size)


def read_spans(record: dict[str, Any], field: str, size: int) -> list[Span]:
    return [build_span(field, offsets, size) for offsets in get_list(record, field)]


def build_span(field: str, offsets: Any, size: int) -> Span:
    """Return the span of [start, end] if it lies in a text of so many characters."""
    is_pair = isinstance(offsets, list) and len(offsets) == 2
    start, end = offsets if is_pair else (None, None)
    if type(start) is not int or type(end) is not int:
        raise BrokenRecord(f"{field}: a span is two whole numbers, [start, end]")
    if not 0 <= start < end <= size:
        raise BrokenRecord(f"{field}: [{start}, {end}] is no span of a text of {size} characters")
    return Span(start, end)


def get_list(record: dict[str, Any], field: str) -> list[Any]:
    """Return a list, which may be missing where there is nothing in it."""
    value = record.get(field, [])
    if not isinstance(value, list):
        raise BrokenRecord(f"{field}: it is not a list")
    return value


def read_one_of(record: dict[str, Any], field: str, values: Sequence[Value]) -> Value:
    """Return the value of a closed set that a field has."""
    found: Any = record.get(field)
    if found in values:
        return cast("Value", found)
    raise BrokenRecord(f"{field}: it is none of {', '.join(map(str, values))}")


def read_share(record: dict[str, Any], field: str) -> float:
    value: Any = record.get(field)
    is_number = type(value) in (int, float)
    if not is_number or not 0 <= value <= 1:
        raise BrokenRecord(f"{field}: it is no number from 0 to 1")
    return float(value)


def read_flag(record: dict[str, Any], field: str) -> bool:
    value = record.get(field)
    if not isinstance(value, bool):
        raise BrokenRecord(f"{field}: it is neither true nor false")
    return value


def read_name(record: dict[str, Any], field: str) -> str:
    name = read_text(record, field)
    if not name.strip():
        raise BrokenRecord(f"{field}: it is empty")
    return name


def read_text(record: dict[str, Any], field: str) -> str:
    """Return a text that can be stored: no NUL, no half of a character."""
    value = record.get(field)
    if not isinstance(value, str):
        raise BrokenRecord(f"{field}: it is not a text")
    has_no_character = "\x00" in value if value.isascii() else NO_CHARACTER.search(value)
    if has_no_character:
        raise BrokenRecord(f"{field}: it holds what is no character")
    return value


# Documents


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
