"""Pairs of quotes as JSON records, in and out."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from claims.extraction.schema import Span
from claims.relating.utterances import PairReading, Utterance


class BrokenPair(ValueError):
    """Why a record is no pair of quotes; the message names the side and the field."""


def read_pair_lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | ValueError]]:
    """Yield the line numbers and records of a JSON Lines file, which may be compressed (`.gz`).

    A bad line comes as the error that says why; empty lines are left out.
    """
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, ValueError(str(error))
                continue
            if not isinstance(record, dict):
                yield number, ValueError("not a JSON object")
            elif not isinstance(record.get("id"), str | int):
                yield number, ValueError('no "id", or neither a string nor a number')
            else:
                yield number, record


def read_pair_record(
    record: Mapping[str, Any], articles: Mapping[str, Utterance]
) -> tuple[Utterance, Utterance]:
    """Return the two quotes of a record `{"id", "a", "b"}`.

    `articles` has for each article's key a quote without content, of which text and day are taken.
    """
    return read_side(record, "a", articles), read_side(record, "b", articles)


def read_side(record: Mapping[str, Any], side: str, articles: Mapping[str, Utterance]) -> Utterance:
    """Return one quote of a pair. Raises `BrokenPair` where it is none of its article."""
    quote = record.get(side)
    if not isinstance(quote, dict):
        raise BrokenPair(f"{side}: it is not a JSON object")
    key = quote.get("article")
    article = articles.get(key) if isinstance(key, str) else None
    if article is None:
        raise BrokenPair(f"{side}: article: there is none of the key {key!r}")
    content = tuple(read_spans(side, quote.get("spans"), len(article.text)))
    cue = find_words(article.text, quote.get("cue"), content[0])
    source = find_words(article.text, quote.get("source"), content[0])
    return Utterance(
        text=article.text,
        content=content,
        cue=cue,
        source=(source,) if source else (),
        speaker=read_speaker(quote),
        article=article.article,
        published=article.published,
    )


def read_spans(side: str, spans: Any, size: int) -> list[Span]:
    if not isinstance(spans, list) or not spans:
        raise BrokenPair(f"{side}: spans: it is no list of spans")
    return [read_span(side, offsets, size) for offsets in spans]


def read_span(side: str, offsets: Any, size: int) -> Span:
    is_pair = isinstance(offsets, list) and len(offsets) == 2
    start, end = offsets if is_pair else (None, None)
    if type(start) is not int or type(end) is not int:
        raise BrokenPair(f"{side}: spans: a span is two whole numbers, [start, end]")
    if not 0 <= start < end <= size:
        raise BrokenPair(
            f"{side}: spans: [{start}, {end}] is no span of a text of {size} characters"
        )
    return Span(start, end)


def read_speaker(quote: Mapping[str, Any]) -> str:
    """Return whom the quote is credited to, "" where nobody is named."""
    for field in ("speaker", "engine_speaker"):
        name = quote.get(field)
        if isinstance(name, str) and name:
            return name
    return ""


def find_words(text: str, words: Any, content: Span) -> Span | None:
    """Return where words of a text stand nearest to a content, or None where they do not."""
    if not isinstance(words, str) or not words:
        return None
    nearest = None
    start = text.find(words)
    while start >= 0:
        distance = abs(start - content.start)
        if nearest is None or distance < abs(nearest - content.start):
            nearest = start
        start = text.find(words, start + 1)
    return None if nearest is None else Span(nearest, nearest + len(words))


def build_reading_record(name: Any, reading: PairReading) -> dict[str, Any]:
    return {
        "id": name,
        "same_words": round(reading.same_words, 4),
        "same_claim": round(reading.same_claim, 4),
        "relation": reading.relation,
        "automatic": reading.automatic,
    }
