"""When and where something was said: chains of phrases such as "in an interview with Reuters in Geneva on Tuesday"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from claims.extraction.details.venues import ELSEWHERE, MORE, PLACES, SPEAKING, STATED
from claims.extraction.schema import Span
from claims.extraction.text.days import WHEN
from claims.extraction.text.phrases import trimmed
from claims.extraction.text.sentences import HOLE, NOUN, Sentence

ItemKind = Literal["when", "venue", "more", "place"]

WHENS = re.compile(WHEN)
JOIN = re.compile(r"\s*,?\s*")
LEAD = re.compile(r"[\s\"“‘'(—–-]*(?:(?:But|And|Meanwhile|Then|So|Also|However|Still|Yet|Later|Separately),?\s+)?")
ALONE = re.compile(r"(?:when\s|while\s)?(?:speak|talk|appear|testify|writ|post|tweet)ing(?:\s\w+)?", re.I)
CLAUSE = re.compile(
    rf"(?:[,;:—–]|{HOLE})\s*(?:and|but|while|although|though|as|when|yet)\s+(?:(?:later|then|also)\s+)?|;\s+|\s—\s"
)
CLOSED = re.compile(r"[\"”’'\s]*,?[\"”’'\s]*")
FILLER = re.compile(
    rf"(?:\s|{NOUN}|(?:also|again|later|earlier|recently|exclusively|separately|repeatedly|previously|only|just|himself|"
    r"herself|themselves|itself|bluntly|flatly|simply|publicly|back)(?!\w)(?!\s(?:on|this|today|in\sthe)\b))*"
)
BEFORE_CUE = re.compile(r"[\s,]*(?:(?:has|have|had|was|were|is|also|again|then|later|both|and|\w+ly)\s+)*\Z")
BEFORE_SOURCE = re.compile(r"[\s,]*(?:(?:the|an?|[A-Z][\w.'’-]*)\s+){0,5}\Z")
BEFORE_NOBODY = re.compile(r"[\s,]*(?:(?:it|there)\s+)?(?:(?:was|were|is|has|been)\s+)*\Z")
TALK = re.compile(
    r"(?:in|during|at|on)\s(?:an?|the|his|her|their|its)\s(?:[\w-]+\s){0,3}?"
    r"(?:interview|statement|tweet|news\sconference|press\sconference|briefing|press\srelease|e-?mail|letter)\b"
)
OF_WHAT = re.compile(rf"\s*(?:{HOLE}|(?:of|for|over|as|that|saying)\b)")
AIMED = re.compile(r"\b(?:out|aim|back|shout\w*|yell\w*|laugh\w*|scream\w*|attack\w*|shots?)\s*\Z")


@dataclass(frozen=True, slots=True)
class Item:
    """One phrase of a chain, as bounds in the line."""

    kind: ItemKind
    start: int
    end: int


Chain = tuple[Item, ...]


def past(pattern: re.Pattern[str], line: str, at: int, end: int) -> int:
    """Where a match of `pattern` at `at` ends; `at` itself without one."""
    found = pattern.match(line, at, end)
    return found.end() if found else at


def chain_at(line: str, at: int, end: int) -> Chain:
    """The longest chain of phrases that starts at `at`, none of it past `end`."""
    items: list[Item] = []
    while len(items) < 12:
        start = past(JOIN, line, at, end) if items else at
        item = item_at(line, start, end, items, apart="," in line[at:start])
        if item is None:
            break
        items.append(item)
        at = item.end
    alone = items and ALONE.fullmatch(line, items[-1].start, items[-1].end)
    return tuple(items[:-1] if alone else items)


def item_at(line: str, start: int, end: int, items: list[Item], apart: bool) -> Item | None:
    if found := WHENS.match(line, start, end):
        return Item("when", start, found.end())
    if found := SPEAKING.match(line, start, end) or STATED.match(line, start, end):
        return Item("venue", start, found.end())
    if items and (found := PLACES.match(line, start, end)):
        return Item("place", start, found.end())
    seen = any(item.kind == "venue" for item in items)
    if seen and not apart and (found := MORE.match(line, start, end)):
        return Item("more", start, found.end())
    if found := ELSEWHERE.match(line, start, end):
        return Item("venue", start, found.end())
    if found := PLACES.match(line, start, end):
        return Item("place", start, found.end())
    return None


def chains_of(sentence: Sentence, accusing: bool) -> Iterator[Chain]:
    """The chains that belong to the cue: before the source, between it and the cue, after the cue, after the content.

    `accusing` is for the act of accusing, whose "at" is no place and whose day may be that of the deed.
    """
    yield from before_source(sentence)
    yield from before_cue(sentence)
    yield from after_cue(sentence, accusing)
    yield from after_content(sentence)


def before_source(sentence: Sentence) -> Iterator[Chain]:
    """ "On Friday, X said", at the start of a sentence or clause."""
    line, source = sentence.line, sentence.source
    if source and source.start > sentence.cue.start:
        return
    subject = source.start if source else sentence.cue.start
    between = BEFORE_SOURCE if source else BEFORE_NOBODY
    starts = [past(LEAD, line, 0, subject)] if sentence.whole else []
    starts += [found.end() for found in CLAUSE.finditer(line, 0, subject)]
    for start in starts:
        chain = chain_at(line, start, subject)
        if chain and between.match(line, chain[-1].end, subject) and any(item.kind != "place" for item in chain):
            yield chain


def before_cue(sentence: Sentence) -> Iterator[Chain]:
    """ "Smith on Friday warned", "Smith, speaking in Kyiv, said"."""
    line, source, cue = sentence.line, sentence.source, sentence.cue
    if not source or source.end > cue.start:
        return
    commas = (at for at in range(source.end, cue.start) if line[at] == ",")
    for start in (source.end, *(at + 1 for at in commas)):
        first = past(JOIN, line, start, cue.start)
        chain = chain_at(line, first, cue.start)
        if chain and BEFORE_CUE.match(line, chain[-1].end, cue.start):
            yield chain
            return


def after_cue(sentence: Sentence, accusing: bool) -> Iterator[Chain]:
    """ "said in a statement on Friday", also where the cue itself holds the first words of it."""
    line, cue = sentence.line, sentence.cue
    for start in (at + 1 for at in range(cue.start, cue.end) if line[at] == " "):
        chain = chain_at(line, start, len(line))
        if chain and (chain[0].kind != "place" or chain[-1].end > cue.end):
            yield chain
            return
    at = past(JOIN, line, past(FILLER, line, cue.end, len(line)), len(line))
    if accusing and AIMED.search(line, cue.start, cue.end) and line.startswith("at ", at):
        return
    chain = chain_at(line, at, len(line))
    if chain and (not accusing or OF_WHAT.match(line, chain[-1].end)):
        yield chain


def after_content(sentence: Sentence) -> Iterator[Chain]:
    """ "said “…” in an interview": any venue that a comma sets off, and without one what is only for saying things."""
    line, after = sentence.line, [content for content in sentence.contents if content.start >= sentence.cue.end]
    if not after:
        return
    start = past(CLOSED, line, after[-1].end, len(line))
    chain = chain_at(line, start, len(line))
    if chain and chain[0].kind == "venue" and ("," in line[after[-1].end : start] or TALK.match(line, start)):
        yield chain


def occasion_spans(line: str, chain: Chain) -> Iterator[Span]:
    """A span for each run of items without a comma between."""
    start, end = chain[0].start, chain[0].end
    for item in chain[1:]:
        if line[end : item.start].strip():
            yield Span(*trimmed(line, start, end))
            start = item.start
        end = item.end
    yield Span(*trimmed(line, start, end))
