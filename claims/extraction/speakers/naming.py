"""Whom a source names by its own words, with no need of anything around it."""

from claims.extraction.lexicon.bodies import (
    DOCUMENT_NOUNS,
    RARER_ROLES_IN_LETTERS,
    ROLES_IN_LETTERS,
    WORDS_FOR_NOBODY,
)
from claims.extraction.lexicon.persons import PERSON_NOUNS, PERSON_TITLES
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.answers import build_speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.named_bodies import (
    build_organization,
    find_body_named_in_source,
)
from claims.extraction.speakers.named_sources import find_head_person, resolve_named_source
from claims.extraction.speakers.person import SURE_NAME_CONFIDENCE
from claims.extraction.speakers.person_names import fold_title, list_words_of_person
from claims.extraction.speakers.source_words import Description, read_plain_words
from claims.extraction.speakers.states import find_state_or_seat, find_states_together


def find_named_source(
    article: ArticleContext, source: Span, description: Description
) -> Speaker | None:
    """Return whom a source names: a state, a person, several together, or a body."""
    plain = read_plain_words(article, source)
    if plain in WORDS_FOR_NOBODY or plain in PERSON_TITLES:
        return None
    if plain not in article.people.family_names:
        words = source.of(article.text)
        state = find_state_or_seat(words) or find_states_together(words)
        if state:
            return state
    is_document = description.head in DOCUMENT_NOUNS
    name = find_head_person(article, source) or find_person_at_end(article, source)
    if name and not (is_document and name.start > source.start):
        return resolve_named_source(article, source, name)
    return find_surname(article, source) or find_named_body(article, description)


def find_person_at_end(article: ArticleContext, source: Span) -> Span | None:
    """Return the person with whose name a source ends, behind a body and a role in it.

    For example "Port Authority (PA) director Ann Lee".
    """
    entities = article.list_entities_in(source)
    if len(entities) < 2 or entities[-1].kind != "PER" or entities[-1].span.end < source.end:
        return None
    name = entities[-1].span
    between = article.text[entities[-2].span.end : name.start].split()
    if not between or entities[-2].kind == "PER" or "," in "".join(between):
        return None
    is_role = fold_title(between[-1]) in PERSON_TITLES or between[-1].casefold() in PERSON_NOUNS
    return name if is_role else None


def find_surname(article: ArticleContext, source: Span) -> Speaker | None:
    """Return the person whose name or surname a source is, though it is not read as one here."""
    words = source.of(article.text).strip()
    names = list_words_of_person(words)
    person = article.people.persons_by_name.get(" ".join(names))
    if person:
        return build_speaker(person, SURE_NAME_CONFIDENCE, "fuller name", words)
    if len(names) != 1 or not names[0][:1].isupper() or words[:4].casefold() == "the ":
        return None
    person = article.people.find_by_surname(names[0])
    return build_speaker(person, 0.9, "fuller name", words) if person else None


def find_named_body(article: ArticleContext, description: Description) -> Speaker | None:
    """Return the organization or place that a source names."""
    is_role = description.is_in_letters and is_role_in_letters(article, description.head)
    if is_role or description.head in DOCUMENT_NOUNS:
        return None
    body = find_body_named_in_source(article, description.source, description.noun_phrase)
    if body:
        return body
    if description.is_in_letters and len(description.head) > 1:
        return build_organization(article, description.noun_phrase, 0.8)
    return None


def is_role_in_letters(article: ArticleContext, letters: str) -> bool:
    """Return whether letters are those of a role.

    If they may be a body's as well, the article must have the role in words.
    """
    if letters in ROLES_IN_LETTERS or letters in PERSON_TITLES:
        return True
    role = RARER_ROLES_IN_LETTERS.get(letters)
    return role is not None and role in article.text_in_lowercase
