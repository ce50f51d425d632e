"""Quotes inside quotes that one pass over the article misses: contents with words of reporting are read again by themselves.

No corpus at hand has quotes inside quotes, so inside a content the encoder is shy of cues. The same words, read as if they
were the article, show them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.session import Encoder
from claims.extraction.lexicon.pronouns import FIRST_PERSON_PRONOUNS
from claims.extraction.lexicon.verbs import ACT_OF_NOUN, ACT_OF_VERB, LEMMA_OF_FORM
from claims.extraction.lexicon.words import WORD_OF_LETTERS, word_set
from claims.extraction.quotes.finding import FoundQuote, find_quotes
from claims.extraction.quotes.hearers import find_teller, is_source_told
from claims.extraction.quotes.selection import (
    LEAST_CONFIDENCE_NESTED,
    LEAST_CONFIDENCE_TOLD_BY,
    TELLING_VERBS,
    get_least_confidence_nested,
    is_cue_of_saying,
)
from claims.extraction.schema import Span
from claims.extraction.text.phrases import NOUN_PHRASE, PhraseRule
from claims.extraction.text.quotation import mark_quoted_characters

MOST_ROUNDS_OF_READING = 5  # rounds of reading again: an end to texts made to have none
NOUNS_LIKE_REPORTING_VERBS = frozenset(["state", "states"])
THAT_AFTER_WORD = re.compile(r"\s+that\b")
ATTRIBUTION_TO_OTHERS = re.compile(r"\baccording\s+to\s|\bas\s+saying\s")
# Before "that" these tell what somebody holds for true; verbs do that are in the tables of acts.
WORDS_OF_HOLDING_TRUE = frozenset(ACT_OF_NOUN) | word_set(
    "confident aware convinced concerned worried certain sure afraid scared optimistic hopeful evidence proof intelligence"
)
# Who knows of something; the encoder reads few such cues, and is not sure of them.
HAS_EVIDENCE_THAT = PhraseRule(
    rf"(?P<who>{NOUN_PHRASE})\s(?P<cue>(?:(?:also|already|now)\s)?(?:has|have|had)\s"
    r"(?:(?:clear|strong|solid|new|credible|hard|some|enough|ample|secret|reliable)\s)*(?:evidence|proof|intelligence|information))"
    r"\s(?P<what>that\s\S.*)"
)
SPEAKER_AS_SAYING = PhraseRule(
    rf"(?P<who>{NOUN_PHRASE})(?:,\s[^,.;:\n]{{2,60}},)?\s(?P<cue>as\ssaying)(?:\son\s\w+)?[:,]?\s(?P<what>\S.*)"
)
THAT_AT_START = re.compile(r"that\s+(?=\w)", re.I)
QUOTATION_MARKS = "\"“”‘’'«»"
SPACES_AND_QUOTATION_MARKS = " \t\r\n" + QUOTATION_MARKS


def add_inner_quotes(found: Sequence[FoundQuote], text: str, encoder: Encoder) -> list[FoundQuote]:
    """The quotes `found` and those that their contents hold when read by themselves, and so on inwards, in order."""
    made = list(found)
    taken = {at for quote in found for at in range(quote.cue.start, quote.cue.end)}
    outer = made
    for _ in range(MOST_ROUNDS_OF_READING):
        contents = sorted({strip_marks(c, text) for quote in outer for c in quote.contents})
        contents = [content for content in contents if has_unread_report(content, text, taken)]
        reading = [
            encoder.begin(encoder.words(content.of(text)), urgent=True) for content in contents
        ]
        outer = []
        for content, outcome in zip(contents, reading, strict=True):
            for quote in (
                *list_quotes_inside_content(content, outcome(), text, encoder),
                *list_quotes_by_inner_rules(content, text),
            ):
                cue = range(quote.cue.start, quote.cue.end)
                if taken.isdisjoint(cue):
                    taken.update(cue)
                    outer.append(quote)
        made += outer
    return sorted(made, key=lambda quote: quote.cue)


def strip_marks(content: Span, text: str) -> Span:
    """The content without the marks around it, so that it is not taken for a quotation as a whole.

    A mark at the end alone closes a quotation inside the content, and stays.
    """
    words = content.of(text).rstrip()
    before = len(words) - len(words.lstrip(SPACES_AND_QUOTATION_MARKS))
    if conjunction := THAT_AT_START.match(words, before):
        before = conjunction.end()
    after = (
        len(words) - len(words.rstrip(SPACES_AND_QUOTATION_MARKS))
        if words.lstrip()[:1] in QUOTATION_MARKS
        else 0
    )
    return (
        Span(content.start + before, content.start + len(words) - after)
        if before < len(words)
        else content
    )


def has_unread_report(content: Span, text: str, taken: set[int]) -> bool:
    """Whether a word of reporting stands in the content that is no cue yet, and not of the speaker's own ("I said").

    More words do so before "that": "its view that", "is aware that".
    """
    if ATTRIBUTION_TO_OTHERS.search(text, content.start, content.end):
        return True
    before = ""
    for match in WORD_OF_LETTERS.finditer(text, content.start, content.end):
        word = match[0]
        lemma = LEMMA_OF_FORM.get(word)
        that = (lemma in ACT_OF_VERB or word in WORDS_OF_HOLDING_TRUE) and THAT_AFTER_WORD.match(
            text, match.end()
        )
        reports = that or (lemma in TELLING_VERBS and word not in NOUNS_LIKE_REPORTING_VERBS)
        if reports and match.start() not in taken and before not in FIRST_PERSON_PRONOUNS:
            return True
        before = word.casefold()
    return False


def list_quotes_inside_content(
    content: Span, encoded: EncodedText, text: str, encoder: Encoder
) -> Iterator[FoundQuote]:
    """What a content says that somebody reports, in a word of reporting."""
    words = content.of(text)
    for quote in find_quotes(encoded, encoder.confidence, words, mark_quoted_characters(words)):
        if is_statement(quote, words):
            yield move_quote(quote, content.start)


def list_quotes_by_inner_rules(content: Span, text: str) -> Iterator[FoundQuote]:
    """ "The US" | "had evidence" | "that …", and "Bell" | "as saying" | "…", where a content says it."""
    words, at = content.of(text), content.start
    if found := HAS_EVIDENCE_THAT.match(words) or SPEAKER_AS_SAYING.match(words):
        who, cue, what = (
            Span(at + a, at + b)
            for a, b in (found.span("who"), found.span("cue"), found.span("what"))
        )
        yield FoundQuote(who, cue, (what,), LEAST_CONFIDENCE_NESTED)


def is_statement(quote: FoundQuote, words: str) -> bool:
    """Whether something is told to have been said, or somebody to hold it for true: "is confident" | "that …"."""
    cue = quote.cue.of(words)
    if (
        quote.source
        and is_source_told(quote.source, quote.cue, words)
        and find_teller(quote, words)
    ):  # "he was told by the council"
        return quote.confidence >= LEAST_CONFIDENCE_TOLD_BY
    if quote.confidence < get_least_confidence_nested(cue):
        return False
    own = quote.source is None or quote.source.of(words).casefold() in FIRST_PERSON_PRONOUNS
    return is_cue_of_saying(cue) or (
        not own and "hear" not in cue and quote.contents[0].of(words).startswith("that ")
    )


def move_quote(quote: FoundQuote, by: int) -> FoundQuote:
    source, contents = quote.source, tuple(move_span(content, by) for content in quote.contents)
    return replace(
        quote,
        source=source and move_span(source, by),
        cue=move_span(quote.cue, by),
        contents=contents,
    )


def move_span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
