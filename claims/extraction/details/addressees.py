"""Whom a quote is said to: "told the BBC", "wrote to MPs", "in an interview with Reuters"."""

import re
from collections.abc import Iterator

from claims.extraction.details.occasions import OccasionChain
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

ADVERB_AFTER_VERB = r"(?:\s(?:also|again|later|repeatedly|then|\w+ly))?"
VERB_OF_TELLING = (
    r"(?:tell|tells|told|telling|inform(?:s|ed|ing)?|remind(?:s|ed|ing)?|assur(?:e|es|ed|ing)|reassur(?:e|es|ed|ing)|"
    r"warn(?:s|ed|ing)?|caution(?:s|ed|ing)?|notif(?:y|ies|ied|ying)|brief(?:s|ed|ing)?|alert(?:s|ed|ing)?|"
    r"convinc(?:e|es|ed|ing)|persuad(?:e|es|ed|ing)|promis(?:e|es|ed|ing))"
)
VERB_OF_ASKING = (
    r"(?:urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|advis(?:e|es|ed|ing)|beg(?:s|ged|ging)?|implor(?:e|es|ed|ing)|"
    r"order(?:s|ed|ing)?|instruct(?:s|ed|ing)?|encourag(?:e|es|ed|ing)|command(?:s|ed|ing)?|"
    r"exhort(?:s|ed|ing)?|entreat(?:s|ed|ing)?|plead(?:s|ed|ing)?\swith|call(?:s|ed|ing)?\s(?:up)?on|appeal(?:s|ed|ing)?\sto)"
)
VERB_OF_SPEAKING = re.compile(
    r"\b(?:said|says?|saying|wrote|writes?|written|spoke|speaks?|speaking|confirmed|explained|admitted|confessed|confided|"
    r"complained|stressed|announced|testified|remarked|added|denied|claimed|stated|suggested|repeated|insisted|commented|"
    r"tweeted|boasted|joked|conceded|acknowledged|appealed|pleaded|e-?mailed)\b",
    re.I,
)
TELLING_OR_ASKING_AT_END = re.compile(
    rf"\b(?:{VERB_OF_TELLING}|{VERB_OF_ASKING}){ADVERB_AFTER_VERB}\s*\Z", re.I
)
ASKING_AT_END = re.compile(rf"\b{VERB_OF_ASKING}{ADVERB_AFTER_VERB}\s*\Z", re.I)
TELLING_OR_ASKING_BEFORE_BY = re.compile(
    rf"\b(?:{VERB_OF_TELLING}|{VERB_OF_ASKING})\s+by\s*\Z", re.I
)
ADDRESSEE_WITHIN_CUE = PhraseRule(
    rf"(?<!\ba\s)(?<!\bthe\s)\b(?:{VERB_OF_TELLING}|{VERB_OF_ASKING})\s(?P<who>{JOINED_NOUN_PHRASES})\Z",
    re.I,
)
ADDRESSEE_AS_OBJECT = PhraseRule(
    rf"\s*(?P<who>{OBJECT_PRONOUN}(?!\w)|{JOINED_NOUN_PHRASES}){END_OF_PHRASE}"
)
ADDRESSEE_AFTER_TO = PhraseRule(
    rf"[\s{ROLE_PLACEHOLDER}]*to\s(?P<who>{OBJECT_PRONOUN}(?!\w)|{JOINED_NOUN_PHRASES}){END_OF_PHRASE}"
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
AUDIENCE_NOUN = (
    r"(?:reporters|journalists|media|MPs|lawmakers|legislators|supporters|voters|investors|shareholders|colleagues|staff|staffers|"
    r"employees|workers|officials|police|prosecutors|investigators|detectives|officers|students|followers|fans|viewers|"
    r"listeners|readers|parliament|parliamentarians|deputies|senators|congressmen|jurors|members|diplomats|donors|delegates|"
    r"crowds|audiences|residents|allies|friends|analysts|critics|customers|users|subscribers|leaders|ministers|troops|soldiers|"
    r"authorities|regulators|attendees|aides|advisers|citizens|people|parents|patients|police|countries|governments|companies|"
    r"crowd|audience|court|judge|jury|committee|panel|council|commission|newspaper|magazine|network|station|broadcaster|agency|"
    r"outlet|assembly|congregation|president|minister|group|class|rally|gathering|nation|public|press|board|reporter|journalist|"
    r"interviewer|host|governor|mayor|government|police|army|king|pope)"
)
LISTENER_PHRASE = re.compile(
    rf"(?:{OBJECT_PRONOUN}\Z|(?:{DETERMINER}\s)*(?:[A-Z]|(?:[\w-]+\s){{0,3}}{AUDIENCE_NOUN}\b))"
)
PHRASE_OF_NO_LISTENER = re.compile(
    r"(?:(?:a|the|his|her|their)\s)?(?:questions?|requests?|claims?|queries|criticism|reports?|Twitter|Facebook|Instagram)\b"
)
NOUN_OF_TALK_AT_END = re.compile(
    r"\b(?:interviews?|letters?|e-?mails?|messages?|texts?|calls?|conversations?|remarks|comments|statements?|speech(?:es)?|"
    r"address|testimony|memos?|notes?|presentations?|briefings?|lectures?|replies|reply|speaking|talking|testifying|writing)\Z",
    re.I,
)
ADDRESSEE_AFTER_WITH = PhraseRule(
    rf"(?:with|to|before)\s(?:(?:a|the)\s(?:reporter|journalist|correspondent)\s(?:for|from|at|of)\s)?(?P<who>{JOINED_NOUN_PHRASES}){END_OF_PHRASE}"
)
ADDRESSEE_AFTER_ADDRESSING = PhraseRule(rf"[Aa]ddressing\s(?P<who>{NOUN_PHRASE}){END_OF_PHRASE}")
WORD_OF_NO_ADDRESSEE = re.compile(
    r"(?:himself|herself|themselves|itself|myself|ourselves|nothing|anything|why|how)\b"
)


def find_addressee(sentence: Sentence, text: str) -> Span | None:
    """The object of telling, as a span of the line: "told the BBC", "said to reporters"; of "was told" the subject."""
    line, cue = sentence.line, sentence.cue
    words = line[cue.start : cue.end]
    if verb := TELLING_OR_ASKING_AT_END.search(words) or TELLING_OR_ASKING_BEFORE_BY.search(words):
        if is_passive(line, cue.start + verb.start()):
            who = find_subject_bounds(line, cue.start + verb.start()) if sentence.whole else None
            return find_addressee_between(line, *who) if who else None
        return find_addressee_after_cue(sentence) or find_addressee_within_content(sentence, text)
    if VERB_OF_SPEAKING.search(words):
        return find_addressee_after_to(sentence)
    inside = ADDRESSEE_WITHIN_CUE.search(words)
    if inside and not is_passive(line, cue.start + inside.start()):
        return find_addressee_between(line, *(cue.start + at for at in inside.span("who")))
    return None


def find_addressee_after_cue(sentence: Sentence) -> Span | None:
    """What stands between the cue and what is said; in "…, Smith told the BBC" what follows."""
    line, cue = sentence.line, sentence.cue
    found = ADDRESSEE_AS_OBJECT.match(line, cue.end)
    if not found or (
        ASKING_AT_END.search(line, cue.start, cue.end)
        and PREPOSITION_OF_TOPIC.match(line, found.end())
    ):
        return None
    start, end = found.span("who")
    about = (
        TOPIC_AFTER_OF.search(line, start, end)
        if VERB_WITH_OF_AT_END.search(line, cue.start, cue.end) and line[start].isupper()
        else None
    )
    return find_addressee_between(line, start, about.start() if about else end)


def find_addressee_within_content(sentence: Sentence, text: str) -> Span | None:
    """ "urged" | "lawmakers to pass the bill": the object where the content takes it along."""
    content = sentence.content_after_cue()
    if content is None:
        return None
    words = text[sentence.offset + content.start : sentence.offset + content.end][:200]
    rule = (
        ADDRESSEE_BEFORE_INFINITIVE
        if ASKING_AT_END.search(sentence.line, sentence.cue.start, sentence.cue.end)
        else ADDRESSEE_BEFORE_THAT
    )
    found = rule.match(words)
    who = find_listener_between(words, *found.span("who")) if found else None
    return Span(content.start + who.start, content.start + who.end) if who else None


def find_addressee_after_to(sentence: Sentence) -> Span | None:
    """ "said to reporters", "said Smith to MPs"."""
    line, cue = sentence.line, sentence.cue
    if inside := ADDRESSEE_AFTER_TO_WITHIN_CUE.search(line[cue.start : cue.end]):
        return find_listener_between(line, *(cue.start + at for at in inside.span("who")))
    rule = ADDRESSEE_AS_OBJECT if TO_AT_END.search(line, cue.start, cue.end) else ADDRESSEE_AFTER_TO
    found = rule.match(line, cue.end)
    return find_listener_between(line, *found.span("who")) if found else None


def list_addressees_in_chain(line: str, chain: OccasionChain) -> Iterator[Span]:
    """Whom an occasion names as told: "in an interview with Reuters", "in a letter to the court", "addressing MPs"."""
    talk = False
    for item in chain:
        found = None
        if item.kind == "venue":
            talk = NOUN_OF_TALK_AT_END.search(line, item.start, item.end) is not None
            found = ADDRESSEE_AFTER_ADDRESSING.match(line, item.start)
        elif item.kind == "more" and talk:
            found = ADDRESSEE_AFTER_WITH.match(line, item.start, item.end)
        if found and (who := find_listener_between(line, *found.span("who"))):
            yield who


def find_listener_between(line: str, start: int, end: int) -> Span | None:
    """The phrase after "to" or "with", if it is of somebody who listens: not "said to questions"."""
    words = line[start:end]
    return find_addressee_between(line, start, end) if LISTENER_PHRASE.match(words) else None


def find_addressee_between(line: str, start: int, end: int) -> Span | None:
    return (
        None
        if WORD_OF_NO_ADDRESSEE.match(line, start) or PHRASE_OF_NO_LISTENER.match(line, start)
        else find_phrase_span(line, start, end)
    )
