"""Whom an accusation or a criticism is against: "accused Nato of", "called the mayor a liar", "was accused by"."""

import re

from claims.extraction.schema import Span
from claims.extraction.text.days import WHEN
from claims.extraction.text.phrases import JOINED, PHRASE, PRONOUN, Rule, is_passive, phrase_span, subject
from claims.extraction.text.sentences import HOLE, Sentence

BLAMED = (
    r"(?:accus|blam|criticis|criticiz|denounc|excoriat|castigat|censur|lambast|disparag|derid|ridicul|chid|berat|savag|skewer|"
    r"condemn|attack|slamm?|blast|rebuk|assail|scold|bash|mock|insult|taunt|rapp?|ripp?|smear|indict|slat|vilif|fault)"
    r"(?:e|es|ed|ing|s|y|ies|ied|ying)?"
)
AT_WHOM = (
    r"(?:lash(?:es|ed|ing)?\sout|hit(?:s|ting)?\s(?:out|back)|tak(?:es?|ing)\saim|took\saim|fir(?:es|ed|ing)\sback|"
    r"swip(?:es|ed|ing))\sat|rail(?:s|ed|ing)?\sagainst|(?:goes|go|going|went)\safter"
)
LAST_BLAMED = re.compile(rf"\b(?:{BLAMED}|{AT_WHOM})(?:\s(?:also|again|repeatedly|\w+ly))?(?:\s+by)?\s*\Z", re.I)
LAST_NOUN = re.compile(
    r"\b(?:criticisms?|condemnation|denunciation|accusations?|allegations?|attacks?|rebuke)\s(?:of|against|on)\s*\Z", re.I
)
LAST_BLAME = re.compile(r"\bblam(?:e|es|ed|ing)\s*\Z", re.I)
LAST_CALLED = re.compile(r"\b(?:call(?:s|ed|ing)?|label(?:s|led|ed|ling)?|brand(?:s|ed|ing)?|dubb?(?:s|ed)?)\s*\Z", re.I)
ACCUSED = re.compile(r"\baccus(?:e|es|ed|ing)\b", re.I)
WITHHELD = re.compile(
    r"\b(?:not|never|without|avoid\w*|refus\w*|declin\w*|fail\w*|stop\w*\sshort|(?:steer\w*|stay\w*|keep\w*)\s(?:clear|away)|"
    r"rather\sthan|instead\sof|hesitat\w*|reluctant)\b|n['’]t\b",
    re.I,
)
SLUR = (
    r"(?:liars?|fraud|bully|cowards?|hypocrites?|racists?|sexist|misogynist|bigots?|con\s?man|con\sartist|thugs?|disgrace|"
    r"criminals?|crooks?|dictator|terrorists?|traitors?|fascists?|tyrant|clown|fool|idiots?|moron|puppet|phony|charlatan|"
    r"demagogue|murderers?|killers?|butcher|menace|failure|joke|losers?|embarrassment)"
)
WHO = rf"[\s\"“]*(?P<who>{PRONOUN}(?!\w)|{JOINED})"
ASIDE = rf"(?:,\s[^,.;{HOLE}]{{3,80}},)?"
# A phrase that is plainly over: no verb of its own follows.
OBJECT = Rule(
    rf"{WHO}{ASIDE}(?=\s*(?:\Z|[.;,{HOLE}]|(?:of|for|over|as|that|when|because|after|saying|during|in|on|at|by|with|from|and|but|"
    rf"who|which|to|about|against|under|into|rather|is|are|was|were|has|had)\b|{WHEN}))"
)
INSIDE = Rule(rf"\b{BLAMED}(?=\s){WHO}\s(?:of|for|over)\s*\Z", re.I)
OBJECT_OF = Rule(rf"{WHO}{ASIDE}(?:\s(?:and|but|on|in)\s[^,.;{HOLE}]{{3,60}}?)?(?:\s{WHEN})?\s*(?:of\b|{HOLE})")
SLURRED = Rule(rf"[\s\"“]*(?P<who>{PRONOUN}(?!\w)|{PHRASE})\s[\"“'‘]?(?:(?:an?|the)\s)?[\"“'‘]?(?:[\w-]+\s){{0,3}}{SLUR}\b")
BLAMED_ON = Rule(rf"[^.;,:{HOLE}]{{1,60}}?\son\s[\"“'‘]?(?P<who>{PRONOUN}(?!\w)|{PHRASE})(?=\s*(?:\Z|[.,;\"”'’]))")
ON = re.compile(r"\s*on\s")
NO_TARGET = re.compile(
    r"(?:that|what|how|the\s(?:fact|idea|way)|himself|herself|themselves|itself|nothing|anything|nobody|no\sone)\b", re.I
)


def accused(sentence: Sentence, text: str, accusing: bool) -> Span | None:
    """The object after the cue, which the content may begin with, or the subject of a passive, as a span of the line.

    `accusing` is whether the cue's act is to accuse; "called X a liar" counts without.
    """
    line, cue = sentence.line, sentence.cue
    words = line[cue.start : cue.end]
    verb = LAST_BLAMED.search(line, cue.start, cue.end)
    if WITHHELD.search(words):
        return None
    if LAST_CALLED.search(words):
        readable = with_content_after_cue(sentence, text)
        return target(readable, SLURRED.match(readable, cue.end))
    if accusing and (inside := INSIDE.search(line, cue.start, cue.end)):
        return target(line, inside)
    if not accusing or not (verb or LAST_NOUN.search(words)):
        return None
    if verb and is_passive(line, verb.start()):
        who = subject(line, verb.start()) if sentence.whole else None
        return phrase_span(line, *who) if who else None
    return object_of_blame(with_content_after_cue(sentence, text), cue)


def object_of_blame(line: str, cue: Span) -> Span | None:
    """Of "blamed X on Y" it is Y; "accused" needs its "of" after the phrase."""
    blames = LAST_BLAME.search(line, cue.start, cue.end) is not None
    if blames and (on := BLAMED_ON.match(line, cue.end)):
        return target(line, on)
    rule = OBJECT_OF if ACCUSED.search(line, cue.start, cue.end) else OBJECT
    found = rule.match(line, cue.end)
    return None if found and blames and ON.match(line, found.end("who")) else target(line, found)


def target(line: str, found: re.Match[str] | None) -> Span | None:
    return None if found is None or NO_TARGET.match(found["who"]) else phrase_span(line, *found.span("who"))


def with_content_after_cue(sentence: Sentence, text: str) -> str:
    """The line in which the content right after the cue can be read."""
    line, content = sentence.line, sentence.content_after_cue()
    if content is None:
        return line
    raw = text[sentence.offset + content.start : sentence.offset + content.end]
    return line[: content.start] + raw + line[content.end :]
