"""Who "was quoted as saying" something says it, however the sentence is built around those words.

The corpus has few of them, and there a passive's subject is part of what is said ("Bell" | "was
asked" | "to leave"), so the encoder finds the words and not who they are of.
"""

import re
from collections.abc import Sequence

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span

QUOTED_AS_CONFIDENCE = 0.8  # such words are plain
QUOTED_AS_SAYING = re.compile(
    r"\b(?:(?:has|have|had)\s(?:\w+ly\s|also\s)?)?"
    r"(?:is|are|was|were|been|being)\s(?:\w+ly\s|also\s|later\s)?"
    r"(?:quoted|cited)\s(?:[^.;:!?\n\"“”]{1,60}?\s)?as\s(?:saying|telling|writing)\b"
)
# What is quoted of whom, where the sentence begins with who quotes it: "the mayor as saying | it is".
SOMEBODY_AS_SAYING = re.compile(
    r"(?P<who>[^.,;:!?\n\"“”]{1,60}?)\s(?P<cue>as\s(?:saying|telling|writing))\b"
    r"(?:\son\s\w+)?[:,]?\s(?=\S)"
)
WORD_OF_QUOTING = re.compile(r"\b(?:quot|cit)(?:e|es|ed|ing)\b", re.I)
START_OF_SENTENCE = re.compile(r"[.;:!?\n\"“”]\s*+|\A\s*+")
LONGEST_SUBJECT = 80  # characters
WORDS_BETWEEN_SOURCE_AND_CUE = re.compile(r"(?:,\s[^,.;:\"“”\n]{2,60})?,?\s")
REACH_AROUND_CUE = 80  # characters


def find_quoted_as_parts(
    cue: Span, pieces: Sequence[Span], text: str
) -> tuple[Span, Span, list[Span]] | None:
    """Return source, cue and contents of a quote whose cue is of these words; None of any other.

    `pieces` are the spans that go with the cue, in whatever role.
    """
    words = find_quoted_as(cue, text)
    if words is None:
        return None
    outside = sorted(piece for piece in pieces if not piece.overlaps(words))
    source = None
    for piece in outside:
        is_before = piece.end <= words.start
        if is_before and WORDS_BETWEEN_SOURCE_AND_CUE.fullmatch(text, piece.end, words.start):
            source = piece
    contents = [piece for piece in outside if piece != source]
    for piece in pieces:
        # "by the paper as saying | the road was safe": a piece that begins within the words.
        if piece.start < words.end < piece.end - 1:
            contents.append(Span(words.end + 1, piece.end))
    source = source or find_subject(words, text)
    if source is None or not contents:
        return None
    return source, words, sorted(contents)


def add_quotes_of_quoted(quotes: Sequence[FoundQuote], text: str) -> list[FoundQuote]:
    """Return the quotes, and those of whoever is quoted in them: "The Herald quoted the mayor as
    saying it is safe" is the mayor's, too.
    """
    more = []
    for quote in quotes:
        if not WORD_OF_QUOTING.search(text, quote.cue.start, quote.cue.end):
            continue
        for content in quote.contents:
            match = SOMEBODY_AS_SAYING.match(text, content.start, content.end)
            if match:
                source, cue = Span(*match.span("who")), Span(*match.span("cue"))
                said = (Span(match.end(), content.end),)
                more.append(FoundQuote(source, cue, said, QUOTED_AS_CONFIDENCE, within=quote.cue))
    plain = [quote.cue for quote in more]
    others = [quote for quote in quotes if not quote.cue.overlaps_any(plain)]
    return sorted([*others, *more], key=lambda quote: quote.cue)


def find_subject(words: Span, text: str) -> Span | None:
    """Return what stands before "was quoted as saying" in its sentence, if that may be somebody."""
    reach = max(words.start - LONGEST_SUBJECT, 0)
    starts = [match.end() for match in START_OF_SENTENCE.finditer(text, reach, words.start)]
    if not starts:
        return None
    subject = text[starts[-1] : words.start].rstrip(" ,")
    return Span(starts[-1], starts[-1] + len(subject)) if subject else None


def find_quoted_as(cue: Span, text: str) -> Span | None:
    """Return the words "was quoted as saying" that the cue is part of."""
    start = max(cue.start - REACH_AROUND_CUE, 0)
    end = cue.end + REACH_AROUND_CUE
    nearby = text[start:end]
    if "quoted" not in nearby and "cited" not in nearby:
        return None
    for match in QUOTED_AS_SAYING.finditer(text, start, end):
        words = Span(*match.span())
        if words.overlaps(cue):
            return words
    return None
