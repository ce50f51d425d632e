"""What is known of an actor, as columns for another table: numbers elsewhere, names, how often and
when it is quoted, and by whom.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from claims.models import Actor, ActorJoin, FormerSlug, Outlet
from claims.models.actors import IS_KNOWN_EVERYWHERE
from claims.openrefine.queries import Extension, PropertyWanted
from claims.search import columns
from claims.search.columns import REJECTED_CODE, Columns, RowMask, RowNumbers
from claims.search.histogram import get_date_of_day

PropertyValue = dict[str, Any]  # {"str": …}, {"int": …} or {"date": …}


class ActorFacts(NamedTuple):
    """An actor with its names and items, and what is counted of its quotes, each text once."""

    actor: Actor
    quotes: int
    first: date | None
    last: date | None
    outlets: list[str]


@dataclass(frozen=True, slots=True)
class ActorProperty:
    """A column that can be asked for: what it is called, what it means, and its values."""

    key: str
    name: str
    description: str
    list_values: Callable[[ActorFacts], list[PropertyValue]]


def list_texts(values: Iterable[str]) -> list[PropertyValue]:
    return [{"str": value} for value in values]


def list_day(day: date | None) -> list[PropertyValue]:
    return [{"date": f"{day.isoformat()}T00:00:00Z"}] if day else []


PROPERTIES = (
    ActorProperty(
        "wikidata",
        "Wikidata item",
        "what a person found the actor to be in Wikidata, such as Q7747",
        lambda facts: list_texts(getattr(facts.actor, "items", [])),
    ),
    ActorProperty(
        "kind",
        "Kind",
        "person, organization, state, group or document",
        lambda facts: list_texts([facts.actor.kind]),
    ),
    ActorProperty(
        "aliases",
        "Aliases",
        "what else articles call the actor",
        lambda facts: list_texts(getattr(facts.actor, "other_names", [])),
    ),
    ActorProperty(
        "quotes",
        "Number of quotes",
        "attributed quotes of the actor, copies of one text once",
        lambda facts: [{"int": facts.quotes}],
    ),
    ActorProperty(
        "first_quoted",
        "First quoted",
        "date of the first article with a quote of the actor",
        lambda facts: list_day(facts.first),
    ),
    ActorProperty(
        "last_quoted",
        "Last quoted",
        "date of the last article with a quote of the actor",
        lambda facts: list_day(facts.last),
    ),
    ActorProperty(
        "outlets",
        "Outlets",
        "who quotes the actor, most first",
        lambda facts: list_texts(facts.outlets),
    ),
    ActorProperty(
        "name",
        "Name",
        "name of the actor here",
        lambda facts: list_texts([facts.actor.name]),
    ),
)
PROPERTY_OF_KEY = {each.key: each for each in PROPERTIES}
# What can be given with a name to tell who is meant.
MATCHING_PROPERTIES = ("wikidata", "aliases")


def find_property(words: str) -> list[ActorProperty]:
    """Return the properties whose name or key has these letters; all of them for none."""
    letters = words.casefold()
    return [each for each in PROPERTIES if letters in f"{each.key} {each.name}".casefold()]


def extend_actors(extension: Extension) -> dict[str, dict[str, list[PropertyValue]]]:
    """Return the values of each property of each actor, by the ids as they are asked for."""
    actors = find_actors_by_slug(extension.slugs)
    facts = {actor.slug: facts for actor, facts in pair_facts(list(actors.values()))}
    rows = {}
    for slug in extension.slugs:
        known = facts[actors[slug].slug] if slug in actors else None
        rows[slug] = {each.key: list_values(each, known) for each in extension.properties}
    return rows


def list_values(wanted: PropertyWanted, facts: ActorFacts | None) -> list[PropertyValue]:
    """Return the values of a property, none of an actor that there is not."""
    if facts is None:
        return []
    return PROPERTY_OF_KEY[wanted.key].list_values(facts)[: wanted.limit]


def find_actors_by_slug(slugs: Iterable[str]) -> dict[str, Actor]:
    """Return the actors of these slugs, of those that were merged and of those whose name is taken
    for another's the actor that it is now. With their other names and items.
    """
    wanted = set(slugs)
    numbers = dict(Actor.objects.filter(slug__in=wanted).values_list("slug", "pk"))
    former = FormerSlug.objects.filter(slug__in=wanted - numbers.keys())
    numbers |= dict(former.values_list("slug", "actor_id"))
    joined = ActorJoin.objects.filter(alias__in=numbers.values())
    heads = dict(joined.values_list("alias_id", "actor_id"))
    now = {slug: heads.get(pk, pk) for slug, pk in numbers.items()}
    everywhere = Actor.objects.filter(IS_KNOWN_EVERYWHERE)
    rows = everywhere.with_other_names().with_items().in_bulk(set(now.values()))
    return {slug: rows[pk] for slug, pk in now.items() if pk in rows}


def pair_facts(actors: Sequence[Actor]) -> list[tuple[Actor, ActorFacts]]:
    """Return each actor with what is counted of it, in two statements for all of them."""
    known = columns.get_current_columns()
    rows = select_rows_of_actors(known, [actor.pk for actor in actors])
    counted = {pk: Counter(known["outlet"][own].tolist()) for pk, own in rows.items()}
    outlets = {outlet for counts in counted.values() for outlet in counts}
    names = dict(Outlet.objects.filter(pk__in=outlets).values_list("pk", "name"))
    pairs = []
    for actor in actors:
        own = rows[actor.pk]
        days = known["day"][known.select_dated(own)]
        first = get_date_of_day(int(days.min())) if len(days) else None
        last = get_date_of_day(int(days.max())) if len(days) else None
        told = [names[outlet] for outlet, _ in counted[actor.pk].most_common() if outlet in names]
        pairs.append((actor, ActorFacts(actor, len(own), first, last, told)))
    return pairs


def select_rows_of_actors(known: Columns, numbers: Sequence[int]) -> dict[int, RowNumbers]:
    """Return the rows of each actor's quotes that readers see, each text once."""
    is_wanted = mask_told(known) & known.mask_having("actor", numbers)
    rows = np.flatnonzero(is_wanted)
    actor_of_row = known["actor"][rows]
    return {number: rows[actor_of_row == number] for number in numbers}


def mask_told(known: Columns) -> RowMask:
    return np.asarray((known["status"] != REJECTED_CODE) & ~known.is_repeated, np.bool_)


def count_quotes_of(numbers: Iterable[int]) -> dict[int, int]:
    """Return how many quotes each of these actors has, each text once."""
    known = columns.get_current_columns()
    counts = np.bincount(known["actor"][mask_told(known)], minlength=1)
    return {number: int(counts[number]) if number < len(counts) else 0 for number in numbers}
