"""The reporting words of an article as a predicate that can stand after a name: “denied”, not “denying”."""

import re
from functools import lru_cache

from claims.extraction.lexicon.verbs import (
    ACT_OF_NOUN,
    LEMMA_OF_FORM,
    VERBS_OF_ASKING,
    VERBS_OF_TELLING,
)
from claims.extraction.lexicon.words import word_set

PAST_OF_IRREGULAR_VERB = {
    "say": "said", "tell": "told", "write": "wrote", "speak": "spoke", "think": "thought",
    "feel": "felt", "know": "knew", "see": "saw", "find": "found", "swear": "swore", "put": "put",
    "read": "read", "cast": "cast", "hit": "hit", "understand": "understood", "seek": "sought",
    "take": "took", "forget": "forgot", "hold": "held", "give": "gave", "make": "made",
    "foresee": "foresaw", "undertake": "undertook", "sing": "sang", "bet": "bet",
    "foretell": "foretold", "send": "sent", "show": "showed", "have": "had", "be": "was",
}  # fmt: skip
VERBS_THAT_DOUBLE = word_set(
    """admit commit refer concur quip rap pan slam rip slap beg plan prod grip aver rebut blog nag
    permit submit regret brag hum chat"""
)
FORMS_OF_BE = word_set("is are was were be been being am 's 're 'm")
AUXILIARIES = FORMS_OF_BE | word_set(
    """has have had having do does did will would can could may might must shall should cannot
    won't wouldn't can't couldn't don't doesn't didn't hasn't haven't hadn't isn't aren't wasn't
    weren't 've 'd 'll"""
)
# Forms that go with “I”, “we” and “you”, and those that go with a name.
FORMS_FOR_A_NAME = {
    "am": "is",
    "are": "is",
    "have": "has",
    "were": "was",
    "haven't": "has not",
    "aren't": "is not",
    "'m": "is",
    "'re": "is",
    "'ve": "has",
}
DENIED_PRESENT = {"do": "did", "don't": "did not"}
FIRST_AND_SECOND_PERSONS = word_set("i we you")
ADVERBS_BEFORE_VERBS = word_set(
    "not never also then later again still even just now further too repeatedly"
)
# Verbs that lead to the one that reports: “went on to say”.
LEADING_VERBS = word_set("went goes came comes got gets kept keeps began begins tried left stood")
UNFINISHED_FORMS = word_set("be been being")
DETERMINERS = word_set("a an the this that these those his her their its my our your no any")
PHRASES_OF_SOURCES = ("according to", "in the words of", "as per")
POSSESSIVE = re.compile(r"(?:['’]s|s['’])\Z", re.I)
WORD = re.compile(r"[\w'’-]+")


def normalize_cue(cue: str) -> str:
    """Return reporting words as one line with plain apostrophes."""
    return " ".join(cue.replace("’", "'").split())


@lru_cache(maxsize=4096)
def find_phrase_of_source(cue: str) -> str:
    """Return “according to” or another phrase that stands before a source; else nothing."""
    plain = normalize_cue(cue).lower()
    return plain if plain.endswith(PHRASES_OF_SOURCES) else ""


def build_predicate(cue: str, source: str) -> str:
    """Return the reporting words as they can follow a name.

    It is empty where they are no verb in this place: a noun (“Iran’s threat”), or what is said of
    something (“is expected”) without a source.
    """
    person = source.strip().lower()
    if not person or person in DETERMINERS or POSSESSIVE.search(person):
        return ""
    return build_predicate_of_cue(cue, person in FIRST_AND_SECOND_PERSONS)


@lru_cache(maxsize=4096)
def build_predicate_of_cue(cue: str, is_first_person: bool) -> str:
    words = normalize_cue(cue).split()
    if not words or words[0].lower() in DETERMINERS:
        return ""
    if words[0].lower() == "to":
        del words[0]
    place = find_verb(words)
    if place is None:
        return ""
    words[place] = build_form_after_name(words[place].lower(), is_first_person=is_first_person)
    return " ".join(words)


def find_verb(words: list[str]) -> int | None:
    """Return the place of the first verb, after adverbs at most; None where there is none."""
    for place, word in enumerate(words):
        form = word.lower().strip(",")
        if form in UNFINISHED_FORMS:
            return None
        if is_verb(form):
            return place
        if form not in ADVERBS_BEFORE_VERBS and not form.endswith("ly"):
            return None
    return None


def is_verb(form: str) -> bool:
    if form in AUXILIARIES or form in LEMMA_OF_FORM or form in LEADING_VERBS:
        return True
    return form not in ACT_OF_NOUN and form.endswith(("ed", "ing"))


def build_form_after_name(form: str, *, is_first_person: bool) -> str:
    """Return the form of a verb that follows a name.

    Participles and infinitives become the past, as reports are told; other forms stay.
    """
    if form in DENIED_PRESENT:
        return DENIED_PRESENT[form]
    if is_first_person and form in FORMS_FOR_A_NAME:
        return FORMS_FOR_A_NAME[form]
    if form in AUXILIARIES:
        return form
    lemma = LEMMA_OF_FORM.get(form)
    if form.endswith("ing"):
        return build_past(lemma) if lemma else f"{form[:-3]}ed"
    return build_past(lemma) if form == lemma else form


def build_past(lemma: str) -> str:
    if lemma in PAST_OF_IRREGULAR_VERB:
        return PAST_OF_IRREGULAR_VERB[lemma]
    if lemma in VERBS_THAT_DOUBLE:
        return f"{lemma}{lemma[-1]}ed"
    if lemma.endswith("e"):
        return f"{lemma}d"
    if re.search(r"[^aeiou]y\Z", lemma):
        return f"{lemma[:-1]}ied"
    return f"{lemma}ed"


@lru_cache(maxsize=4096)
def find_last_lemma(predicate: str) -> str:
    """Return the verb that a predicate ends with, “tell” for “had told”; else nothing."""
    words = WORD.findall(predicate.lower())
    return LEMMA_OF_FORM.get(words[-1], "") if words else ""


def needs_hearer(predicate: str) -> bool:
    """Tell whether a predicate is no English without whom it was told: “told”, “urged”."""
    lemma = find_last_lemma(predicate)
    return lemma == "tell" or lemma in VERBS_OF_ASKING - {"ask"}


def takes_hearer(predicate: str) -> bool:
    return find_last_lemma(predicate) in VERBS_OF_TELLING | VERBS_OF_ASKING


def turn_into_saying(predicate: str) -> str:
    """Return a predicate of telling with “said” in the place of “told”: “had said”."""
    return re.sub(r"\b(told|tells|telling|tell)\Z", replace_telling, predicate)


def replace_telling(found: re.Match[str]) -> str:
    return {"told": "said", "tells": "says", "telling": "saying"}.get(found[1], "say")
