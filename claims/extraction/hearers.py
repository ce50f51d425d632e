"""Who is told is not who says: "the court was told that …" names nobody who says it, "was told by police" names police."""

import re
from dataclasses import replace

from claims.extraction.phrases import END, JOINED, Rule, phrase_span
from claims.extraction.quotes import Found
from claims.extraction.schema import Span

TOLD = (
    "told|informed|reminded|assured|reassured|warned|cautioned|notified|briefed|alerted|promised|urged|asked|advised|"
    "ordered|instructed|commanded|exhorted|begged|implored"
)
ADVERB = r"(?:also|again|once|later|repeatedly|then|now|not|never|since|just|only|first|even|already|previously|\w+ly)"
MEANS = r"(?:e-?mail|letter|phone|telephone|text|post|mail|message|then|now|way|\d)\b"
IS_TOLD = re.compile(
    rf"(?:\b(?:is|are|was|were|been|be|being|gets?|got|am)|['’](?:m|re))\s(?:{ADVERB}\s)*(?:{TOLD})"
    rf"(?:\s(?:{ADVERB}|by))*(?:\sby\s{MEANS})?\s*\Z",
    re.I,
)
HEARS = re.compile(
    rf"\s*(?:(?:has|have|had|was|were|will)\s)?(?:{ADVERB}\s)*(?:hears?|heard|hearing)(?:\s{ADVERB})*\s*\Z", re.I
)
TRIBUNAL = re.compile(
    r"\b(?:court|jury|juries|jurors?|inquest|inquiry|enquiry|tribunal|hearing|committee|subcommittee|commission|panel|trial|"
    r"magistrates|councillors|MPs|MSPs|senators|lawmakers|parliament)(?=\Z|\s(?:in|of|at|into|on|for)\s)",
    re.I,
)
BY = Rule(
    rf"(?:(?<=\bby)|\s(?:{ADVERB}\s)?by)\s+(?!{MEANS})"
    rf"(?P<who>{JOINED}){END}"
)
FARTHEST = 60  # characters from a source to the end of its cue


def with_teller(quote: Found, text: str) -> Found:
    """The quote, said by whoever tells it, or by nobody who is named, where its source is who is told."""
    return replace(quote, source=teller(quote, text)) if quote.source and hears(quote.source, quote.cue, text) else quote


def hears(source: Span, cue: Span, text: str) -> bool:
    if not source.end <= cue.start or cue.end - source.end > FARTHEST:
        return False
    verb = text[source.end : cue.end]
    return bool(IS_TOLD.search(verb) or (HEARS.fullmatch(verb) and TRIBUNAL.search(source.of(text))))


def teller(quote: Found, text: str) -> Span | None:
    """Whom "by" names right after the cue."""
    after = min((content.start for content in quote.contents if content.start >= quote.cue.end), default=len(text))
    found = BY.match(text, quote.cue.end, after)
    return phrase_span(text, *found.span("who")) if found else None
