"""Organizations and places that a source names."""

import re

from claims.extraction.lexicon.places import (
    NATIONAL_NOUNS,
    STATE_OF_DEMONYM,
)
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import Entity
from claims.extraction.speakers.person_names import strip_article_and_possessive
from claims.extraction.speakers.states import find_state_or_seat


def find_body_named_in_source(
    article: ArticleContext, source: Span, noun_phrase: str
) -> Speaker | None:
    """Return the organization or place that is the head of the source."""
    for entity in article.list_entities_in(source):
        name = strip_article_and_possessive(entity.span.of(article.text))
        if entity.kind in ("ORG", "LOC") and is_name_at_head(name, noun_phrase):
            return find_state_or_seat(name) or build_named_body(article, entity, name)
    return None


def is_name_at_head(name: str, noun_phrase: str) -> bool:
    """Return whether a name is what the source names, not an adjective.

    For example "State Department", but not "Russian officials".
    """
    if noun_phrase == name or name.startswith(f"{noun_phrase} "):
        return True
    return re.match(re.escape(name) + r"(?:$|\s+(?:of|for)\b|\s*\()", noun_phrase) is not None


def build_named_body(article: ArticleContext, entity: Entity, name: str) -> Speaker:
    """Return an organization, or what a place's name stands for: a state, its people ("Icelanders")
    or one of them.
    """
    if entity.kind != "LOC":
        return build_organization(article, name)
    if name.endswith("s") and (
        name[:-1].casefold() in STATE_OF_DEMONYM or name.endswith("landers")
    ):
        return Speaker(name, "group", 0.8, "description", has_capitalized_name(name), plural=True)
    if name.casefold() in NATIONAL_NOUNS:  # "the Austrian"
        return Speaker(name, "unnamed", 0.5, "description", alone=False)
    return Speaker(name, "state", 0.7, "name", mention=name)


def build_organization(article: ArticleContext, name: str, confidence: float = 0.9) -> Speaker:
    """Return an organization by the fullest name that the article has for it."""
    full = article.find_full_name(name)
    method = "name" if full == name else "fuller name"
    return Speaker(full, "organization", confidence, method, mention=name)


def has_capitalized_name(description: str) -> bool:
    """Return whether a description holds a name, and so means the same in any article.

    For example "Russian officials", not "officials".
    """
    return any(word[:1].isupper() for word in description.split())
