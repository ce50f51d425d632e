"""Posts of social networks that stand in an article as their sites embed them.

We are safe. — Ana Bell (@anabell) May 2, 2024          Ana Bell @anabell · May 2
                                                        We are safe.
"""

import re
from collections.abc import Iterator

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.signatures import LAYOUT_CONFIDENCE
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from claims.extraction.text.cleaning import WORD_FOR_ADDRESS

HANDLE = r"@[\w.]{1,30}"
SIGNATURE_OF_POST = re.compile(
    rf"(?P<cue>[—–―]|--?)[ \u00a0]?(?P<source>[^—–―()@\n]{{2,60}}?)[ \u00a0]?\({HANDLE}\)"
)
HEAD_OF_POST = re.compile(
    rf"(?P<source>[^\W\d_][^()@:\n]{{1,60}}?)[ \u00a0]\(?(?P<cue>{HANDLE})\)?"
    r"(?:[ \u00a0]?[·•|,–—-][^@\n]{1,40}|:)?[ \u00a0]*"
)
LINK_AT_END = re.compile(rf"\s{WORD_FOR_ADDRESS}\Z")
LONGEST_END = 200  # characters of a post in which links are looked for
FEWEST_WORDS_OF_POST = 2


def list_posts(text: Text) -> Iterator[FoundQuote]:
    """Yield the posts of a text with the names of their authors."""
    if "@" not in text:
        return
    for number, (start, end) in enumerate(text.paragraphs):
        signature = SIGNATURE_OF_POST.search(text, start, end)
        if signature:
            words = Span(start, signature.start()) if signature.start() > start else None
            if words is None and number > 0:  # they are the paragraph before
                words = Span(*text.paragraphs[number - 1])
            if words:
                yield from build_post(signature, words, text)
        elif number + 1 < len(text.paragraphs):
            head = HEAD_OF_POST.fullmatch(text, start, end)
            if head:
                yield from build_post(head, Span(*text.paragraphs[number + 1]), text)


def build_post(match: re.Match[str], words: Span, text: Text) -> Iterator[FoundQuote]:
    """Yield the quote of a post, if there are words in it."""
    end = words.start + len(words.of(text).rstrip())
    while link := LINK_AT_END.search(text, max(words.start, end - LONGEST_END), end):
        end = link.start()
    if len(text[words.start : end].split()) >= FEWEST_WORDS_OF_POST:
        source = Span(*match.span("source"))
        cue = Span(*match.span("cue"))
        yield FoundQuote(source, cue, (Span(words.start, end),), LAYOUT_CONFIDENCE)
