"""Which of the quotes found are worth a reader's trust; the rest is left out, not shown as doubtful."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from claims.extraction.details.acts import is_known_to_report
from claims.extraction.lexicon.verbs import LEMMA_OF_FORM, REPORTING_VERBS
from claims.extraction.lexicon.words import WORD_OF_LETTERS, word_set
from claims.extraction.quotes.finding import FoundQuote, nest_quotes
from claims.extraction.quotes.kinds import classify_kind
from claims.extraction.quotes.quoted import QUOTED_AS_SAYING
from claims.extraction.schema import Span
from claims.extraction.text.furniture import list_furniture

# Confidence is the share that is right: below LEAST more readers would be misled than helped. An inner quote is the harder
# to judge, as nobody has annotated any for the model to learn from.
LEAST_CONFIDENCE = 0.45
LEAST_CONFIDENCE_NESTED = 0.77
LEAST_CONFIDENCE_TOLD_BY = 0.65  # of one whose cue is a passive and names who tells
LEAST_CONFIDENCE_NESTED_DOING = (
    0.8  # of an inner quote whose cue tells of no saying: "wants", "is aware"
)
LEAST_CONFIDENCE_DOING = 0.6  # of an indirect quote whose cue is not known to report: "imposed sanctions" is a doing, not a saying
# Words that report, besides those that do so anywhere.
TELLING_VERBS = REPORTING_VERBS | word_set(
    "call mention inform exhort congratulate order shout plead advise propose recommend"
)
# To discuss a topic or to cite a report is to state nothing about it, unless the clause says what.
TOPICAL_VERB = re.compile(r"\b(?:discuss|debat|negotiat|deliberat|cit)(?:e|es|ed|ing|s)?\b", re.I)
ADVERBS_ALONE = re.compile(
    r"[\W\s]*(?:(?:also|then|later|again|still|now|even|just|once|often|never|\w+ly)\b[\W\s]*)+",
    re.I,
)  # no cue by themselves
# What stands before a colon over a headline or at a live blog's entry: "Analysis: Why the pound is falling", "14.05: …".
KICKER_BEFORE_COLON = re.compile(
    r"\d{1,2}[.:h]\d{2}(?:\s?[ap]m)?|(?:analysis|opinion|comment|explainer|explained|exclusive|update|breaking|live|review|watch|"
    r"video|profile|obituary|timeline|factbox|interview|editorial|column|feature|special report|in pictures|photos?|note|"
    r"correction|clarification|quiz|podcast|recap|preview)",
    re.I,
)
CLAUSE_AT_START = re.compile(r"(?:that|how|why|whether|if|what)\b", re.I)


def select_trustworthy_quotes(
    found: Iterable[FoundQuote], text: str, inside: NDArray[np.int8]
) -> list[FoundQuote]:
    """The quotes to keep, in their order; `inside` is `quotation.quoted_characters(text)`."""
    nobody_said = np.zeros(len(text) + 1, np.bool_)
    for line in list_furniture(text):
        nobody_said[line.start : line.end] = True
    sure = [
        quote
        for quote in found
        if is_sure_enough(quote, text, inside) and not has_marked_characters(quote, nobody_said)
    ]
    return nest_quotes(
        [quote for quote in nest_quotes(sure) if not quote.within or is_worth_nesting(quote, text)]
    )


def is_sure_enough(quote: FoundQuote, text: str, inside: NDArray[np.int8]) -> bool:
    if quote.confidence < LEAST_CONFIDENCE:
        return False
    if (
        quote.source
        and quote.cue.of(text) == ":"
        and KICKER_BEFORE_COLON.fullmatch(text, quote.source.start, quote.source.end)
    ):
        return False
    if quote.cue.of(text) in ("'", "’"):  # of a possessive
        return False
    if classify_kind(quote.contents, text, inside) != "indirect":
        return True
    if ADVERBS_ALONE.fullmatch(quote.cue.of(text)) or is_cue_of_topic(
        quote.cue, quote.contents, text
    ):
        return False
    return quote.confidence >= LEAST_CONFIDENCE_DOING or is_known_to_report(quote.cue.of(text))


def is_worth_nesting(quote: FoundQuote, text: str) -> bool:
    own = quote.source is not None and quote.source.of(text).casefold() in (
        "i",
        "we",
    )  # "I think" is no quote of oneself
    return not own and quote.confidence >= get_least_confidence_nested(quote.cue.of(text))


def get_least_confidence_nested(cue: str) -> float:
    return LEAST_CONFIDENCE_NESTED if is_cue_of_saying(cue) else LEAST_CONFIDENCE_NESTED_DOING


def is_cue_of_saying(cue: str) -> bool:
    """Whether a cue is of words, said or written."""
    return cue.casefold() == "according to" or any(
        LEMMA_OF_FORM.get(word.casefold()) in TELLING_VERBS for word in WORD_OF_LETTERS.findall(cue)
    )


def is_cue_of_topic(cue: Span, contents: Sequence[Span], text: str) -> bool:
    return (
        bool(TOPICAL_VERB.search(cue.of(text)))
        and not QUOTED_AS_SAYING.match(text, cue.start)
        and not CLAUSE_AT_START.match(contents[0].of(text))
    )


def has_marked_characters(quote: FoundQuote, marked: NDArray[np.bool_]) -> bool:
    return any(marked[span.start : span.end].any() for span in (quote.cue, *quote.contents))
