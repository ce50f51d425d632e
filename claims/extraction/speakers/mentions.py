"""Whom a content names: the actors that a quote is about.

Persons by their names in any form, organizations, and states. A capital is not taken for its government here, nor "Russian"
for Russia: a place where something happened is not whom it is about.
"""

from collections.abc import Sequence

from claims.extraction.lexicon.places import INSTITUTION_OF_SEAT
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.article import ArticleContext, build_speaker
from claims.extraction.speakers.descriptions import find_state_or_seat
from claims.extraction.speakers.people import Entity, strip_article_and_possessive

MENTION_CONFIDENCE = 0.9


def list_named_actors(article: ArticleContext, contents: Sequence[Span]) -> tuple[Speaker, ...]:
    """Those whom the contents name, each once, in the order of the text; a name that several bear is nobody's."""
    found = (
        one
        for content in contents
        for entity in article.entities_in(content)
        if (one := find_actor_of_entity(article, entity))
    )
    return tuple({(one.kind, one.name): one for one in reversed(list(found))}.values())[::-1]


def find_actor_of_entity(article: ArticleContext, entity: Entity) -> Speaker | None:
    words = entity.span.of(article.text)
    if entity.kind == "PER":
        mention = article.people.at(entity.span)
        if mention is None or mention.person is None or mention.unclear:
            return None
        return build_speaker(mention.person, MENTION_CONFIDENCE, mention=words)
    name = strip_article_and_possessive(words)
    if person := article.people.by_surname(name):  # taken for a firm's name where it stands alone
        return build_speaker(person, MENTION_CONFIDENCE, mention=words)
    if known := find_state_or_seat(name):
        body = entity.kind == "ORG" and name.casefold() in INSTITUTION_OF_SEAT  # "the UN"
        return known if body or known.method == "name" else None
    if entity.kind == "ORG" and any(char.isalpha() for char in name):
        return Speaker(
            article.full_name(name), "organization", MENTION_CONFIDENCE, "name", mention=name
        )
    return None
