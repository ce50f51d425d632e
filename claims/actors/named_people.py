"""What is known of persons as articles name them, and what joining them finds. No database here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from claims.actors.likeness import PersonName
from claims.actors.stories import is_near_in_time

SIGHTINGS_COMPARED = 40  # articles of each name, to see whether they are of one story


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article that names an actor: its number, what it is known by, and its day."""

    article: int
    key: str
    day: date | None


# How many of the articles that are near to one in time are of its story.
StoryCount = Callable[[Sighting, Sequence[Sighting]], int]
# The pairs, each in ascending order, that a person found to be two actors.
PairsApart = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """An office that an article gives somebody: "president", of a place if that is told, and when."""

    title: str
    place: str
    day: date | None


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person as named: everywhere by a full name, or in one article by a bare one."""

    number: int
    key: str
    name: PersonName
    sightings: tuple[Sighting, ...] = ()
    called: frozenset[str] = frozenset()  # keys of what else articles call them
    offices: frozenset[OfficeHeld] = frozenset()
    quotations: frozenset[int] = frozenset()  # numbers of what they say, where that is long
    is_decided: bool = False  # whether a person merged or split it, or gave it a number elsewhere


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody whom a bare name may mean: an actor, and all articles that name it in full.

    `members` are the numbers of all full names that are taken for it.
    """

    number: int
    members: frozenset[int]
    given: tuple[str, ...]
    surname: str
    sightings: tuple[Sighting, ...]
    offices: frozenset[OfficeHeld] = frozenset()
    quotations: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FoundJoin:
    """A name that is taken for an actor's, or may be if that is not sure, by their numbers, and why.

    `score` is how likely that is by what articles say.
    """

    alias: int
    actor: int
    reasons: tuple[str, ...]
    is_sure: bool = True
    score: float = 1.0


@dataclass
class Grouping:
    """What was found: joins that are sure, and pairs that may be one, with why."""

    joins: list[FoundJoin] = field(default_factory=list)
    unsure: list[FoundJoin] = field(default_factory=list)


def is_apart(one: int, other: int, apart: PairsApart) -> bool:
    return (min(one, other), max(one, other)) in apart


def is_apart_from_any(one: int, others: Iterable[int], apart: PairsApart) -> bool:
    return any(is_apart(one, other, apart) for other in others)


def are_seen_together(one: NamedPerson, other: NamedPerson) -> bool:
    """Return whether an article names both."""
    articles = {seen.article for seen in one.sightings}
    return any(seen.article in articles for seen in other.sightings)


def select_near(here: Sighting, sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return those of the articles that are near to one in time, the nearest first, of many a few."""
    near = [seen for seen in sightings if is_near_in_time(here.day, seen.day)]

    def rank(seen: Sighting) -> tuple[int, str]:
        days = abs((here.day - seen.day).days) if here.day and seen.day else 0
        return days, seen.key

    return sorted(near, key=rank)[:SIGHTINGS_COMPARED]
