"""Which quotes are worth a reader's trust; the rest is left out, not shown as doubtful."""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from claims.extraction.lexicon.pronouns import PRONOUNS
from claims.extraction.lexicon.verbs import LEMMA_OF_FORM, REPORTING_VERBS
from claims.extraction.lexicon.words import WORD_OF_LETTERS, word_set
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.kinds import classify_kind
from claims.extraction.quotes.nesting import nest_quotes
from claims.extraction.text.article_text import Text

# Confidence is the share that is right: below this more readers would be misled than helped.
LEAST_CONFIDENCE = 0.45

# Words that report, besides those that do so anywhere.
TELLING_VERBS = REPORTING_VERBS | word_set(
    "call mention inform exhort congratulate order shout plead advise propose recommend"
)
ENDS_OF_LINE = ".!?…:;,—–-\"”“»«’')]"
MOST_WORDS_OF_HEADING = 12
POSSESSIVE_MARKS = ("'", "’")
# Adverbs, which are no cue by themselves.
ADVERBS_ALONE = re.compile(
    r"[\W\s]*(?:(?:also|then|later|again|still|now|even|just|once|often|never|\w+ly)\b[\W\s]*)+",
    re.I,
)
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
    if cue in POSSESSIVE_MARKS or is_in_heading_of_nobody(quote, text):
        return False
    is_indirect = classify_kind(quote.contents, text) == "indirect"
    return not is_indirect or not ADVERBS_ALONE.fullmatch(cue)


def is_in_heading_of_nobody(quote: FoundQuote, text: Text) -> bool:
    """Return whether a quote stands in a short line without an end, and nobody is named who says it:
    "4. He never asked".
    """
    if quote.source and quote.source.of(text).casefold() not in PRONOUNS:
        return False
    start, end = text.paragraphs[text.find_paragraph(quote.cue.start)]
    line = text[start:end].rstrip()
    return line[-1] not in ENDS_OF_LINE and len(line.split()) <= MOST_WORDS_OF_HEADING


def is_cue_of_saying(cue: str) -> bool:
    """Return whether a cue is of words, said or written."""
    if cue.casefold() == "according to":
        return True
    lemmas = [LEMMA_OF_FORM.get(word.casefold()) for word in WORD_OF_LETTERS.findall(cue)]
    return not TELLING_VERBS.isdisjoint(lemmas)


def has_marked_characters(quote: FoundQuote, marked: NDArray[np.bool_]) -> bool:
    spans = (quote.cue, *quote.contents)
    return any(marked[span.start : span.end].any() for span in spans)
