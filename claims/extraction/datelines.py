"""Datelines, "DHAKA: At least 12 people drowned": where a report was written, which is nobody who says it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from claims.extraction.encoded import Encoded
from claims.extraction.labels import ENTITIES
from claims.extraction.places import CAPITALS, STATES
from claims.extraction.quotation import paragraphs
from claims.extraction.schema import Span

if TYPE_CHECKING:
    from claims.extraction.quotes import Found

PLACE = r"[^\W\d_][\w.'’-]*(?:[ \u00a0][A-Z][\w.'’-]*){0,3}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DAY = rf"(?:{MONTH}[ \u00a0]\d{{1,2}}|\d{{1,2}}[ \u00a0]{MONTH})(?:,?[ \u00a0]\d{{4}})?"
DATELINE = re.compile(
    rf"(?P<place>{PLACE}(?:,[ \u00a0]{PLACE}){{0,2}})(?P<day>,?[ \u00a0]{DAY})?"
    r"(?P<agency>[ \u00a0]?[(/][^()/\n]{2,40}[)/])?[ \u00a0]?(?:(?::|--?)[ \u00a0]+|[—–][ \u00a0]*)(?=[\"“‘'A-Z])"
)
PROSE = re.compile(r"\s(?:\S+\s+){7,}\S*[.!?][\"”’]?\s*\Z")  # a sentence, not a headline
FIRST = 4  # paragraphs within which a report has its dateline
LOCATION = ENTITIES.index("B-LOC")
PERSON = ENTITIES.index("B-PER")


def datelines(encoded: Encoded, text: str) -> list[Span]:
    """The datelines of a text, each with its mark."""
    return list(found(encoded, text))


def found(encoded: Encoded, text: str) -> Iterator[Span]:
    for start, end in list(paragraphs(text))[:FIRST]:
        line = DATELINE.match(text, start, end)
        if line is None or not PROSE.search(text, line.end() - 1, end):
            continue
        place = line["place"].split(",")[0]
        word = int(np.searchsorted(encoded.words.start, start))
        kind = int(encoded.entities[word].argmax()) if word < len(encoded.words) else 0
        named = place.casefold() not in STATES and (place.casefold() in CAPITALS or kind == LOCATION)
        in_capitals = place.isupper() and len(place) > 3 and kind != PERSON and text.count(place) == 1
        if named or in_capitals or line["day"] or line["agency"]:
            yield Span(start, line.end())


def without(lines: Sequence[Span], quote: "Found") -> "Found | None":
    """The quote without what stands in a dateline; None where its cue does, or nothing is left."""
    if any(line.overlaps(quote.cue) for line in lines):
        return None
    contents = tuple(span for content in quote.contents if (span := after(lines, content)))
    source = after(lines, quote.source) if quote.source else None
    return replace(quote, source=source, contents=contents) if contents else None


def after(lines: Sequence[Span], span: Span) -> Span | None:
    for line in lines:
        if span.start < line.end and line.start < span.end:
            return Span(line.end, span.end) if span.end > line.end else None
    return span
