"""What the article tells of a quote besides who said what: on what evidence, to whom, against whom, when, how surely.

Read from the words around the quote, within the sentence of its cue; rules of general news English, made to be right rather
than to find everything: a wrong detail is worse than none.
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

FUTURE_BEFORE_CUE = re.compile(
    r"(?:\b(?:will|shall|(?:expected|set|due|scheduled|plan\w*|going|about|likely|ready)\sto)|['’]ll)\s+(?:\w+\s+){0,2}\Z"
)
FUTURE_IN_CUE = re.compile(
    r"(?:will|would|['’]ll|(?:is|are|was|were)\s(?:expected|due|set|likely|scheduled)|plans?|planned|expects?)\b"
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
    """The details of one quote, as spans of `text` in their order, and the day it was said, where the article tells.

    `act` is the cue's; `published` is the day of the article, from which "on Tuesday" is reckoned. At most
    `sentences.REACH` characters on either side of the cue are read, and the contents. A cue outside the text has none.
    """
    if cue.end > len(text):
        return (), None
    sentence = build_sentence_around(text, source, cue, contents)
    target = find_target(sentence, text, act == "accuse")
    addressee = None if target else find_addressee(sentence, text)
    objects = [span for span in (target, addressee) if span]
    sentence = mark_objects(sentence, objects)
    chains = (
        []
        if is_still_to_come(sentence)
        else list(dict.fromkeys(list_occasion_chains(sentence, act == "accuse")))
    )
    occasions = [span for chain in chains for span in list_occasion_spans(sentence.line, chain)]
    listeners = [
        span for chain in chains for span in list_addressees_in_chain(sentence.line, chain)
    ]
    found = {Detail("hedge", span) for content in contents for span in list_hedges(text, content)}
    found |= {Detail("target", sentence.in_text(target.start, target.end))} if target else set()
    found |= {
        Detail("addressee", sentence.in_text(s.start, s.end))
        for s in (*listeners, *([addressee] if addressee else ()))
    }
    found |= {Detail("occasion", sentence.in_text(s.start, s.end)) for s in occasions}
    found |= set(list_bases_and_anonymity(sentence, text, source, [*occasions, *objects]))
    return tuple(sorted(found, key=lambda detail: (detail.span, detail.role))), find_day_said(
        sentence, chains, published
    )


def mark_objects(sentence: Sentence, objects: Sequence[Span]) -> Sentence:
    """The sentence in which the objects of the cue are no more read, but skipped: "told" ‖ "on Friday"."""
    for span in objects:
        if span.start >= sentence.cue.end and not any(
            content.overlaps(span) for content in sentence.contents
        ):
            sentence = sentence.with_noun(span)
    return sentence


def list_bases_and_anonymity(
    sentence: Sentence, text: str, source: Span | None, known: Sequence[Span]
) -> Iterator[Detail]:
    yield from (Detail("basis", span) for span in list_bases(sentence, text, known))
    if reason := find_reason_for_anonymity(sentence, text, source, known):
        yield Detail("anonymity", reason)


def is_still_to_come(sentence: Sentence) -> bool:
    """Whether the cue is of something still to be said."""
    line, cue = sentence.line, sentence.cue
    return bool(
        FUTURE_BEFORE_CUE.search(line, max(0, cue.start - 40), cue.start)
        or FUTURE_IN_CUE.match(line, cue.start)
    )


def find_day_said(
    sentence: Sentence, chains: Sequence[OccasionChain], published: date | None
) -> date | None:
    """The one day that the occasions tell; none where they tell two, or in a quotation, whose "today" is another."""
    if sentence.quoted:
        return None
    items = (item for chain in chains for item in chain if item.kind in ("when", "venue"))
    phrases = (
        POSSESSIVE_OF_DAY.sub(r"\1", sentence.line[item.start : item.end]) for item in items
    )  # "at Monday's debate"
    days = {
        resolve_day(found[0], published)
        for words in phrases
        for found in TIME_PHRASE.finditer(words)
    } - {None}
    return days.pop() if len(days) == 1 else None
