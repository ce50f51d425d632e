"""What the article tells of a quote besides who said what: on what evidence, to whom, against whom, when, how surely.

Read from the words around the quote, within the sentence of its cue; rules of general news English, made to be right rather
than to find everything: a wrong detail is worse than none.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from claims.extraction.details.addressees import told, told_on
from claims.extraction.details.anonymity import anonymity_of
from claims.extraction.details.bases import bases
from claims.extraction.details.hedges import hedges_in
from claims.extraction.details.occasions import WHENS, Chain, chains_of, occasion_spans
from claims.extraction.details.targets import accused
from claims.extraction.schema import Act, Detail, Span
from claims.extraction.text.days import day_of
from claims.extraction.text.sentences import Sentence, sentence_around

STILL_TO = re.compile(
    r"(?:\b(?:will|shall|(?:expected|set|due|scheduled|plan\w*|going|about|likely|ready)\sto)|['’]ll)\s+(?:\w+\s+){0,2}\Z"
)
TO_COME = re.compile(
    r"(?:will|would|['’]ll|(?:is|are|was|were)\s(?:expected|due|set|likely|scheduled)|plans?|planned|expects?)\b"
)
POSSESSIVE = re.compile(r"(day|morning|afternoon|evening|night)['’]s\b")


def details_of(
    text: str, source: Span | None, cue: Span, contents: tuple[Span, ...], act: Act, published: date | None
) -> tuple[tuple[Detail, ...], date | None]:
    """The details of one quote, as spans of `text` in their order, and the day it was said, where the article tells.

    `act` is the cue's; `published` is the day of the article, from which "on Tuesday" is reckoned. At most
    `sentences.REACH` characters on either side of the cue are read, and the contents. A cue outside the text has none.
    """
    if cue.end > len(text):
        return (), None
    sentence = sentence_around(text, source, cue, contents)
    target = accused(sentence, text, act == "accuse")
    addressee = None if target else told(sentence, text)
    objects = [span for span in (target, addressee) if span]
    sentence = with_objects(sentence, objects)
    chains = [] if still_to_come(sentence) else list(dict.fromkeys(chains_of(sentence, act == "accuse")))
    occasions = [span for chain in chains for span in occasion_spans(sentence.line, chain)]
    listeners = [span for chain in chains for span in told_on(sentence.line, chain)]
    found = {Detail("hedge", span) for content in contents for span in hedges_in(text, content)}
    found |= {Detail("target", sentence.in_text(target.start, target.end))} if target else set()
    found |= {Detail("addressee", sentence.in_text(s.start, s.end)) for s in (*listeners, *([addressee] if addressee else ()))}
    found |= {Detail("occasion", sentence.in_text(s.start, s.end)) for s in occasions}
    found |= set(cited_and_withheld(sentence, text, source, [*occasions, *objects]))
    return tuple(sorted(found, key=lambda detail: (detail.span, detail.role))), said_on(sentence, chains, published)


def with_objects(sentence: Sentence, objects: Sequence[Span]) -> Sentence:
    """The sentence in which the objects of the cue are no more read, but skipped: "told" ‖ "on Friday"."""
    for span in objects:
        if span.start >= sentence.cue.end and not any(content.overlaps(span) for content in sentence.contents):
            sentence = sentence.with_noun(span)
    return sentence


def cited_and_withheld(sentence: Sentence, text: str, source: Span | None, known: Sequence[Span]) -> Iterator[Detail]:
    yield from (Detail("basis", span) for span in bases(sentence, text, known))
    if reason := anonymity_of(sentence, text, source, known):
        yield Detail("anonymity", reason)


def still_to_come(sentence: Sentence) -> bool:
    """Whether the cue is of something still to be said."""
    line, cue = sentence.line, sentence.cue
    return bool(STILL_TO.search(line, max(0, cue.start - 40), cue.start) or TO_COME.match(line, cue.start))


def said_on(sentence: Sentence, chains: Sequence[Chain], published: date | None) -> date | None:
    """The one day that the occasions tell; none where they tell two, or in a quotation, whose "today" is another."""
    if sentence.quoted:
        return None
    items = (item for chain in chains for item in chain if item.kind in ("when", "venue"))
    phrases = (POSSESSIVE.sub(r"\1", sentence.line[item.start : item.end]) for item in items)  # "at Monday's debate"
    days = {day_of(found[0], published) for words in phrases for found in WHENS.finditer(words)} - {None}
    return days.pop() if len(days) == 1 else None
