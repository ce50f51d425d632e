"""Datelines, "DHAKA: At least 12 people drowned": where a report was written, which is nobody who says it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from claims.extraction.encoder.encoded import Encoded
from claims.extraction.encoder.labels import ENTITIES
from claims.extraction.lexicon.places import CAPITALS, CITIES, STATES
from claims.extraction.lexicon.words import word_set
from claims.extraction.schema import Span
from claims.extraction.speakers.descriptors import PERSONS
from claims.extraction.text.quotation import paragraphs

if TYPE_CHECKING:
    from claims.extraction.quotes.finding import Found

PLACE = r"[^\W\d_][\w.'’-]*(?:[ \u00a0][A-Z][\w.'’-]*){0,3}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
LONGEST = 120  # characters
DAY = rf"(?:{MONTH}[ \u00a0]\d{{1,2}}|\d{{1,2}}[ \u00a0]{MONTH})(?:,?[ \u00a0]\d{{4}})?"
DATELINE = re.compile(
    rf"(?P<place>{PLACE}(?:,[ \u00a0]{PLACE}){{0,2}})(?P<day>,?[ \u00a0]{DAY})?"
    r"(?P<agency>[ \u00a0]?[(/][^()/\n]{2,40}[)/])?[ \u00a0]?(?:(?::|--?)[ \u00a0]+|[—–][ \u00a0]*)(?=[\"“‘'A-Z])"
)
AGENCIES = word_set(
    """ap afp reuters xinhua bernama tass interfax yonhap kyodo dpa pti ani ians upi efe ips antara anadolu aa nan gna app bss
    unb apa ansa cna petra spa kuna wam mena"""
)
WORDS = 8  # at least, in a sentence that follows; a headline may have fewer
FIRST = 4  # paragraphs within which a report has its dateline
LOCATION, NOTHING = ENTITIES.index("B-LOC"), ENTITIES.index("O")
CLOSED = re.compile(r"[,.!?][\"”’]\s+\w")  # a quotation after which somebody is named


def datelines(encoded: Encoded, text: str) -> list[Span]:
    """The datelines of a text, each with its mark."""
    made = []
    for start, end in islice(paragraphs(text), FIRST):
        line = DATELINE.match(text, start, min(end, start + LONGEST))
        if line and tells(text[line.end() : end]) and is_place(line, encoded, text):
            made.append(Span(start, line.end()))
    return made if len(made) == 1 else []  # several are the labels of those who speak


def tells(rest: str) -> bool:
    """Whether a sentence follows, and no quotation that is all there is, which the place would say."""
    words = rest.split(None, WORDS)
    if len(words) < WORDS or rest.rstrip()[-1] not in '.!?”"’':
        return False
    return rest[0] not in "\"“‘'" or CLOSED.search(rest) is not None


def is_place(line: re.Match[str], encoded: Encoded, text: str) -> bool:
    """A known city or what the encoder takes for a place; else what is in capitals and no name or office, at the very top."""
    place = line["place"].split(",")[0]
    word = int(np.searchsorted(encoded.words.start, line.start()))
    kind = int(encoded.entities[word].argmax()) if word < len(encoded.words) else NOTHING
    if place.casefold() in STATES and not place.isupper():
        return False
    if place.casefold() in CITIES or place.casefold() in CAPITALS or kind == LOCATION:
        return True
    agency = (line["agency"] or "").strip(" ()/").casefold() in AGENCIES
    unknown = kind == NOTHING and place.isupper() and len(place) > 3 and place.split()[-1].casefold() not in PERSONS
    return kind == NOTHING and (agency or (unknown and not text[: line.start()].strip() and text.count(place) == 1))


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
