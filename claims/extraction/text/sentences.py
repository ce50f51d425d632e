"""Where sentences begin and end, and the sentence of a cue with the words of its quote blanked.

What is left to read in such a sentence is what is said about the quote.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from claims.extraction.lexicon.abbreviations import ABBREVIATIONS, ABBREVIATIONS_THAT_MAY_END
from claims.extraction.lexicon.grammar import SENTENCE_STARTERS
from claims.extraction.schema import Span

REACH_OF_SENTENCE = 600  # characters on either side of a cue; no sentence is read further
LONGEST_WORD_BEFORE_STOP = 20  # characters
FURTHEST_CONTENT_AFTER_CUE = 2  # characters between a cue and what still directly follows it

CONTENT_PLACEHOLDER = "\ufffc"  # stands for each character of a content
ROLE_PLACEHOLDER = "\ufffb"  # stands for each character of a phrase whose role is known

VOWEL = re.compile(r"[aeiouyAEIOUY]|[^\x00-\x7f]")
STOP_OF_SENTENCE = re.compile(
    r"""\n|(?<![.!?…])([.!?…]+)["”’')\]]*\s+(?=["“‘'(\[]{0,3}([^\W_a-z]|\ufffc))"""
)
WORD_BEFORE_STOP = re.compile(r"[^\s\"“”‘(\[,;:—–\ufffc]*\Z")
WORD_AFTER_STOP = re.compile(r"\w+")
DOTTED_ACRONYM = re.compile(r"(?:[a-z]\.)+[a-z]")
END_OF_CONTENT_PLACEHOLDER = re.compile(r"\ufffc[\"”’']*(?=\s+[\"“‘'(]{0,2}[^\W_a-z])")
OPENING_MARK_PATTERN = re.compile(r"“|(?:(?<=[\s(\[—–-])|\A)\"(?=\S)")
CLOSING_MARK_PATTERN = re.compile(r"”|(?<=\S)\"(?=[\s,.;:)\]—–-]|\Z)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence of a cue.

    `line` is the sentence, character for character, with contents and source blanked; `offset` is
    where it starts in the text. Spans here are of the line. `whole` tells that the sentence's own
    start is in reach; `quoted`, that the cue stands inside somebody's quotation, whose marks then
    bound the line.
    """

    line: str
    offset: int
    cue: Span
    source: Span | None
    contents: tuple[Span, ...]
    whole: bool
    quoted: bool

    def blank_phrase(self, span: Span) -> "Sentence":
        """Return the sentence with a phrase blanked whose role is known: no pattern reads it."""
        return replace(self, line=blank_span(self.line, span, ROLE_PLACEHOLDER))

    def find_content_after_cue(self) -> Span | None:
        """Return the content that begins where the cue ends; it may hold the object of the cue."""
        for content in self.contents:
            if 0 <= content.start - self.cue.end <= FURTHEST_CONTENT_AFTER_CUE:
                return content
        return None

    def read_in_text(self, span: Span, text: str) -> str:
        """Return the words of the text at a span of the line, blanked there or not."""
        return text[self.offset + span.start : self.offset + span.end]

    def locate_in_text(self, start: int, end: int) -> Span:
        """Return the span of the text for two offsets of the line."""
        return Span(self.offset + start, self.offset + end)


def blank_span(line: str, span: Span, placeholder: str) -> str:
    """Return the line, as long as before, with a placeholder for each character of a span."""
    start = max(span.start, 0)
    end = min(span.end, len(line))
    if start >= end:
        return line
    return line[:start] + placeholder * (end - start) + line[end:]


def clip_span_to_line(span: Span, offset: int, length: int) -> Span | None:
    """Return, as a span of it, the part of a span of the text that lies in a line at `offset`."""
    start = max(span.start - offset, 0)
    end = min(span.end - offset, length)
    return Span(start, end) if start < end else None


def clip_spans_to_line(spans: tuple[Span, ...], offset: int, length: int) -> tuple[Span, ...]:
    """Return the parts of spans of the text that lie in a line at `offset`, as spans of it."""
    clipped = (clip_span_to_line(span, offset, length) for span in spans)
    return tuple(span for span in clipped if span)


def build_sentence_around(
    text: str, source: Span | None, cue: Span, contents: tuple[Span, ...]
) -> Sentence:
    """Return the sentence of a cue, read no further than `REACH_OF_SENTENCE` on either side.

    The cue must lie in the text.
    """
    low = max(0, cue.start - REACH_OF_SENTENCE)
    high = min(len(text), cue.end + REACH_OF_SENTENCE)
    raw_line = text[low:high]
    cue_in_reach = Span(cue.start - low, cue.end - low)
    contents_in_reach = clip_spans_to_line(contents, low, len(raw_line))
    line = blank_contents(raw_line, contents_in_reach, cue_in_reach)

    contents_after = [span for span in contents_in_reach if span.start >= cue_in_reach.end]
    sentence_start = find_sentence_start(line, cue_in_reach.start)
    start = sentence_start or 0
    end = find_sentence_end(line, cue_in_reach.end, contents_after, raw_line)
    quotation = find_quotation_around(line, start, end, cue_in_reach)
    if quotation:
        start, end = quotation
    offset = low + start
    line = line[start:end]
    cue_in_line = Span(cue_in_reach.start - start, cue_in_reach.end - start)
    source_in_line = clip_span_to_line(source, offset, len(line)) if source else None
    if source_in_line and not source_in_line.overlaps(cue_in_line):
        line = blank_span(line, source_in_line, ROLE_PLACEHOLDER)
    return Sentence(
        line=line,
        offset=offset,
        cue=cue_in_line,
        source=source_in_line,
        contents=clip_spans_to_line(contents, offset, len(line)),
        whole=low == 0 or sentence_start is not None or quotation is not None,
        quoted=quotation is not None,
    )


def blank_contents(line: str, contents: Iterable[Span], cue: Span) -> str:
    """Return the line with its contents blanked; a cue within its own content stays legible."""
    blanked = line
    for content in contents:
        blanked = blank_span(blanked, content, CONTENT_PLACEHOLDER)
    return blanked[: cue.start] + line[cue.start : cue.end] + blanked[cue.end :]


def find_sentence_start(line: str, cue: int) -> int | None:
    """Return where the sentence of a cue starts, or None if the line has no boundary before it."""
    stops = list(STOP_OF_SENTENCE.finditer(line, 0, cue))
    for stop in reversed(stops):
        if is_end_of_sentence(line, stop):
            return stop.end()
    return None


def list_sentence_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where sentences begin between two offsets, one that begins with `start` included."""
    if start == 0 or text[start - 1].isspace():
        yield start
    for stop in STOP_OF_SENTENCE.finditer(text, start, end):
        if stop.end() < end and is_end_of_sentence(text, stop):
            yield stop.end()


def find_sentence_end(
    line: str, cue_end: int, contents_after: Iterable[Span], raw_line: str
) -> int:
    """Return where a sentence ends: at a stop, or with a content after the cue that ends with one.

    `raw_line` is the line before anything was blanked, where the stops of contents can be read.
    """
    end = find_stop_after(line, cue_end)
    for content in contents_after:
        words = raw_line[content.start : content.end].rstrip("\"”’' \n")
        is_stopped = words.endswith((".", "!", "?", "…"))
        if not is_stopped or content.end > end:
            continue
        if END_OF_CONTENT_PLACEHOLDER.match(line, content.end - 1):
            return content.end
    return end


def find_stop_after(line: str, start: int) -> int:
    """Return where the marks of the first stop of a sentence end, or the length of the line."""
    for stop in STOP_OF_SENTENCE.finditer(line, start):
        if is_end_of_sentence(line, stop):
            marks = stop[1] or ""
            return stop.start() + len(marks)
    return len(line)


def is_end_of_sentence(line: str, stop: re.Match[str]) -> bool:
    """Return whether a mark ends a sentence.

    That of an initial does not, nor that of "Mr." or, before a name, of "U.S.".
    """
    if stop[1] != ".":
        return True
    earliest = max(0, stop.start() - LONGEST_WORD_BEFORE_STOP)
    word_before = WORD_BEFORE_STOP.search(line, earliest, stop.start())
    word = word_before[0].casefold().rstrip("'’") if word_before else ""
    if word in ABBREVIATIONS_THAT_MAY_END or DOTTED_ACRONYM.fullmatch(word):
        word_after = WORD_AFTER_STOP.search(line, stop.end())
        return word_after is not None and word_after[0].casefold() in SENTENCE_STARTERS
    last_part = word.rpartition("-")[2]
    if last_part in ABBREVIATIONS:
        return False
    is_initial = len(word) == 1 and word.isalpha() and word != "i"
    return not is_initial


def split_at_sentence_ends(span: Span, text: str) -> list[Span]:
    """Return a short span, a source or a name, in parts where sentences end in it.

    "Ann Lee. Omar Diaz" is two. A word without vowels is taken for an abbreviated title: "Pfc. Ann
    Lee" is one.
    """
    parts = []
    start = span.start
    for stop in STOP_OF_SENTENCE.finditer(text, span.start, span.end):
        is_title = VOWEL.search(text[start : stop.start()]) is None
        if stop.start() > start and not is_title and is_end_of_sentence(text, stop):
            parts.append(Span(start, stop.start()))
            start = stop.end()
    parts.append(Span(start, span.end))
    return parts


def find_quotation_around(line: str, start: int, end: int, cue: Span) -> tuple[int, int] | None:
    """Return the part of `line[start:end]` between the quotation marks around a cue, if any."""
    paragraph = line.rfind("\n", 0, cue.start) + 1
    openings = [mark.end() for mark in OPENING_MARK_PATTERN.finditer(line, paragraph, cue.start)]
    closings = [mark.end() for mark in CLOSING_MARK_PATTERN.finditer(line, paragraph, cue.start)]
    if not openings:
        return None
    if closings and closings[-1] >= openings[-1]:
        return None
    closing = CLOSING_MARK_PATTERN.search(line, cue.end, end)
    return max(start, openings[-1]), closing.start() if closing else end
