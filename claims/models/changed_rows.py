"""The log of public rows written, for whoever keeps a copy of them (`/api/v1/changes/`).

Triggers write it, so that no way of writing passes by. Entries are in the order of transactions and
not of commits: those of a transaction that others may still overtake are read only when no
transaction before it is at work any more (`settled`), so that none comes in before one that was read.
"""

from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple, Self

import pgtrigger
from django.db import connection, models
from django.db.models import Func
from django.db.models.functions import Now
from django.utils import timezone

from claims.models.changes import TransactionId

ENTRIES_KEPT_FOR = timedelta(days=30)
# In the place of the entries that were forgotten stands the last of them, without a key.
FORGET_SQL = """
    WITH forgotten AS (DELETE FROM claims_changedrow WHERE at < %s RETURNING id, written, at)
    INSERT INTO claims_changedrow (id, resource, key, written, at) OVERRIDING SYSTEM VALUE
    SELECT id, '', '', written, at FROM forgotten ORDER BY written DESC, id DESC LIMIT 1
"""
SETTLED_SQL = "written < %s::xid8"
# The number before which no transaction of this database is at work: that of the oldest one, or the
# next to be given. Those at work in other databases hold locks on their numbers, told without what
# is above 32 bits; whoever holds none yet counts as one of ours.
HORIZON_SQL = """
    WITH elsewhere AS (
        SELECT transactionid::text::bigint AS number FROM pg_locks JOIN pg_stat_activity USING (pid)
         WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND granted
           AND (datname <> current_database() OR backend_type = 'autovacuum worker'))
    SELECT coalesce(min(at_work.number), max(pg_snapshot_xmax(seen.snapshot)::text::bigint))
      FROM (SELECT pg_current_snapshot() AS snapshot) seen
      LEFT JOIN LATERAL (SELECT xip::text::bigint AS number FROM pg_snapshot_xip(snapshot) xip) at_work
        ON at_work.number & 4294967295 NOT IN (SELECT number FROM elsewhere)
"""
AFTER_SQL = "(written, id) > (%s::xid8, %s)"
# What of new or old rows each table notes: pairs of a resource and a key.
OPERATIONS = {
    "made": (pgtrigger.Insert, ("new_rows",)),
    "changed": (pgtrigger.Update, ("new_rows", "old_rows")),
    "removed": (pgtrigger.Delete, ("old_rows",)),
}


class LogPosition(NamedTuple):
    """A place in the log: the transaction of an entry, and its number."""

    written: int
    entry: int


class ChangedRowQuerySet(models.QuerySet["ChangedRow"]):
    def settled(self) -> Self:
        """Return the entries that no transaction at work can come before any more.

        It asks first which are at work: what one that ends in between wrote is read whole.
        """
        values = [str(find_horizon())]
        settled: Self = self.extra(where=[SETTLED_SQL], params=values)  # type: ignore[assignment]
        return settled

    def after(self, position: LogPosition) -> Self:
        values = [str(position.written), position.entry]
        later: Self = self.extra(where=[AFTER_SQL], params=values)  # type: ignore[assignment]
        return later

    def in_order(self) -> Self:
        return self.order_by("written", "id")


class ChangedRow(models.Model):
    """A row that was made, changed or removed, by its resource and its key in addresses."""

    resource = models.CharField(max_length=10)
    key = models.CharField(max_length=100)
    written = TransactionId(
        db_default=Func(function="pg_current_xact_id", output_field=TransactionId())
    )
    at = models.DateTimeField(db_default=Now())

    objects = ChangedRowQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["written", "id"], name="changed_row_order")]

    def __str__(self) -> str:
        return f"{self.resource} {self.key}"

    @property
    def position(self) -> LogPosition:
        return LogPosition(int(self.written), self.pk)

    @classmethod
    def find_end(cls) -> LogPosition:
        """Return where the settled entries end now; all that come later stand after it."""
        return LogPosition(find_horizon(), 0)

    @classmethod
    def find_position_at(cls, moment: datetime) -> LogPosition:
        """Return the place before the first entry of this moment or later, and before all of those
        who are at work.
        """
        horizon = find_horizon()
        first = cls.objects.filter(at__gte=moment).in_order().first()
        return LogPosition(min(int(first.written), horizon) if first else horizon, 0)

    @classmethod
    def has_forgotten_after(cls, position: LogPosition) -> bool:
        """Return whether an entry that came after this place is kept no more, or may be: a place
        that no transaction has reached is one of another server, of which this is a copy.
        """
        if cls.objects.filter(resource="").after(position).exists():
            return True
        return position.written > find_horizon()

    @classmethod
    def forget_old(cls) -> None:
        horizon = timezone.now() - ENTRIES_KEPT_FOR
        if cls.objects.filter(at__lt=horizon).exclude(resource="").exists():
            with connection.cursor() as cursor:
                cursor.execute(FORGET_SQL, [horizon])


def find_horizon() -> int:
    """Return the number of the oldest transaction that is at work in this database, or of the next
    one where none is.
    """
    with connection.cursor() as cursor:
        cursor.execute(HORIZON_SQL)
        return int(cursor.fetchone()[0])


def build_log_triggers(
    name: str, *selected: str, when: tuple[str, ...] = tuple(OPERATIONS)
) -> list[pgtrigger.Trigger]:
    """Return triggers that enter the rows written into the log, once a statement.

    Each of `selected` is a query for resources and keys, with {rows} in the place of the table.
    """
    triggers = []
    for ending in when:
        operation, tables = OPERATIONS[ending]
        queries = [query.format(rows=table) for query in selected for table in tables]
        sides = {table.removesuffix("_rows"): table for table in tables}
        triggers.append(
            pgtrigger.Trigger(
                name=f"{name}_{ending}_is_logged",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=operation,
                referencing=pgtrigger.Referencing(**sides),  # type: ignore[no-untyped-call]
                func="INSERT INTO claims_changedrow (resource, key) "
                f"{' UNION '.join(queries)}; RETURN NULL;",
            )
        )
    return triggers
