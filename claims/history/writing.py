"""Who waits for whom, for work that reads much and then writes what follows from it.

New articles only add rows, so any number of transactions store some at the same time: each shares
the lock of writers and holds, of what it makes, the names alone that another could make as well.
Whoever changes or removes what is there (a merge, a split, an article that is read again) has the
lock of writers for itself. All locks last until the transaction ends.

Locks are taken in one order, so that no two transactions wait for each other: that of writers, then
articles, outlets, claims (by their rows) and actors, of each all at once and sorted.
"""

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import TypeVar
from zlib import crc32

from django.db import DatabaseError, connection

from claims.models.copying import format_array

# The number of the advisory lock that those share who add, and one alone has who changes.
WRITERS_LOCK = 7_239_051
# How often work is tried that met somebody else's.
MOST_TRIES = 4
# SQLSTATEs of PostgreSQL for what is gone when it is tried again: two transactions wait for each
# other, or another one made or removed a row just now.
STATES_OF_CONFLICTS = ("40001", "40P01", "23503", "23505")

Result = TypeVar("Result")


class Named(IntEnum):
    """What is locked by its name; these are the first numbers of advisory locks."""

    ARTICLE = 7_239_052
    OUTLET = 7_239_053
    ACTOR = 7_239_054


def wait_for_writers() -> None:
    """Wait until nobody else writes, and keep others waiting until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS_LOCK])


def add_beside_others() -> None:
    """Wait until nobody changes what is there, and keep those waiting who would.

    Others may add at the same time.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [WRITERS_LOCK])


def lock_names(sort: Named, names: Iterable[str]) -> None:
    """Wait until nobody else makes what has one of these names, and keep others from making it.

    Two names may have one lock, which only makes one wait that need not.
    """
    numbers = sorted({compute_lock_number(name) for name in names})
    if not numbers:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, number) FROM unnest(%s::integer[]) number",
            [sort, format_array(numbers)],
        )


def compute_lock_number(name: str) -> int:
    """Return a number of 32 bits with a sign, the same for a name in every process."""
    number = crc32(name.encode())
    return number - (number & 0x8000_0000) * 2


def is_conflict(error: BaseException | None) -> bool:
    """Return whether an error of the database comes from somebody else's work at the same time."""
    return getattr(getattr(error, "__cause__", None), "sqlstate", None) in STATES_OF_CONFLICTS


def try_again_after_conflicts(work: Callable[[], Result]) -> Result:
    """Return what work returns that is one transaction, tried again if it met somebody else's."""
    for _ in range(MOST_TRIES - 1):
        try:
            return work()
        except DatabaseError as error:
            if not is_conflict(error):
                raise
    return work()
