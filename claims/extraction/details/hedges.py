"""Words by which a quote weakens what it says: "could", "perhaps", "appears to"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from claims.extraction.lexicon.hedges import HEDGING_ADVERBS, WORDS_BEFORE_MIGHT_AS_NOUN
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Span

REACH_BEFORE_HEDGE = 24  # characters before a word that may show it to be something else
NOTHING = "(?!)"  # a pattern that nothing matches


class HedgeRule(NamedTuple):
    """Words that are a hedge unless they stand after the one pattern or before the other."""

    words: re.Pattern[str]
    not_after: re.Pattern[str]
    not_before: re.Pattern[str]

    def allows(self, text: str, word: re.Match[str], content: Span) -> bool:
        """Return whether what stands around a word, within the content, leaves it a hedge."""
        earliest = max(content.start, word.start() - REACH_BEFORE_HEDGE)
        if self.not_after.search(text, earliest, word.start()):
            return False
        return self.not_before.match(text, word.end(), content.end) is None


def build_hedge_rule(words: str, not_after: str = NOTHING, not_before: str = NOTHING) -> HedgeRule:
    """Return a rule of three patterns; the words keep their case, as "May" is a month."""
    return HedgeRule(
        words=re.compile(rf"\b(?:{words})\b"),
        not_after=re.compile(rf"(?:{not_after})\s+\Z", re.I),
        not_before=re.compile(rf"(?:{not_before})", re.I),
    )


WHATEVER_CLAUSE = r"\b(?:whatever|whoever|wherever|however|whichever)(?:\s+\w+){0,2}"
HEDGE_RULES = (
    build_hedge_rule("may", WHATEVER_CLAUSE, r"\s+(?:day\b|\d|the\b|God\b|or may not)"),
    build_hedge_rule(  # "its military might" is a noun
        "might",
        not_after=rf"\b{build_alternation(WORDS_BEFORE_MIGHT_AS_NOUN)}|['’]s|{WHATEVER_CLAUSE}",
        not_before=r"\s+(?:of|is|and|to|in|makes)\b|\s*[.,;!?]",
    ),
    build_hedge_rule(  # "as fast as they could" is an ability, not a chance
        "could",
        not_after=r"\b(?:so|that|if|wish|wishes|what|how|as|whatever|where|before|until|everything"
        r"|all|way|soon as)\s+(?:I|we|you|he|she|it|they)"
        r"|\b(?:how|\w+est|most)(?:\s+\w+){0,3}"
        r"|\b(?:who|whoever|anyone|anybody|everyone|nobody|no one|than (?:I|we|he|she|they|it))"
        rf"|{WHATEVER_CLAUSE}",
        not_before=r"n['’]?t"
        r"|\s+(?:not|no|never|ever|barely|hardly|scarcely|only|care|afford|remember|see|hear|feel"
        r"|tell|understand|make no|pay only)\b"
        r"|\s*[.,;!?]",
    ),
    build_hedge_rule(
        rf"(?i:{build_alternation(HEDGING_ADVERBS)})",
        not_after=r"\b(?:cannot|can['’]?t|couldn['’]t|could not|can not|not)",
    ),
    build_hedge_rule(
        r"likely(?=\s+(?:to|that|be|been|have|had|will|would)\b)",
        not_after=r"\b(?:not|as|more|less|\w+n['’]t)",
    ),
    build_hedge_rule(
        r"(?:is|are|was|were|be|very|will|would|most|highly)\s+likely",
        not_before=r"\s+(?:to|that|be|been|have|\w+s)\b",
    ),
    build_hedge_rule(
        r"(?:appear|seem)(?:s|ed)?\s+(?:to|like|that)", not_after=r"\b(?:not|never|\w+n['’]t)"
    ),
    build_hedge_rule(r"(?i:it)\s+(?:seems|appears)", not_before=r"\s+(?:to|like|that)\b"),
    build_hedge_rule("suggests", not_after=r"\b(?:only|not|who|anyone|nobody)"),
    build_hedge_rule(
        r"suggest(?=\s+(?:that|the|an?|it|he|she|they)\b)",
        not_after=r"\b(?:to|not|\w+n['’]t|I|we|would|who|only|just)",
    ),
    build_hedge_rule(
        r"(?:I|[Ww]e)\s+(?:think|believe)",
        not_after=r"\b(?:what|how|than|and|as|do|everything)",
        not_before=r"\s+(?:in|of|about|so)\b|\s*[.?!]",
    ),
    build_hedge_rule(r"I\s+(?:guess|suppose|suspect)"),
    build_hedge_rule(r"(?i:in)\s+(?:my|our)\s+(?:opinion|view)"),
)
LIKELY_AT_END = re.compile(r"likely\Z")


def list_hedges(text: str, content: Span) -> Iterator[Span]:
    """Yield each hedge of a content, rule by rule; of "is likely" the adverb alone."""
    for rule in HEDGE_RULES:
        for hedge in rule.words.finditer(text, content.start, content.end):
            if not rule.allows(text, hedge, content):
                continue
            likely = LIKELY_AT_END.search(hedge[0])
            start = hedge.start() + likely.start() if likely else hedge.start()
            yield Span(start, hedge.end())
