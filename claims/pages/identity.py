"""What programs that read an actor's page are told of who that is."""

from typing import Any

from claims.models import Actor
from claims.pages.citing import SCHEMA_TYPES

WIKIDATA_ENTITY = "https://www.wikidata.org/entity/"


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


def list_same_as(actor: Actor) -> list[str]:
    """Return the addresses of what an actor is elsewhere, which must come with its items."""
    items: list[str] = getattr(actor, "items", [])
    return [WIKIDATA_ENTITY + item for item in items]
