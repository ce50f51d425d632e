"""Which of the quotes found are worth a reader's trust; the rest is left out, not shown as doubtful."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from claims.extraction.details.acts import LEMMAS, REPORTING, reports
from claims.extraction.lexicon.words import WORD, word_set
from claims.extraction.quotes.finding import Found, nested
from claims.extraction.quotes.kinds import kind_of
from claims.extraction.quotes.quoted import QUOTED_AS
from claims.extraction.schema import Span
from claims.extraction.text.furniture import furniture

# Confidence is the share that is right: below LEAST more readers would be misled than helped. An inner quote is the harder
# to judge, as nobody has annotated any for the model to learn from.
LEAST = 0.45
LEAST_NESTED = 0.77
LEAST_TOLD_BY = 0.65  # of one whose cue is a passive and names who tells
LEAST_NESTED_DOING = 0.8  # of an inner quote whose cue tells of no saying: "wants", "is aware"
LEAST_DOING = 0.6  # of an indirect quote whose cue is not known to report: "imposed sanctions" is a doing, not a saying
# Words that report, besides those that do so anywhere.
TELLING = REPORTING | word_set("call mention inform exhort congratulate order shout plead advise propose recommend")
# To discuss a topic or to cite a report is to state nothing about it, unless the clause says what.
TOPICAL = re.compile(r"\b(?:discuss|debat|negotiat|deliberat|cit)(?:e|es|ed|ing|s)?\b", re.I)
ADVERBS = re.compile(
    r"[\W\s]*(?:(?:also|then|later|again|still|now|even|just|once|often|never|\w+ly)\b[\W\s]*)+", re.I
)  # no cue by themselves
# What stands before a colon over a headline or at a live blog's entry: "Analysis: Why the pound is falling", "14.05: …".
KICKER = re.compile(
    r"\d{1,2}[.:h]\d{2}(?:\s?[ap]m)?|(?:analysis|opinion|comment|explainer|explained|exclusive|update|breaking|live|review|watch|"
    r"video|profile|obituary|timeline|factbox|interview|editorial|column|feature|special report|in pictures|photos?|note|"
    r"correction|clarification|quiz|podcast|recap|preview)",
    re.I,
)
CLAUSE = re.compile(r"(?:that|how|why|whether|if|what)\b", re.I)


def selected(found: Iterable[Found], text: str, inside: NDArray[np.int8]) -> list[Found]:
    """The quotes to keep, in their order; `inside` is `quotation.quoted_characters(text)`."""
    nobody_said = np.zeros(len(text) + 1, np.bool_)
    for line in furniture(text):
        nobody_said[line.start : line.end] = True
    sure = [quote for quote in found if sure_enough(quote, text, inside) and not touches(quote, nobody_said)]
    return nested([quote for quote in nested(sure) if not quote.within or worth_nesting(quote, text)])


def sure_enough(quote: Found, text: str, inside: NDArray[np.int8]) -> bool:
    if quote.confidence < LEAST:
        return False
    if quote.source and quote.cue.of(text) == ":" and KICKER.fullmatch(text, quote.source.start, quote.source.end):
        return False
    if quote.cue.of(text) in ("'", "’"):  # of a possessive
        return False
    if kind_of(quote.contents, text, inside) != "indirect":
        return True
    if ADVERBS.fullmatch(quote.cue.of(text)) or topical(quote.cue, quote.contents, text):
        return False
    return quote.confidence >= LEAST_DOING or reports(quote.cue.of(text))


def worth_nesting(quote: Found, text: str) -> bool:
    own = quote.source is not None and quote.source.of(text).casefold() in ("i", "we")  # "I think" is no quote of oneself
    return not own and quote.confidence >= least_nested(quote.cue.of(text))


def least_nested(cue: str) -> float:
    return LEAST_NESTED if tells(cue) else LEAST_NESTED_DOING


def tells(cue: str) -> bool:
    """Whether a cue is of words, said or written."""
    return cue.casefold() == "according to" or any(LEMMAS.get(word.casefold()) in TELLING for word in WORD.findall(cue))


def topical(cue: Span, contents: Sequence[Span], text: str) -> bool:
    return (
        bool(TOPICAL.search(cue.of(text))) and not QUOTED_AS.match(text, cue.start) and not CLAUSE.match(contents[0].of(text))
    )


def touches(quote: Found, marked: NDArray[np.bool_]) -> bool:
    return any(marked[span.start : span.end].any() for span in (quote.cue, *quote.contents))
