"""When and where something was said: chains of phrases such as "in an interview with Reuters in Geneva on Tuesday"."""

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
from claims.extraction.schema import Span
from claims.extraction.text.days import TIME_EXPRESSION
from claims.extraction.text.phrases import trim_bounds
from claims.extraction.text.sentences import CONTENT_PLACEHOLDER, ROLE_PLACEHOLDER, Sentence

OccasionPhraseKind = Literal["when", "venue", "more", "place"]

TIME_PHRASE = re.compile(TIME_EXPRESSION)
COMMA_BETWEEN_PHRASES = re.compile(r"\s*,?\s*")
CONJUNCTION_AT_START = re.compile(
    r"[\s\"“‘'(—–-]*(?:(?:But|And|Meanwhile|Then|So|Also|However|Still|Yet|Later|Separately),?\s+)?"
)
SPEAKING_PARTICIPLE_ALONE = re.compile(
    r"(?:when\s|while\s)?(?:speak|talk|appear|testify|writ|post|tweet)ing(?:\s\w+)?", re.I
)
CLAUSE_BOUNDARY = re.compile(
    rf"(?:[,;:—–]|{CONTENT_PLACEHOLDER})\s*(?:and|but|while|although|though|as|when|yet)\s+(?:(?:later|then|also)\s+)?|;\s+|\s—\s"
)
CLOSE_OF_CONTENT = re.compile(r"[\"”’'\s]*,?[\"”’'\s]*")
ADVERBS_AFTER_CUE = re.compile(
    rf"(?:\s|{ROLE_PLACEHOLDER}|(?:also|again|later|earlier|recently|exclusively|separately|repeatedly|previously|only|just|himself|"
    r"herself|themselves|itself|bluntly|flatly|simply|publicly|back)(?!\w)(?!\s(?:on|this|today|in\sthe)\b))*"
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
    r"(?:interview|statement|tweet|news\sconference|press\sconference|briefing|press\srelease|e-?mail|letter)\b"
)
DEED_AFTER_CHAIN = re.compile(rf"\s*(?:{CONTENT_PLACEHOLDER}|(?:of|for|over|as|that|saying)\b)")
AIMING_WORD_AT_END = re.compile(
    r"\b(?:out|aim|back|shout\w*|yell\w*|laugh\w*|scream\w*|attack\w*|shots?)\s*\Z"
)


@dataclass(frozen=True, slots=True)
class OccasionPhrase:
    """One phrase of a chain, as bounds in the line."""

    kind: OccasionPhraseKind
    start: int
    end: int


OccasionChain = tuple[OccasionPhrase, ...]


def skip_match(pattern: re.Pattern[str], line: str, at: int, end: int) -> int:
    """Where a match of `pattern` at `at` ends; `at` itself without one."""
    found = pattern.match(line, at, end)
    return found.end() if found else at


def find_chain_at(line: str, at: int, end: int) -> OccasionChain:
    """The longest chain of phrases that starts at `at`, none of it past `end`."""
    items: list[OccasionPhrase] = []
    while len(items) < 12:
        start = skip_match(COMMA_BETWEEN_PHRASES, line, at, end) if items else at
        item = find_occasion_phrase_at(line, start, end, items, apart="," in line[at:start])
        if item is None:
            break
        items.append(item)
        at = item.end
    alone = items and SPEAKING_PARTICIPLE_ALONE.fullmatch(line, items[-1].start, items[-1].end)
    return tuple(items[:-1] if alone else items)


def find_occasion_phrase_at(
    line: str, start: int, end: int, items: list[OccasionPhrase], apart: bool
) -> OccasionPhrase | None:
    if found := TIME_PHRASE.match(line, start, end):
        return OccasionPhrase("when", start, found.end())
    if found := SPEAKING_PHRASE.match(line, start, end) or VENUE_PHRASE.match(line, start, end):
        return OccasionPhrase("venue", start, found.end())
    if items and (found := PLACE_PHRASE_RULE.match(line, start, end)):
        return OccasionPhrase("place", start, found.end())
    seen = any(item.kind == "venue" for item in items)
    if seen and not apart and (found := PHRASE_AFTER_VENUE.match(line, start, end)):
        return OccasionPhrase("more", start, found.end())
    if found := OTHER_VENUE_PHRASE.match(line, start, end):
        return OccasionPhrase("venue", start, found.end())
    if found := PLACE_PHRASE_RULE.match(line, start, end):
        return OccasionPhrase("place", start, found.end())
    return None


def list_occasion_chains(sentence: Sentence, accusing: bool) -> Iterator[OccasionChain]:
    """The chains that belong to the cue: before the source, between it and the cue, after the cue, after the content.

    `accusing` is for the act of accusing, whose "at" is no place and whose day may be that of the deed.
    """
    yield from list_chains_before_source(sentence)
    yield from list_chains_before_cue(sentence)
    yield from list_chains_after_cue(sentence, accusing)
    yield from list_chains_after_content(sentence)


def list_chains_before_source(sentence: Sentence) -> Iterator[OccasionChain]:
    """ "On Friday, X said", at the start of a sentence or clause."""
    line, source = sentence.line, sentence.source
    if source and source.start > sentence.cue.start:
        return
    subject = source.start if source else sentence.cue.start
    between = WORDS_BEFORE_SOURCE if source else WORDS_BEFORE_SOURCELESS_CUE
    starts = [skip_match(CONJUNCTION_AT_START, line, 0, subject)] if sentence.whole else []
    starts += [found.end() for found in CLAUSE_BOUNDARY.finditer(line, 0, subject)]
    for start in starts:
        chain = find_chain_at(line, start, subject)
        if (
            chain
            and between.match(line, chain[-1].end, subject)
            and any(item.kind != "place" for item in chain)
        ):
            yield chain


def list_chains_before_cue(sentence: Sentence) -> Iterator[OccasionChain]:
    """ "Smith on Friday warned", "Smith, speaking in Kyiv, said"."""
    line, source, cue = sentence.line, sentence.source, sentence.cue
    if not source or source.end > cue.start:
        return
    commas = (at for at in range(source.end, cue.start) if line[at] == ",")
    for start in (source.end, *(at + 1 for at in commas)):
        first = skip_match(COMMA_BETWEEN_PHRASES, line, start, cue.start)
        chain = find_chain_at(line, first, cue.start)
        if chain and WORDS_BEFORE_CUE.match(line, chain[-1].end, cue.start):
            yield chain
            return


def list_chains_after_cue(sentence: Sentence, accusing: bool) -> Iterator[OccasionChain]:
    """ "said in a statement on Friday", also where the cue itself holds the first words of it."""
    line, cue = sentence.line, sentence.cue
    for start in (at + 1 for at in range(cue.start, cue.end) if line[at] == " "):
        chain = find_chain_at(line, start, len(line))
        if chain and (chain[0].kind != "place" or chain[-1].end > cue.end):
            yield chain
            return
    at = skip_match(
        COMMA_BETWEEN_PHRASES,
        line,
        skip_match(ADVERBS_AFTER_CUE, line, cue.end, len(line)),
        len(line),
    )
    if (
        accusing
        and AIMING_WORD_AT_END.search(line, cue.start, cue.end)
        and line.startswith("at ", at)
    ):
        return
    chain = find_chain_at(line, at, len(line))
    if chain and (not accusing or DEED_AFTER_CHAIN.match(line, chain[-1].end)):
        yield chain


def list_chains_after_content(sentence: Sentence) -> Iterator[OccasionChain]:
    """ "said “…” in an interview": any venue that a comma sets off, and without one what is only for saying things."""
    line, after = (
        sentence.line,
        [content for content in sentence.contents if content.start >= sentence.cue.end],
    )
    if not after:
        return
    start = skip_match(CLOSE_OF_CONTENT, line, after[-1].end, len(line))
    chain = find_chain_at(line, start, len(line))
    if (
        chain
        and chain[0].kind == "venue"
        and ("," in line[after[-1].end : start] or VENUE_OF_TALK.match(line, start))
    ):
        yield chain


def list_occasion_spans(line: str, chain: OccasionChain) -> Iterator[Span]:
    """A span for each run of items without a comma between."""
    start, end = chain[0].start, chain[0].end
    for item in chain[1:]:
        if line[end : item.start].strip():
            yield Span(*trim_bounds(line, start, end))
            start = item.start
        end = item.end
    yield Span(*trim_bounds(line, start, end))
