"""Sources that several cues share: "Lee said it was safe and called for calm"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.quotes.found import FoundQuote

COMMA_BETWEEN_QUOTES = re.compile(r"[”\"’']?,?[”\"’']?\s+")
AND_BETWEEN_QUOTES = re.compile(
    r"[”\"’']?[,;]?[”\"’']?\s+(?:and|but|then|yet)\s+"
    r"(?:(?:then|also|later|again|still|now|even|\w+ly)\s+){0,2}"
)


def share_sources(quotes: Sequence[FoundQuote], text: str) -> list[FoundQuote]:
    """Return the quotes, where one without a source has that of the quote which it goes on from.

    The quotes are in the order of their cues.
    """
    shared: list[FoundQuote] = []
    for quote in quotes:
        if shared and quote.source is None and is_continuation(shared[-1], quote, text):
            quote = replace(quote, source=shared[-1].source)
        shared.append(quote)
    return shared


def is_continuation(before: FoundQuote, quote: FoundQuote, text: str) -> bool:
    """Return whether a quote goes on from the one before it, which has a source.

    Only "and" or "but" stands between the end of that and the cue, or a comma before "adding".
    """
    end = max(before.cue.end, before.contents[-1].end)
    if before.source is None or end > quote.cue.start:
        return False
    if before.source.start > before.cue.start:
        return False
    between = text[end : quote.cue.start]
    if AND_BETWEEN_QUOTES.fullmatch(between):
        return True
    first_word = quote.cue.of(text).split()[0]
    return first_word.endswith("ing") and COMMA_BETWEEN_QUOTES.fullmatch(between) is not None
