"""Quotes inside quotes that one pass over the article misses: contents with words of reporting are read again by themselves.

No corpus at hand has quotes inside quotes, so inside a content the encoder is shy of cues. The same words, read as if they
were the article, show them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.details.acts import ACT_OF_NOUN, ACT_OF_VERB, LEMMAS
from claims.extraction.encoder.encoded import Encoded
from claims.extraction.encoder.session import Encoder
from claims.extraction.lexicon.words import WORD, word_set
from claims.extraction.quotes.finding import Found, find_quotes
from claims.extraction.quotes.hearers import hears, teller
from claims.extraction.quotes.selection import LEAST_NESTED, LEAST_TOLD_BY, TELLING, least_nested, tells
from claims.extraction.schema import Span
from claims.extraction.speakers.pronouns import FIRST
from claims.extraction.text.phrases import PHRASE, Rule
from claims.extraction.text.quotation import quoted_characters

DEEPEST = 5  # rounds of reading again: an end to texts made to have none
NATIONS = frozenset(["state", "states"])
THAT = re.compile(r"\s+that\b")
OTHERS = re.compile(r"\baccording\s+to\s|\bas\s+saying\s")
# Before "that" these tell what somebody holds for true; verbs do that are in the tables of acts.
HOLDING = frozenset(ACT_OF_NOUN) | word_set(
    "confident aware convinced concerned worried certain sure afraid scared optimistic hopeful evidence proof intelligence"
)
# Who knows of something; the encoder reads few such cues, and is not sure of them.
EVIDENT = Rule(
    rf"(?P<who>{PHRASE})\s(?P<cue>(?:(?:also|already|now)\s)?(?:has|have|had)\s"
    r"(?:(?:clear|strong|solid|new|credible|hard|some|enough|ample|secret|reliable)\s)*(?:evidence|proof|intelligence|information))"
    r"\s(?P<what>that\s\S.*)"
)
AS_SAYING = Rule(rf"(?P<who>{PHRASE})(?:,\s[^,.;:\n]{{2,60}},)?\s(?P<cue>as\ssaying)(?:\son\s\w+)?[:,]?\s(?P<what>\S.*)")
CONJUNCTION = re.compile(r"that\s+(?=\w)", re.I)
MARKS = "\"“”‘’'«»"
LOOSE = " \t\r\n" + MARKS


def read_again(found: Sequence[Found], text: str, encoder: Encoder) -> list[Found]:
    """The quotes `found` and those that their contents hold when read by themselves, and so on inwards, in order."""
    made = list(found)
    taken = {at for quote in found for at in range(quote.cue.start, quote.cue.end)}
    outer = made
    for _ in range(DEEPEST):
        contents = sorted({bare(c, text) for quote in outer for c in quote.contents})
        contents = [content for content in contents if reports_more(content, text, taken)]
        reading = [encoder.begin(encoder.words(content.of(text)), urgent=True) for content in contents]
        outer = []
        for content, outcome in zip(contents, reading, strict=True):
            for quote in (*inside(content, outcome(), text, encoder), *evident(content, text)):
                cue = range(quote.cue.start, quote.cue.end)
                if taken.isdisjoint(cue):
                    taken.update(cue)
                    outer.append(quote)
        made += outer
    return sorted(made, key=lambda quote: quote.cue)


def bare(content: Span, text: str) -> Span:
    """The content without the marks around it, so that it is not taken for a quotation as a whole.

    A mark at the end alone closes a quotation inside the content, and stays.
    """
    words = content.of(text).rstrip()
    before = len(words) - len(words.lstrip(LOOSE))
    if conjunction := CONJUNCTION.match(words, before):
        before = conjunction.end()
    after = len(words) - len(words.rstrip(LOOSE)) if words.lstrip()[:1] in MARKS else 0
    return Span(content.start + before, content.start + len(words) - after) if before < len(words) else content


def reports_more(content: Span, text: str, taken: set[int]) -> bool:
    """Whether a word of reporting stands in the content that is no cue yet, and not of the speaker's own ("I said").

    More words do so before "that": "its view that", "is aware that".
    """
    if OTHERS.search(text, content.start, content.end):
        return True
    before = ""
    for match in WORD.finditer(text, content.start, content.end):
        word = match[0]
        lemma = LEMMAS.get(word)
        that = (lemma in ACT_OF_VERB or word in HOLDING) and THAT.match(text, match.end())
        reports = that or (lemma in TELLING and word not in NATIONS)
        if reports and match.start() not in taken and before not in FIRST:
            return True
        before = word.casefold()
    return False


def inside(content: Span, encoded: Encoded, text: str, encoder: Encoder) -> Iterator[Found]:
    """What a content says that somebody reports, in a word of reporting."""
    words = content.of(text)
    for quote in find_quotes(encoded, encoder.confidence, words, quoted_characters(words)):
        if states(quote, words):
            yield moved(quote, content.start)


def evident(content: Span, text: str) -> Iterator[Found]:
    """ "The US" | "had evidence" | "that …", and "Bell" | "as saying" | "…", where a content says it."""
    words, at = content.of(text), content.start
    if found := EVIDENT.match(words) or AS_SAYING.match(words):
        who, cue, what = (Span(at + a, at + b) for a, b in (found.span("who"), found.span("cue"), found.span("what")))
        yield Found(who, cue, (what,), LEAST_NESTED)


def states(quote: Found, words: str) -> bool:
    """Whether something is told to have been said, or somebody to hold it for true: "is confident" | "that …"."""
    cue = quote.cue.of(words)
    if quote.source and hears(quote.source, quote.cue, words) and teller(quote, words):  # "he was told by the council"
        return quote.confidence >= LEAST_TOLD_BY
    if quote.confidence < least_nested(cue):
        return False
    own = quote.source is None or quote.source.of(words).casefold() in FIRST
    return tells(cue) or (not own and "hear" not in cue and quote.contents[0].of(words).startswith("that "))


def moved(quote: Found, by: int) -> Found:
    source, contents = quote.source, tuple(shifted(content, by) for content in quote.contents)
    return replace(quote, source=source and shifted(source, by), cue=shifted(quote.cue, by), contents=contents)


def shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
