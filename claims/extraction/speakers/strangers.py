"""Somebody without a name whom a sentence begins with: after "One fan waited for an hour" a "he" may well be the fan."""

import re
from collections.abc import Iterator

from claims.extraction.lexicon.given_names import GENDER_OF_NOUN
from claims.extraction.lexicon.persons import (
    PERSON_NOUN_BY_ENDING,
    PERSON_NOUNS,
    PRIVATE_PERSON_NOUNS,
)
from claims.extraction.lexicon.words import word_set
from claims.extraction.schema import Gender
from claims.extraction.text.phrases import WORDS_AFTER_PHRASE
from claims.extraction.text.sentences import list_sentence_starts

FIRST = re.compile(
    r"(?P<other>(?:An?|One|Another|His|Her|Their)\s|[A-Z][\w'’-]*(?:\s[\w-]+){0,2}['’]s?\s)|(?P<the>The\s)",
    re.S,
)  # "a fan", "her mother", "the man's mother"
WORD = re.compile(r"[\w'’-]+")
STOP = re.compile(rf"(?:{WORDS_AFTER_PHRASE})")
FARTHEST = 5  # words to the noun
NO_PERSONS = word_set(
    "the ex former vice deputy chief foreign director general major prime"
)  # by themselves, in a title
MORE_PERSONS = word_set(
    """child cousin dad diner doctor fan gran grandad guard mum mom nurse onlooker passer-by pensioner sibling shopkeeper
    shopper spectator stepfather stepmother teacher tourist traveller trader visitor waiter waitress walker"""
)
SOMEBODY = (PERSON_NOUNS | PRIVATE_PERSON_NOUNS | MORE_PERSONS) - NO_PERSONS
# Whom "the" with these may mean is whoever has just been named.
OPEN = SOMEBODY - word_set(
    """bystander caller diner doctor fan onlooker passer-by resident shopper spectator spokesman spokeswoman spokesperson
    tourist villager visitor witness aide adviser advisor source insider official neighbour neighbor survivor victim"""
)


def strangers(text: str, start: int, end: int, gender: Gender) -> Iterator[tuple[int, str]]:
    """Where between two offsets a sentence begins with somebody without a name who may be `gender`, and the noun for them."""
    for at in list_sentence_starts(text, start, end):
        first = FIRST.match(text, at, end)
        noun = noun_of(text, first.end(), end) if first else ""
        if first is None or not noun or GENDER_OF_NOUN.get(noun) not in (gender, None):
            continue
        if first["other"] or noun not in OPEN:
            yield at, noun


def noun_of(text: str, start: int, end: int) -> str:
    """The noun for a person with which a phrase ends, or nothing."""
    for word, _ in zip(WORD.finditer(text, start, end), range(FARTHEST), strict=False):
        plain = word[0].casefold()
        if plain in SOMEBODY or PERSON_NOUN_BY_ENDING.match(plain):
            return plain
        if STOP.fullmatch(word[0]):
            return ""
    return ""
