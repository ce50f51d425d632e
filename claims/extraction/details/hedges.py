"""Words by which a quote weakens what it says: "could", "perhaps", "appears to"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from claims.extraction.schema import Span

REACH_BEFORE_HEDGE = (
    24  # characters before a word, in which the rules look for what makes it something else
)


class HedgeRule(NamedTuple):
    """A hedge, unless it stands after the one or before the other."""

    words: re.Pattern[str]
    not_after: re.Pattern[str]
    not_before: re.Pattern[str]


def build_hedge_rule(words: str, not_after: str = "(?!)", not_before: str = "(?!)") -> HedgeRule:
    """Cases matter: "May" is a month and "Might" a name."""
    before = re.compile(rf"(?:{not_after})\s+\Z", re.I)
    return HedgeRule(
        re.compile(rf"\b(?:{words})\b"), before, re.compile(rf"(?:{not_before})", re.I)
    )


WHATEVER_CLAUSE = r"\b(?:whatever|whoever|wherever|however|whichever)(?:\s+\w+){0,2}"
HEDGE_RULES = (
    build_hedge_rule("may", WHATEVER_CLAUSE, r"\s+(?:day\b|\d|the\b|God\b|or may not)"),
    build_hedge_rule(  # a noun after these
        "might",
        not_after=r"\b(?:the|its|his|her|our|my|their|of|all|military|full|economic|naval|political|industrial|financial|with|"
        r"no|such|great)|['’]s|" + WHATEVER_CLAUSE,
        not_before=r"\s+(?:of|is|and|to|in|makes)\b|\s*[.,;!?]",
    ),
    build_hedge_rule(  # an ability, not a chance
        "could",
        not_after=r"\b(?:so|that|if|wish|wishes|what|how|as|whatever|where|before|until|everything|all|way|soon as)\s+"
        r"(?:I|we|you|he|she|it|they)|\b(?:how|\w+est|most)(?:\s+\w+){0,3}|"
        r"\b(?:who|whoever|anyone|anybody|everyone|nobody|no one|than (?:I|we|he|she|they|it))|"
        + WHATEVER_CLAUSE,
        not_before=r"n['’]?t|\s+(?:not|no|never|ever|barely|hardly|scarcely|only|care|afford|remember|see|hear|feel|tell|understand|"
        r"make no|pay only)\b|\s*[.,;!?]",
    ),
    build_hedge_rule(
        r"(?i:possibly|perhaps|probably|maybe|reportedly|allegedly|apparently|presumably|supposedly|purportedly|seemingly|"
        r"potentially|conceivably)",
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
        r"\b(?:what|how|than|and|as|do|everything)",
        r"\s+(?:in|of|about|so)\b|\s*[.?!]",
    ),
    build_hedge_rule(r"I\s+(?:guess|suppose|suspect)"),
    build_hedge_rule(r"(?i:in)\s+(?:my|our)\s+(?:opinion|view)"),
)
LIKELY_AT_END = re.compile(r"likely\Z")


def list_hedges(text: str, content: Span) -> Iterator[Span]:
    """Each hedge of a content."""
    for words, not_after, not_before in HEDGE_RULES:
        for found in words.finditer(text, content.start, content.end):
            near = max(content.start, found.start() - REACH_BEFORE_HEDGE)
            if not_after.search(text, near, found.start()) or not_before.match(
                text, found.end(), content.end
            ):
                continue
            likely = LIKELY_AT_END.search(found[0])
            yield Span(found.start() + (likely.start() if likely else 0), found.end())
