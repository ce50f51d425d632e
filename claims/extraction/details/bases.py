"""What an actor cites as evidence: "citing intelligence reports", "based on satellite images"."""

import re
from collections.abc import Iterator, Sequence

from claims.extraction.lexicon.verbs import LEMMA_OF_FORM
from claims.extraction.schema import Span
from claims.extraction.text.phrases import trim_bounds
from claims.extraction.text.sentences import CONTENT_PLACEHOLDER, ROLE_PLACEHOLDER, Sentence

CITING_WORDS = (
    r"\b(?:[Cc]iting|[Bb]ased\s(?:up)?on|[Bb]asing\s\w+\s(?:\w+\s)?on|[Pp]ointing\sto|[Oo]n\sthe\sbasis\sof|"
    r"[Ii]n\s(?:the\s)?light\sof|[Rr]elying\s(?:up)?on|[Dd]rawing\s(?:up)?on|[Jj]udging\s(?:by|from)|[Qq]uoting)\s"
)
FROM_WHAT_WAS_SEEN = r"\b[Ff]rom\swhat\s(?:we|I|they|he|she)(?:\s(?:have|has|had)|['’](?:ve|d|s))?\s(?:seen|saw|heard|know|knew|learned|read)\b"
WORDS_OF_BASIS = rf"""(?:[^;:!?()—–,"“”\n{CONTENT_PLACEHOLDER}{ROLE_PLACEHOLDER}]|[“"][^“”"\n{CONTENT_PLACEHOLDER}{ROLE_PLACEHOLDER}]{{1,80}}[”"])"""
REST_OF_LIST = (  # the rest of a list
    rf"(?:(?:,\s(?!(?:and|said|he|she|they|who|which|but)\b)(?:[\w'’-]+\s){{0,4}}[\w'’-]+)*,?\s(?:and|or)\s"
    rf"(?!said){WORDS_OF_BASIS}{{2,80}})?"
)
BASIS_PATTERN = re.compile(
    rf"{CITING_WORDS}{WORDS_OF_BASIS}{{2,200}}{REST_OF_LIST}|{FROM_WHAT_WAS_SEEN}"
)
NO_BASIS_PATTERN = re.compile(
    r"[Bb]ased\son\sthe\s(?:island|coast|border|continent|mainland)\b|"
    r"[Pp]ointing\sto\s[^,.]{0,40}\b(?:head|chest|heart|ears?|eyes?|nose|arm|leg|sky|floor|ground|door|crowd|audience|screen)\b|"
    r"[Qq]uoting\s(?![^,.]{0,60}\b(?:sources?|officials?|reports?|documents?|data|figures|study|studies|research|witnesses)\b)"
)
NEXT_REPORTING_VERB = re.compile(
    r"\s(?:(?:and|but)\s(?:added|adds|called|argued|warned|told)|(?:and\s|but\s)?(?:said|says|told))\b.*",
    re.S,
)
BASIS_AT_END_OF_CONTENT = re.compile(
    rf",\s(?P<basis>(?:citing|pointing\sto|quoting)\s[^,;:\"“”\n{CONTENT_PLACEHOLDER}]{{3,160}})\Z"
)
EVIDENCE_NOUN = re.compile(
    r"\b(?:intelligence|reports?|evidence|documents?|data|sources?|images?|imagery|records?|figures|officials|research|study|studies|"
    r"polls?|surveys?|testimony|witnesses|videos?|footage|interviews|emails|statistics|papers|reporting|investigation|letters?)\b"
)
DECIDING_VERB = re.compile(  # what somebody in the content did, perhaps for the reason cited
    r"\b(?:cancel|clos|bann|halt|fir|sued|drop|approv|block|vot|resign|impos|suspend|postpon|scrapp|delay|withh|adopt|arrest|"
    r"cut|cuts|pull|remov|revok|sack|shut|stopp|end|quit|withdr|overturn|sentenc)(?:ed|l?led|eld|ew)?\b"
)
LOWERCASE_WORD = re.compile(r"[a-z]+")
MARKS_BEFORE_PHRASE = " \t\n\xa0,—–-\"“”’'("
SOURCE_AFTER_BASIS = re.compile(rf"\s*,\s(?:the\s|an?\s|[A-Z][\w.]*\s){{0,4}}{ROLE_PLACEHOLDER}")


def list_bases(sentence: Sentence, text: str, known: Sequence[Span]) -> list[Span]:
    """The bases of one quote, as spans of the text; `known` are the details of its cue already found, of the line.

    A basis hangs on the cue, its source, a detail or a content from outside. Only where there is none is it looked for at
    the edge of a content, or in the source, where a document tells what it rests on.
    """
    around = list(list_bases_around_quote(sentence, known))
    return around or [
        *list_bases_at_end_of_content(sentence, text),
        *list_bases_in_source(sentence, text),
    ]


def list_bases_around_quote(sentence: Sentence, known: Sequence[Span]) -> Iterator[Span]:
    line = sentence.line
    for found in BASIS_PATTERN.finditer(line):
        end = found.start() + len(NEXT_REPORTING_VERB.sub("", found[0]))
        start, end = trim_bounds(line, found.start(), end)
        if NO_BASIS_PATTERN.match(line, start) or Span(start, end).overlaps(sentence.cue):
            continue
        if is_attached_to_quote(sentence, start, end, known):
            yield sentence.in_text(start, end)


def is_attached_to_quote(sentence: Sentence, start: int, end: int, known: Sequence[Span]) -> bool:
    """Whether a phrase stands right after the source, the cue, a content or a detail, or opens the sentence before its source.

    After a content or a source there must be a comma or a dash: "said it was made" "based on …" is of the making.
    """
    line, source = sentence.line, sentence.source
    before = len(line[:start].rstrip(MARKS_BEFORE_PHRASE))
    if not before:
        return (
            source is not None
            and sentence.whole
            and SOURCE_AFTER_BASIS.match(line, end) is not None
        )
    apart = any(mark in line[before:start] for mark in ",—–")
    if (source and source.end == before) or any(
        content.end == before for content in sentence.contents
    ):
        return apart
    return before == sentence.cue.end or any(span.end == before for span in known)


def list_bases_at_end_of_content(sentence: Sentence, text: str) -> Iterator[Span]:
    """ "…, citing intelligence reports" that closes an indirect content, unless somebody else in it may be citing."""
    for content in sentence.contents:
        start = sentence.offset + content.start
        words = text[start : sentence.offset + content.end].rstrip(" .")
        found = BASIS_AT_END_OF_CONTENT.search(words, max(0, len(words) - 240))
        if (
            not found
            or not EVIDENCE_NOUN.search(found["basis"])
            or any(mark in words for mark in '"“”')
        ):
            continue
        if not has_act_of_others(words[: found.start()]):
            yield Span(*trim_bounds(text, start + found.start("basis"), start + found.end("basis")))


def has_act_of_others(words: str) -> bool:
    """Whether somebody in a content said or decided something, and so may be the one who cites."""
    reported = (
        word
        for word in LOWERCASE_WORD.findall(words)
        if word in LEMMA_OF_FORM and word.endswith(("ed", "said", "told"))
    )
    return any(reported) or DECIDING_VERB.search(words) is not None


def list_bases_in_source(sentence: Sentence, text: str) -> Iterator[Span]:
    """ "a study based on interviews with nurses"."""
    if sentence.source:
        start, end = (sentence.offset + at for at in (sentence.source.start, sentence.source.end))
        found = BASIS_PATTERN.search(text, start, min(end, start + 400))
        if found and not NO_BASIS_PATTERN.match(text, found.start()):
            yield Span(*trim_bounds(text, *found.span()))
