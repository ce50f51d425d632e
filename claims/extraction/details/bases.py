"""What an actor cites as evidence: "citing intelligence reports", "based on satellite images"."""

import re
from collections.abc import Iterator, Sequence

from claims.extraction.lexicon.evidence import EVIDENCE_NOUNS, THINGS_POINTED_AT
from claims.extraction.lexicon.verbs import FORMS_OF_DECIDING, LEMMA_OF_FORM
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Span
from claims.extraction.text.phrases import trim_bounds
from claims.extraction.text.sentences import CONTENT_PLACEHOLDER, ROLE_PLACEHOLDER, Sentence

LENGTH_OF_SOURCE_READ = 400  # characters
LENGTH_OF_CONTENT_END_READ = 240  # characters

CITING_WORDS = (
    r"\b(?:[Cc]iting|[Bb]ased\s(?:up)?on|[Bb]asing\s\w+\s(?:\w+\s)?on|[Pp]ointing\sto"
    r"|[Oo]n\sthe\sbasis\sof|[Ii]n\s(?:the\s)?light\sof|[Rr]elying\s(?:up)?on"
    r"|[Dd]rawing\s(?:up)?on|[Jj]udging\s(?:by|from)|[Qq]uoting)\s"
)
FROM_WHAT_WAS_SEEN = (
    r"\b[Ff]rom\swhat\s(?:we|I|they|he|she)(?:\s(?:have|has|had)|['’](?:ve|d|s))?"
    r"\s(?:seen|saw|heard|know|knew|learned|read)\b"
)
BLANKED = rf"{CONTENT_PLACEHOLDER}{ROLE_PLACEHOLDER}"
WORDS_OF_BASIS = (
    rf"""(?:[^;:!?()—–,"“”\n{BLANKED}]"""
    rf"""|[“"][^“”"\n{BLANKED}]{{1,80}}[”"])"""
)
REST_OF_LIST = (
    r"(?:(?:,\s(?!(?:and|said|he|she|they|who|which|but)\b)(?:[\w'’-]+\s){0,4}[\w'’-]+)*"
    rf",?\s(?:and|or)\s(?!said){WORDS_OF_BASIS}{{2,80}})?"
)
BASIS_PATTERN = re.compile(
    rf"{CITING_WORDS}{WORDS_OF_BASIS}{{2,200}}{REST_OF_LIST}|{FROM_WHAT_WAS_SEEN}"
)
NO_BASIS_PATTERN = re.compile(
    r"[Bb]ased\son\sthe\s(?:island|coast|border|continent|mainland)\b"
    rf"|[Pp]ointing\sto\s[^,.]{{0,40}}\b{build_alternation(THINGS_POINTED_AT)}\b"
    r"|[Qq]uoting\s(?![^,.]{0,60}\b(?:sources?|officials?|reports?|documents?|data|figures"
    r"|study|studies|research|witnesses)\b)"
)
NEXT_REPORTING_VERB = re.compile(
    r"\s(?:(?:and|but)\s(?:added|adds|called|argued|warned|told)"
    r"|(?:and\s|but\s)?(?:said|says|told))\b.*",
    re.S,
)
BASIS_AT_END_OF_CONTENT = re.compile(
    r",\s(?P<basis>(?:citing|pointing\sto|quoting)\s"
    rf"[^,;:\"“”\n{CONTENT_PLACEHOLDER}]{{3,160}})\Z"
)
EVIDENCE_NOUN = re.compile(rf"\b{build_alternation(EVIDENCE_NOUNS)}\b")
DECIDING_VERB = re.compile(rf"\b{build_alternation(FORMS_OF_DECIDING)}\b")
LOWERCASE_WORD = re.compile(r"[a-z]+")
DOUBLE_MARK = re.compile(r"[\"“”]")
MARKS_BEFORE_PHRASE = " \t\n\xa0,—–-\"“”’'("
MARK_THAT_SETS_APART = re.compile(r"[,—–]")
SOURCE_AFTER_BASIS = re.compile(rf"\s*,\s(?:the\s|an?\s|[A-Z][\w.]*\s){{0,4}}{ROLE_PLACEHOLDER}")


def list_bases(sentence: Sentence, text: str, known: Sequence[Span]) -> list[Span]:
    """Return the bases of one quote as spans of the text.

    `known` are the details of its cue found before, as spans of the line. A basis hangs on the cue,
    its source, a detail or a content from outside. Only where there is none is it looked for at the
    edge of a content, or in the source, where a document tells what it rests on.
    """
    bases = list(list_bases_around_quote(sentence, known))
    if not bases:
        bases.extend(list_bases_at_end_of_content(sentence, text))
        bases.extend(list_bases_in_source(sentence, text))
    return bases


def list_bases_around_quote(sentence: Sentence, known: Sequence[Span]) -> Iterator[Span]:
    """Yield the bases that stand in the sentence but outside the source and the contents."""
    line = sentence.line
    for match in BASIS_PATTERN.finditer(line):
        words = NEXT_REPORTING_VERB.sub("", match[0])
        start, end = trim_bounds(line, match.start(), match.start() + len(words))
        if NO_BASIS_PATTERN.match(line, start) or Span(start, end).overlaps(sentence.cue):
            continue
        if is_attached_to_quote(sentence, start, end, known):
            yield sentence.locate_in_text(start, end)


def is_attached_to_quote(sentence: Sentence, start: int, end: int, known: Sequence[Span]) -> bool:
    """Return whether a phrase of the line belongs to the quote.

    It stands right after the source, the cue, a content or a known detail, or opens the sentence
    before its source. After a content or a source there must be a comma or a dash: "said it was
    made" "based on …" is of the making.
    """
    line = sentence.line
    source = sentence.source
    end_before = find_end_before(line, start)
    if end_before == 0:
        opens_sentence = source is not None and sentence.whole
        return opens_sentence and SOURCE_AFTER_BASIS.match(line, end) is not None
    if is_end_of_source(sentence, end_before) or is_end_of_content(sentence, end_before):
        return MARK_THAT_SETS_APART.search(line, end_before, start) is not None
    if end_before == sentence.cue.end:
        return True
    return any(detail.end == end_before for detail in known)


def find_end_before(line: str, start: int) -> int:
    """Return where the words before `start` end, without the marks and spaces between."""
    return len(line[:start].rstrip(MARKS_BEFORE_PHRASE))


def is_end_of_source(sentence: Sentence, offset: int) -> bool:
    """Return whether the source ends at an offset of the line."""
    return sentence.source is not None and sentence.source.end == offset


def is_end_of_content(sentence: Sentence, offset: int) -> bool:
    """Return whether a content ends at an offset of the line."""
    return any(content.end == offset for content in sentence.contents)


def list_bases_at_end_of_content(sentence: Sentence, text: str) -> Iterator[Span]:
    """Yield "citing intelligence reports" that closes a content without quotation marks.

    It may be the speaker who cites only where nobody else in the content may.
    """
    for content in sentence.contents:
        content_start = sentence.offset + content.start
        words = sentence.read_in_text(content, text).rstrip(" .")
        earliest = max(0, len(words) - LENGTH_OF_CONTENT_END_READ)
        match = BASIS_AT_END_OF_CONTENT.search(words, earliest)
        if match is None or not EVIDENCE_NOUN.search(match["basis"]) or DOUBLE_MARK.search(words):
            continue
        if has_act_of_others(words[: match.start()]):
            continue
        start, end = match.span("basis")
        yield Span(*trim_bounds(text, content_start + start, content_start + end))


def has_act_of_others(words: str) -> bool:
    """Return whether somebody in a content said or decided something, and so may be who cites."""
    if DECIDING_VERB.search(words):
        return True
    verbs = [word for word in LOWERCASE_WORD.findall(words) if word in LEMMA_OF_FORM]
    return any(verb.endswith(("ed", "said", "told")) for verb in verbs)


def list_bases_in_source(sentence: Sentence, text: str) -> Iterator[Span]:
    """Yield what the source itself tells to rest on: "a study based on interviews with nurses"."""
    if sentence.source is None:
        return
    start = sentence.offset + sentence.source.start
    end = sentence.offset + sentence.source.end
    match = BASIS_PATTERN.search(text, start, min(end, start + LENGTH_OF_SOURCE_READ))
    if match and not NO_BASIS_PATTERN.match(text, match.start()):
        yield Span(*trim_bounds(text, *match.span()))
