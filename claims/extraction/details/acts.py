"""The act of a cue, by tables of its words and by rules on negation, refusal and pleas."""

import re
from functools import lru_cache

from claims.extraction.lexicon.verbs import (
    ACT_OF_NOUN,
    ACT_OF_VERB,
    LEMMA_OF_FORM,
    LIGHT_VERBS,
    PHRASES_WITH_ACTS,
)
from claims.extraction.schema import Act

LENGTH_OF_CONTENT_READ = 40  # characters

NEGATION = re.compile(
    r"\b(?:not|never|no|without|nor|neither|cannot|avoid\w*|refrain\w*|stop\w* short"
    r"|sh(?:y|ies|ied) away)\b|n't\b",
    re.I,
)
PLEA_IN_COURT = re.compile(
    r"\b(?:plead(?:s|ed|ing)?|pled)\b(?P<plea>\s(?:not\s)?guilty)?"
    r"|\benter(?:s|ed|ing)?\b.*\bguilty pleas?\b"
)
PLEA_AT_START = re.compile(r"(?:not )?guilty\b")
REFUSING_VERB = re.compile(r"\b(?:refus|declin|fail)\w*", re.I)
ANSWERING_WORD = re.compile(
    r"\b(?:comment|respond|repl(?:y|ies)|response|answer|discuss|say|elaborate|speculate"
    r"|return)\w*",
    re.I,
)
ANSWERING_VERB = re.compile(r"\b(?:respond|comment|reply|return|answer)\w*")
CUE_OF_REFERENCE = re.compile(r"\baccording to\b|^in$|\bper\b")
WORD_IN_LOWERCASE = re.compile(r"[a-z]+")

NEUTRAL_ACT: Act = "say"
VERBS_OF_MERE_SAYING = ("say", "tell")

PHRASE_PATTERNS_WITH_ACTS = tuple(
    (re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.I), act) for act, phrases in PHRASES_WITH_ACTS
)

ACT_WHEN_NEGATED: dict[Act, Act] = {
    "confirm": "deny",
    "support": "deny",
    "deny": "confirm",
    "promise": "deny",
    "claim": "deny",
    # Of whoever does not do one of these no more can be told than that something was said.
    "accuse": NEUTRAL_ACT,
    "warn": NEUTRAL_ACT,
    "demand": NEUTRAL_ACT,
    "predict": NEUTRAL_ACT,
}


def classify_act_with_confidence(
    cue: str, content: str = "", source_is_person: bool = True
) -> tuple[Act, float]:
    """Return the act of a cue, and between 0 and 1 how sure it is. The confidences are set by hand.

    `content` decides where the cue stops short ("declined" | "to comment on the claim").
    `source_is_person` matters to "according to" alone: a person says, a document or an outlet
    reports.
    """
    plain_cue = normalize_cue(cue)
    plain_content = content[:LENGTH_OF_CONTENT_READ].casefold()
    if REFUSING_VERB.search(plain_cue):
        return classify_refusal(plain_cue, plain_content)
    if is_plea_in_court(plain_cue, plain_content):
        pleads_not_guilty = "not guilty" in f"{plain_cue} {plain_content}"
        return ("deny" if pleads_not_guilty else "confirm"), 0.9
    is_negated = NEGATION.search(plain_cue) is not None
    if is_negated and ANSWERING_VERB.search(plain_cue):
        return "no_comment", 0.85
    if CUE_OF_REFERENCE.search(plain_cue):
        return (NEUTRAL_ACT if source_is_person else "report"), 0.9
    act_of_phrase = find_act_of_phrase(plain_cue)
    if act_of_phrase:
        return act_of_phrase, 0.85
    act, confidence = classify_act_by_words(WORD_IN_LOWERCASE.findall(plain_cue))
    if is_negated:
        return ACT_WHEN_NEGATED.get(act, act), 0.7
    return act, confidence


@lru_cache(4096)
def is_known_to_report(cue: str) -> bool:
    """Return whether the tables know a cue, which hardly any that reports nothing is in."""
    plain_cue = normalize_cue(cue)
    words = WORD_IN_LOWERCASE.findall(plain_cue)
    if not words or "according" in words:
        return True
    for word in words:
        if word in ACT_OF_NOUN or LEMMA_OF_FORM.get(word) in ACT_OF_VERB:
            return True
    return bool(REFUSING_VERB.search(plain_cue) or find_act_of_phrase(plain_cue))


def normalize_cue(cue: str) -> str:
    """Return a cue in lower case and with straight apostrophes, as the patterns here have it."""
    return cue.replace("’", "'").casefold()


def classify_refusal(plain_cue: str, plain_content: str) -> tuple[Act, float]:
    """Return the act of a cue of refusing: to comment, to accuse, or to do anything else."""
    act, _ = classify_act_by_words(WORD_IN_LOWERCASE.findall(plain_cue))
    if act == "accuse":
        return NEUTRAL_ACT, 0.6
    if ANSWERING_WORD.search(f"{plain_cue} {plain_content}"):
        return "no_comment", 0.9
    return "deny", 0.7


def is_plea_in_court(plain_cue: str, plain_content: str) -> bool:
    """Return whether somebody pleads in court; "pleaded for help" is another thing."""
    plea = PLEA_IN_COURT.search(plain_cue)
    if plea is None:
        return False
    if plea["plea"] or "guilty" in plea[0]:
        return True
    return PLEA_AT_START.match(plain_content) is not None


def find_act_of_phrase(plain_cue: str) -> Act | None:
    """Return the act of the first phrase of the table that a cue holds."""
    for pattern, act in PHRASE_PATTERNS_WITH_ACTS:
        if pattern.search(plain_cue):
            return act
    return None


def classify_act_by_words(words: list[str]) -> tuple[Act, float]:
    """Return the act of the last verb, or of a noun where that tells more, and the confidence."""
    verbs = [LEMMA_OF_FORM[word] for word in words if word in LEMMA_OF_FORM]
    strong_verbs = [verb for verb in verbs if verb in ACT_OF_VERB and verb not in LIGHT_VERBS]
    acts_of_nouns = [ACT_OF_NOUN[word] for word in words if word in ACT_OF_NOUN]
    if acts_of_nouns and not any(is_plain_about_its_act(verb) for verb in strong_verbs):
        return acts_of_nouns[-1], 0.8
    if strong_verbs:
        return classify_act_by_verbs(strong_verbs)
    if verbs:
        return ACT_OF_VERB.get(verbs[-1], NEUTRAL_ACT), 0.6
    return NEUTRAL_ACT, 0.6


def classify_act_by_verbs(verbs: list[str]) -> tuple[Act, float]:
    """Return the act of the last verb that tells it: of "denied, and continued" the first."""
    last_verb = verbs[-1]
    telling_verbs = [verb for verb in verbs if ACT_OF_VERB[verb] != NEUTRAL_ACT]
    if is_plain_about_its_act(last_verb) or not telling_verbs:
        return ACT_OF_VERB[last_verb], 0.95
    return ACT_OF_VERB[telling_verbs[-1]], 0.8


def is_plain_about_its_act(verb: str) -> bool:
    """Return whether a verb tells its act: "said" and "told" do, "continued" and "repeated" not."""
    return verb in VERBS_OF_MERE_SAYING or ACT_OF_VERB[verb] != NEUTRAL_ACT
