"""Page furniture: lines that nobody said, such as captions, credits and links to videos."""

import re
from collections.abc import Iterator

from claims.extraction.schema import Span
from claims.extraction.text.quotation import list_paragraphs

FURNITURE_LINE = re.compile(
    r"""
    \b(?:Video|Audio|Live|Podcast)\b[\s,:|–-]{1,4}(?:duration\W+)?\d{1,2}:\d{2}  # "Video, 00:02:57"
    | ^\s*(?:Image|Media|Video|Photo|Picture)\s
        (?:source|caption|copyright|credit|gallery)\b
    | ^\s*(?:Photo|Photograph|Picture|Image|Illustration|Credit)s?\s*(?:by|:|/)
    | ^\s*(?:Watch|Listen|Read|More\ on\ this|Recommended)\b[^.!?"“]{0,120}$
    | ^\s*(?:Read\ (?:more|also|next)|See\ also|Also\ read|Related(?:\ \w+)?|Recommended
        |Advertisement|Share\ this)\s*:
    | ^\s*(?:Read\ more|Read\ also|See\ also|Also\ read|More\ on\ this\ story|Advertisement)\b
    | ^\s*(?:Sign\ up|Subscribe|Follow\ us|Click\ here|Download\ our|Join\ our|Get\ our
        |Support\ our)\b
    | ^\s*(?:©|\(c\)\s|Copyright\b|All\ rights\ reserved)
    | \bGetty\ Images\s*$ | \bAll\ rights\ reserved\.?\s*$
    | ^\s*(?:Published|Last\ updated|Updated)\b[^.!?]{0,60}\d{4}[^.!?]{0,20}$
    """,
    re.VERBOSE | re.IGNORECASE,
)
LONGEST_FURNITURE_LINE = 400  # characters; longer lines are prose, whatever they begin with


def list_furniture(text: str) -> Iterator[Span]:
    """Yield the lines of page furniture in a text."""
    for start, end in list_paragraphs(text):
        if is_furniture(text[start:end]):
            yield Span(start, end)


def is_furniture(line: str) -> bool:
    """Return whether a line is short enough for page furniture and reads like it."""
    return len(line) <= LONGEST_FURNITURE_LINE and FURNITURE_LINE.search(line) is not None
