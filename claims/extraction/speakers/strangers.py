"""Somebody without a name whom a sentence begins with: after "One fan waited for an hour" a "he"
may well be the fan.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from claims.extraction.lexicon.given_names import GENDER_OF_NOUN
from claims.extraction.lexicon.persons import PERSON_NOUN_BY_ENDING
from claims.extraction.lexicon.unnamed_persons import (
    NOUNS_OF_CERTAIN_STRANGERS,
    NOUNS_OF_STRANGERS,
)
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Gender
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.evidence import Evidence
from claims.extraction.text.phrases import WORDS_AFTER_PHRASE
from claims.extraction.text.sentences import list_sentence_starts

# "A fan", "her mother", "the man's mother"; with "the" alone it may be whoever has just been named.
START_OF_PHRASE = re.compile(
    r"(?P<other>(?:An?|One|Another|His|Her|Their)\s|[A-Z][\w'’-]*(?:\s[\w-]+){0,2}['’]s?\s)|The\s"
)
WORD = re.compile(r"[\w'’-]+")
WORD_AFTER_PHRASE = re.compile(rf"(?:{WORDS_AFTER_PHRASE})")
MOST_WORDS_TO_NOUN = 5


def is_stranger_since(
    article: ArticleContext, quote: FoundQuote, evidence: Evidence, name: str, gender: Gender
) -> bool:
    """Return whether a sentence since the person was named or spoke is about somebody else, who has
    no name.
    """
    assert quote.source
    at = quote.source.start
    last = find_last_place(article, evidence, name, at)
    if last is None:
        return False
    start, _ = article.paragraphs[max(article.get_paragraph_number(at) - 1, 0)]
    for where, noun in list_strangers(article.text, max(last + 1, start), at, gender):
        is_the_person = name in evidence.roles.get_bearers(noun)
        if not article.is_quoted(where) and not is_the_person:
            return True
    return False


def find_last_place(article: ArticleContext, evidence: Evidence, name: str, at: int) -> int | None:
    """Return where before `at` a person was last named or seen to speak.

    None for one without a name.
    """
    person = article.people.persons_by_name.get(name)
    if person is None:
        return None
    mentions_before = bisect_left(person.starts, at)
    last = person.starts[mentions_before - 1] if mentions_before else 0
    for resolved in evidence.quotes:
        source = resolved.quote.source
        is_own = resolved.speaker is not None and resolved.speaker.name == name
        if is_own and resolved.quote.within is None and source and source.end <= at:
            last = max(last, source.end)
    return last


def list_strangers(text: str, start: int, end: int, gender: Gender) -> Iterator[tuple[int, str]]:
    """Yield where between two offsets a sentence begins with somebody without a name who may be
    `gender`, and their noun.
    """
    for at in list_sentence_starts(text, start, end):
        first = START_OF_PHRASE.match(text, at, end)
        noun = find_person_noun(text, first.end(), end) if first else ""
        if first is None or not noun or GENDER_OF_NOUN.get(noun) not in (gender, None):
            continue
        is_known_noun = noun in NOUNS_OF_STRANGERS and noun not in NOUNS_OF_CERTAIN_STRANGERS
        if first["other"] or not is_known_noun:
            yield at, noun


def find_person_noun(text: str, start: int, end: int) -> str:
    """Return the noun for a person with which the phrase ends that goes on at `start`, or ""."""
    words = WORD.finditer(text, start, end)
    for _, word in zip(range(MOST_WORDS_TO_NOUN), words, strict=False):
        plain = word[0].casefold()
        if plain in NOUNS_OF_STRANGERS or PERSON_NOUN_BY_ENDING.match(plain):
            return plain
        if WORD_AFTER_PHRASE.fullmatch(word[0]):
            return ""
    return ""
