"""Pronouns, by whom they can mean."""

from claims.extraction.schema import Gender

GENDER_OF_PRONOUN: dict[str, Gender] = {
    "he": "he",
    "him": "he",
    "his": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
}


FIRST_PERSON_SINGULAR = frozenset(["i", "me", "my", "mine", "myself"])


FIRST_PERSON_PRONOUNS = FIRST_PERSON_SINGULAR | {"we", "us", "our", "ours"}


PLURAL_PRONOUNS = frozenset(["they", "them", "their"])


PRONOUNS = FIRST_PERSON_PRONOUNS | PLURAL_PRONOUNS | {"it", "its", *GENDER_OF_PRONOUN}


RELATIVE_PRONOUNS = frozenset(("who", "whom", "whose", "which", "that"))
