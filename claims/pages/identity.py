"""What programs that read a page are told of what it is about: an actor, a claim, an article."""

from typing import Any

from claims.models import Actor, Article, Claim
from claims.outputs.linked_data import SCHEMA_TYPES, WIKIDATA_ENTITY


def build_actor_data(actor: Actor, address: str) -> dict[str, Any]:
    """Return the JSON-LD of an actor, which must come with other names and items.

    It is the same as (`sameAs`) what has one of the numbers that a person gave it.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(actor.kind, "Thing"),
        "name": actor.name,
        "url": address,
    }
    other_names: list[str] = getattr(actor, "other_names", [])
    same_as = list_same_as(actor)
    if other_names:
        data["alternateName"] = other_names
    if same_as:
        data["sameAs"] = same_as
    return data


def build_claim_data(claim: Claim, address: str) -> dict[str, Any]:
    """Return a schema.org Claim: what is said, which nobody here says to be true."""
    return {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": address,
        "url": address,
        "text": claim.text,
    }


def build_article_data(article: Article, address: str) -> dict[str, Any]:
    """Return the schema.org NewsArticle that a page shows with its quotes marked."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "headline": article.title,
        "publisher": {"@type": "Organization", "name": article.outlet.name},
    }
    if article.web_address:
        data["url"] = data["sameAs"] = article.web_address
    if article.published_on:
        data["datePublished"] = article.published_on.isoformat()
    for name, value in (
        ("author", article.author and {"@type": "Person", "name": article.author}),
        ("inLanguage", article.language),
        ("articleSection", article.section),
        ("license", article.licence_address),
    ):
        if value:
            data[name] = value
    return data


def list_same_as(actor: Actor) -> list[str]:
    """Return the addresses of what an actor is elsewhere, which must come with its items."""
    items: list[str] = getattr(actor, "items", [])
    return [WIKIDATA_ENTITY + item for item in items]
