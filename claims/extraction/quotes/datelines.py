"""Datelines, "DHAKA: At least 12 people drowned": where a report was written, which is nobody who says it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.labels import ENTITY_LABELS
from claims.extraction.lexicon.persons import PERSON_NOUNS
from claims.extraction.lexicon.places import REPORTING_CITIES, STATE_OF_CAPITAL, STATE_OF_NAME
from claims.extraction.lexicon.words import word_set
from claims.extraction.schema import Span
from claims.extraction.text.quotation import list_paragraphs

if TYPE_CHECKING:
    from claims.extraction.quotes.finding import FoundQuote

PLACE_IN_DATELINE = r"[^\W\d_][\w.'’-]*(?:[ \u00a0][A-Z][\w.'’-]*){0,3}"
MONTH_IN_DATELINE = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
LONGEST_DATELINE = 120  # characters
DAY_IN_DATELINE = rf"(?:{MONTH_IN_DATELINE}[ \u00a0]\d{{1,2}}|\d{{1,2}}[ \u00a0]{MONTH_IN_DATELINE})(?:,?[ \u00a0]\d{{4}})?"
DATELINE = re.compile(
    rf"(?P<place>{PLACE_IN_DATELINE}(?:,[ \u00a0]{PLACE_IN_DATELINE}){{0,2}})(?P<day>,?[ \u00a0]{DAY_IN_DATELINE})?"
    r"(?P<agency>[ \u00a0]?[(/][^()/\n]{2,40}[)/])?[ \u00a0]?(?:(?::|--?)[ \u00a0]+|[—–][ \u00a0]*)(?=[\"“‘'A-Z])"
)
NEWS_AGENCIES = word_set(
    """ap afp reuters xinhua bernama tass interfax yonhap kyodo dpa pti ani ians upi efe ips antara anadolu aa nan gna app bss
    unb apa ansa cna petra spa kuna wam mena"""
)
FEWEST_WORDS_AFTER_DATELINE = 8  # at least, in a sentence that follows; a headline may have fewer
PARAGRAPHS_WITH_DATELINE = 4  # paragraphs within which a report has its dateline
LOCATION_LABEL, NO_ENTITY_LABEL = ENTITY_LABELS.index("B-LOC"), ENTITY_LABELS.index("O")
SPEAKER_AFTER_QUOTATION = re.compile(
    r"[,.!?][\"”’]\s+\w"
)  # a quotation after which somebody is named


def list_datelines(encoded: EncodedText, text: str) -> list[Span]:
    """The datelines of a text, each with its mark."""
    made = []
    for start, end in islice(list_paragraphs(text), PARAGRAPHS_WITH_DATELINE):
        line = DATELINE.match(text, start, min(end, start + LONGEST_DATELINE))
        if (
            line
            and is_report_after_dateline(text[line.end() : end])
            and is_place_of_dateline(line, encoded, text)
        ):
            made.append(Span(start, line.end()))
    return made if len(made) == 1 else []  # several are the labels of those who speak


def is_report_after_dateline(rest: str) -> bool:
    """Whether a sentence follows, and no quotation that is all there is, which the place would say."""
    words = rest.split(None, FEWEST_WORDS_AFTER_DATELINE)
    if len(words) < FEWEST_WORDS_AFTER_DATELINE or rest.rstrip()[-1] not in '.!?”"’':
        return False
    return rest[0] not in "\"“‘'" or SPEAKER_AFTER_QUOTATION.search(rest) is not None


def is_place_of_dateline(line: re.Match[str], encoded: EncodedText, text: str) -> bool:
    """A known city or what the encoder takes for a place; else what is in capitals and no name or office, at the very top."""
    place = line["place"].split(",")[0]
    word = int(np.searchsorted(encoded.words.start, line.start()))
    kind = int(encoded.entities[word].argmax()) if word < len(encoded.words) else NO_ENTITY_LABEL
    if place.casefold() in STATE_OF_NAME and not place.isupper():
        return False
    if (
        place.casefold() in REPORTING_CITIES
        or place.casefold() in STATE_OF_CAPITAL
        or kind == LOCATION_LABEL
    ):
        return True
    agency = (line["agency"] or "").strip(" ()/").casefold() in NEWS_AGENCIES
    unknown = (
        kind == NO_ENTITY_LABEL
        and place.isupper()
        and len(place) > 3
        and place.split()[-1].casefold() not in PERSON_NOUNS
    )
    return kind == NO_ENTITY_LABEL and (
        agency or (unknown and not text[: line.start()].strip() and text.count(place) == 1)
    )


def remove_datelines(lines: Sequence[Span], quote: "FoundQuote") -> "FoundQuote | None":
    """The quote without what stands in a dateline; None where its cue does, or nothing is left."""
    if any(line.overlaps(quote.cue) for line in lines):
        return None
    contents = tuple(span for content in quote.contents if (span := trim_dateline(lines, content)))
    source = trim_dateline(lines, quote.source) if quote.source else None
    return replace(quote, source=source, contents=contents) if contents else None


def trim_dateline(lines: Sequence[Span], span: Span) -> Span | None:
    for line in lines:
        if span.start < line.end and line.start < span.end:
            return Span(line.end, span.end) if span.end > line.end else None
    return span
