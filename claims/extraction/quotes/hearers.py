"""Who is told is not who says: "the court was told that …" names nobody who says it, "was told by police" has police."""

import re
from dataclasses import replace

from claims.extraction.details.acts import ACT_OF_NOUN
from claims.extraction.quotes.finding import Found
from claims.extraction.schema import Span
from claims.extraction.text.phrases import END, JOINED, PHRASE, Rule, phrase_span

TOLD = (
    "told|informed|reminded|assured|reassured|warned|cautioned|notified|briefed|alerted|promised|urged|asked|advised|"
    "ordered|instructed|commanded|exhorted|begged|implored"
)
ADVERB = (
    r"(?:also|again|once|twice|thrice|\w+\stimes|later|then|now|not|never|since|just|first|even|already|"
    r"\w+ly)"  # "only" among them: named besides, it would be read in two ways, and a row of them in 2 ** n
)
MEANS = (
    r"(?:(?:e-?mail|letter|phone|telephone|text|post|mail|message|courier|fax|radio|video|loudspeaker|tannoy|then|now|way|"
    r"WhatsApp|Facebook|Twitter|Zoom|Skype|SMS|Christmas|Easter|New\sYear|Ramadan|Eid|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:the|this|that)\s(?:end|time|start|beginning|middle|deadline|week|month|year|weekend|summer|autumn|winter|spring))\b|\d)"
)
IS = r"(?:\b(?:is|are|was|were|been|be|being|gets?|got|am)|['’](?:m|re))"
WHEN = r"(?:\s(?:last|this|earlier|on|at|in|during|yesterday|today|that)\b(?:(?!\s(?:and|but|or)\s)[^,.;:!?\"“”\n]){0,40})"
IS_TOLD = re.compile(
    rf"{IS}\s(?:{ADVERB}\s)*(?P<told>{TOLD})(?:\s(?:{ADVERB}|by))*(?:\sby\s{MEANS})?{WHEN}?[\s:,]*\Z",
    re.I,
)
# "was fined and ordered to pay": of another passive before, and without the object that an active would have.
VERDICT = (
    r"(?:fined|banned|jailed|sentenced|convicted|found|given|arrested|disqualified|suspended|released|bailed|remanded|charged|"
    r"handed|evicted|sacked|dismissed|detained|evacuated|stopped|searched|sent|taken)"
)
AND_TOLD = re.compile(
    rf"\b(?:was|were|been)\s(?:{ADVERB}\s)*{VERDICT}\b[^;:!?\"“”\n]*?\b(?:and|then)\s(?:{ADVERB}\s)*(?P<told>{TOLD})(?:\sby)?\s*\Z",
    re.I,
)
NO_OBJECT = {
    **dict.fromkeys(("told",), re.compile(r"\s(?:to|by|that|he|she|they|it)\b")),
    **dict.fromkeys(("ordered", "instructed", "commanded"), re.compile(r"\s(?:to|by)\b")),
    **dict.fromkeys(
        ("informed", "reminded", "assured", "reassured", "notified"), re.compile(r"\s(?:by|that|he|she|they|it)\b")
    ),
    **dict.fromkeys(("warned", "cautioned"), re.compile(r"\s(?:by\b|(?:that\s)?(?:he|she)\b)")),
}
BY_SOMEBODY = re.compile(r"\sby\b")
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
# What is said stands in what the source gets, or is said by whom it hears.
GETS = re.compile(
    r"\s(?:(?:has|have|had)\s)?(?:receive[sd]?|got|gets?|getting|was\s(?:sent|handed|given)|were\s(?:sent|handed|given)|found|opened)\s"
    r"(?P<who>(?:an?|the|another|one|his|her|their)\s(?:[\w-]+\s){0,2}(?:letter|e-?mail|text|message|note|notice|call|card|bill|"
    r"leaflet|summons)(?:\sfrom\s[^,;:.\"“”\n]{2,50})?)\s(?:saying|telling|warning|informing|asking|stating|reading|demanding)\b",
    re.I,
)
HEARD = re.compile(
    r"\s(?:(?:has|have|had)\s)?(?:over)?hear[ds]?\s(?P<who>[^,;:.\"“”\n]{2,50}?)(?<!\sand)(?<!\sbut)(?<!\sor)\s"
    r"(?:say(?:ing)?|tell(?:ing)?|scream(?:ing)?|shout(?:ing)?|yell(?:ing)?|cry(?:ing)?|ask(?:ing)?)\b",
    re.I,
)
NOUN = re.compile(rf"\b(?:{'|'.join(sorted(ACT_OF_NOUN))})\Z", re.I)
# "was reacting to a claim | by the mayor that …"
TOLD_IN = Rule(rf"\s(?:by|from)\s+(?!{MEANS})(?P<who>{JOINED})(?:,\s[^,;:\n]{{2,60}},)?\s+that\b")
QUOTES = re.compile(r"(?<!was\s)(?<!were\s)(?<!been\s)(?<!is\s)(?<!are\s)\b(?:quot|cit)(?:e|es|ed|ing)\s*\Z", re.I)
AS_SAYING = Rule(rf"\s(?P<who>{PHRASE})(?:(?P<name>,\s[A-Z][^,;:\n]{{2,60}}),|,\s[^,;:\n]{{2,60}},)?\sas\s(?:saying|telling)\b")
QUOTATION = re.compile(r"(?P<said>[“\"][^“”\"\n]+[,.!?][”\"]),?\s\Z")
FARTHEST_BACK = 1000  # characters that a quotation before its source may have
ASKED_FIRST = re.compile(r"Asked\s(?:what|whether|if|why|how|about|when|where|who|by|again|repeatedly|twice)\b[^.!?\n]*,\s\Z")
FARTHEST = 80  # characters from a source to the end of its cue
LONGEST_SENTENCE = 200  # likewise, with other verbs between


def with_teller(quote: Found, text: str) -> Found:
    """The quote, said by whoever tells it, or by nobody who is named, where its source is who is told."""
    if quote.source is None:
        return quote
    if QUOTES.search(quote.cue.of(text)):
        return of_whom_it_quotes(quote, text)
    if NOUN.search(quote.cue.of(text)) and (source := named_by(TOLD_IN, text, quote.cue.end, len(text))):
        return replace(quote, source=source)
    if quote.source.end > quote.cue.start:
        return replace(quote, source=None) if is_asked(quote, text) else quote
    between = text[quote.source.end : quote.cue.end] if quote.cue.end - quote.source.end <= FARTHEST else ""
    if between and (heard := GETS.fullmatch(between) or HEARD.fullmatch(between)):
        source = Span(*(quote.source.end + at for at in heard.span("who")))
        return replace(quote, source=source, cue=Span(max(quote.cue.start, source.end + 1), quote.cue.end))
    return replace(quote, source=teller(quote, text)) if hears(quote.source, quote.cue, text) else quote


def of_whom_it_quotes(quote: Found, text: str) -> Found:
    """The quote, said by whom a paper quotes, not by the paper: "“It rained,” Reuters quoted Omar Diaz as saying"."""
    near = text[quote.cue.end : quote.cue.end + LONGEST_SENTENCE]
    found = AS_SAYING.match(near)
    who = phrase_span(near, found.start("who"), found.end("name") if found["name"] else found.end("who")) if found else None
    if found is None or who is None:
        return quote
    words = Span(quote.cue.end, quote.cue.end + found.end())
    said = tuple(content for content in quote.contents if not content.overlaps(words))
    if (
        not said
        and quote.source
        and (before := QUOTATION.search(text, max(quote.source.start - FARTHEST_BACK, 0), quote.source.start))
    ):
        said = (Span(*before.span("said")),)
    return replace(quote, source=Span(words.start + who.start, words.start + who.end), contents=said) if said else quote


def is_asked(quote: Found, text: str) -> bool:
    """Whether the source after the cue is who has been asked: "Asked what he would do, Zulu laughed"."""
    assert quote.source
    at = quote.cue.start
    return (
        quote.source.start > quote.cue.end
        and ASKED_FIRST.match(text, at, quote.source.start) is not None
        and (at == 0 or text[at - 1].isspace())
    )


def hears(source: Span, cue: Span, text: str) -> bool:
    """Whether a source is who is told, by its cue and what stands between."""
    if source.end > cue.start or cue.end - source.end > LONGEST_SENTENCE:
        return False
    verb = text[source.end : cue.end]
    near, at = len(verb) <= FARTHEST, cue.start - source.end
    if near and (found := IS_TOLD.search(verb)):
        return found.start("told") >= at
    if found := AND_TOLD.search(verb):
        word = found["told"].casefold()
        return found.start("told") >= at and NO_OBJECT.get(word, BY_SOMEBODY).match(text, cue.end) is not None
    return near and bool(HEARS.fullmatch(verb) and TRIBUNAL.search(source.of(text)))


def teller(quote: Found, text: str) -> Span | None:
    """Whom "by" names right after the cue."""
    after = min((content.start for content in quote.contents if content.start >= quote.cue.end), default=len(text))
    return named_by(BY, text, quote.cue.end, after)


def named_by(rule: Rule, text: str, start: int, end: int) -> Span | None:
    """Whom the words from `start` on name."""
    low = max(start - 2, 0)  # "by" may be the end of the cue
    near = text[low : min(end, start + LONGEST_SENTENCE)]
    found = rule.match(near, start - low)
    who = phrase_span(near, *found.span("who")) if found else None
    return Span(low + who.start, low + who.end) if who else None
