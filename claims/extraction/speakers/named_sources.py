"""Whom a source means that names persons: the one who is its head, or several together."""

import re

from claims.extraction.lexicon.bodies import BODY_NOUNS
from claims.extraction.lexicon.function_words import PREPOSITIONS_BEFORE_NAME, WORDS_AFTER_HEAD_NAME
from claims.extraction.lexicon.given_names import GIVEN_NAMES
from claims.extraction.lexicon.persons import (
    HONORIFICS,
    KIN_NOUNS,
    PERSON_NOUNS,
    PERSON_TITLES,
)
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.answers import build_speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import Entity
from claims.extraction.speakers.person_names import list_words_of_person
from claims.extraction.speakers.states import join_names

END_OF_HEAD_NAME = re.compile(
    r"\s*(?:$|['’]s?\sown$|[,;:(\[.–—\"”-]"
    rf"|{build_alternation(WORDS_AFTER_HEAD_NAME)}\b)"
)
CLAUSE_AFTER_NAME = re.compile(r",?\s(?:who|whose|whom|then|now)\b|,\s\d")
# "Bell and others", "Bell and his colleagues", but no second name: all the words tell who says it.
OTHERS_AFTER_NAME = re.compile(
    r"(?:['’]s)?,?\s(?:and|&|or)\s"
    r"(?:(?:his|her|their|its)\s(?:[a-z-]+\s)?[a-z]+s\b"
    r"|(?:(?:the|an?|some|several|many|other)\s)?(?!(?:his|her|their|its)\b)[a-z])"
)
POSSESSIVE_WITH_OWN = re.compile(r"['’]s?(?:\sown)?")
# What is told of whoever bears a name: an age, a party in brackets.
AGE_AFTER_NAME = r"(?:,\s\d{1,3}(?=,|\s(?:and|&))|\s\([^()]{1,30}\))?"
WORDS_BETWEEN_JOINT_NAMES = re.compile(
    AGE_AFTER_NAME + r"(?:,?\s+(?:and|&)|,)\s+"
    r"(?:(?:the|a|an|his|her|their|its)\s(?:[\w-]+\s){0,3}[\w-]+,?\s+|(?P<role>(?:[\w.]+\s+)*))"
)
CAPITALIZED_NAME = r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}"
# What stands before the second name in "Neil and Susan Barry", "Kim, 34, and her husband Paul".
FIRST_OF_PAIR = re.compile(
    rf"(?P<first>{CAPITALIZED_NAME}){AGE_AFTER_NAME},?\s(?:and|&)\s"
    r"(?:(?:(?:his|her)\s)?(?:wife|husband|partner|son|daughter|brother|sister)\s)?"
    r"(?:[A-Z][a-z]{1,4}\.?\s)?"
)
PREPOSITION_AND_OBJECT = re.compile(rf"\b{build_alternation(PREPOSITIONS_BEFORE_NAME)}\s+([^,]*)$")


def find_head_person(article: ArticleContext, source: Span) -> Span | None:
    """Return the person's name that is the head of the source, the fuller one of two.

    For example "a third Lee, Ann Lee". It is not "Trump's lawyer", nor "a spokesman for Trump".
    """
    persons = list_persons_in(article, source)
    full = [name for name in persons if len(list_words_of_person(name.of(article.text))) != 1]
    single = [name for name in persons if name not in full]
    # "Bell, who came with Omar Diaz" is Bell.
    first = [name for name in persons[:1] if is_followed_by_clause(article, source, name)]
    for name in (*first, *full, *single):
        before = article.text[source.start : max(name.start, source.start)]
        after = article.text[name.end : source.end]
        is_possessor = after.startswith(("'", "’")) and not POSSESSIVE_WITH_OWN.fullmatch(
            after.strip()
        )
        if (
            not is_possessor
            and END_OF_HEAD_NAME.match(after)
            and not is_object_of_preposition(before)
        ):
            return name
    return None


def is_followed_by_clause(article: ArticleContext, source: Span, name: Span) -> bool:
    """Return whether a source begins with a name and goes on with what is told of whoever bears it."""
    before = list_words_of_person(article.text[source.start : name.end])
    is_first = before == list_words_of_person(name.of(article.text))
    return is_first and CLAUSE_AFTER_NAME.match(article.text, name.end, source.end) is not None


def list_persons_in(article: ArticleContext, source: Span) -> list[Span]:
    return [entity.span for entity in article.list_entities_in(source) if entity.kind == "PER"]


def is_object_of_preposition(before: str) -> bool:
    """Return whether a name after these words belongs to a preposition: "aide to President …".

    It does not in "Secretary of State …", nor in "Minister of State and head of works …".
    """
    match = PREPOSITION_AND_OBJECT.search(before)
    if match is None:
        return False
    words = re.findall(r"[\w-]+", match[1])
    if not words:
        return True
    last = words[-1]
    if last.casefold() in BODY_NOUNS:  # "head of the party Ann Lee"
        return False
    is_office = before.split()[0].casefold() in PERSON_TITLES
    if last in ("and", "or"):  # "the government of Ann Lee and Omar Bell"
        return True
    if last.casefold() in PERSON_NOUNS:
        return True
    return last.islower() and not is_office


def resolve_named_source(article: ArticleContext, source: Span, name: Span) -> Speaker | None:
    """Return whom a source means whose head is a person's name: that person alone, or several
    together.
    """
    several = find_joint_speakers(article, source, name) or find_paired_speakers(
        article, source, name
    )
    if several:
        return several
    if OTHERS_AFTER_NAME.match(article.text, name.end, source.end):
        return None
    return find_bearer_of_name(article, name)


def find_bearer_of_name(article: ArticleContext, name: Span) -> Speaker | None:
    """Return whom the name means.

    None where two bear it and the article is not plainly about one of them.
    """
    mention = article.people.get_mention(name)
    if mention is None or mention.person is None:
        return None
    words = name.of(article.text)
    method = "name" if words == mention.person.name else "fuller name"
    return build_speaker(mention.person, mention.confidence, method, words)


def find_joint_speakers(article: ArticleContext, source: Span, first: Span) -> Speaker | None:
    """Return several persons who say the same as a group under their names: "Ann Lee and Mr Diaz"."""
    names = list_joint_names(article, source, first)
    between = article.text[first.end : names[-1].end]
    if len(names) < 2 or not re.search(r"\band\b|&", between):
        return None
    mentions = [article.people.get_mention(name) for name in names]
    persons = [mention.person for mention in mentions if mention and mention.person]
    if len(persons) < len(names):
        return None
    all_full = all(person.has_full_name for person in persons)
    confidence = 0.85 if all_full else 0.75
    together = join_names([person.name for person in persons])
    return Speaker(together, "group", confidence, "name", alone=all_full)


def list_joint_names(article: ArticleContext, source: Span, first: Span) -> list[Span]:
    """Return the first name and those in the source that are joined to it by commas and "and"."""
    names = [first]
    for name in list_persons_in(article, source):
        last = names[-1]
        if last.end <= name.start and name.end <= source.end:
            between = WORDS_BETWEEN_JOINT_NAMES.fullmatch(article.text, last.end, name.start)
            if between is None or not is_role_of_name(between["role"] or ""):
                break
            names.append(name)
    return names


def is_role_of_name(words: str) -> bool:
    """Return whether the last word in small letters is a title, a role or a relative.

    For example "and (her brother) Tom", "and (party spokesperson) Ann Lee".
    """
    small = [word for word in re.findall(r"\w+", words) if word.islower()]
    return not small or small[-1] in PERSON_TITLES | KIN_NOUNS | PERSON_NOUNS


def find_paired_speakers(article: ArticleContext, source: Span, second: Span) -> Speaker | None:
    """Return two who say the same, where the second is named more fully.

    For example "Neil and Susan Barry", "Mr and Mrs Lee".
    """
    mention = article.people.get_mention(second)
    if second.start <= source.start or mention is None or mention.person is None:
        return None
    pair = FIRST_OF_PAIR.fullmatch(article.text, source.start, second.start)
    if pair is None:
        return None
    first = pair["first"]
    if first.casefold() in HONORIFICS:  # "Mr and Mrs Lee"
        both = article.text[source.start : second.end]
    elif is_name_at_start(article, source, first):
        both = f"{first} and {mention.person.name}"
    else:  # "Owner and Chef Mario Rossi"
        return None
    return Speaker(both, "group", 0.8, "name", alone=False)


def is_name_at_start(article: ArticleContext, source: Span, words: str) -> bool:
    """Return whether the words with which the source begins are a person's name."""
    first = words.split()[0].casefold()
    if first in GIVEN_NAMES or first in article.people.family_names:
        return True
    return any(is_person_at(entity, source.start) for entity in article.list_entities_in(source))


def is_person_at(entity: Entity, start: int) -> bool:
    return entity.kind == "PER" and entity.span.start == start
