"""Tells whether two names may be one person's, from the names alone: what rules it out, no score proves."""

from collections.abc import Sequence

from claims.actors.likeness import (
    LEAST_WORD_RATIO,
    PersonName,
    compute_spelling_ratio,
    is_short_form,
)
from claims.extraction.lexicon.given_names import GIVEN_NAMES
from claims.extraction.lexicon.persons import NAME_PARTICLES


def may_be_one_person(one: PersonName, other: PersonName) -> bool:
    """Return whether two full names of one surname may be one person's."""
    if one.suffix != other.suffix and not may_leave_out_suffix(one, other):
        return False
    short, long = sorted((one.given, other.given), key=len)
    if not short or is_second_given_name(short, long):
        return True
    if not may_be_one_given_name(short[0], long[0]):
        return False
    middles = list(long[1:])
    for middle in short[1:]:
        while middles and not may_be_one_middle_name(middle, middles[0]):
            middles.pop(0)
        if not middles:
            return False
        middles.pop(0)
    return True


def may_leave_out_suffix(one: PersonName, other: PersonName) -> bool:
    """Return whether one may be the other without "Jr": "Joe" and "Joseph R. Biden Jr" may, but of
    two with the same given name they are father and son.
    """
    if {one.suffix, other.suffix} != {"", "jr"} or not one.given or not other.given:
        return False
    short, long = sorted((one.given[0], other.given[0]), key=len)
    return short != long and is_short_form(short, long)


def is_second_given_name(short: Sequence[str], long: Sequence[str]) -> bool:
    """Return whether a person goes by the second of two given names: "Tayyip Erdogan"."""
    if len(short) != 1 or len(long) != 2 or len(short[0]) == 1:
        return False
    return short[0] == long[1] and not NAME_PARTICLES.intersection(long)


def may_be_one_given_name(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long or is_initial_of(short, long):
        return True
    return is_short_form(short, long) or are_spelt_alike(short, long)


def is_initial_of(short: str, long: str) -> bool:
    return len(short) == 1 < len(long) and long.startswith(short)


def are_spelt_alike(one: str, other: str) -> bool:
    """Return whether two words are one but for a slip; two given names of their own are not."""
    if one in GIVEN_NAMES and other in GIVEN_NAMES:
        return False
    return compute_spelling_ratio(one, other) >= LEAST_WORD_RATIO


def may_be_one_middle_name(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long or is_initial_of(short, long):
        return True
    return are_spelt_alike(short, long)


def differ_by_initials_alone(one: PersonName, other: PersonName) -> bool:
    """Return whether two names are one but for initials in the middle: "John F. Kerry"."""
    if not one.given or not other.given or one.given[0] != other.given[0]:
        return False
    if len(one.given[0]) == 1:
        return False
    middles = [name for name in (*one.given[1:], *other.given[1:]) if len(name) > 1]
    return len(set(middles)) <= 1 and all(len(each.given) < 3 for each in (one, other))
