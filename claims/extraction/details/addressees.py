"""Whom a quote is said to: "told the BBC", "wrote to MPs", "in an interview with Reuters"."""

import re
from collections.abc import Iterator

from claims.extraction.details.occasions import OccasionChain
from claims.extraction.lexicon.persons import AUDIENCE_NOUNS
from claims.extraction.lexicon.pronouns import REFLEXIVE_PRONOUNS
from claims.extraction.lexicon.venues import NOUNS_OF_TALK
from claims.extraction.lexicon.verbs import (
    FORMS_OF_SPEAKING,
    VERBS_OF_ASKING,
    VERBS_OF_TELLING,
    list_forms_of_verbs,
)
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Span
from claims.extraction.text.phrases import (
    AND_NOUN_PHRASE,
    DETERMINER,
    END_OF_PHRASE,
    JOINED_NOUN_PHRASES,
    NOUN_PHRASE,
    OBJECT_PRONOUN,
    PhraseRule,
    find_phrase_span,
    find_subject_bounds,
    is_passive,
)
from claims.extraction.text.sentences import ROLE_PLACEHOLDER, Sentence

LENGTH_OF_CONTENT_READ = 200  # characters

ADVERB_AFTER_VERB = r"(?:\s(?:also|again|later|repeatedly|then|\w+ly))?"
VERB_OF_TELLING = build_alternation(list_forms_of_verbs(VERBS_OF_TELLING))
VERB_OF_ASKING = (
    rf"(?:{build_alternation(list_forms_of_verbs(VERBS_OF_ASKING))}"
    r"|plead(?:s|ed|ing)?\swith|call(?:s|ed|ing)?\s(?:up)?on|appeal(?:s|ed|ing)?\sto)"
)
VERB_OF_SPEAKING = re.compile(rf"\b{build_alternation(FORMS_OF_SPEAKING)}\b", re.I)
TELLING_OR_ASKING_AT_END = re.compile(
    rf"\b(?:{VERB_OF_TELLING}|{VERB_OF_ASKING}){ADVERB_AFTER_VERB}\s*\Z", re.I
)
ASKING_AT_END = re.compile(rf"\b{VERB_OF_ASKING}{ADVERB_AFTER_VERB}\s*\Z", re.I)
TELLING_OR_ASKING_BEFORE_BY = re.compile(
    rf"\b(?:{VERB_OF_TELLING}|{VERB_OF_ASKING})\s+by\s*\Z", re.I
)

ADDRESSEE_WITHIN_CUE = PhraseRule(
    rf"(?<!\ba\s)(?<!\bthe\s)\b(?:{VERB_OF_TELLING}|{VERB_OF_ASKING})"
    rf"\s(?P<who>{JOINED_NOUN_PHRASES})\Z",
    re.I,
)
ADDRESSEE_AS_OBJECT = PhraseRule(
    rf"\s*(?P<who>{OBJECT_PRONOUN}(?!\w)|{JOINED_NOUN_PHRASES}){END_OF_PHRASE}"
)
ADDRESSEE_AFTER_TO = PhraseRule(
    rf"[\s{ROLE_PLACEHOLDER}]*to\s"
    rf"(?P<who>{OBJECT_PRONOUN}(?!\w)|{JOINED_NOUN_PHRASES}){END_OF_PHRASE}"
)
ADDRESSEE_AFTER_TO_WITHIN_CUE = PhraseRule(rf"\bto\s(?P<who>{JOINED_NOUN_PHRASES})\Z")
TO_AT_END = re.compile(r"\bto\s*\Z")
VERB_WITH_OF_AT_END = re.compile(
    r"\b(?:told|tell|remind|inform|warn|assur|reassur|convinc|notif|persuad)\w*\s*\Z", re.I
)
TOPIC_AFTER_OF = re.compile(r"\sof\s(?:the|an?|his|her|its|their|our|my)\s")
PREPOSITION_OF_TOPIC = re.compile(r"\s*(?:of|about|for|against)\b")
ADDRESSEE_AT_START_OF_CONTENT = (
    rf"(?P<who>{OBJECT_PRONOUN}(?!\w)|{NOUN_PHRASE}(?:{AND_NOUN_PHRASE})?)(?:,\s[^,.;]{{3,80}},)?"
)
ADDRESSEE_BEFORE_INFINITIVE = PhraseRule(
    rf"{ADDRESSEE_AT_START_OF_CONTENT}\s+(?:not\s+)?to\s+[a-z]+"
)
ADDRESSEE_BEFORE_THAT = PhraseRule(
    rf"{ADDRESSEE_AT_START_OF_CONTENT}\s+(?:that|of|against|not\s+to|about)\s"
)

LISTENER_PHRASE = re.compile(
    rf"(?:{OBJECT_PRONOUN}\Z"
    rf"|(?:{DETERMINER}\s)*(?:[A-Z]|(?:[\w-]+\s){{0,3}}{build_alternation(AUDIENCE_NOUNS)}\b))"
)
PHRASE_OF_NO_LISTENER = re.compile(
    r"(?:(?:a|the|his|her|their)\s)?(?:questions?|requests?|claims?|queries|criticism|reports?"
    r"|Twitter|Facebook|Instagram)\b"
)
NOUN_OF_TALK_AT_END = re.compile(
    rf"\b(?:{build_alternation(NOUNS_OF_TALK)}|speaking|talking|testifying|writing)\Z", re.I
)
ADDRESSEE_AFTER_WITH = PhraseRule(
    r"(?:with|to|before)\s"
    r"(?:(?:a|the)\s(?:reporter|journalist|correspondent)\s(?:for|from|at|of)\s)?"
    rf"(?P<who>{JOINED_NOUN_PHRASES}){END_OF_PHRASE}"
)
ADDRESSEE_AFTER_ADDRESSING = PhraseRule(rf"[Aa]ddressing\s(?P<who>{NOUN_PHRASE}){END_OF_PHRASE}")
WORD_OF_NO_ADDRESSEE = re.compile(
    rf"(?:{build_alternation(REFLEXIVE_PRONOUNS)}|myself|ourselves|nothing|anything|why|how)\b"
)


def find_addressee(sentence: Sentence, text: str) -> Span | None:
    """Return whom the cue itself says to be told, as a span of the line.

    That is the object of "told the BBC", whoever "said to reporters" names, and the subject of "was
    told".
    """
    cue = sentence.cue
    words = sentence.line[cue.start : cue.end]
    verb = TELLING_OR_ASKING_AT_END.search(words) or TELLING_OR_ASKING_BEFORE_BY.search(words)
    if verb:
        if is_passive(sentence.line, cue.start + verb.start()):
            return find_addressee_of_passive(sentence, cue.start + verb.start())
        addressee = find_addressee_after_cue(sentence)
        return addressee or find_addressee_within_content(sentence, text)
    if VERB_OF_SPEAKING.search(words):
        return find_addressee_after_to(sentence)
    return find_addressee_within_cue(sentence)


def find_addressee_of_passive(sentence: Sentence, verb: int) -> Span | None:
    """Return the subject of "was told", if the start of the sentence is in reach."""
    if not sentence.whole:
        return None
    bounds = find_subject_bounds(sentence.line, verb)
    return find_addressee_between(sentence.line, *bounds) if bounds else None


def find_addressee_within_cue(sentence: Sentence) -> Span | None:
    """Return the object of a verb of telling that the cue ends with: "told the BBC" as one cue."""
    cue = sentence.cue
    match = ADDRESSEE_WITHIN_CUE.search(sentence.line[cue.start : cue.end])
    if match is None or is_passive(sentence.line, cue.start + match.start()):
        return None
    start, end = match.span("who")
    return find_addressee_between(sentence.line, cue.start + start, cue.start + end)


def find_addressee_after_cue(sentence: Sentence) -> Span | None:
    """Return what stands right after the cue: "told the BBC that …", "…, Smith told the BBC"."""
    line = sentence.line
    cue = sentence.cue
    match = ADDRESSEE_AS_OBJECT.match(line, cue.end)
    if match is None:
        return None
    asks = ASKING_AT_END.search(line, cue.start, cue.end)
    if asks and PREPOSITION_OF_TOPIC.match(line, match.end()):
        return None
    start, end = match.span("who")
    if line[start].isupper() and VERB_WITH_OF_AT_END.search(line, cue.start, cue.end):
        topic = TOPIC_AFTER_OF.search(line, start, end)
        if topic:
            end = topic.start()
    return find_addressee_between(line, start, end)


def find_addressee_within_content(sentence: Sentence, text: str) -> Span | None:
    """Return the object that the content takes along: "urged" | "lawmakers to pass the bill"."""
    content = sentence.find_content_after_cue()
    if content is None:
        return None
    words = sentence.read_in_text(content, text)[:LENGTH_OF_CONTENT_READ]
    asks = ASKING_AT_END.search(sentence.line, sentence.cue.start, sentence.cue.end)
    rule = ADDRESSEE_BEFORE_INFINITIVE if asks else ADDRESSEE_BEFORE_THAT
    addressee = find_listener(words, rule.match(words))
    if addressee is None:
        return None
    return Span(content.start + addressee.start, content.start + addressee.end)


def find_addressee_after_to(sentence: Sentence) -> Span | None:
    """Return who is named after "to": "said to reporters", "said Smith to MPs"."""
    line = sentence.line
    cue = sentence.cue
    within_cue = ADDRESSEE_AFTER_TO_WITHIN_CUE.search(line[cue.start : cue.end])
    if within_cue:
        start, end = within_cue.span("who")
        return find_listener_between(line, cue.start + start, cue.start + end)
    ends_with_to = TO_AT_END.search(line, cue.start, cue.end)
    rule = ADDRESSEE_AS_OBJECT if ends_with_to else ADDRESSEE_AFTER_TO
    return find_listener(line, rule.match(line, cue.end))


def list_addressees_in_chain(line: str, chain: OccasionChain) -> Iterator[Span]:
    """Yield whom an occasion names as told: "in a letter to the court", "addressing MPs"."""
    is_talk = False
    for phrase in chain:
        match = None
        if phrase.kind == "venue":
            is_talk = NOUN_OF_TALK_AT_END.search(line, phrase.start, phrase.end) is not None
            match = ADDRESSEE_AFTER_ADDRESSING.match(line, phrase.start)
        elif phrase.kind == "more" and is_talk:
            match = ADDRESSEE_AFTER_WITH.match(line, phrase.start, phrase.end)
        addressee = find_listener(line, match)
        if addressee:
            yield addressee


def find_listener(line: str, match: re.Match[str] | None) -> Span | None:
    """Return the listener that a rule matched, if any."""
    if match is None:
        return None
    return find_listener_between(line, *match.span("who"))


def find_listener_between(line: str, start: int, end: int) -> Span | None:
    """Return the phrase between two offsets if it is of a listener: not "to questions"."""
    if LISTENER_PHRASE.match(line[start:end]) is None:
        return None
    return find_addressee_between(line, start, end)


def find_addressee_between(line: str, start: int, end: int) -> Span | None:
    """Return the phrase between two offsets, unless it begins with what cannot be told anything."""
    if WORD_OF_NO_ADDRESSEE.match(line, start) or PHRASE_OF_NO_LISTENER.match(line, start):
        return None
    return find_phrase_span(line, start, end)
