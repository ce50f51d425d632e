"""Who "was quoted as saying" something says it, however the sentence is built around those words.

The corpus has few of them, and there a passive's subject is part of what is said ("Bell" | "was asked" | "to leave"), so the
encoder finds the words and not who they are of.
"""

import re
from collections.abc import Sequence

from claims.extraction.schema import Span

QUOTED_AS_CONFIDENCE = 0.8  # such words are plain
QUOTED_AS_SAYING = re.compile(
    r"\b(?:(?:has|have|had)\s(?:\w+ly\s|also\s)?)?(?:is|are|was|were|been|being)\s(?:\w+ly\s|also\s|later\s)?"
    r"(?:quoted|cited)\s(?:[^.;:!?\n\"“”]{1,60}?\s)?as\s(?:saying|telling|writing)\b"
)
WORDS_BETWEEN_SOURCE_AND_CUE = re.compile(r"(?:,\s[^,.;:\"“”\n]{2,60})?,?\s")
REACH_AROUND_CUE = 80  # characters


def find_quoted_as_parts(
    cue: Span, pieces: Sequence[Span], text: str
) -> tuple[Span, Span, list[Span]] | None:
    """Source, cue and contents of a quote whose cue is of these words, from the pieces that go with it."""
    start, end = max(cue.start - REACH_AROUND_CUE, 0), cue.end + REACH_AROUND_CUE
    near = text[start:end]
    if "quoted" not in near and "cited" not in near:
        return None
    found = next(
        (m for m in QUOTED_AS_SAYING.finditer(text, start, end) if cue.overlaps(Span(*m.span()))),
        None,
    )
    if found is None:
        return None
    whole = Span(*found.span())
    outside = sorted(piece for piece in pieces if not piece.overlaps(whole))
    sources = [
        piece
        for piece in outside
        if piece.end <= whole.start
        and WORDS_BETWEEN_SOURCE_AND_CUE.fullmatch(text, piece.end, whole.start)
    ]
    contents = [piece for piece in outside if piece not in sources[-1:]]
    # "by the paper as saying | the road was safe": a piece that began within the words of the cue
    contents += [
        Span(whole.end + 1, piece.end)
        for piece in pieces
        if piece.start < whole.end < piece.end - 1
    ]
    return (sources[-1], whole, sorted(contents)) if sources and contents else None
