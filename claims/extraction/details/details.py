"""The details of a quote: on what evidence it was said, to whom, against whom, when, how surely.

They are read from the words around the quote, within the sentence of its cue, by rules of general
news English. These are made to be right rather than to find everything: a wrong detail is worse
than none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from claims.extraction.details.addressees import find_addressee, list_addressees_in_chain
from claims.extraction.details.anonymity import find_reason_for_anonymity
from claims.extraction.details.bases import list_bases
from claims.extraction.details.hedges import list_hedges
from claims.extraction.details.occasions import (
    TIME_PHRASE,
    OccasionChain,
    list_occasion_chains,
    list_occasion_spans,
)
from claims.extraction.details.targets import find_target
from claims.extraction.schema import Act, Detail, DetailRole, Span
from claims.extraction.text.days import resolve_day
from claims.extraction.text.sentences import Sentence, build_sentence_around

REACH_OF_FUTURE = 40  # characters before a cue that may put it in the future

FUTURE_BEFORE_CUE = re.compile(
    r"(?:\b(?:will|shall"
    r"|(?:expected|set|due|scheduled|plan\w*|going|about|likely|ready)\sto)|['’]ll)"
    r"\s+(?:\w+\s+){0,2}\Z"
)
FUTURE_IN_CUE = re.compile(
    r"(?:will|would|['’]ll|(?:is|are|was|were)\s(?:expected|due|set|likely|scheduled)"
    r"|plans?|planned|expects?)\b"
)
POSSESSIVE_OF_DAY = re.compile(r"(day|morning|afternoon|evening|night)['’]s\b")


def find_details(
    text: str,
    source: Span | None,
    cue: Span,
    contents: tuple[Span, ...],
    act: Act,
    published: date | None,
) -> tuple[tuple[Detail, ...], date | None]:
    """Return the details of one quote, in the order of the text, and the day it was said, if told.

    Spans are of `text`. `act` is that of the cue; `published` is the day of the article, from which
    "on Tuesday" is reckoned. At most `REACH_OF_SENTENCE` characters on either side of the cue are
    read, and the contents. A cue outside the text has no details.
    """
    if cue.end > len(text):
        return (), None
    accusing = act == "accuse"
    sentence = build_sentence_around(text, source, cue, contents)
    target = find_target(sentence, text, accusing)
    addressee = None if target else find_addressee(sentence, text)
    objects = [span for span in (target, addressee) if span]
    sentence = blank_objects(sentence, objects)

    chains = find_chains(sentence, accusing)
    occasions: list[Span] = []
    addressees = [addressee] if addressee else []
    for chain in chains:
        occasions.extend(list_occasion_spans(sentence.line, chain))
        addressees.extend(list_addressees_in_chain(sentence.line, chain))
    known = [*occasions, *objects]

    details: set[Detail] = set()
    details.update(list_details_of_line(sentence, "target", [target] if target else []))
    details.update(list_details_of_line(sentence, "addressee", addressees))
    details.update(list_details_of_line(sentence, "occasion", occasions))
    for content in contents:
        details.update(Detail("hedge", hedge) for hedge in list_hedges(text, content))
    details.update(Detail("basis", basis) for basis in list_bases(sentence, text, known))
    reason = find_reason_for_anonymity(sentence, text, source, known)
    if reason:
        details.add(Detail("anonymity", reason))
    in_order = sorted(details, key=lambda detail: (detail.span, detail.role))
    return tuple(in_order), find_day_said(sentence, chains, published)


def blank_objects(sentence: Sentence, objects: Sequence[Span]) -> Sentence:
    """Return the sentence in which the objects after the cue are skipped: "told" ‖ "on Friday".

    One that a content takes along is blanked with it already.
    """
    for span in objects:
        is_in_content = any(content.overlaps(span) for content in sentence.contents)
        if span.start >= sentence.cue.end and not is_in_content:
            sentence = sentence.blank_phrase(span)
    return sentence


def find_chains(sentence: Sentence, accusing: bool) -> list[OccasionChain]:
    """Return each chain that tells when and where, once; none for what is still to be said."""
    if is_still_to_come(sentence):
        return []
    return list(dict.fromkeys(list_occasion_chains(sentence, accusing)))


def list_details_of_line(
    sentence: Sentence, role: DetailRole, spans: Iterable[Span]
) -> Iterator[Detail]:
    """Yield the details, in the text, for spans of the line."""
    for span in spans:
        yield Detail(role, sentence.locate_in_text(span.start, span.end))


def is_still_to_come(sentence: Sentence) -> bool:
    """Return whether the cue is of something still to be said."""
    cue = sentence.cue
    earliest = max(0, cue.start - REACH_OF_FUTURE)
    if FUTURE_BEFORE_CUE.search(sentence.line, earliest, cue.start):
        return True
    return FUTURE_IN_CUE.match(sentence.line, cue.start) is not None


def find_day_said(
    sentence: Sentence, chains: Sequence[OccasionChain], published: date | None
) -> date | None:
    """Return the one day that the occasions tell, or None where they tell two.

    None too in a quotation, whose "today" is another day.
    """
    if sentence.quoted:
        return None
    days: set[date] = set()
    for chain in chains:
        for phrase in chain:
            if phrase.kind in ("when", "venue"):
                days.update(list_days(sentence.line[phrase.start : phrase.end], published))
    return days.pop() if len(days) == 1 else None


def list_days(words: str, published: date | None) -> Iterator[date]:
    """Yield the days that a phrase names, also as "at Monday's debate"."""
    words = POSSESSIVE_OF_DAY.sub(r"\1", words)
    for expression in TIME_PHRASE.finditer(words):
        day = resolve_day(expression[0], published)
        if day:
            yield day
