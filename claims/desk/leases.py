"""Leases: the quote that a curator has before them is nobody else's for ten minutes."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from claims.models import Lease, Quote

LEASE_TIME = timedelta(minutes=10)
LEASE_TRIES = 20  # times that another curator may be quicker

# The statement returns nothing where another curator has a lease that still lasts.
LEASE_SQL = """
    INSERT INTO claims_lease (quote_id, curator_id, until) VALUES (%s, %s, %s)
    ON CONFLICT (quote_id) DO UPDATE SET curator_id = excluded.curator_id, until = excluded.until
     WHERE claims_lease.curator_id = excluded.curator_id OR claims_lease.until <= %s
    RETURNING quote_id
"""


def lease_quote(pk: int, curator: User) -> bool:
    """Take or renew the lease of a quote in one statement.

    Return False where another curator has it.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(LEASE_SQL, [pk, curator.pk, now + LEASE_TIME, now])
        return cursor.fetchone() is not None


def release_lease(curator: User) -> None:
    Lease.objects.filter(curator=curator).delete()


def find_other_holder(pk: int, curator: User) -> str:
    """Return the name of who else has the quote before them now; empty if nobody has."""
    leases = Lease.objects.of_others(curator).filter(quote=pk)
    lease = leases.select_related("curator").first()
    return lease.curator.get_username() if lease else ""


def find_leased_quote(curator: User) -> Quote | None:
    """Return the quote that the curator has before them, if the lease lasts."""
    lease = Lease.objects.lasting().filter(curator=curator).order_by("-until").first()
    if lease is None:
        return None
    return Quote.objects.filter(pk=lease.quote_id).first()
