"""Declares what no score overrules: when two names are never joined, however much speaks for it.

Bodies of common names are told apart by their places before anybody looks at their names
(`common_bodies.py`): "Police" of two towns are two names.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from claims.actors.named_people import (
    Bearer,
    NamedPerson,
    PairsApart,
    are_seen_together,
    is_apart,
    is_apart_from_any,
)
from claims.actors.offices_held import hold_same_office
from claims.actors.person_names import (
    is_second_given_name,
    may_be_one_person,
    may_leave_out_suffix,
)
from claims.extraction.lexicon.given_names import GIVEN_NAMES, GIVEN_NAMES_OF_MEN

TITLES_OF_WOMEN_ALONE = {"mrs", "ms", "miss", "madam", "lady", "dame"}
TITLES_OF_MEN_ALONE = {"mr", "sir", "lord"}


def may_be_one_group(
    first: Sequence[NamedPerson], second: Sequence[NamedPerson], apart: PairsApart
) -> bool:
    """Return whether every two of all may be one: by their names, and by what people judged."""
    for one in first:
        for other in second:
            if is_apart(one.number, other.number, apart) or not have_like_names(one, other):
                return False
            if are_father_and_son(one, other) and not hold_office_together(first, second):
                return False
            if one.name.suffix != other.name.suffix and are_seen_together(one, other):
                return False
    return True


def may_be_one(one: NamedPerson, other: NamedPerson) -> bool:
    """Return whether the names let two be one, and are not those of father and son."""
    return have_like_names(one, other) and not are_father_and_son(one, other)


def have_like_names(one: NamedPerson, other: NamedPerson) -> bool:
    """Return whether two names may be one person's, "Jr" aside."""
    return may_be_one_person(replace(one.name, suffix=""), replace(other.name, suffix=""))


def are_father_and_son(one: NamedPerson, other: NamedPerson) -> bool:
    """Return whether one alone is "Jr": they are two, but where a short form stands without it, or
    both hold one office within a year. Where an article names both, they always are.
    """
    if one.name.suffix == other.name.suffix:
        return False
    if are_seen_together(one, other):
        return True
    return not may_leave_out_suffix(one.name, other.name) and not hold_same_office(one, other)


def hold_office_together(first: Iterable[NamedPerson], second: Sequence[NamedPerson]) -> bool:
    """Return whether one of each group hold the same office within a year."""
    return any(hold_same_office(one, other) for one in first for other in second)


def find_torn(likely: Iterable[tuple[NamedPerson, NamedPerson]]) -> set[int]:
    """Return those who may be one with two others that are not one: "George Bush", of whom there
    are "George H. W." and "George W."

    Such a name is joined only where articles call the one by the name of the other.
    """
    partners: defaultdict[int, list[NamedPerson]] = defaultdict(list)
    for one, other in likely:
        short, long = sorted((one.name.given, other.name.given), key=len)
        if is_second_given_name(short, long):
            continue
        partners[one.number].append(other)
        partners[other.number].append(one)
    torn = set()
    for number, others in partners.items():
        for first, second in combinations(others, 2):
            if not may_be_one_person(
                replace(first.name, suffix=""), replace(second.name, suffix="")
            ):
                torn.add(number)
    return torn


def list_possible_bearers(
    bare: NamedPerson, titles: frozenset[str], bearers: Iterable[Bearer], apart: PairsApart
) -> list[Bearer]:
    """Return whom a bare name may mean: no man is "Mrs", and nobody whom a person ruled out."""
    possible = []
    for bearer in bearers:
        is_ruled_out = is_apart_from_any(bare.number, bearer.members, apart)
        if not is_ruled_out and fits_titles(bearer, titles):
            possible.append(bearer)
    return possible


def fits_titles(bearer: Bearer, titles: frozenset[str]) -> bool:
    """Return whether a person may have these titles: no man is "Mrs"."""
    if not bearer.given:
        return True
    given = bearer.given[0]
    is_man = given in GIVEN_NAMES_OF_MEN
    is_woman = given in GIVEN_NAMES and not is_man
    if titles & TITLES_OF_WOMEN_ALONE and is_man:
        return False
    return not (titles & TITLES_OF_MEN_ALONE and is_woman)
