"""Who "was quoted as saying" something says it, however the sentence is built around those words.

The corpus has few of them, and there a passive's subject is part of what is said ("Bell" | "was
asked" | "to leave"), so the encoder finds the words and not who they are of.
"""

import re
from collections.abc import Sequence

from claims.extraction.schema import Span

QUOTED_AS_CONFIDENCE = 0.8  # such words are plain
QUOTED_AS_SAYING = re.compile(
    r"\b(?:(?:has|have|had)\s(?:\w+ly\s|also\s)?)?"
    r"(?:is|are|was|were|been|being)\s(?:\w+ly\s|also\s|later\s)?"
    r"(?:quoted|cited)\s(?:[^.;:!?\n\"“”]{1,60}?\s)?as\s(?:saying|telling|writing)\b"
)
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
    if source is None or not contents:
        return None
    return source, words, sorted(contents)


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
