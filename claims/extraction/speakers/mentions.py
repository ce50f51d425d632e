"""Whom a content names: the actors that a quote is about.

Persons by their names in any form, organizations, and states. A capital is not taken for its
government here, nor "Russian" for Russia: a place where something happened is not whom it is about.
"""

import re
from collections.abc import Sequence

from claims.extraction.lexicon.places import INSTITUTION_OF_SEAT
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.answers import build_speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import Entity
from claims.extraction.speakers.person_names import strip_article_and_possessive
from claims.extraction.speakers.states import find_state_or_seat

MENTION_CONFIDENCE = 0.9
LETTERS_BEHIND_NAME = re.compile(r"\s\([A-Z][A-Za-z]+\)?$")  # "Bank of Ghana (BoG"


def list_named_actors(article: ArticleContext, contents: Sequence[Span]) -> tuple[Speaker, ...]:
    """Return those whom the contents name, each once by its first mention, in the order of their
    last ones.

    A name that several bear is nobody's.
    """
    actors: dict[tuple[str, str], Speaker] = {}
    for content in contents:
        for entity in article.list_entities_in(content):
            actor = find_actor_of_entity(article, entity)
            if actor:
                key = (actor.kind, actor.name)
                first = actors.pop(key, actor)
                actors[key] = first
    return tuple(actors.values())


def find_actor_of_entity(article: ArticleContext, entity: Entity) -> Speaker | None:
    """Return whom a name means, if that is an actor: no person left unclear, no town, no adjective."""
    words = entity.span.of(article.text)
    if entity.kind == "PER":
        mention = article.people.get_mention(entity.span)
        if mention is None or mention.person is None or mention.unclear:
            return None
        return build_speaker(mention.person, MENTION_CONFIDENCE, mention=words)
    name = strip_article_and_possessive(LETTERS_BEHIND_NAME.sub("", words))
    person = article.people.find_by_surname(name)
    if person:  # taken for a firm's name where it stands alone
        return build_speaker(person, MENTION_CONFIDENCE, mention=words)
    known = find_state_or_seat(name)
    if known:
        is_body = entity.kind == "ORG" and name.casefold() in INSTITUTION_OF_SEAT  # "the UN"
        return known if is_body or known.method == "name" else None
    if entity.kind == "ORG" and any(character.isalpha() for character in name):
        full_name = article.find_full_name(name)
        return Speaker(full_name, "organization", MENTION_CONFIDENCE, "name", mention=name)
    return None
