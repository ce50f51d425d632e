"""What speaks for two wordings being one, and what against it, as a reporter would say it."""

import re
from collections.abc import Iterable

# What speaks for it, in the order in which a reader wants to know it.
EVIDENCE_PHRASES = {
    "same figures": "the same figures",
    "same names": "the same names",
    "same time": "the same day",
    "same speaker": "the same speaker",
    "same meaning": "words of the same meaning",
}
NUMBERED_EVIDENCE = (
    (re.compile(r"run of (\d{1,4}) words"), "{} words in a row"),
    (re.compile(r"(\d{1,4}) words in marks"), "{} words inside quotation marks in both"),
)
# What speaks against it, or says why the two are compared at all.
OTHER_PHRASES = {
    "in one article": "both in one article",
    "words from two places": "words from two places",
    "no proposition": "one of them is no whole sentence",
    "other figure": "another figure",
    "other name": "another name",
    "other person": "another person",
    "other subject": "of somebody else",
    "other polarity": "with a negation in one of them",
    "opposite words": "words of opposite meaning",
    "called false": "it is called false",
    "other reason": "another reason",
    "other time": "another time",
    "other condition": "another condition",
    "no answer": "no answer is given",
}


def phrase_evidence(code: str) -> str:
    """Return a code of evidence for it in words; an empty string for one that pages do not tell."""
    for pattern, phrase in NUMBERED_EVIDENCE:
        found = pattern.fullmatch(code)
        if found:
            return phrase.format(found[1])
    return EVIDENCE_PHRASES.get(code, "")


def describe_reasons(evidence: Iterable[str]) -> str:
    """Return what speaks for and against it."""
    phrases = [phrase_evidence(code) or OTHER_PHRASES.get(code, "") for code in evidence]
    return "; ".join(phrase for phrase in phrases if phrase) or "words of a like meaning"
