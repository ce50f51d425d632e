"""Says in numbers what speaks for and against two names being one person's, for `weighing.py`.

Each sign is a function of what articles say and of nothing else, so that a join does not depend on
the order in which they came. What rules a join out is no sign: that is `constraints.py`.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import log, log1p
from urllib.parse import urlsplit

from claims.actors.common_bodies import find_state_of_host
from claims.actors.likeness import is_short_form
from claims.actors.named_people import (
    SIGHTINGS_COMPARED,
    Bearer,
    NamedPerson,
    Sighting,
    StoryCount,
    are_seen_together,
    select_near,
)
from claims.actors.offices_held import hold_office_elsewhere, hold_same_office
from claims.actors.person_names import (
    differ_by_initials_alone,
    is_initial_of,
    is_second_given_name,
)
from claims.extraction.lexicon.given_names import GIVEN_NAMES

Evidence = dict[str, float]

HOSTS_REMEMBERED = 20_000
MOST_OUTLETS_READ = 200  # articles of each name, to see in which outlets it stands

# The signs of two full names of one surname.
SIGNS_OF_FULL_NAMES = (
    "called_so",
    "initials_alone",
    "middle_left_out",
    "short_form",
    "second_given_name",
    "initial",
    "spelt_alike",
    "same_quotation",
    "same_office",
    "other_office",
    "same_story",
    "seen_together",
    "same_outlet",
    "other_country",
)
# The signs of a bare name in an article and somebody whom it may mean.
SIGNS_OF_BARE_NAMES = (
    "same_quotation",
    "in_story",
    "ahead_in_story",
    "alone_in_story",
    "about",
    "ahead_about",
    "alone_about",
    "is_given_name",
    "given_name_in_story",
    "is_surname",
    "same_office",
    "other_office",
    "same_outlet",
    "other_country",
)


def weigh_full_names(one: NamedPerson, other: NamedPerson, count_story: StoryCount) -> Evidence:
    """Return the signs of two full names of one surname."""
    short, long = sorted((one.name.given, other.name.given), key=len)
    is_second = is_second_given_name(short, long)
    first, second = sorted((short[0], long[0]), key=len)
    is_alike = first == second or is_second
    is_by_initials = differ_by_initials_alone(one.name, other.name)
    is_initial = not is_alike and is_initial_of(first, second)
    is_short = not is_alike and not is_initial and is_short_form(first, second)
    return {
        "called_so": float(one.key in other.called or other.key in one.called),
        "initials_alone": float(is_by_initials),
        "middle_left_out": float(
            first == second and one.name.given != other.name.given and not is_by_initials
        ),
        "short_form": float(is_short),
        "second_given_name": float(is_second),
        "initial": float(is_initial),
        "spelt_alike": float(not is_alike and not is_initial and not is_short),
        "same_quotation": float(bool(one.quotations & other.quotations)),
        "same_office": float(hold_same_office(one, other)),
        "other_office": float(hold_office_elsewhere(one.offices, other.offices)),
        "same_story": float(have_common_story(one, other, count_story)),
        "seen_together": float(are_seen_together(one, other)),
        **weigh_outlets(one.sightings, other.sightings),
    }


def weigh_bare_name(
    bare: NamedPerson,
    titles: frozenset[str],
    possible: Sequence[Bearer],
    count_story: StoryCount,
) -> dict[int, Evidence]:
    """Return the signs of each whom a bare name in an article may mean, by number.

    `titles` stand before the name there.
    """
    (here,) = bare.sightings
    in_story: dict[int, int] = {}
    about: dict[int, int] = {}
    for bearer in possible:
        near = select_near(here, bearer.sightings)
        in_story[bearer.number] = count_story(here, near)
        about[bearer.number] = len(near) if here.day else 0
    is_given_name = bare.key in GIVEN_NAMES and not titles
    word = bare.key.split()[-1]
    evidence = {}
    for bearer in possible:
        number = bearer.number
        others = [other.number for other in possible if other.number != number]
        story_of_others = max((in_story[other] for other in others), default=0)
        about_others = max((about[other] for other in others), default=0)
        evidence[number] = {
            "same_quotation": float(bool(bearer.quotations & bare.quotations)),
            "in_story": log1p(in_story[number]),
            "ahead_in_story": log((in_story[number] + 0.5) / (story_of_others + 0.5)),
            "alone_in_story": float(in_story[number] > 0 and story_of_others == 0),
            "about": log1p(about[number]),
            "ahead_about": log((about[number] + 0.5) / (about_others + 0.5)),
            "alone_about": float(about[number] > 0 and about_others == 0),
            "is_given_name": float(is_given_name),
            "given_name_in_story": float(
                is_given_name and in_story[number] > 0 and story_of_others == 0
            ),
            "is_surname": float(word == bearer.surname),
            "same_office": float(hold_same_office(bare, bearer)),
            "other_office": float(hold_office_elsewhere(bare.offices, bearer.offices)),
            **weigh_outlets((here,), bearer.sightings),
        }
    return evidence


def have_common_story(one: NamedPerson, other: NamedPerson, count_story: StoryCount) -> bool:
    fewer, more = sorted((one.sightings, other.sightings), key=len)
    return any(count_story(here, select_near(here, more)) for here in fewer[:SIGHTINGS_COMPARED])


def weigh_outlets(one: Sequence[Sighting], other: Sequence[Sighting]) -> Evidence:
    """Return whether one outlet names both, and whether all that do are of two countries."""
    first = {read_host(seen.key) for seen in one[:MOST_OUTLETS_READ]} - {""}
    second = {read_host(seen.key) for seen in other[:MOST_OUTLETS_READ]} - {""}
    states = {read_state(host) for host in first} - {""}
    states_of_other = {read_state(host) for host in second} - {""}
    is_abroad = bool(states and states_of_other and not states & states_of_other)
    return {"same_outlet": float(bool(first & second)), "other_country": float(is_abroad)}


@lru_cache(HOSTS_REMEMBERED)
def read_host(key: str) -> str:
    """Return the host of the address that an article is known by, "" for one without an address."""
    return urlsplit(key).hostname or ""


@lru_cache(HOSTS_REMEMBERED)
def read_state(host: str) -> str:
    """Return the state of an outlet, as far as its host tells."""
    return find_state_of_host(host)
