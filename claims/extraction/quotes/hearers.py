"""Who is told is not who says.

"The court was told that …" names nobody who says it, and "was told by police that …" has police.
"""

import re
from dataclasses import replace

from claims.extraction.lexicon.verbs import ACT_OF_NOUN
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.phrases import (
    END_OF_PHRASE,
    JOINED_NOUN_PHRASES,
    NOUN_PHRASE,
    PhraseRule,
    find_phrase_span,
)

PARTICIPLE_OF_TELLING = (
    "told|informed|reminded|assured|reassured|warned|cautioned|notified|briefed|alerted|promised|"
    "urged|asked|advised|ordered|instructed|commanded|exhorted|begged|implored"
)
# "Only" is among the words in -ly. Named besides, it would be read in two ways, and a row of n of
# them in 2 ** n.
ADVERB_OF_TELLING = (
    r"(?:also|again|once|twice|thrice|\w+\stimes|later|then|now|not|never|since|just|first|even|"
    r"already|\w+ly)"
)
MEANS_OR_TIME_AFTER_BY = (
    r"(?:(?:e-?mail|letter|phone|telephone|text|post|mail|message|courier|fax|radio|video|"
    r"loudspeaker|tannoy|then|now|way|WhatsApp|Facebook|Twitter|Zoom|Skype|SMS|"
    r"Christmas|Easter|New\sYear|Ramadan|Eid|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:the|this|that)\s(?:end|time|start|beginning|middle|deadline|week|month|year|weekend|"
    r"summer|autumn|winter|spring))\b|\d)"
)
FORM_OF_BE_OR_GET = r"(?:\b(?:is|are|was|were|been|be|being|gets?|got|am)|['’](?:m|re))"
TIME_AFTER_TELLING = (
    r"(?:\s(?:last|this|earlier|on|at|in|during|yesterday|today|that)\b"
    r"(?:(?!\s(?:and|but|or)\s)[^,.;:!?\"“”\n]){0,40})"
)
PASSIVE_OF_TELLING = re.compile(
    rf"{FORM_OF_BE_OR_GET}\s(?:{ADVERB_OF_TELLING}\s)*(?P<told>{PARTICIPLE_OF_TELLING})"
    rf"(?:\s(?:{ADVERB_OF_TELLING}|by))*(?:\sby\s{MEANS_OR_TIME_AFTER_BY})?"
    rf"{TIME_AFTER_TELLING}?[\s:,]*\Z",
    re.I,
)
# "was fined and ordered to pay": of another passive before, and without the object that an active
# would have.
PARTICIPLE_OF_VERDICT = (
    r"(?:fined|banned|jailed|sentenced|convicted|found|given|arrested|disqualified|suspended|"
    r"released|bailed|remanded|charged|handed|evicted|sacked|dismissed|detained|evacuated|stopped|"
    r"searched|sent|taken)"
)
VERDICT_AND_PASSIVE_OF_TELLING = re.compile(
    rf"\b(?:was|were|been)\s(?:{ADVERB_OF_TELLING}\s)*{PARTICIPLE_OF_VERDICT}\b"
    rf"[^;:!?\"“”\n]*?\b(?:and|then)\s(?:{ADVERB_OF_TELLING}\s)*"
    rf"(?P<told>{PARTICIPLE_OF_TELLING})(?:\sby)?\s*\Z",
    re.I,
)
# What may follow a participle of telling where it has no object.
TO_AFTER_PARTICIPLE = re.compile(r"\s(?:to|by)\b")
THAT_AFTER_PARTICIPLE = re.compile(r"\s(?:by|that|he|she|they|it)\b")
CLAUSE_AFTER_WARNED = re.compile(r"\s(?:by\b|(?:that\s)?(?:he|she)\b)")
NO_OBJECT_AFTER_PARTICIPLE = {
    "told": re.compile(r"\s(?:to|by|that|he|she|they|it)\b"),
    "ordered": TO_AFTER_PARTICIPLE,
    "instructed": TO_AFTER_PARTICIPLE,
    "commanded": TO_AFTER_PARTICIPLE,
    "informed": THAT_AFTER_PARTICIPLE,
    "reminded": THAT_AFTER_PARTICIPLE,
    "assured": THAT_AFTER_PARTICIPLE,
    "reassured": THAT_AFTER_PARTICIPLE,
    "notified": THAT_AFTER_PARTICIPLE,
    "warned": CLAUSE_AFTER_WARNED,
    "cautioned": CLAUSE_AFTER_WARNED,
}
BY_AFTER_PARTICIPLE = re.compile(r"\sby\b")
HEARING_VERB = re.compile(
    rf"\s*(?:(?:has|have|had|was|were|will)\s)?(?:{ADVERB_OF_TELLING}\s)*"
    rf"(?:hears?|heard|hearing)(?:\s{ADVERB_OF_TELLING})*\s*\Z",
    re.I,
)
HEARING_BODY = re.compile(
    r"\b(?:court|jury|juries|jurors?|inquest|inquiry|enquiry|tribunal|hearing|committee|"
    r"subcommittee|commission|panel|trial|magistrates|councillors|MPs|MSPs|senators|lawmakers|"
    r"parliament)(?=\Z|\s(?:in|of|at|into|on|for)\s)",
    re.I,
)
TELLER_AFTER_BY = PhraseRule(
    rf"(?:(?<=\bby)|\s(?:{ADVERB_OF_TELLING}\s)?by)\s+(?!{MEANS_OR_TIME_AFTER_BY})"
    rf"(?P<who>{JOINED_NOUN_PHRASES}){END_OF_PHRASE}"
)
# What is said stands in what the source gets, or is said by whom it hears.
RECEIVED_WRITING = re.compile(
    r"\s(?:(?:has|have|had)\s)?(?:receive[sd]?|got|gets?|getting|was\s(?:sent|handed|given)|"
    r"were\s(?:sent|handed|given)|found|opened)\s"
    r"(?P<who>(?:an?|the|another|one|his|her|their)\s(?:[\w-]+\s){0,2}"
    r"(?:letter|e-?mail|text|message|note|notice|call|card|bill|leaflet|summons)"
    r"(?:\sfrom\s[^,;:.\"“”\n]{2,50})?)\s"
    r"(?:saying|telling|warning|informing|asking|stating|reading|demanding)\b",
    re.I,
)
HEARD_SPEAKER = re.compile(
    r"\s(?:(?:has|have|had)\s)?(?:over)?hear[ds]?\s"
    r"(?P<who>[^,;:.\"“”\n]{2,50}?)(?<!\sand)(?<!\sbut)(?<!\sor)\s"
    r"(?:say|tell|scream|shout|yell|cry|ask)(?:ing)?\b",
    re.I,
)
ACT_NOUN_AT_END = re.compile(rf"\b(?:{'|'.join(sorted(ACT_OF_NOUN))})\Z", re.I)
# "was reacting to a claim | by the mayor that …"
TELLER_AFTER_ACT_NOUN = PhraseRule(
    rf"\s(?:by|from)\s+(?!{MEANS_OR_TIME_AFTER_BY})(?P<who>{JOINED_NOUN_PHRASES})"
    r"(?:,\s[^,;:\n]{2,60},)?\s+that\b"
)
QUOTING_VERB_AT_END = re.compile(
    r"(?<!was\s)(?<!were\s)(?<!been\s)(?<!is\s)(?<!are\s)\b(?:quot|cit)(?:e|es|ed|ing)\s*\Z", re.I
)
QUOTED_PERSON_AS_SAYING = PhraseRule(
    rf"\s(?P<who>{NOUN_PHRASE})(?:(?P<name>,\s[A-Z][^,;:\n]{{2,60}}),|,\s[^,;:\n]{{2,60}},)?"
    r"\sas\s(?:saying|telling)\b"
)
QUOTATION_BEFORE_SOURCE = re.compile(r"(?P<said>[“\"][^“”\"\n]+[,.!?][”\"]),?\s\Z")
LONGEST_QUOTATION_BEFORE_SOURCE = 1000  # characters
ASKED_AT_START = re.compile(
    r"Asked\s(?:what|whether|if|why|how|about|when|where|who|by|again|repeatedly|twice)\b"
    r"[^.!?\n]*,\s\Z"
)
FARTHEST_END_OF_CUE = 80  # characters from a source to the end of its cue
FARTHEST_END_OF_CUE_AFTER_VERBS = 200  # likewise, with other verbs between


def replace_hearer_with_teller(quote: FoundQuote, text: str) -> FoundQuote:
    """Return the quote with whoever tells it as its source, if one is named, not who is told."""
    if quote.source is None:
        return quote
    cue = quote.cue.of(text)
    if QUOTING_VERB_AT_END.search(cue):
        return replace_paper_with_quoted_person(quote, text)
    if ACT_NOUN_AT_END.search(cue):
        teller = find_phrase_by_rule(TELLER_AFTER_ACT_NOUN, text, quote.cue.end, len(text))
        if teller:
            return replace(quote, source=teller)
    if quote.source.end > quote.cue.start:
        return replace(quote, source=None) if is_source_asked(quote, text) else quote
    heard = find_what_is_heard(quote.source, quote.cue, text)
    if heard:
        cue_start = max(quote.cue.start, heard.end + 1)
        return replace(quote, source=heard, cue=Span(cue_start, quote.cue.end))
    if is_source_told(quote.source, quote.cue, text):
        return replace(quote, source=find_teller(quote, text))
    return quote


def find_what_is_heard(source: Span, cue: Span, text: str) -> Span | None:
    """Return what a source before its cue has got in writing, or whom it hears, who say the words.

    "Residents | got a letter saying" has the letter, "Ann | heard a man shouting" the man.
    """
    if cue.end - source.end > FARTHEST_END_OF_CUE:
        return None
    between = text[source.end : cue.end]
    match = RECEIVED_WRITING.fullmatch(between) or HEARD_SPEAKER.fullmatch(between)
    if match is None:
        return None
    return Span(source.end + match.start("who"), source.end + match.end("who"))


def replace_paper_with_quoted_person(quote: FoundQuote, text: str) -> FoundQuote:
    """Return the quote, said by whom a paper quotes.

    "“It rained,” Reuters quoted Omar Diaz as saying" is an example.
    """
    start = quote.cue.end
    after_cue = text[start : start + FARTHEST_END_OF_CUE_AFTER_VERBS]
    match = QUOTED_PERSON_AS_SAYING.match(after_cue)
    if match is None:
        return quote
    end_of_person = match.end("name") if match["name"] else match.end("who")
    person = find_phrase_span(after_cue, match.start("who"), end_of_person)
    if person is None:
        return quote
    words_of_quoting = Span(start, start + match.end())
    contents = [content for content in quote.contents if not content.overlaps(words_of_quoting)]
    if not contents and quote.source:
        contents = list_quotation_before(quote.source, text)
    if not contents:
        return quote
    source = Span(start + person.start, start + person.end)
    return replace(quote, source=source, contents=tuple(contents))


def list_quotation_before(source: Span, text: str) -> list[Span]:
    """Return the quotation that stands right before a source, if one does."""
    start = max(source.start - LONGEST_QUOTATION_BEFORE_SOURCE, 0)
    match = QUOTATION_BEFORE_SOURCE.search(text, start, source.start)
    return [Span(*match.span("said"))] if match else []


def is_source_asked(quote: FoundQuote, text: str) -> bool:
    """Return whether the source after the cue is who was asked.

    "Asked what he would do, Zulu laughed" is an example.
    """
    start = quote.cue.start
    if quote.source is None or quote.source.start <= quote.cue.end:
        return False
    if start > 0 and not text[start - 1].isspace():
        return False
    return ASKED_AT_START.match(text, start, quote.source.start) is not None


def is_source_told(source: Span, cue: Span, text: str) -> bool:
    """Return whether a source is who is told, by its cue and the words before the cue."""
    if source.end > cue.start or cue.end - source.end > FARTHEST_END_OF_CUE_AFTER_VERBS:
        return False
    verbs = text[source.end : cue.end]
    start_of_cue = cue.start - source.end
    is_near = len(verbs) <= FARTHEST_END_OF_CUE
    passive = PASSIVE_OF_TELLING.search(verbs) if is_near else None
    if passive:
        return passive.start("told") >= start_of_cue
    verdict = VERDICT_AND_PASSIVE_OF_TELLING.search(verbs)
    if verdict:
        participle = verdict["told"].casefold()
        has_no_object = NO_OBJECT_AFTER_PARTICIPLE.get(participle, BY_AFTER_PARTICIPLE)
        is_of_cue = verdict.start("told") >= start_of_cue
        return is_of_cue and has_no_object.match(text, cue.end) is not None
    if not is_near or not HEARING_VERB.fullmatch(verbs):
        return False
    return HEARING_BODY.search(source.of(text)) is not None


def find_teller(quote: FoundQuote, text: str) -> Span | None:
    """Return whom "by" names right after the cue, before any content."""
    end = len(text)
    for content in quote.contents:
        if content.start >= quote.cue.end:
            end = min(end, content.start)
    return find_phrase_by_rule(TELLER_AFTER_BY, text, quote.cue.end, end)


def find_phrase_by_rule(rule: PhraseRule, text: str, start: int, end: int) -> Span | None:
    """Return whom the words from `start` on name by a rule; `end` is as far as they go."""
    low = max(start - 2, 0)  # "by" may be the end of the cue
    words = text[low : min(end, start + FARTHEST_END_OF_CUE_AFTER_VERBS)]
    match = rule.match(words, start - low)
    phrase = find_phrase_span(words, *match.span("who")) if match else None
    return Span(low + phrase.start, low + phrase.end) if phrase else None
