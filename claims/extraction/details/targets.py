"""Whom an accusation or a criticism is against: "accused Nato of", "called the mayor a liar", "was accused by"."""

import re

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

BLAMING_VERB = (
    r"(?:accus|blam|criticis|criticiz|denounc|excoriat|castigat|censur|lambast|disparag|derid|ridicul|chid|berat|savag|skewer|"
    r"condemn|attack|slamm?|blast|rebuk|assail|scold|bash|mock|insult|taunt|rapp?|ripp?|smear|indict|slat|vilif|fault)"
    r"(?:e|es|ed|ing|s|y|ies|ied|ying)?"
)
ATTACKING_PHRASE = (
    r"(?:lash(?:es|ed|ing)?\sout|hit(?:s|ting)?\s(?:out|back)|tak(?:es?|ing)\saim|took\saim|fir(?:es|ed|ing)\sback|"
    r"swip(?:es|ed|ing))\sat|rail(?:s|ed|ing)?\sagainst|(?:goes|go|going|went)\safter"
)
BLAMING_VERB_AT_END = re.compile(
    rf"\b(?:{BLAMING_VERB}|{ATTACKING_PHRASE})(?:\s(?:also|again|repeatedly|\w+ly))?(?:\s+by)?\s*\Z",
    re.I,
)
BLAMING_NOUN_AT_END = re.compile(
    r"\b(?:criticisms?|condemnation|denunciation|accusations?|allegations?|attacks?|rebuke)\s(?:of|against|on)\s*\Z",
    re.I,
)
BLAME_AT_END = re.compile(r"\bblam(?:e|es|ed|ing)\s*\Z", re.I)
CALLING_VERB_AT_END = re.compile(
    r"\b(?:call(?:s|ed|ing)?|label(?:s|led|ed|ling)?|brand(?:s|ed|ing)?|dubb?(?:s|ed)?)\s*\Z", re.I
)
ACCUSING_VERB = re.compile(r"\baccus(?:e|es|ed|ing)\b", re.I)
WITHHOLDING_WORD = re.compile(
    r"\b(?:not|never|without|avoid\w*|refus\w*|declin\w*|fail\w*|stop\w*\sshort|(?:steer\w*|stay\w*|keep\w*)\s(?:clear|away)|"
    r"rather\sthan|instead\sof|hesitat\w*|reluctant)\b|n['’]t\b",
    re.I,
)
SLUR_NOUN = (
    r"(?:liars?|fraud|bully|cowards?|hypocrites?|racists?|sexist|misogynist|bigots?|con\s?man|con\sartist|thugs?|disgrace|"
    r"criminals?|crooks?|dictator|terrorists?|traitors?|fascists?|tyrant|clown|fool|idiots?|moron|puppet|phony|charlatan|"
    r"demagogue|murderers?|killers?|butcher|menace|failure|joke|losers?|embarrassment)"
)
TARGET_PHRASE = rf"[\s\"“]*(?P<who>{OBJECT_PRONOUN}(?!\w)|{JOINED_NOUN_PHRASES})"
ASIDE_AFTER_TARGET = rf"(?:,\s[^,.;{CONTENT_PLACEHOLDER}]{{3,80}},)?"
# A phrase that is plainly over: no verb of its own follows.
TARGET_AS_OBJECT = PhraseRule(
    rf"{TARGET_PHRASE}{ASIDE_AFTER_TARGET}(?=\s*(?:\Z|[.;,{CONTENT_PLACEHOLDER}]|(?:of|for|over|as|that|when|because|after|saying|during|in|on|at|by|with|from|and|but|"
    rf"who|which|to|about|against|under|into|rather|is|are|was|were|has|had)\b|{TIME_EXPRESSION}))"
)
TARGET_WITHIN_CUE = PhraseRule(
    rf"\b{BLAMING_VERB}(?=\s){TARGET_PHRASE}\s(?:of|for|over)\s*\Z", re.I
)
TARGET_BEFORE_OF = PhraseRule(
    rf"{TARGET_PHRASE}{ASIDE_AFTER_TARGET}(?:\s(?:and|but|on|in)\s[^,.;{CONTENT_PLACEHOLDER}]{{3,60}}?)?(?:\s{TIME_EXPRESSION})?\s*(?:of\b|{CONTENT_PLACEHOLDER})"
)
TARGET_BEFORE_SLUR = PhraseRule(
    rf"[\s\"“]*(?P<who>{OBJECT_PRONOUN}(?!\w)|{NOUN_PHRASE})\s[\"“'‘]?(?:(?:an?|the)\s)?[\"“'‘]?(?:[\w-]+\s){{0,3}}{SLUR_NOUN}\b"
)
TARGET_AFTER_ON = PhraseRule(
    rf"[^.;,:{CONTENT_PLACEHOLDER}]{{1,60}}?\son\s[\"“'‘]?(?P<who>{OBJECT_PRONOUN}(?!\w)|{NOUN_PHRASE})(?=\s*(?:\Z|[.,;\"”'’]))"
)
ON_AFTER_OBJECT = re.compile(r"\s*on\s")
WORD_OF_NO_TARGET = re.compile(
    r"(?:that|what|how|the\s(?:fact|idea|way)|himself|herself|themselves|itself|nothing|anything|nobody|no\sone)\b",
    re.I,
)


def find_target(sentence: Sentence, text: str, accusing: bool) -> Span | None:
    """The object after the cue, which the content may begin with, or the subject of a passive, as a span of the line.

    `accusing` is whether the cue's act is to accuse; "called X a liar" counts without.
    """
    line, cue = sentence.line, sentence.cue
    words = line[cue.start : cue.end]
    verb = BLAMING_VERB_AT_END.search(line, cue.start, cue.end)
    if WITHHOLDING_WORD.search(words):
        return None
    if CALLING_VERB_AT_END.search(words):
        readable = restore_content_after_cue(sentence, text)
        return find_target_phrase(readable, TARGET_BEFORE_SLUR.match(readable, cue.end))
    if accusing and (inside := TARGET_WITHIN_CUE.search(line, cue.start, cue.end)):
        return find_target_phrase(line, inside)
    if not accusing or not (verb or BLAMING_NOUN_AT_END.search(words)):
        return None
    if verb and is_passive(line, verb.start()):
        who = find_subject_bounds(line, verb.start()) if sentence.whole else None
        return find_phrase_span(line, *who) if who else None
    return find_target_of_blame(restore_content_after_cue(sentence, text), cue)


def find_target_of_blame(line: str, cue: Span) -> Span | None:
    """Of "blamed X on Y" it is Y; "accused" needs its "of" after the phrase."""
    blames = BLAME_AT_END.search(line, cue.start, cue.end) is not None
    if blames and (on := TARGET_AFTER_ON.match(line, cue.end)):
        return find_target_phrase(line, on)
    rule = TARGET_BEFORE_OF if ACCUSING_VERB.search(line, cue.start, cue.end) else TARGET_AS_OBJECT
    found = rule.match(line, cue.end)
    return (
        None
        if found and blames and ON_AFTER_OBJECT.match(line, found.end("who"))
        else find_target_phrase(line, found)
    )


def find_target_phrase(line: str, found: re.Match[str] | None) -> Span | None:
    return (
        None
        if found is None or WORD_OF_NO_TARGET.match(found["who"])
        else find_phrase_span(line, *found.span("who"))
    )


def restore_content_after_cue(sentence: Sentence, text: str) -> str:
    """The line in which the content right after the cue can be read."""
    line, content = sentence.line, sentence.content_after_cue()
    if content is None:
        return line
    raw = text[sentence.offset + content.start : sentence.offset + content.end]
    return line[: content.start] + raw + line[content.end :]
