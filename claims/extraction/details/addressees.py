"""Whom a quote is said to: "told the BBC", "wrote to MPs", "in an interview with Reuters"."""

import re
from collections.abc import Iterator

from claims.extraction.details.occasions import Chain
from claims.extraction.schema import Span
from claims.extraction.text.phrases import (
    ALSO,
    DETERMINER,
    END,
    JOINED,
    PHRASE,
    PRONOUN,
    Rule,
    is_passive,
    phrase_span,
    subject,
)
from claims.extraction.text.sentences import NOUN, Sentence

OFTEN = r"(?:\s(?:also|again|later|repeatedly|then|\w+ly))?"
TOLD = (
    r"(?:tell|tells|told|telling|inform(?:s|ed|ing)?|remind(?:s|ed|ing)?|assur(?:e|es|ed|ing)|reassur(?:e|es|ed|ing)|"
    r"warn(?:s|ed|ing)?|caution(?:s|ed|ing)?|notif(?:y|ies|ied|ying)|brief(?:s|ed|ing)?|alert(?:s|ed|ing)?|"
    r"convinc(?:e|es|ed|ing)|persuad(?:e|es|ed|ing)|promis(?:e|es|ed|ing))"
)
ASKED = (
    r"(?:urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|advis(?:e|es|ed|ing)|beg(?:s|ged|ging)?|implor(?:e|es|ed|ing)|"
    r"order(?:s|ed|ing)?|instruct(?:s|ed|ing)?|encourag(?:e|es|ed|ing)|command(?:s|ed|ing)?|"
    r"exhort(?:s|ed|ing)?|entreat(?:s|ed|ing)?|plead(?:s|ed|ing)?\swith|call(?:s|ed|ing)?\s(?:up)?on|appeal(?:s|ed|ing)?\sto)"
)
SPOKE = re.compile(
    r"\b(?:said|says?|saying|wrote|writes?|written|spoke|speaks?|speaking|confirmed|explained|admitted|confessed|confided|"
    r"complained|stressed|announced|testified|remarked|added|denied|claimed|stated|suggested|repeated|insisted|commented|"
    r"tweeted|boasted|joked|conceded|acknowledged|appealed|pleaded|e-?mailed)\b",
    re.I,
)
LAST_TOLD = re.compile(rf"\b(?:{TOLD}|{ASKED}){OFTEN}\s*\Z", re.I)
LAST_ASKED = re.compile(rf"\b{ASKED}{OFTEN}\s*\Z", re.I)
TOLD_BY = re.compile(rf"\b(?:{TOLD}|{ASKED})\s+by\s*\Z", re.I)
INSIDE = Rule(rf"(?<!\ba\s)(?<!\bthe\s)\b(?:{TOLD}|{ASKED})\s(?P<who>{JOINED})\Z", re.I)
OBJECT = Rule(rf"\s*(?P<who>{PRONOUN}(?!\w)|{JOINED}){END}")
TO = Rule(rf"[\s{NOUN}]*to\s(?P<who>{PRONOUN}(?!\w)|{JOINED}){END}")
TO_INSIDE = Rule(rf"\bto\s(?P<who>{JOINED})\Z")
LAST_TO = re.compile(r"\bto\s*\Z")
OF_A_THING = re.compile(r"\b(?:told|tell|remind|inform|warn|assur|reassur|convinc|notif|persuad)\w*\s*\Z", re.I)
ABOUT = re.compile(r"\sof\s(?:the|an?|his|her|its|their|our|my)\s")
FOR_A_THING = re.compile(r"\s*(?:of|about|for|against)\b")
IN_CONTENT = rf"(?P<who>{PRONOUN}(?!\w)|{PHRASE}(?:{ALSO})?)(?:,\s[^,.;]{{3,80}},)?"
TO_DO = Rule(rf"{IN_CONTENT}\s+(?:not\s+)?to\s+[a-z]+")
THAT = Rule(rf"{IN_CONTENT}\s+(?:that|of|against|not\s+to|about)\s")
AUDIENCE = (
    r"(?:reporters|journalists|media|MPs|lawmakers|legislators|supporters|voters|investors|shareholders|colleagues|staff|staffers|"
    r"employees|workers|officials|police|prosecutors|investigators|detectives|officers|students|followers|fans|viewers|"
    r"listeners|readers|parliament|parliamentarians|deputies|senators|congressmen|jurors|members|diplomats|donors|delegates|"
    r"crowds|audiences|residents|allies|friends|analysts|critics|customers|users|subscribers|leaders|ministers|troops|soldiers|"
    r"authorities|regulators|attendees|aides|advisers|citizens|people|parents|patients|police|countries|governments|companies|"
    r"crowd|audience|court|judge|jury|committee|panel|council|commission|newspaper|magazine|network|station|broadcaster|agency|"
    r"outlet|assembly|congregation|president|minister|group|class|rally|gathering|nation|public|press|board|reporter|journalist|"
    r"interviewer|host|governor|mayor|government|police|army|king|pope)"
)
LISTENER = re.compile(rf"(?:{PRONOUN}\Z|(?:{DETERMINER}\s)*(?:[A-Z]|(?:[\w-]+\s){{0,3}}{AUDIENCE}\b))")
NO_LISTENER = re.compile(
    r"(?:(?:a|the|his|her|their)\s)?(?:questions?|requests?|claims?|queries|criticism|reports?|Twitter|Facebook|Instagram)\b"
)
TALKS = re.compile(
    r"\b(?:interviews?|letters?|e-?mails?|messages?|texts?|calls?|conversations?|remarks|comments|statements?|speech(?:es)?|"
    r"address|testimony|memos?|notes?|presentations?|briefings?|lectures?|replies|reply|speaking|talking|testifying|writing)\Z",
    re.I,
)
WITH = Rule(
    rf"(?:with|to|before)\s(?:(?:a|the)\s(?:reporter|journalist|correspondent)\s(?:for|from|at|of)\s)?(?P<who>{JOINED}){END}"
)
ADDRESSING = Rule(rf"[Aa]ddressing\s(?P<who>{PHRASE}){END}")
NOBODY = re.compile(r"(?:himself|herself|themselves|itself|myself|ourselves|nothing|anything|why|how)\b")


def told(sentence: Sentence, text: str) -> Span | None:
    """The object of telling, as a span of the line: "told the BBC", "said to reporters"; of "was told" the subject."""
    line, cue = sentence.line, sentence.cue
    words = line[cue.start : cue.end]
    if verb := LAST_TOLD.search(words) or TOLD_BY.search(words):
        if is_passive(line, cue.start + verb.start()):
            who = subject(line, cue.start + verb.start()) if sentence.whole else None
            return listener(line, *who) if who else None
        return object_after(sentence) or object_within(sentence, text)
    if SPOKE.search(words):
        return after_to(sentence)
    inside = INSIDE.search(words)
    if inside and not is_passive(line, cue.start + inside.start()):
        return listener(line, *(cue.start + at for at in inside.span("who")))
    return None


def object_after(sentence: Sentence) -> Span | None:
    """What stands between the cue and what is said; in "…, Smith told the BBC" what follows."""
    line, cue = sentence.line, sentence.cue
    found = OBJECT.match(line, cue.end)
    if not found or (LAST_ASKED.search(line, cue.start, cue.end) and FOR_A_THING.match(line, found.end())):
        return None
    start, end = found.span("who")
    about = ABOUT.search(line, start, end) if OF_A_THING.search(line, cue.start, cue.end) and line[start].isupper() else None
    return listener(line, start, about.start() if about else end)


def object_within(sentence: Sentence, text: str) -> Span | None:
    """ "urged" | "lawmakers to pass the bill": the object where the content takes it along."""
    content = sentence.content_after_cue()
    if content is None:
        return None
    words = text[sentence.offset + content.start : sentence.offset + content.end][:200]
    rule = TO_DO if LAST_ASKED.search(sentence.line, sentence.cue.start, sentence.cue.end) else THAT
    found = rule.match(words)
    who = to_listener(words, *found.span("who")) if found else None
    return Span(content.start + who.start, content.start + who.end) if who else None


def after_to(sentence: Sentence) -> Span | None:
    """ "said to reporters", "said Smith to MPs"."""
    line, cue = sentence.line, sentence.cue
    if inside := TO_INSIDE.search(line[cue.start : cue.end]):
        return to_listener(line, *(cue.start + at for at in inside.span("who")))
    rule = OBJECT if LAST_TO.search(line, cue.start, cue.end) else TO
    found = rule.match(line, cue.end)
    return to_listener(line, *found.span("who")) if found else None


def told_on(line: str, chain: Chain) -> Iterator[Span]:
    """Whom an occasion names as told: "in an interview with Reuters", "in a letter to the court", "addressing MPs"."""
    talk = False
    for item in chain:
        found = None
        if item.kind == "venue":
            talk = TALKS.search(line, item.start, item.end) is not None
            found = ADDRESSING.match(line, item.start)
        elif item.kind == "more" and talk:
            found = WITH.match(line, item.start, item.end)
        if found and (who := to_listener(line, *found.span("who"))):
            yield who


def to_listener(line: str, start: int, end: int) -> Span | None:
    """The phrase after "to" or "with", if it is of somebody who listens: not "said to questions"."""
    words = line[start:end]
    return listener(line, start, end) if LISTENER.match(words) else None


def listener(line: str, start: int, end: int) -> Span | None:
    return None if NOBODY.match(line, start) or NO_LISTENER.match(line, start) else phrase_span(line, start, end)
