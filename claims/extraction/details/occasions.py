"""When and where something was said: chains such as "in an interview in Geneva on Tuesday"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from claims.extraction.details.venues import (
    OTHER_VENUE_PHRASE,
    PHRASE_AFTER_VENUE,
    PLACE_PHRASE_RULE,
    SPEAKING_PHRASE,
    VENUE_PHRASE,
)
from claims.extraction.lexicon.grammar import ADVERBS_AFTER_CUE
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Span
from claims.extraction.text.days import TIME_EXPRESSION
from claims.extraction.text.phrases import trim_bounds
from claims.extraction.text.sentences import CONTENT_PLACEHOLDER, ROLE_PLACEHOLDER, Sentence

OccasionPhraseKind = Literal["when", "venue", "more", "place"]

LONGEST_CHAIN = 12  # phrases

TIME_PHRASE = re.compile(TIME_EXPRESSION)
COMMA_BETWEEN_PHRASES = re.compile(r"\s*,?\s*")
CONJUNCTION_AT_START = re.compile(
    r"[\s\"“‘'(—–-]*"
    r"(?:(?:But|And|Meanwhile|Then|So|Also|However|Still|Yet|Later|Separately),?\s+)?"
)
SPEAKING_PARTICIPLE_ALONE = re.compile(
    r"(?:when\s|while\s)?(?:speak|talk|appear|testify|writ|post|tweet)ing(?:\s\w+)?", re.I
)
CLAUSE_BOUNDARY = re.compile(
    rf"(?:[,;:—–]|{CONTENT_PLACEHOLDER})\s*(?:and|but|while|although|though|as|when|yet)\s+"
    r"(?:(?:later|then|also)\s+)?|;\s+|\s—\s"
)
CLOSE_OF_CONTENT = re.compile(r"[\"”’'\s]*,?[\"”’'\s]*")
ADVERBS_BEFORE_OCCASION = re.compile(
    rf"(?:\s|{ROLE_PLACEHOLDER}"
    rf"|{build_alternation(ADVERBS_AFTER_CUE)}(?!\w)(?!\s(?:on|this|today|in\sthe)\b))*"
)
WORDS_BEFORE_CUE = re.compile(
    r"[\s,]*(?:(?:has|have|had|was|were|is|also|again|then|later|both|and|\w+ly)\s+)*\Z"
)
WORDS_BEFORE_SOURCE = re.compile(r"[\s,]*(?:(?:the|an?|[A-Z][\w.'’-]*)\s+){0,5}\Z")
WORDS_BEFORE_SOURCELESS_CUE = re.compile(
    r"[\s,]*(?:(?:it|there)\s+)?(?:(?:was|were|is|has|been)\s+)*\Z"
)
VENUE_OF_TALK = re.compile(
    r"(?:in|during|at|on)\s(?:an?|the|his|her|their|its)\s(?:[\w-]+\s){0,3}?"
    r"(?:interview|statement|tweet|news\sconference|press\sconference|briefing|press\srelease"
    r"|e-?mail|letter)\b"
)
DEED_AFTER_CHAIN = re.compile(rf"\s*(?:{CONTENT_PLACEHOLDER}|(?:of|for|over|as|that|saying)\b)")
AIMING_WORD_AT_END = re.compile(
    r"\b(?:out|aim|back|shout\w*|yell\w*|laugh\w*|scream\w*|attack\w*|shots?)\s*\Z"
)


@dataclass(frozen=True, slots=True)
class OccasionPhrase:
    """One phrase of a chain, as bounds in the line.

    `when` is a time; `venue`, where or in what something was said; `more`, what is told of a venue;
    `place`, a place that may be where, if the phrases around it say so.
    """

    kind: OccasionPhraseKind
    start: int
    end: int


OccasionChain = tuple[OccasionPhrase, ...]


def skip_match(pattern: re.Pattern[str], line: str, start: int, end: int) -> int:
    """Return where a match of a pattern at `start` ends, or `start` itself without one."""
    match = pattern.match(line, start, end)
    return match.end() if match else start


def find_chain_at(line: str, start: int, end: int) -> OccasionChain:
    """Return the longest chain of phrases that begins at `start`, none of it past `end`."""
    phrases: list[OccasionPhrase] = []
    last_end = start
    while len(phrases) < LONGEST_CHAIN:
        next_start = last_end
        if phrases:
            next_start = skip_match(COMMA_BETWEEN_PHRASES, line, last_end, end)
        has_comma = "," in line[last_end:next_start]
        phrase = find_occasion_phrase_at(line, next_start, end, phrases, has_comma)
        if phrase is None:
            break
        phrases.append(phrase)
        last_end = phrase.end
    if phrases and SPEAKING_PARTICIPLE_ALONE.fullmatch(line, phrases[-1].start, phrases[-1].end):
        phrases.pop()
    return tuple(phrases)


def find_occasion_phrase_at(
    line: str, start: int, end: int, phrases_before: list[OccasionPhrase], has_comma: bool
) -> OccasionPhrase | None:
    """Return the phrase at `start`; its kind depends on the phrases before and a comma between."""
    time_phrase = TIME_PHRASE.match(line, start, end)
    if time_phrase:
        return OccasionPhrase("when", start, time_phrase.end())
    venue = SPEAKING_PHRASE.match(line, start, end) or VENUE_PHRASE.match(line, start, end)
    if venue:
        return OccasionPhrase("venue", start, venue.end())
    place = PLACE_PHRASE_RULE.match(line, start, end)
    if place and phrases_before:
        return OccasionPhrase("place", start, place.end())
    has_venue = any(phrase.kind == "venue" for phrase in phrases_before)
    if has_venue and not has_comma:
        more = PHRASE_AFTER_VENUE.match(line, start, end)
        if more:
            return OccasionPhrase("more", start, more.end())
    other_venue = OTHER_VENUE_PHRASE.match(line, start, end)
    if other_venue:
        return OccasionPhrase("venue", start, other_venue.end())
    if place:
        return OccasionPhrase("place", start, place.end())
    return None


def list_occasion_chains(sentence: Sentence, accusing: bool) -> Iterator[OccasionChain]:
    """Yield the chains that belong to the cue, wherever in the sentence they may stand.

    `accusing` tells that the cue's act is to accuse: its "at" is no place, and a day after it may
    be that of the deed.
    """
    yield from list_chains_before_source(sentence)
    yield from list_chains_before_cue(sentence)
    yield from list_chains_after_cue(sentence, accusing)
    yield from list_chains_after_content(sentence)


def list_chains_before_source(sentence: Sentence) -> Iterator[OccasionChain]:
    """Yield those at the start of the sentence or of a clause: "On Friday, X said"."""
    line = sentence.line
    source = sentence.source
    if source and source.start > sentence.cue.start:
        return
    subject = source.start if source else sentence.cue.start
    words_between = WORDS_BEFORE_SOURCE if source else WORDS_BEFORE_SOURCELESS_CUE
    starts = []
    if sentence.whole:
        starts.append(skip_match(CONJUNCTION_AT_START, line, 0, subject))
    for boundary in CLAUSE_BOUNDARY.finditer(line, 0, subject):
        starts.append(boundary.end())
    for start in starts:
        chain = find_chain_at(line, start, subject)
        if not has_more_than_places(chain):
            continue
        if words_between.match(line, chain[-1].end, subject):
            yield chain


def has_more_than_places(chain: OccasionChain) -> bool:
    """Return whether a chain tells more than a place, which alone may be anything's."""
    return any(phrase.kind != "place" for phrase in chain)


def list_chains_before_cue(sentence: Sentence) -> Iterator[OccasionChain]:
    """Yield the one between source and cue: "Smith, speaking in Kyiv, said"."""
    line = sentence.line
    source = sentence.source
    cue = sentence.cue
    if not source or source.end > cue.start:
        return
    starts = [source.end]
    for offset in range(source.end, cue.start):
        if line[offset] == ",":
            starts.append(offset + 1)
    for start in starts:
        first = skip_match(COMMA_BETWEEN_PHRASES, line, start, cue.start)
        chain = find_chain_at(line, first, cue.start)
        if chain and WORDS_BEFORE_CUE.match(line, chain[-1].end, cue.start):
            yield chain
            return


def list_chains_after_cue(sentence: Sentence, accusing: bool) -> Iterator[OccasionChain]:
    """Yield the one of "said in a statement on Friday"; the cue may hold its first words."""
    line = sentence.line
    cue = sentence.cue
    chain = find_chain_from_within_cue(sentence)
    if chain:
        yield chain
        return
    after_adverbs = skip_match(ADVERBS_BEFORE_OCCASION, line, cue.end, len(line))
    start = skip_match(COMMA_BETWEEN_PHRASES, line, after_adverbs, len(line))
    aims = AIMING_WORD_AT_END.search(line, cue.start, cue.end) is not None
    if accusing and aims and line.startswith("at ", start):
        return
    chain = find_chain_at(line, start, len(line))
    if not chain:
        return
    if not accusing or DEED_AFTER_CHAIN.match(line, chain[-1].end):
        yield chain


def find_chain_from_within_cue(sentence: Sentence) -> OccasionChain:
    """Return the chain that begins at a word of the cue, or an empty one."""
    line = sentence.line
    cue = sentence.cue
    for offset in range(cue.start, cue.end):
        if line[offset] != " ":
            continue
        chain = find_chain_at(line, offset + 1, len(line))
        if chain and (chain[0].kind != "place" or chain[-1].end > cue.end):
            return chain
    return ()


def list_chains_after_content(sentence: Sentence) -> Iterator[OccasionChain]:
    """Yield the one of "said “…” in an interview".

    It may be any venue that a comma sets off, and without a comma one that is only for saying
    things.
    """
    line = sentence.line
    contents_after = [content for content in sentence.contents if content.start >= sentence.cue.end]
    if not contents_after:
        return
    content_end = contents_after[-1].end
    start = skip_match(CLOSE_OF_CONTENT, line, content_end, len(line))
    chain = find_chain_at(line, start, len(line))
    if not chain or chain[0].kind != "venue":
        return
    if "," in line[content_end:start] or VENUE_OF_TALK.match(line, start):
        yield chain


def list_occasion_spans(line: str, chain: OccasionChain) -> Iterator[Span]:
    """Yield a span of the line for each run of phrases without a comma between."""
    start = chain[0].start
    end = chain[0].end
    for phrase in chain[1:]:
        if line[end : phrase.start].strip():
            yield Span(*trim_bounds(line, start, end))
            start = phrase.start
        end = phrase.end
    yield Span(*trim_bounds(line, start, end))
