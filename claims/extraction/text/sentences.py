"""The sentence that holds a cue, with the words of its quote blanked: what is left to read is what is said about the quote."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.extraction.lexicon.words import word_set
from claims.extraction.schema import Span

REACH_OF_SENTENCE = 600  # characters on either side of a cue; no sentence is read further
CONTENT_PLACEHOLDER, ROLE_PLACEHOLDER = (
    "\ufffc",
    "\ufffb",
)  # stand for the characters of a content, and of a phrase whose role is known

ABBREVIATIONS = word_set(
    """mr mrs ms mx dr st sr jr prof rev hon gov sen rep sens reps gen lt col capt cmdr maj sgt cpl adm messrs pres dep det
    supt insp atty dist eng engr inc ltd co corp bros vs no nos fig vol dept est approx jan feb mar apr jun jul aug sep sept
    oct nov dec mon tue tues wed thu thur thurs fri sat sun ariz ark calif colo conn del fla ga ill ind kan ky la mass md
    mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo ala mt ft al cf ald amb asst fr spc pvt pfc cllr
    msgr const cst pte bro brig smt adv mdm univ wm rt ven"""
)
ABBREVIATIONS_THAT_MAY_END = word_set(
    "inc ltd co corp jr sr no est al a.m p.m u.s u.k e.u u.n d.c"
)  # may stand last: the next word decides
SENTENCE_STARTERS = word_set(
    """the a an he she it they we i you this that these those there but and in on at for from with after before when while
    if as his her its their our my what who how why however meanwhile still also yet so no not"""
)
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
    """`line` is the sentence, character for character, with contents blanked; `offset` is where it starts in the text.

    Spans here are of the line. `whole` is true when the sentence's own start is in reach; `quoted` when the cue stands
    inside somebody's quotation, whose marks then bound the line.
    """

    line: str
    offset: int
    cue: Span
    source: Span | None
    contents: tuple[Span, ...]
    whole: bool
    quoted: bool

    def with_noun(self, span: Span) -> "Sentence":
        """The sentence where `span` has its role, so that no pattern reads its words."""
        return replace(self, line=blank_span(self.line, span, ROLE_PLACEHOLDER))

    def content_after_cue(self) -> Span | None:
        """The content that begins where the cue ends, which may take the object of the cue along."""
        return next(
            (content for content in self.contents if 0 <= content.start - self.cue.end <= 2), None
        )

    def in_text(self, start: int, end: int) -> Span:
        return Span(self.offset + start, self.offset + end)


def blank_span(line: str, span: Span, by: str) -> str:
    """The same line, of the same length."""
    start, end = max(span.start, 0), min(span.end, len(line))
    return line[:start] + by * (end - start) + line[end:] if start < end else line


def clip_span_to_line(span: Span, by: int, end: int) -> Span | None:
    """The part of a span that lies in a line which begins at `by`; None where nothing does."""
    first, last = max(span.start - by, 0), min(span.end - by, end)
    return Span(first, last) if first < last else None


def build_sentence_around(
    text: str, source: Span | None, cue: Span, contents: tuple[Span, ...]
) -> Sentence:
    """The sentence of the cue, of which at most `REACH` characters on either side are looked at."""
    low = max(0, cue.start - REACH_OF_SENTENCE)
    high = min(len(text), cue.end + REACH_OF_SENTENCE)
    line = text[low:high]
    for content in contents:
        if part := clip_span_to_line(content, low, len(line)):
            line = blank_span(line, part, CONTENT_PLACEHOLDER)
    at = Span(cue.start - low, max(min(cue.end, high) - low, cue.start - low + 1))
    line = (
        line[: at.start] + text[cue.start : cue.end] + line[at.end :]
    )  # a cue within its own content stays legible
    start, whole = find_sentence_start(line, at.start)
    stops = [
        clip_span_to_line(content, low, len(line))
        for content in contents
        if content.start >= cue.end
    ]
    end = find_sentence_end(line, at.end, [part for part in stops if part], text[low:high])
    start, end, quoted = trim_bounds_to_quotation(line, start, end, at)
    base = low + start
    inside = [
        part for content in contents if (part := clip_span_to_line(content, base, end - start))
    ]
    found = clip_span_to_line(source, base, end - start) if source else None
    line = line[start:end]
    if found and not found.overlaps(Span(at.start - start, at.end - start)):
        line = blank_span(line, found, ROLE_PLACEHOLDER)
    cue_here = Span(at.start - start, at.end - start)
    return Sentence(line, base, cue_here, found, tuple(inside), whole or low == 0 or quoted, quoted)


def find_sentence_start(line: str, cue: int) -> tuple[int, bool]:
    """Where the cue's sentence starts, and whether a boundary was found there."""
    stops = list(STOP_OF_SENTENCE.finditer(line, 0, cue))
    start = next((stop.end() for stop in reversed(stops) if is_end_of_sentence(line, stop)), None)
    return start or 0, start is not None


def list_sentence_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Where between two offsets sentences begin, one that begins with `start` included."""
    if start == 0 or text[start - 1].isspace():
        yield start
    yield from (
        stop.end()
        for stop in STOP_OF_SENTENCE.finditer(text, start, end)
        if stop.end() < end and is_end_of_sentence(text, stop)
    )


def find_sentence_end(line: str, cue: int, after: list[Span], raw: str) -> int:
    """Where it ends: at a full stop, or with a content after the cue that has its own."""
    end = next(
        (
            s.start() + len(s[1] or "")
            for s in STOP_OF_SENTENCE.finditer(line, cue)
            if is_end_of_sentence(line, s)
        ),
        len(line),
    )
    for content in after:
        stopped = raw[content.start : content.end].rstrip("\"”’' \n")[-1:] in (".", "!", "?", "…")
        if (
            stopped
            and content.end <= end
            and END_OF_CONTENT_PLACEHOLDER.match(line, content.end - 1)
        ):
            return content.end
    return end


def is_end_of_sentence(line: str, stop: re.Match[str]) -> bool:
    """Whether a mark ends a sentence: not that of an initial, of "Mr." or, before a name, of "U.S."."""
    if stop[1] != ".":
        return True
    word = WORD_BEFORE_STOP.search(line, max(0, stop.start() - 20), stop.start())
    plain = word[0].casefold().rstrip("'’") if word else ""
    following = WORD_AFTER_STOP.search(line, stop.end())
    starts = following is not None and following[0].casefold() in SENTENCE_STARTERS
    if plain in ABBREVIATIONS_THAT_MAY_END or DOTTED_ACRONYM.fullmatch(plain):
        return starts
    if plain.rpartition("-")[2] in ABBREVIATIONS:
        return False
    return not (len(plain) == 1 and plain.isalpha() and plain != "i")


def split_at_sentence_ends(span: Span, text: str) -> list[Span]:
    """A short span, a source or a name, in parts where a sentence ends in it: "Ann Lee. Omar Diaz".

    A word without vowels is taken for an abbreviated title: "Pfc. Ann Lee".
    """
    made, start = [], span.start
    for stop in STOP_OF_SENTENCE.finditer(text, span.start, span.end):
        word = text[start : stop.start()]
        titled = VOWEL.search(word) is None
        if is_end_of_sentence(text, stop) and not titled and stop.start() > start:
            made.append(Span(start, stop.start()))
            start = stop.end()
    return [*made, Span(start, span.end)]


def trim_bounds_to_quotation(line: str, start: int, end: int, cue: Span) -> tuple[int, int, bool]:
    """The bounds, drawn in to the quotation marks between which the cue stands, if it does."""
    paragraph = line.rfind("\n", 0, cue.start) + 1
    opened = [mark.end() for mark in OPENING_MARK_PATTERN.finditer(line, paragraph, cue.start)]
    closed = [mark.end() for mark in CLOSING_MARK_PATTERN.finditer(line, paragraph, cue.start)]
    if not opened or (closed and closed[-1] >= opened[-1]):
        return start, end, False
    close = CLOSING_MARK_PATTERN.search(line, cue.end, end)
    return max(start, opened[-1]), close.start() if close else end, True
