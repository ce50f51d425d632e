"""Whom a content names: the actors that a quote is about.

Persons by their names in any form, organizations, and states. A capital is not taken for its government here, nor "Russian"
for Russia: a place where something happened is not whom it is about.
"""

from collections.abc import Sequence

from claims.extraction.lexicon.places import SEATS
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.article import Article, as_speaker
from claims.extraction.speakers.descriptions import place
from claims.extraction.speakers.people import Entity, organization_name

SURE = 0.9


def named_in(article: Article, contents: Sequence[Span]) -> tuple[Speaker, ...]:
    """Those whom the contents name, each once, in the order of the text; a name that several bear is nobody's."""
    found = (one for content in contents for entity in article.entities_in(content) if (one := named(article, entity)))
    return tuple({(one.kind, one.name): one for one in reversed(list(found))}.values())[::-1]


def named(article: Article, entity: Entity) -> Speaker | None:
    words = entity.span.of(article.text)
    if entity.kind == "PER":
        mention = article.people.at(entity.span)
        if mention is None or mention.person is None or mention.unclear:
            return None
        return as_speaker(mention.person, SURE, mention=words)
    name = organization_name(words)
    if person := article.people.by_surname(name):  # taken for a firm's name where it stands alone
        return as_speaker(person, SURE, mention=words)
    if known := place(name):
        body = entity.kind == "ORG" and name.casefold() in SEATS  # "the UN"
        return known if body or known.method == "name" else None
    if entity.kind == "ORG" and any(char.isalpha() for char in name):
        return Speaker(article.full_name(name), "organization", SURE, "name", mention=name)
    return None
