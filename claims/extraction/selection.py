"""Which of the quotes found are worth a reader's trust; the rest is left out, not shown as doubtful."""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from claims.extraction.furniture import furniture
from claims.extraction.kinds import kind_of
from claims.extraction.quotes import Found

# Measured on PolNeAR dev with model 0.1: under LEAST fewer than four quotes in ten are right, and F1 is the same with and
# without them; of those without a source a third is right, since most of what has no source ("is expected") nobody said.
LEAST = 0.4
LEAST_UNSOURCED = 0.8
# To discuss a topic is to state nothing about it, unless the clause says what.
TOPICAL = re.compile(r"\b(?:discuss|debat|negotiat|deliberat)(?:e|es|ed|ing|s)?\b", re.I)
CLAUSE = re.compile(r"(?:that|how|why|whether|if|what)\b", re.I)


def selected(found: Iterable[Found], text: str, inside: NDArray[np.int8]) -> list[Found]:
    """The quotes to keep, in their order; `inside` is `features.quoted_characters(text)`."""
    nobody_said = np.zeros(len(text) + 1, np.bool_)
    for line in furniture(text):
        nobody_said[line.start : line.end] = True
    return [quote for quote in found if sure_enough(quote, text, inside) and not touches(quote, nobody_said)]


def sure_enough(quote: Found, text: str, inside: NDArray[np.int8]) -> bool:
    indirect = kind_of(quote.contents, text, inside) == "indirect"
    if indirect and TOPICAL.search(quote.cue.of(text)) and not CLAUSE.match(quote.contents[0].of(text)):
        return False
    return quote.confidence >= (LEAST if quote.source or not indirect else LEAST_UNSOURCED)


def touches(quote: Found, marked: NDArray[np.bool_]) -> bool:
    return any(marked[span.start : span.end].any() for span in (quote.cue, *quote.contents))
