"""Whom an accusation or a criticism is against: "accused Nato of", "called the mayor a liar"."""

import re

from claims.extraction.lexicon.persons import SLURS
from claims.extraction.lexicon.pronouns import REFLEXIVE_PRONOUNS
from claims.extraction.lexicon.verbs import VERBS_OF_BLAMING, list_forms_of_verbs
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Span
from claims.extraction.text.days import TIME_EXPRESSION
from claims.extraction.text.phrases import (
    JOINED_NOUN_PHRASES,
    NOUN_PHRASE,
    OBJECT_PRONOUN,
    PhraseRule,
    find_phrase_span,
    find_subject_bounds,
    is_passive,
)
from claims.extraction.text.sentences import CONTENT_PLACEHOLDER, Sentence

BLAMING_VERB = build_alternation(list_forms_of_verbs(VERBS_OF_BLAMING))
ATTACKING_PHRASE = (
    r"(?:lash(?:es|ed|ing)?\sout|hit(?:s|ting)?\s(?:out|back)|(?:take|takes|taking|took)\saim"
    r"|fir(?:es|ed|ing)\sback|swip(?:es|ed|ing))\sat"
    r"|rail(?:s|ed|ing)?\sagainst|(?:goes|go|going|went)\safter"
)
BLAMING_VERB_AT_END = re.compile(
    rf"\b(?:{BLAMING_VERB}|{ATTACKING_PHRASE})"
    r"(?:\s(?:also|again|repeatedly|\w+ly))?(?:\s+by)?\s*\Z",
    re.I,
)
BLAMING_NOUN_AT_END = re.compile(
    r"\b(?:criticisms?|condemnation|denunciation|accusations?|allegations?|attacks?|rebuke)"
    r"\s(?:of|against|on)\s*\Z",
    re.I,
)
BLAME_AT_END = re.compile(r"\bblam(?:e|es|ed|ing)\s*\Z", re.I)
CALLING_VERB_AT_END = re.compile(
    r"\b(?:call(?:s|ed|ing)?|label(?:s|led|ed|ling)?|brand(?:s|ed|ing)?|dubb?(?:s|ed)?)\s*\Z", re.I
)
ACCUSING_VERB = re.compile(r"\baccus(?:e|es|ed|ing)\b", re.I)
WITHHOLDING_WORD = re.compile(
    r"\b(?:not|never|without|avoid\w*|refus\w*|declin\w*|fail\w*|stop\w*\sshort"
    r"|(?:steer\w*|stay\w*|keep\w*)\s(?:clear|away)"
    r"|rather\sthan|instead\sof|hesitat\w*|reluctant)\b|n['’]t\b",
    re.I,
)
TARGET_PHRASE = rf"[\s\"“]*(?P<who>{OBJECT_PRONOUN}(?!\w)|{JOINED_NOUN_PHRASES})"
ASIDE_AFTER_TARGET = rf"(?:,\s[^,.;{CONTENT_PLACEHOLDER}]{{3,80}},)?"

# Before these a phrase is plainly over: no verb of its own follows.
WORDS_AFTER_TARGET = (
    r"(?:of|for|over|as|that|when|because|after|saying|during|in|on|at|by|with|from|and|but|who"
    r"|which|to|about|against|under|into|rather|is|are|was|were|has|had)\b"
)
TARGET_AS_OBJECT = PhraseRule(
    rf"{TARGET_PHRASE}{ASIDE_AFTER_TARGET}"
    rf"(?=\s*(?:\Z|[.;,{CONTENT_PLACEHOLDER}]|{WORDS_AFTER_TARGET}|{TIME_EXPRESSION}))"
)
TARGET_WITHIN_CUE = PhraseRule(
    rf"\b{BLAMING_VERB}(?=\s){TARGET_PHRASE}\s(?:of|for|over)\s*\Z", re.I
)
TARGET_BEFORE_OF = PhraseRule(
    rf"{TARGET_PHRASE}{ASIDE_AFTER_TARGET}"
    rf"(?:\s(?:and|but|on|in)\s[^,.;{CONTENT_PLACEHOLDER}]{{3,60}}?)?(?:\s{TIME_EXPRESSION})?"
    rf"\s*(?:of\b|{CONTENT_PLACEHOLDER})"
)
TARGET_BEFORE_SLUR = PhraseRule(
    rf"[\s\"“]*(?P<who>{OBJECT_PRONOUN}(?!\w)|{NOUN_PHRASE})\s[\"“'‘]?(?:(?:an?|the)\s)?[\"“'‘]?"
    rf"(?:[\w-]+\s){{0,3}}{build_alternation(SLURS)}\b"
)
TARGET_AFTER_ON = PhraseRule(
    rf"[^.;,:{CONTENT_PLACEHOLDER}]{{1,60}}?\son\s[\"“'‘]?"
    rf"(?P<who>{OBJECT_PRONOUN}(?!\w)|{NOUN_PHRASE})(?=\s*(?:\Z|[.,;\"”'’]))"
)
ON_AFTER_OBJECT = re.compile(r"\s*on\s")
WORD_OF_NO_TARGET = re.compile(
    rf"(?:that|what|how|the\s(?:fact|idea|way)|{build_alternation(REFLEXIVE_PRONOUNS)}"
    r"|nothing|anything|nobody|no\sone)\b",
    re.I,
)


def find_target(sentence: Sentence, text: str, accusing: bool) -> Span | None:
    """Return whom a cue is against, as a span of the line.

    That is the object after the cue, with which the content may begin, or the subject of a passive.
    `accusing` tells that the cue's act is to accuse; "called X a liar" counts without.
    """
    line = sentence.line
    cue = sentence.cue
    words = line[cue.start : cue.end]
    if WITHHOLDING_WORD.search(words):
        return None
    if CALLING_VERB_AT_END.search(words):
        readable = restore_content_after_cue(sentence, text)
        return find_target_phrase(readable, TARGET_BEFORE_SLUR.match(readable, cue.end))
    if not accusing:
        return None
    target_within_cue = TARGET_WITHIN_CUE.search(line, cue.start, cue.end)
    if target_within_cue:
        return find_target_phrase(line, target_within_cue)
    verb = BLAMING_VERB_AT_END.search(line, cue.start, cue.end)
    if verb and is_passive(line, verb.start()):
        return find_target_of_passive(sentence, verb.start())
    if verb or BLAMING_NOUN_AT_END.search(words):
        return find_target_of_blame(restore_content_after_cue(sentence, text), cue)
    return None


def find_target_of_passive(sentence: Sentence, verb: int) -> Span | None:
    """Return the subject of "was accused", if the start of the sentence is in reach."""
    if not sentence.whole:
        return None
    bounds = find_subject_bounds(sentence.line, verb)
    return find_phrase_span(sentence.line, *bounds) if bounds else None


def find_target_of_blame(line: str, cue: Span) -> Span | None:
    """Return the object of blame: of "blamed X on Y" it is Y, and "accused" needs its "of"."""
    blames = BLAME_AT_END.search(line, cue.start, cue.end) is not None
    target_after_on = TARGET_AFTER_ON.match(line, cue.end) if blames else None
    if target_after_on:
        return find_target_phrase(line, target_after_on)
    accuses = ACCUSING_VERB.search(line, cue.start, cue.end) is not None
    rule = TARGET_BEFORE_OF if accuses else TARGET_AS_OBJECT
    target = rule.match(line, cue.end)
    if blames and target and ON_AFTER_OBJECT.match(line, target.end("who")):
        return None
    return find_target_phrase(line, target)


def find_target_phrase(line: str, match: re.Match[str] | None) -> Span | None:
    """Return the phrase that a rule matched, unless it is nobody that can be accused."""
    if match is None or WORD_OF_NO_TARGET.match(match["who"]):
        return None
    return find_phrase_span(line, *match.span("who"))


def restore_content_after_cue(sentence: Sentence, text: str) -> str:
    """Return the line in which the content right after the cue can be read."""
    content = sentence.find_content_after_cue()
    if content is None:
        return sentence.line
    words = sentence.read_in_text(content, text)
    return sentence.line[: content.start] + words + sentence.line[content.end :]
