"""Who is told is not who says: "the court was told that …" names nobody who says it, "was told by police" has police."""

import re
from dataclasses import replace

from claims.extraction.lexicon.verbs import ACT_OF_NOUN
from claims.extraction.quotes.finding import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.phrases import (
    END_OF_PHRASE,
    JOINED_NOUN_PHRASES,
    NOUN_PHRASE,
    PhraseRule,
    find_phrase_span,
)

PARTICIPLE_OF_TELLING = (
    "told|informed|reminded|assured|reassured|warned|cautioned|notified|briefed|alerted|promised|urged|asked|advised|"
    "ordered|instructed|commanded|exhorted|begged|implored"
)
ADVERB_OF_TELLING = (
    r"(?:also|again|once|twice|thrice|\w+\stimes|later|then|now|not|never|since|just|first|even|already|"
    r"\w+ly)"  # "only" among them: named besides, it would be read in two ways, and a row of them in 2 ** n
)
MEANS_OR_TIME_AFTER_BY = (
    r"(?:(?:e-?mail|letter|phone|telephone|text|post|mail|message|courier|fax|radio|video|loudspeaker|tannoy|then|now|way|"
    r"WhatsApp|Facebook|Twitter|Zoom|Skype|SMS|Christmas|Easter|New\sYear|Ramadan|Eid|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:the|this|that)\s(?:end|time|start|beginning|middle|deadline|week|month|year|weekend|summer|autumn|winter|spring))\b|\d)"
)
FORM_OF_BE_OR_GET = r"(?:\b(?:is|are|was|were|been|be|being|gets?|got|am)|['’](?:m|re))"
TIME_AFTER_TELLING = r"(?:\s(?:last|this|earlier|on|at|in|during|yesterday|today|that)\b(?:(?!\s(?:and|but|or)\s)[^,.;:!?\"“”\n]){0,40})"
PASSIVE_OF_TELLING = re.compile(
    rf"{FORM_OF_BE_OR_GET}\s(?:{ADVERB_OF_TELLING}\s)*(?P<told>{PARTICIPLE_OF_TELLING})(?:\s(?:{ADVERB_OF_TELLING}|by))*(?:\sby\s{MEANS_OR_TIME_AFTER_BY})?{TIME_AFTER_TELLING}?[\s:,]*\Z",
    re.I,
)
# "was fined and ordered to pay": of another passive before, and without the object that an active would have.
PARTICIPLE_OF_VERDICT = (
    r"(?:fined|banned|jailed|sentenced|convicted|found|given|arrested|disqualified|suspended|released|bailed|remanded|charged|"
    r"handed|evicted|sacked|dismissed|detained|evacuated|stopped|searched|sent|taken)"
)
VERDICT_AND_PASSIVE_OF_TELLING = re.compile(
    rf"\b(?:was|were|been)\s(?:{ADVERB_OF_TELLING}\s)*{PARTICIPLE_OF_VERDICT}\b[^;:!?\"“”\n]*?\b(?:and|then)\s(?:{ADVERB_OF_TELLING}\s)*(?P<told>{PARTICIPLE_OF_TELLING})(?:\sby)?\s*\Z",
    re.I,
)
NO_OBJECT_AFTER_PARTICIPLE = {
    **dict.fromkeys(("told",), re.compile(r"\s(?:to|by|that|he|she|they|it)\b")),
    **dict.fromkeys(("ordered", "instructed", "commanded"), re.compile(r"\s(?:to|by)\b")),
    **dict.fromkeys(
        ("informed", "reminded", "assured", "reassured", "notified"),
        re.compile(r"\s(?:by|that|he|she|they|it)\b"),
    ),
    **dict.fromkeys(("warned", "cautioned"), re.compile(r"\s(?:by\b|(?:that\s)?(?:he|she)\b)")),
}
BY_AFTER_PARTICIPLE = re.compile(r"\sby\b")
HEARING_VERB = re.compile(
    rf"\s*(?:(?:has|have|had|was|were|will)\s)?(?:{ADVERB_OF_TELLING}\s)*(?:hears?|heard|hearing)(?:\s{ADVERB_OF_TELLING})*\s*\Z",
    re.I,
)
HEARING_BODY = re.compile(
    r"\b(?:court|jury|juries|jurors?|inquest|inquiry|enquiry|tribunal|hearing|committee|subcommittee|commission|panel|trial|"
    r"magistrates|councillors|MPs|MSPs|senators|lawmakers|parliament)(?=\Z|\s(?:in|of|at|into|on|for)\s)",
    re.I,
)
TELLER_AFTER_BY = PhraseRule(
    rf"(?:(?<=\bby)|\s(?:{ADVERB_OF_TELLING}\s)?by)\s+(?!{MEANS_OR_TIME_AFTER_BY})"
    rf"(?P<who>{JOINED_NOUN_PHRASES}){END_OF_PHRASE}"
)
# What is said stands in what the source gets, or is said by whom it hears.
RECEIVED_WRITING = re.compile(
    r"\s(?:(?:has|have|had)\s)?(?:receive[sd]?|got|gets?|getting|was\s(?:sent|handed|given)|were\s(?:sent|handed|given)|found|opened)\s"
    r"(?P<who>(?:an?|the|another|one|his|her|their)\s(?:[\w-]+\s){0,2}(?:letter|e-?mail|text|message|note|notice|call|card|bill|"
    r"leaflet|summons)(?:\sfrom\s[^,;:.\"“”\n]{2,50})?)\s(?:saying|telling|warning|informing|asking|stating|reading|demanding)\b",
    re.I,
)
HEARD_SPEAKER = re.compile(
    r"\s(?:(?:has|have|had)\s)?(?:over)?hear[ds]?\s(?P<who>[^,;:.\"“”\n]{2,50}?)(?<!\sand)(?<!\sbut)(?<!\sor)\s"
    r"(?:say(?:ing)?|tell(?:ing)?|scream(?:ing)?|shout(?:ing)?|yell(?:ing)?|cry(?:ing)?|ask(?:ing)?)\b",
    re.I,
)
ACT_NOUN_AT_END = re.compile(rf"\b(?:{'|'.join(sorted(ACT_OF_NOUN))})\Z", re.I)
# "was reacting to a claim | by the mayor that …"
TELLER_AFTER_ACT_NOUN = PhraseRule(
    rf"\s(?:by|from)\s+(?!{MEANS_OR_TIME_AFTER_BY})(?P<who>{JOINED_NOUN_PHRASES})(?:,\s[^,;:\n]{{2,60}},)?\s+that\b"
)
QUOTING_VERB_AT_END = re.compile(
    r"(?<!was\s)(?<!were\s)(?<!been\s)(?<!is\s)(?<!are\s)\b(?:quot|cit)(?:e|es|ed|ing)\s*\Z", re.I
)
QUOTED_PERSON_AS_SAYING = PhraseRule(
    rf"\s(?P<who>{NOUN_PHRASE})(?:(?P<name>,\s[A-Z][^,;:\n]{{2,60}}),|,\s[^,;:\n]{{2,60}},)?\sas\s(?:saying|telling)\b"
)
QUOTATION_BEFORE_SOURCE = re.compile(r"(?P<said>[“\"][^“”\"\n]+[,.!?][”\"]),?\s\Z")
LONGEST_QUOTATION_BEFORE_SOURCE = 1000  # characters that a quotation before its source may have
ASKED_AT_START = re.compile(
    r"Asked\s(?:what|whether|if|why|how|about|when|where|who|by|again|repeatedly|twice)\b[^.!?\n]*,\s\Z"
)
FARTHEST_END_OF_CUE = 80  # characters from a source to the end of its cue
FARTHEST_END_OF_CUE_AFTER_VERBS = 200  # likewise, with other verbs between


def replace_hearer_with_teller(quote: FoundQuote, text: str) -> FoundQuote:
    """The quote, said by whoever tells it, or by nobody who is named, where its source is who is told."""
    if quote.source is None:
        return quote
    if QUOTING_VERB_AT_END.search(quote.cue.of(text)):
        return replace_paper_with_quoted_person(quote, text)
    if ACT_NOUN_AT_END.search(quote.cue.of(text)) and (
        source := find_phrase_by_rule(TELLER_AFTER_ACT_NOUN, text, quote.cue.end, len(text))
    ):
        return replace(quote, source=source)
    if quote.source.end > quote.cue.start:
        return replace(quote, source=None) if is_source_asked(quote, text) else quote
    between = (
        text[quote.source.end : quote.cue.end]
        if quote.cue.end - quote.source.end <= FARTHEST_END_OF_CUE
        else ""
    )
    if between and (
        heard := RECEIVED_WRITING.fullmatch(between) or HEARD_SPEAKER.fullmatch(between)
    ):
        source = Span(*(quote.source.end + at for at in heard.span("who")))
        return replace(
            quote, source=source, cue=Span(max(quote.cue.start, source.end + 1), quote.cue.end)
        )
    return (
        replace(quote, source=find_teller(quote, text))
        if is_source_told(quote.source, quote.cue, text)
        else quote
    )


def replace_paper_with_quoted_person(quote: FoundQuote, text: str) -> FoundQuote:
    """The quote, said by whom a paper quotes, not by the paper: "“It rained,” Reuters quoted Omar Diaz as saying"."""
    near = text[quote.cue.end : quote.cue.end + FARTHEST_END_OF_CUE_AFTER_VERBS]
    found = QUOTED_PERSON_AS_SAYING.match(near)
    who = (
        find_phrase_span(
            near, found.start("who"), found.end("name") if found["name"] else found.end("who")
        )
        if found
        else None
    )
    if found is None or who is None:
        return quote
    words = Span(quote.cue.end, quote.cue.end + found.end())
    said = tuple(content for content in quote.contents if not content.overlaps(words))
    if (
        not said
        and quote.source
        and (
            before := QUOTATION_BEFORE_SOURCE.search(
                text,
                max(quote.source.start - LONGEST_QUOTATION_BEFORE_SOURCE, 0),
                quote.source.start,
            )
        )
    ):
        said = (Span(*before.span("said")),)
    return (
        replace(quote, source=Span(words.start + who.start, words.start + who.end), contents=said)
        if said
        else quote
    )


def is_source_asked(quote: FoundQuote, text: str) -> bool:
    """Whether the source after the cue is who has been asked: "Asked what he would do, Zulu laughed"."""
    assert quote.source
    at = quote.cue.start
    return (
        quote.source.start > quote.cue.end
        and ASKED_AT_START.match(text, at, quote.source.start) is not None
        and (at == 0 or text[at - 1].isspace())
    )


def is_source_told(source: Span, cue: Span, text: str) -> bool:
    """Whether a source is who is told, by its cue and what stands between."""
    if source.end > cue.start or cue.end - source.end > FARTHEST_END_OF_CUE_AFTER_VERBS:
        return False
    verb = text[source.end : cue.end]
    near, at = len(verb) <= FARTHEST_END_OF_CUE, cue.start - source.end
    if near and (found := PASSIVE_OF_TELLING.search(verb)):
        return found.start("told") >= at
    if found := VERDICT_AND_PASSIVE_OF_TELLING.search(verb):
        word = found["told"].casefold()
        return (
            found.start("told") >= at
            and NO_OBJECT_AFTER_PARTICIPLE.get(word, BY_AFTER_PARTICIPLE).match(text, cue.end)
            is not None
        )
    return near and bool(HEARING_VERB.fullmatch(verb) and HEARING_BODY.search(source.of(text)))


def find_teller(quote: FoundQuote, text: str) -> Span | None:
    """Whom "by" names right after the cue."""
    after = min(
        (content.start for content in quote.contents if content.start >= quote.cue.end),
        default=len(text),
    )
    return find_phrase_by_rule(TELLER_AFTER_BY, text, quote.cue.end, after)


def find_phrase_by_rule(rule: PhraseRule, text: str, start: int, end: int) -> Span | None:
    """Whom the words from `start` on name."""
    low = max(start - 2, 0)  # "by" may be the end of the cue
    near = text[low : min(end, start + FARTHEST_END_OF_CUE_AFTER_VERBS)]
    found = rule.match(near, start - low)
    who = find_phrase_span(near, *found.span("who")) if found else None
    return Span(low + who.start, low + who.end) if who else None
