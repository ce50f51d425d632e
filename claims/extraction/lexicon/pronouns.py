"""Pronouns, by whom they can mean. English has no others."""

from claims.extraction.lexicon.words import word_set
from claims.extraction.schema import Gender

GENDER_OF_PRONOUN: dict[str, Gender] = {
    "he": "he",
    "him": "he",
    "his": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
}

FIRST_PERSON_SINGULAR = word_set("i me my mine myself")

FIRST_PERSON_PRONOUNS = FIRST_PERSON_SINGULAR | {"we", "us", "our", "ours"}

PLURAL_PRONOUNS = word_set("they them their")

PRONOUNS = FIRST_PERSON_PRONOUNS | PLURAL_PRONOUNS | {"it", "its", *GENDER_OF_PRONOUN}

RELATIVE_PRONOUNS = word_set("who whom whose which that")

REFLEXIVE_PRONOUNS = word_set("himself herself themselves itself")
