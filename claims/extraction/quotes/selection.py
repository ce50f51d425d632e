"""Which quotes are worth a reader's trust; the rest is left out, not shown as doubtful."""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from claims.extraction.lexicon.pronouns import PRONOUNS
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.nesting import nest_quotes
from claims.extraction.text.article_text import Text

# Confidence is the share that is right: below this more readers would be misled than helped.
LEAST_CONFIDENCE = 0.45

ENDS_OF_LINE = ".!?…:;,—–-\"”“»«’')]"
MOST_WORDS_OF_HEADING = 12
# What stands before a colon over a headline or at a live blog's entry, and is nobody who speaks:
# "Analysis: Why the pound is falling", "14.05: …".
KICKER_BEFORE_COLON = re.compile(
    r"\d{1,2}[.:h]\d{2}(?:\s?[ap]m)?|"
    r"(?:analysis|opinion|comment|explainer|explained|exclusive|update|breaking|live|review|watch|"
    r"video|profile|obituary|timeline|factbox|interview|editorial|column|feature|special report|"
    r"in pictures|photos?|note|correction|clarification|quiz|podcast|recap|preview)",
    re.I,
)


def select_trustworthy_quotes(quotes: Iterable[FoundQuote], text: Text) -> list[FoundQuote]:
    """Return the quotes to keep, in their order."""
    sure = []
    for quote in quotes:
        if not is_sure_enough(quote, text):
            continue
        if not has_marked_characters(quote, text.furniture_characters):
            sure.append(quote)
    return nest_quotes(sure)


def is_sure_enough(quote: FoundQuote, text: Text) -> bool:
    if quote.confidence < LEAST_CONFIDENCE:
        return False
    cue = quote.cue.of(text)
    if cue == ":" and quote.source and KICKER_BEFORE_COLON.fullmatch(quote.source.of(text)):
        return False
    return not is_in_heading_of_nobody(quote, text)


def is_in_heading_of_nobody(quote: FoundQuote, text: Text) -> bool:
    """Return whether a quote stands in a short line without an end, and nobody is named who says it:
    "4. He never asked".
    """
    if quote.source and quote.source.of(text).casefold() not in PRONOUNS:
        return False
    start, end = text.paragraphs[text.find_paragraph(quote.cue.start)]
    line = text[start:end].rstrip()
    return line[-1] not in ENDS_OF_LINE and len(line.split()) <= MOST_WORDS_OF_HEADING


def has_marked_characters(quote: FoundQuote, marked: NDArray[np.bool_]) -> bool:
    spans = (quote.cue, *quote.contents)
    return any(marked[span.start : span.end].any() for span in spans)
