"""Letters that stand in an article whole, from "Dear Editor" to the name below them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.signatures import LAYOUT_CONFIDENCE
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text

ADDRESSED = (
    r"(?:(?:My\s)?Dear\s[^!?\n,:]{2,60}?|(?:Dear\s)?(?:SIRS?|Sirs?|MADAM|Madam)(?:\sor\s[Mm]adam)?"
    r"|To\s[Tt]he\s[Ee]ditors?)"
)
OPENING_OF_LETTER = re.compile(rf"{ADDRESSED}\s?(?:[,:–—.!-]{{1,2}})?\s*")
OPENING_ON_FIRST_LINE = re.compile(r"(?P<cue>SIR|Sir|MADAM|Madam|EDITOR|Editor)\s?[,:]?\s?[–—-]\s")
CLOSING_OF_LETTER = re.compile(
    r"(?:Yours(?:\s\w+){0,2}|(?:Very\s)?(?:Sincerely|Respectfully|Truly|Faithfully)(?:\syours)?"
    r"|(?:(?:Kind|Best|Warm|Kindest|Warmest)\s)?(?:[Rr]egards|[Ww]ishes)|In\s\w+|Love)[,.]{0,2}\s*",
    re.I,
)
NAME_BELOW_LETTER = re.compile(
    r"(?P<source>[A-Z][\w.'’-]*(?:\s(?:[A-Z][\w.'’-]*|de|da|del|der|di|van|von|bin|al)){0,3}"
    r"\s[A-Z][\w'’-]+)(?:,\s[^\n]{1,60}|\s\([^()\n]{1,40}\)|,)?\s*"
)
MOST_PARAGRAPHS_OF_LETTER = 40


class Opening(NamedTuple):
    """How a letter begins: the words that address somebody, and where the letter's own begin."""

    cue: Span
    start: int


def list_letters(text: Text) -> Iterator[FoundQuote]:
    """Yield the letters of a text, said by whoever signs them."""
    last = -1
    for number in range(len(text.paragraphs)):
        opening = read_opening(number, text)
        if opening is None or number <= last:
            continue
        signature = find_signature(number, opening, text)
        if signature is None:
            continue
        last, source, end = signature
        yield FoundQuote(source, opening.cue, (Span(opening.start, end),), LAYOUT_CONFIDENCE)


def read_opening(number: int, text: Text) -> Opening | None:
    """Return how a letter begins with a paragraph, if it does."""
    start, end = text.paragraphs[number]
    match = OPENING_ON_FIRST_LINE.match(text, start, end)
    if match:
        return Opening(Span(*match.span("cue")), match.end())
    if not OPENING_OF_LETTER.fullmatch(text, start, end) or number + 1 == len(text.paragraphs):
        return None
    cue = Span(start, start + len(text[start:end].rstrip()))
    return Opening(cue, text.paragraphs[number + 1][0])


def find_signature(number: int, opening: Opening, text: Text) -> tuple[int, Span, int] | None:
    """Return the paragraph of the name below a letter, the name, and where the letter's words end.

    None where no name stands below.
    """
    first = text.find_paragraph(opening.start)
    last = min(first + MOST_PARAGRAPHS_OF_LETTER, len(text.paragraphs))
    for at in range(first + 1, last):
        start, end = text.paragraphs[at]
        words_end = text.paragraphs[at - 1][1]
        if CLOSING_OF_LETTER.fullmatch(text, start, end) and at + 1 < len(text.paragraphs):
            at += 1
            start, end = text.paragraphs[at]
        name = NAME_BELOW_LETTER.fullmatch(text, start, end)
        if name:
            return at, Span(*name.span("source")), words_end
    return None
