"""Persons whom a source means without their names.

For example "the engineer", "the 41-year-old", "the mum-of-two".
"""

import re
from collections.abc import Sequence

from claims.extraction.lexicon.given_names import GENDER_OF_NOUN
from claims.extraction.lexicon.persons import PERSON_TITLES
from claims.extraction.lexicon.places import STATE_OF_DEMONYM
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.answers import build_speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.candidates import PersonCandidate
from claims.extraction.speakers.evidence import Evidence
from claims.extraction.speakers.opinions import LIKELY_SHARE
from claims.extraction.speakers.person import Person

DESCRIPTION_BY_AGE = re.compile(
    r"the\s(?:[\w-]+\s)?(?:(?P<age>\d{1,3})-year-old"
    r"|(?P<parent>mum|mom|mother|dad|father|grandmother|grandfather|gran|grandad)-of-\w+)"
    r"\b(?!['’])",
    re.I,
)
APPOSITION_AFTER_NAME = re.compile(r",[^,.;:\n]{1,80}")
WORD_OF_DESCRIPTION = re.compile(r"[\w.]+")
REACH_BACK_FOR_AGE = 20_000  # characters: no book is read through for each
REACH_OF_WORDS_BEFORE_NAME = 80  # characters
LEAST_SHARE_OF_NAME = 0.2  # the share below which no name is taken, however few there are


def find_person_by_age(
    article: ArticleContext, evidence: Evidence, source: Span, words: str
) -> Speaker | None:
    """Return who "the 41-year-old" or "the mum-of-two" is: named with that age, or else the only
    person named so far.
    """
    description = DESCRIPTION_BY_AGE.match(words)
    if description is None:
        return None
    start = max(source.start - REACH_BACK_FOR_AGE, 0)
    named = article.people.list_within(start, source.start)
    persons = {person.name: person for _, person in named}
    confidence = 0.7
    if description["age"]:
        age = f", {description['age']}"
        of_age = {p.name: p for name, p in named if article.text.startswith(age, name.end)}
        if of_age:
            persons, confidence = of_age, 0.85
    if len(persons) != 1:
        return None
    (only,) = persons.values()
    gender = GENDER_OF_NOUN.get((description["parent"] or "").casefold())
    if gender and not evidence.may_be(only, gender):
        return None
    return build_speaker(only, confidence, "description")


def find_bearer_of_role(
    article: ArticleContext,
    evidence: Evidence,
    role: str,
    words_before: str,
    candidates: Sequence[PersonCandidate],
) -> Speaker | None:
    """Return the one person to whom the article gives that title or role, or of several the likely
    one.

    "The Irish prime minister" is nobody whom the article has not called Irish.
    """
    words = [
        word
        for word in WORD_OF_DESCRIPTION.findall(words_before)
        if word[0].isupper() or (word in PERSON_TITLES and word != role)
    ]
    bearers = [
        person
        for person in evidence.roles.get_bearers(role).values()
        if all(is_person_called(article, person, word) for word in words)
    ]
    if len(bearers) == 1:
        bearer = bearers[0]
        is_sure = bearer.has_full_name and not evidence.roles.is_loose(role, bearer)
        return build_speaker(bearer, 0.7 if is_sure else 0.6, "description")
    among = [candidate for candidate in candidates if candidate.person in bearers]
    if not among:
        return None
    likeliest = among[0]
    total = sum(candidate.share for candidate in among)
    if likeliest.share < max(LIKELY_SHARE * total, LEAST_SHARE_OF_NAME):
        return None
    return build_speaker(likeliest.person, 0.6, "description")


def is_person_called(article: ArticleContext, person: Person, word: str) -> bool:
    """Return whether some mention of a person has the word, or the state that it is the adjective
    of, right before it.

    A title may stand in an apposition as well.
    """
    title = word.casefold()
    if title in PERSON_TITLES:
        return title in person.titles or has_title_after_name(article, person, title)
    state = STATE_OF_DEMONYM.get(title, word).casefold()
    for name in person.spans:
        start = max(name.start - REACH_OF_WORDS_BEFORE_NAME, 0)
        words = article.text[start : name.end].casefold()
        if title in words or state in words:
            return True
    return False


def has_title_after_name(article: ArticleContext, person: Person, title: str) -> bool:
    for name in person.spans:
        apposition = APPOSITION_AFTER_NAME.match(article.text, name.end)
        if apposition and title in apposition[0].casefold().split():
            return True
    return False
