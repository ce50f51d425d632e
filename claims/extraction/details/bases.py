"""What an actor cites as evidence: "citing intelligence reports", "based on satellite images"."""

import re
from collections.abc import Iterator, Sequence

from claims.extraction.details.acts import LEMMAS
from claims.extraction.schema import Span
from claims.extraction.text.phrases import trimmed
from claims.extraction.text.sentences import HOLE, NOUN, Sentence

TRIGGER = (
    r"\b(?:[Cc]iting|[Bb]ased\s(?:up)?on|[Bb]asing\s\w+\s(?:\w+\s)?on|[Pp]ointing\sto|[Oo]n\sthe\sbasis\sof|"
    r"[Ii]n\s(?:the\s)?light\sof|[Rr]elying\s(?:up)?on|[Dd]rawing\s(?:up)?on|[Jj]udging\s(?:by|from)|[Qq]uoting)\s"
)
SEEN = (
    r"\b[Ff]rom\swhat\s(?:we|I|they|he|she)(?:\s(?:have|has|had)|['’](?:ve|d|s))?\s(?:seen|saw|heard|know|knew|learned|read)\b"
)
WORDS = rf"""(?:[^;:!?()—–,"“”\n{HOLE}{NOUN}]|[“"][^“”"\n{HOLE}{NOUN}]{{1,80}}[”"])"""
MORE = (  # the rest of a list
    rf"(?:(?:,\s(?!(?:and|said|he|she|they|who|which|but)\b)(?:[\w'’-]+\s){{0,4}}[\w'’-]+)*,?\s(?:and|or)\s"
    rf"(?!said){WORDS}{{2,80}})?"
)
BASIS = re.compile(rf"{TRIGGER}{WORDS}{{2,200}}{MORE}|{SEEN}")
NO_BASIS = re.compile(
    r"[Bb]ased\son\sthe\s(?:island|coast|border|continent|mainland)\b|"
    r"[Pp]ointing\sto\s[^,.]{0,40}\b(?:head|chest|heart|ears?|eyes?|nose|arm|leg|sky|floor|ground|door|crowd|audience|screen)\b|"
    r"[Qq]uoting\s(?![^,.]{0,60}\b(?:sources?|officials?|reports?|documents?|data|figures|study|studies|research|witnesses)\b)"
)
NEXT_VERB = re.compile(
    r"\s(?:(?:and|but)\s(?:added|adds|called|argued|warned|told)|(?:and\s|but\s)?(?:said|says|told))\b.*", re.S
)
EDGE = re.compile(rf",\s(?P<basis>(?:citing|pointing\sto|quoting)\s[^,;:\"“”\n{HOLE}]{{3,160}})\Z")
PROOF = re.compile(
    r"\b(?:intelligence|reports?|evidence|documents?|data|sources?|images?|imagery|records?|figures|officials|research|study|studies|"
    r"polls?|surveys?|testimony|witnesses|videos?|footage|interviews|emails|statistics|papers|reporting|investigation|letters?)\b"
)
DECIDED = re.compile(  # what somebody in the content did, perhaps for the reason cited
    r"\b(?:cancel|clos|bann|halt|fir|sued|drop|approv|block|vot|resign|impos|suspend|postpon|scrapp|delay|withh|adopt|arrest|"
    r"cut|cuts|pull|remov|revok|sack|shut|stopp|end|quit|withdr|overturn|sentenc)(?:ed|l?led|eld|ew)?\b"
)
WORD = re.compile(r"[a-z]+")
MARKS = " \t\n\xa0,—–-\"“”’'("
BEFORE_SOURCE = re.compile(rf"\s*,\s(?:the\s|an?\s|[A-Z][\w.]*\s){{0,4}}{NOUN}")


def bases(sentence: Sentence, text: str, known: Sequence[Span]) -> list[Span]:
    """The bases of one quote, as spans of the text; `known` are the details of its cue already found, of the line.

    A basis hangs on the cue, its source, a detail or a content from outside. Only where there is none is it looked for at
    the edge of a content, or in the source, where a document tells what it rests on.
    """
    around = list(bases_around(sentence, known))
    return around or [*bases_at_edge(sentence, text), *bases_in_source(sentence, text)]


def bases_around(sentence: Sentence, known: Sequence[Span]) -> Iterator[Span]:
    line = sentence.line
    for found in BASIS.finditer(line):
        end = found.start() + len(NEXT_VERB.sub("", found[0]))
        start, end = trimmed(line, found.start(), end)
        if NO_BASIS.match(line, start) or Span(start, end).overlaps(sentence.cue):
            continue
        if hangs_on_quote(sentence, start, end, known):
            yield sentence.in_text(start, end)


def hangs_on_quote(sentence: Sentence, start: int, end: int, known: Sequence[Span]) -> bool:
    """Whether a phrase stands right after the source, the cue, a content or a detail, or opens the sentence before its source.

    After a content or a source there must be a comma or a dash: "said it was made" "based on …" is of the making.
    """
    line, source = sentence.line, sentence.source
    before = len(line[:start].rstrip(MARKS))
    if not before:
        return source is not None and sentence.whole and BEFORE_SOURCE.match(line, end) is not None
    apart = any(mark in line[before:start] for mark in ",—–")
    if (source and source.end == before) or any(content.end == before for content in sentence.contents):
        return apart
    return before == sentence.cue.end or any(span.end == before for span in known)


def bases_at_edge(sentence: Sentence, text: str) -> Iterator[Span]:
    """ "…, citing intelligence reports" that closes an indirect content, unless somebody else in it may be citing."""
    for content in sentence.contents:
        start = sentence.offset + content.start
        words = text[start : sentence.offset + content.end].rstrip(" .")
        found = EDGE.search(words, max(0, len(words) - 240))
        if not found or not PROOF.search(found["basis"]) or any(mark in words for mark in '"“”'):
            continue
        if not others_act(words[: found.start()]):
            yield Span(*trimmed(text, start + found.start("basis"), start + found.end("basis")))


def others_act(words: str) -> bool:
    """Whether somebody in a content said or decided something, and so may be the one who cites."""
    reported = (word for word in WORD.findall(words) if word in LEMMAS and word.endswith(("ed", "said", "told")))
    return any(reported) or DECIDED.search(words) is not None


def bases_in_source(sentence: Sentence, text: str) -> Iterator[Span]:
    """ "a study based on interviews with nurses"."""
    if sentence.source:
        start, end = (sentence.offset + at for at in (sentence.source.start, sentence.source.end))
        found = BASIS.search(text, start, min(end, start + 400))
        if found and not NO_BASIS.match(text, found.start()):
            yield Span(*trimmed(text, *found.span()))
