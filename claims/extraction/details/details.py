"""The details of a quote: on what evidence it was said, to whom, against whom, when, how surely.

They are read from the words around the quote, within the sentence of its cue, by rules of general
news English. These are made to be right rather than to find everything: a wrong detail is worse
than none.
"""

import re
from collections.abc import Iterator, Sequence
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
from claims.extraction.schema import Act, Detail, Span
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
    details_of_line = find_objects(sentence, text, accusing)
    sentence = blank_objects(sentence, details_of_line)
    chains = find_chains(sentence, accusing)
    for chain in chains:
        details_of_line.extend(list_details_of_chain(sentence.line, chain))
    known = [detail.span for detail in details_of_line]

    details = {move_to_text(detail, sentence) for detail in details_of_line}
    details.update(Detail("basis", basis) for basis in list_bases(sentence, text, known))
    reason = find_reason_for_anonymity(sentence, text, source, known)
    if reason:
        details.add(Detail("anonymity", reason))
    for content in contents:
        details.update(Detail("hedge", hedge) for hedge in list_hedges(text, content))
    in_order = sorted(details, key=lambda detail: (detail.span, detail.role))
    return tuple(in_order), find_day_said(sentence, chains, published)


def find_objects(sentence: Sentence, text: str, accusing: bool) -> list[Detail]:
    """Return, as spans of the line, the target of a cue or else its addressee, if it has either."""
    target = find_target(sentence, text, accusing)
    if target:
        return [Detail("target", target)]
    addressee = find_addressee(sentence, text)
    if addressee:
        return [Detail("addressee", addressee)]
    return []


def blank_objects(sentence: Sentence, objects: Sequence[Detail]) -> Sentence:
    """Return the sentence in which the objects after the cue are skipped: "told" ‖ "on Friday".

    One that a content takes along is blanked with it already.
    """
    for detail in objects:
        is_in_content = any(content.overlaps(detail.span) for content in sentence.contents)
        if detail.span.start >= sentence.cue.end and not is_in_content:
            sentence = sentence.blank_phrase(detail.span)
    return sentence


def list_details_of_chain(line: str, chain: OccasionChain) -> Iterator[Detail]:
    """Yield, as spans of the line, the occasions that a chain tells, and whom it names as told."""
    for occasion in list_occasion_spans(line, chain):
        yield Detail("occasion", occasion)
    for addressee in list_addressees_in_chain(line, chain):
        yield Detail("addressee", addressee)


def move_to_text(detail: Detail, sentence: Sentence) -> Detail:
    """Return a detail of the line as one of the text."""
    return Detail(detail.role, sentence.locate_in_text(detail.span.start, detail.span.end))


def find_chains(sentence: Sentence, accusing: bool) -> list[OccasionChain]:
    """Return each chain that tells when and where, once; none for what is still to be said."""
    if is_still_to_come(sentence):
        return []
    return list(dict.fromkeys(list_occasion_chains(sentence, accusing)))


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
