"""Datelines, "DHAKA: At least 12 people drowned": where a report was written says nothing."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.labels import ENTITY_LABELS
from claims.extraction.lexicon.persons import PERSON_NOUNS
from claims.extraction.lexicon.places import REPORTING_CITIES, STATE_OF_CAPITAL, STATE_OF_NAME
from claims.extraction.lexicon.words import word_set
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text

PLACE_IN_DATELINE = r"[^\W\d_][\w.'’-]*(?:[ \u00a0][A-Z][\w.'’-]*){0,3}"
MONTH_IN_DATELINE = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DAY_IN_DATELINE = (
    rf"(?:{MONTH_IN_DATELINE}[ \u00a0]\d{{1,2}}|\d{{1,2}}[ \u00a0]{MONTH_IN_DATELINE})"
    r"(?:,?[ \u00a0]\d{4})?"
)
DATELINE = re.compile(
    rf"(?P<place>{PLACE_IN_DATELINE}(?:,[ \u00a0]{PLACE_IN_DATELINE}){{0,2}})"
    rf"(?P<day>,?[ \u00a0]{DAY_IN_DATELINE})?"
    r"(?P<agency>[ \u00a0]?[(/][^()/\n]{2,40}[)/])?"
    r"[ \u00a0]?(?:(?::|--?)[ \u00a0]+|[—–][ \u00a0]*)(?=[\"“‘'A-Z])"
)
LONGEST_DATELINE = 120  # characters
PARAGRAPHS_WITH_DATELINE = 4  # paragraphs within which a report has its dateline
FEWEST_WORDS_AFTER_DATELINE = 8  # of the sentence that follows; a headline may have fewer
SHORTEST_UNKNOWN_PLACE = 4  # characters
NEWS_AGENCIES = word_set(
    """ap afp reuters xinhua bernama tass interfax yonhap kyodo dpa pti ani ians upi efe ips antara
    anadolu aa nan gna app bss unb apa ansa cna petra spa kuna wam mena"""
)
LOCATION_LABEL = ENTITY_LABELS.index("B-LOC")
NO_ENTITY_LABEL = ENTITY_LABELS.index("O")
SPEAKER_AFTER_QUOTATION = re.compile(r"[,.!?][\"”’]\s+\w")


def list_datelines(encoded: EncodedText, text: Text) -> list[Span]:
    """Return the dateline of a text, with the mark that ends it.

    It has one or none: where several lines look like one, they are the labels of those who speak.
    """
    datelines = []
    for start, end in text.paragraphs[:PARAGRAPHS_WITH_DATELINE]:
        match = DATELINE.match(text, start, min(end, start + LONGEST_DATELINE))
        if match is None or not is_report_after_dateline(text[match.end() : end]):
            continue
        if is_place_of_dateline(match, encoded, text):
            datelines.append(Span(start, match.end()))
    return datelines if len(datelines) == 1 else []


def is_report_after_dateline(rest: str) -> bool:
    """Return whether the rest of a paragraph is a sentence of a report.

    A quotation that is all there is would be what the place says.
    """
    words = rest.split(None, FEWEST_WORDS_AFTER_DATELINE)
    if len(words) < FEWEST_WORDS_AFTER_DATELINE or rest.rstrip()[-1] not in '.!?”"’':
        return False
    return rest[0] not in "\"“‘'" or SPEAKER_AFTER_QUOTATION.search(rest) is not None


def is_place_of_dateline(match: re.Match[str], encoded: EncodedText, text: str) -> bool:
    """Return whether what looks like a dateline begins with a place.

    That is a known city or what the encoder takes for a place; or else what the encoder takes for
    nothing, before a news agency, or at the very top in capitals and no name of an office.
    """
    place = match["place"].split(",")[0]
    name = place.casefold()
    label = find_label_of_word(match.start(), encoded)
    if name in STATE_OF_NAME and not place.isupper():
        return False
    if name in REPORTING_CITIES or name in STATE_OF_CAPITAL or label == LOCATION_LABEL:
        return True
    if label != NO_ENTITY_LABEL:
        return False
    agency = (match["agency"] or "").strip(" ()/").casefold()
    if agency in NEWS_AGENCIES:
        return True
    is_at_top = not text[: match.start()].strip()
    return is_at_top and is_unknown_place(place) and text.count(place) == 1


def find_label_of_word(at: int, encoded: EncodedText) -> int:
    """Return the number of the entity label of the first word from character `at` on."""
    word = int(np.searchsorted(encoded.words.start, at))
    if word >= len(encoded.words):
        return NO_ENTITY_LABEL
    return int(encoded.entities[word].argmax())


def is_unknown_place(place: str) -> bool:
    if not place.isupper() or len(place) < SHORTEST_UNKNOWN_PLACE:
        return False
    return place.split()[-1].casefold() not in PERSON_NOUNS


def remove_datelines(datelines: Sequence[Span], quote: FoundQuote) -> FoundQuote | None:
    """Return the quote without what stands in a dateline.

    None where its cue does, or nothing is left of its contents.
    """
    if not datelines:
        return quote
    if any(dateline.overlaps(quote.cue) for dateline in datelines):
        return None
    contents = []
    for content in quote.contents:
        rest = trim_dateline(datelines, content)
        if rest:
            contents.append(rest)
    if not contents:
        return None
    source = trim_dateline(datelines, quote.source) if quote.source else None
    return replace(quote, source=source, contents=tuple(contents))


def trim_dateline(datelines: Sequence[Span], span: Span) -> Span | None:
    """Return what of a span stands after the dateline that it touches; None where nothing does."""
    for dateline in datelines:
        if dateline.overlaps(span):
            return Span(dateline.end, span.end) if span.end > dateline.end else None
    return span
