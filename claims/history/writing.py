"""One writer at a time, for work that reads much and then writes what follows from it."""

from django.db import connection

# The number of the advisory lock that lets one article be written, or one actor merged, at a time.
WRITERS_LOCK = 7_239_051


def wait_for_writers() -> None:
    """Wait until nobody else writes, and keep others waiting until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS_LOCK])
