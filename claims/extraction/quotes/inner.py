"""Quotes inside quotes that one pass over the article misses.

No corpus at hand has quotes inside quotes, so inside a content the encoder is shy of cues. Contents
with words of reporting are read again by themselves, as if they were the article, which shows them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.session import Encoder
from claims.extraction.lexicon.pronouns import FIRST_PERSON_PRONOUNS
from claims.extraction.lexicon.verbs import ACT_OF_NOUN, ACT_OF_VERB, LEMMA_OF_FORM
from claims.extraction.lexicon.words import WORD_OF_LETTERS, word_set
from claims.extraction.quotes.datelines import list_datelines
from claims.extraction.quotes.finding import find_quotes
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.hearers import find_teller, is_source_told
from claims.extraction.quotes.selection import (
    LEAST_CONFIDENCE_NESTED,
    LEAST_CONFIDENCE_TOLD_BY,
    TELLING_VERBS,
    get_least_confidence_nested,
    is_cue_of_saying,
)
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from claims.extraction.text.phrases import NOUN_PHRASE, PhraseRule

MOST_ROUNDS_OF_READING = 5  # an end to texts that are made to have none
NOUNS_LIKE_REPORTING_VERBS = frozenset(["state", "states"])
THAT_AFTER_WORD = re.compile(r"\s+that\b")
ATTRIBUTION_TO_OTHERS = re.compile(r"\baccording\s+to\s|\bas\s+saying\s")
# Before "that" these tell what somebody holds for true; verbs do that are in the tables of acts.
WORDS_OF_HOLDING_TRUE = frozenset(ACT_OF_NOUN) | word_set(
    """confident aware convinced concerned worried certain sure afraid scared optimistic hopeful
    evidence proof intelligence"""
)
# Who knows of something; the encoder reads few such cues, and is not sure of them.
HAS_EVIDENCE_THAT = PhraseRule(
    rf"(?P<who>{NOUN_PHRASE})\s(?P<cue>(?:(?:also|already|now)\s)?(?:has|have|had)\s"
    r"(?:(?:clear|strong|solid|new|credible|hard|some|enough|ample|secret|reliable)\s)*"
    r"(?:evidence|proof|intelligence|information))"
    r"\s(?P<what>that\s\S.*)"
)
SPEAKER_AS_SAYING = PhraseRule(
    rf"(?P<who>{NOUN_PHRASE})(?:,\s[^,.;:\n]{{2,60}},)?\s(?P<cue>as\ssaying)"
    r"(?:\son\s\w+)?[:,]?\s(?P<what>\S.*)"
)
THAT_AT_START = re.compile(r"that\s+(?=\w)", re.I)
QUOTATION_MARKS = "\"“”‘’'«»"
SPACES_AND_QUOTATION_MARKS = " \t\r\n" + QUOTATION_MARKS


def add_inner_quotes(quotes: Sequence[FoundQuote], text: str, encoder: Encoder) -> list[FoundQuote]:
    """Return the quotes and those that their contents hold when read by themselves, in order.

    What is found is read again likewise, and so on inwards.
    """
    found = list(quotes)
    characters_of_cues: set[int] = set()
    for quote in found:
        characters_of_cues.update(range(quote.cue.start, quote.cue.end))
    outer_quotes = found
    for _ in range(MOST_ROUNDS_OF_READING):
        contents = list_contents_to_read(outer_quotes, text, characters_of_cues)
        inner_quotes = []
        for quote in read_contents_again(contents, text, encoder):
            cue = range(quote.cue.start, quote.cue.end)
            if characters_of_cues.isdisjoint(cue):
                characters_of_cues.update(cue)
                inner_quotes.append(quote)
        found += inner_quotes
        outer_quotes = inner_quotes
    return sorted(found, key=lambda quote: quote.cue)


def list_contents_to_read(
    quotes: Sequence[FoundQuote], text: str, characters_of_cues: set[int]
) -> list[Span]:
    """Return the contents that may hold further quotes, each once, without the marks around it."""
    contents: set[Span] = set()
    for quote in quotes:
        contents.update(strip_marks(content, text) for content in quote.contents)
    return [
        content
        for content in sorted(contents)
        if has_unread_report(content, text, characters_of_cues)
    ]


def strip_marks(content: Span, text: str) -> Span:
    """Return the content without the marks around it, so that it is not read as one quotation.

    A mark at the end alone closes a quotation inside the content, and stays. A "that" goes as well.
    """
    words = content.of(text).rstrip()
    start = len(words) - len(words.lstrip(SPACES_AND_QUOTATION_MARKS))
    conjunction = THAT_AT_START.match(words, start)
    if conjunction:
        start = conjunction.end()
    if start >= len(words):
        return content
    end = len(words)
    if words.lstrip()[:1] in QUOTATION_MARKS:
        end = len(words.rstrip(SPACES_AND_QUOTATION_MARKS))
    return Span(content.start + start, content.start + end)


def has_unread_report(content: Span, text: str, characters_of_cues: set[int]) -> bool:
    """Return whether a word of reporting stands in the content that is part of no cue yet.

    The speaker's own ("I said") do not count. More words report before "that" than elsewhere: "its
    view that", "is aware that".
    """
    if ATTRIBUTION_TO_OTHERS.search(text, content.start, content.end):
        return True
    word_before = ""
    for match in WORD_OF_LETTERS.finditer(text, content.start, content.end):
        is_new = match.start() not in characters_of_cues
        is_own = word_before in FIRST_PERSON_PRONOUNS
        if is_new and not is_own and is_word_of_reporting(match, text):
            return True
        word_before = match[0].casefold()
    return False


def is_word_of_reporting(match: re.Match[str], text: str) -> bool:
    word = match[0]
    lemma = LEMMA_OF_FORM.get(word)
    if lemma in TELLING_VERBS and word not in NOUNS_LIKE_REPORTING_VERBS:
        return True
    may_take_clause = lemma in ACT_OF_VERB or word in WORDS_OF_HOLDING_TRUE
    return may_take_clause and THAT_AFTER_WORD.match(text, match.end()) is not None


def read_contents_again(
    contents: Sequence[Span], text: str, encoder: Encoder
) -> Iterator[FoundQuote]:
    """Yield the quotes in each content, those that the encoder finds before those of rules.

    All contents are begun at once, ahead of the articles that the encoder has yet to read.
    """
    begun = []
    for content in contents:
        words = Text(content.of(text))
        begun.append((content, words, encoder.begin(encoder.split_words(words), urgent=True)))
    for content, words, encoding in begun:
        for quote in list_inner_quotes(words, encoding(), encoder):
            yield move_quote(quote, content.start)
        yield from list_quotes_by_inner_rules(content, text)


def list_inner_quotes(words: Text, encoded: EncodedText, encoder: Encoder) -> Iterator[FoundQuote]:
    """Yield what the words of a content say that somebody reports."""
    datelines = list_datelines(encoded, words)
    for quote in find_quotes(encoded, encoder.confidence, words, datelines):
        if is_statement(quote, words):
            yield quote


def list_quotes_by_inner_rules(content: Span, text: str) -> Iterator[FoundQuote]:
    """Yield the quote that a content is by its wording.

    "The US" | "had evidence" | "that …" and "Bell" | "as saying" | "…" are examples.
    """
    words = content.of(text)
    match = HAS_EVIDENCE_THAT.match(words) or SPEAKER_AS_SAYING.match(words)
    if match:
        quote = FoundQuote(
            source=Span(*match.span("who")),
            cue=Span(*match.span("cue")),
            contents=(Span(*match.span("what")),),
            confidence=LEAST_CONFIDENCE_NESTED,
        )
        yield move_quote(quote, content.start)


def is_statement(quote: FoundQuote, words: str) -> bool:
    """Return whether something is told to have been said, or somebody to hold it for true.

    "He was told by the council" is an example of the first, "is confident" | "that …" of the other.
    """
    source, cue = quote.source, quote.cue.of(words)
    if source and is_source_told(source, quote.cue, words) and find_teller(quote, words):
        return quote.confidence >= LEAST_CONFIDENCE_TOLD_BY
    if quote.confidence < get_least_confidence_nested(cue):
        return False
    if is_cue_of_saying(cue):
        return True
    if source is None or source.of(words).casefold() in FIRST_PERSON_PRONOUNS:
        return False
    return "hear" not in cue and quote.contents[0].of(words).startswith("that ")


def move_quote(quote: FoundQuote, by: int) -> FoundQuote:
    """Return the quote with its spans so many characters farther on."""
    return replace(
        quote,
        source=move_span(quote.source, by) if quote.source else None,
        cue=move_span(quote.cue, by),
        contents=tuple(move_span(content, by) for content in quote.contents),
    )


def move_span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
