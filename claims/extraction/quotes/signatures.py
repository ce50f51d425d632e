"""Quotations signed with a name after a dash, and which marks belong together."""

import re
from collections.abc import Iterator

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text

# Nothing of what the layout shows is measured on a corpus, since ours have few such lines.
LAYOUT_CONFIDENCE = 0.85

# What closes a quotation; one that opens with a mark turned the wrong way is a slip.
CLOSING_MARKS_OF_OPENING = {'"': '"”', "“": '”"', "”": '”"', "«": "»", "‘": "’'", "'": "'’"}
SIGNED_QUOTATION = re.compile(
    r"\W{0,3}?(?P<content>[\"“”«‘'](?=\w).{3,}[\"”»’'])\s*(?P<cue>[—–―(]|--?)\s*"
    r"(?P<source>(?:(?:[A-Z][\w.'’-]*|de|da|del|der|di|van|von|bin|al|el|la)\s){0,4}[A-Z][\w'’-]+)"
    r"(?=\.?\s*(?:$|,|\(|\)$))"
)


def list_signed_quotes(text: Text) -> Iterator[FoundQuote]:
    """Yield each paragraph that is one quotation and has, after a dash, the name of who said it.

    The name may stand in the next paragraph.
    """
    for number, (start, end) in enumerate(text.paragraphs):
        match = SIGNED_QUOTATION.match(text, start, end)
        if match is None and number + 1 < len(text.paragraphs):
            _, end_of_next = text.paragraphs[number + 1]
            match = SIGNED_QUOTATION.match(text, start, end_of_next)
        if match and is_signature(match):
            yield FoundQuote(
                source=Span(*match.span("source")),
                cue=Span(*match.span("cue")),
                contents=(Span(*match.span("content")),),
                confidence=LAYOUT_CONFIDENCE,
            )


def is_signature(match: re.Match[str]) -> bool:
    """Return whether one quotation is signed.

    A hyphen in the next paragraph is no signature; it begins an item of a list.
    """
    is_item = match["cue"] == "-" and "\n" in match[0]
    return is_one_quotation(match["content"]) and not is_item


def is_one_quotation(words: str) -> bool:
    """Return whether the marks at both ends belong together.

    They do not in "It is safe," she said, "I think".
    """
    if words[-1] not in CLOSING_MARKS_OF_OPENING[words[0]]:
        return False
    depth = 0
    for mark in words[1:-1]:
        if mark in "“«":
            depth += 1
        elif mark in "”»":
            depth -= 1
        if depth < 0 or mark == words[0] == '"':
            return False
    return True
