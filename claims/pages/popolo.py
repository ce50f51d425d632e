"""Actors as Popolo has them (https://www.popoloproject.com/specs/): persons, organizations, and
memberships for the offices that articles give persons.

Articles tell that somebody held an office, and not from when to when: so memberships have no dates,
but the years of those articles among their sources.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from claims.models import Actor
from claims.models.actors import IS_KNOWN_EVERYWHERE, ActorQuerySet
from claims.models.addresses import get_address
from claims.models.names import build_name_key
from claims.pages.offices import OfficeShown, list_offices

CLASSIFICATIONS = {"state": "state", "organization": "organization", "group": "group"}
SLUG_SCHEME = "newsroom"


Popolo = dict[str, list[dict[str, Any]]]


def read_popolo(actors: ActorQuerySet, site: str) -> Popolo:
    """Return these actors, in the order asked for, and the states in which persons hold offices.

    It takes two statements.
    """
    told = [each for each in describe_actors(actors) if is_told(each)]
    places = {build_name_key(office.place) for each in told for office in list_offices(each)}
    known = {actor.pk for actor in told}
    everywhere = Actor.objects.filter(IS_KNOWN_EVERYWHERE, kind="state", key__in=places - {""})
    states = list(describe_actors(everywhere.exclude(pk__in=known).order_by("pk")))
    return build_popolo([*told, *states], site)


def describe_actors(actors: ActorQuerySet) -> ActorQuerySet:
    return actors.with_other_names().with_items().with_offices()


def is_told(actor: Actor) -> bool:
    return actor.kind == "person" or actor.kind in CLASSIFICATIONS


def build_popolo(actors: Sequence[Actor], site: str) -> Popolo:
    """Return persons and organizations with their memberships. Needs names, items and offices."""
    persons = [build_person(actor, site) for actor in actors if actor.kind == "person"]
    bodies = [build_organization(each, site) for each in actors if each.kind in CLASSIFICATIONS]
    states = find_states(actors)
    memberships = []
    for actor in actors:
        if actor.kind == "person":
            memberships += list_memberships(actor, states, site)
    return {"persons": persons, "organizations": bodies, "memberships": memberships}


def build_person(actor: Actor, site: str) -> dict[str, Any]:
    return {"id": actor.slug, "name": actor.name, **describe_names_and_numbers(actor, site)}


def build_organization(actor: Actor, site: str) -> dict[str, Any]:
    return {
        "id": actor.slug,
        "name": actor.name,
        "classification": CLASSIFICATIONS[actor.kind],
        **describe_names_and_numbers(actor, site),
    }


def describe_names_and_numbers(actor: Actor, site: str) -> dict[str, Any]:
    other_names: list[str] = getattr(actor, "other_names", [])
    items: list[str] = getattr(actor, "items", [])
    identifiers = [{"scheme": SLUG_SCHEME, "identifier": actor.slug}]
    identifiers += [{"scheme": "wikidata", "identifier": item} for item in items]
    return {
        "other_names": [{"name": name} for name in other_names],
        "identifiers": identifiers,
        "sources": [{"url": f"{site}{get_address('actor', actor.slug)}"}],
    }


def find_states(actors: Iterable[Actor]) -> dict[str, str]:
    """Return the slug of each state among these by its name's key."""
    return {build_name_key(actor.name): actor.slug for actor in actors if actor.kind == "state"}


def list_memberships(actor: Actor, states: dict[str, str], site: str) -> list[dict[str, Any]]:
    """Return a membership for each office of a person, in the state of its place if that is among
    the organizations.
    """
    memberships = []
    for number, office in enumerate(list_offices(actor), start=1):
        membership: dict[str, Any] = {
            "id": f"{actor.slug}/{number}",
            "person_id": actor.slug,
            "label": office.name,
            "role": office.title,
            "sources": [build_source(actor, office, site)],
        }
        state = states.get(build_name_key(office.place))
        if state:
            membership["organization_id"] = state
        if office.place:
            membership["area"] = {"name": office.place}
        memberships.append(membership)
    return memberships


def build_source(actor: Actor, office: OfficeShown, site: str) -> dict[str, str]:
    """Return where an office is told, and by how many."""
    noun = "outlet" if office.outlets == 1 else "outlets"
    years = f" in articles of {office.years}" if office.years else ""
    note = f"told by {office.outlets} {noun}{years}"
    return {"url": f"{site}{get_address('actor', actor.slug)}", "note": note}
