"""Compares the offices that articles give two persons: by title, place and day."""

from collections.abc import Iterable
from datetime import date

from claims.actors.named_people import Bearer, NamedPerson, OfficeHeld, Sighting

DAYS_OF_OFFICE = 365  # so far apart are articles that name one holder of an office at most


def hold_same_office(one: NamedPerson, other: NamedPerson | Bearer) -> bool:
    """Return whether articles give both one office within a year, of one place as far as told."""
    for own in one.offices:
        for told in other.offices:
            is_one_place = not own.place or not told.place or own.place == told.place
            if own.title == told.title and is_one_place and are_of_one_time(own, told, one, other):
                return True
    return False


def are_of_one_time(
    own: OfficeHeld, told: OfficeHeld, one: NamedPerson, other: NamedPerson | Bearer
) -> bool:
    """Return whether two offices are told within a year; of what has no day, both persons are."""
    if own.day and told.day:
        return abs((own.day - told.day).days) <= DAYS_OF_OFFICE
    return are_of_one_year(one, other)


def are_of_one_year(one: NamedPerson, other: NamedPerson | Bearer) -> bool:
    """Return whether articles name both within a year, those without a date aside."""
    first = list_days(one.sightings)
    second = list_days(other.sightings)
    if not first or not second:
        return False
    return (max(min(first), min(second)) - min(max(first), max(second))).days <= DAYS_OF_OFFICE


def list_days(sightings: Iterable[Sighting]) -> list[date]:
    return [seen.day for seen in sightings if seen.day]


def hold_office_elsewhere(one: Iterable[OfficeHeld], other: Iterable[OfficeHeld]) -> bool:
    """Return whether both hold an office of one title, and never of one place: two presidents."""
    places: dict[str, set[str]] = {}
    for office in one:
        if office.place:
            places.setdefault(office.title, set()).add(office.place)
    titles = {office.title for office in other if office.place and office.title in places}
    for title in titles:
        theirs = {office.place for office in other if office.title == title and office.place}
        if not places[title] & theirs:
            return True
    return False
