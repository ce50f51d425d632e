"""The log of quotes written, from which what is kept in memory of them (`search/columns.py`) is
brought up to date.
"""

from datetime import timedelta
from typing import Any, ClassVar

import pgtrigger
from django.db import connection, models
from django.db.models import Func
from django.db.models.functions import Now
from django.utils import timezone

CHANGES_KEPT_FOR = timedelta(days=1)
FORGET_SQL = """
    WITH forgotten AS (DELETE FROM claims_change WHERE at < %s RETURNING written)
    INSERT INTO claims_change (quote_id, written) SELECT NULL, written FROM forgotten ORDER BY written DESC LIMIT 1
"""


class TransactionId(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's xid8: the number of the transaction that wrote a row.

    Migrations know it by the name under which the models hand it on, so that it may stand in
    any file.
    """

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "claims.models.TransactionId", args, kwargs


class Change(models.Model):
    """A quote that was made, changed or deleted, or of which an article or actor was.

    Without `quote_id` they all may be.
    """

    quote_id = models.BigIntegerField(null=True)
    written = TransactionId(
        db_default=Func(function="pg_current_xact_id", output_field=TransactionId())
    )
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["written"], name="change_written")]

    def __str__(self) -> str:
        return f"quote {self.quote_id}"

    @classmethod
    def forget_old(cls) -> None:
        """Drop what is older than a day, and leave one entry in its place.

        It has the number of the last transaction that was dropped, so that whoever has
        read further never sees it. Whoever has not has to read everything anew.
        """
        horizon = timezone.now() - CHANGES_KEPT_FOR
        if cls.objects.filter(at__lt=horizon, quote_id__isnull=False).exists():
            with connection.cursor() as cursor:
                cursor.execute(FORGET_SQL, [horizon])


def build_change_triggers(name: str, column: str) -> list[pgtrigger.Trigger]:
    """Return triggers that note, once a statement, the quotes of the rows written.

    `column` has a quote's id.
    """
    new = f"SELECT DISTINCT {column} FROM new_rows"
    old = f"SELECT DISTINCT {column} FROM old_rows"
    either = f"SELECT {column} FROM new_rows UNION SELECT {column} FROM old_rows"
    return [
        build_note_trigger(f"{name}_is_noted", pgtrigger.Insert, new, new="new_rows"),
        build_note_trigger(
            f"{name}_change_is_noted", pgtrigger.Update, either, new="new_rows", old="old_rows"
        ),
        build_note_trigger(f"{name}_removal_is_noted", pgtrigger.Delete, old, old="old_rows"),
        build_note_trigger(
            f"{name}_emptying_is_noted", pgtrigger.Truncate, "VALUES (NULL::bigint)"
        ),
    ]


def build_note_trigger(
    name: str, operation: Any, rows: str, **referencing: str
) -> pgtrigger.Trigger:
    """Return a trigger that notes the quotes that `rows` selects, once a statement."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**referencing) if referencing else None,  # type: ignore[no-untyped-call]
        func=f"INSERT INTO claims_change (quote_id) {rows}; RETURN NULL;",
    )


def build_join_triggers(
    name: str, columns: tuple[str, ...], condition: str = ""
) -> list[pgtrigger.Trigger]:
    """Return triggers that have the actors of the rows made, changed and removed wait for their
    joins.

    `columns` have their numbers (`models/joins.py`), and `condition` tells of which `old_row` the
    `new_row` says something else of them.
    """
    triggers = []
    for operation, rows, ending in (
        (pgtrigger.Insert, "new_rows", "is_joined"),
        (pgtrigger.Delete, "old_rows", "removal_is_joined"),
    ):
        numbers = " UNION ".join(f"SELECT {column} AS number FROM {rows}" for column in columns)
        side = rows.removesuffix("_rows")
        triggers.append(
            pgtrigger.Trigger(
                name=f"{name}_{ending}",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=operation,
                referencing=pgtrigger.Referencing(**{side: rows}),  # type: ignore[no-untyped-call]
                func=f"INSERT INTO claims_unjoined (actor_id) SELECT number FROM ({numbers}) found"
                " WHERE number IS NOT NULL; RETURN NULL;",
            )
        )
    if condition:
        sides = ", ".join(f"{row}.{column}" for row in ("old_row", "new_row") for column in columns)
        triggers.append(
            pgtrigger.Trigger(
                name=f"{name}_change_is_joined",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),  # type: ignore[no-untyped-call]
                func="INSERT INTO claims_unjoined (actor_id) SELECT DISTINCT number"
                " FROM old_rows old_row JOIN new_rows new_row ON new_row.id = old_row.id"
                f" CROSS JOIN LATERAL unnest(ARRAY[{sides}]) AS number"
                f" WHERE number IS NOT NULL AND ({condition}); RETURN NULL;",
            )
        )
    return triggers


# The lock waits for quotes that are being given to the actor, and lets others begin only after:
# none is left unnoted.
ACTOR_NOTE_TRIGGER = pgtrigger.Trigger(
    name="what_it_said_changes_with_it",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("OLD.kind IS DISTINCT FROM NEW.kind"),
    func="""
        PERFORM 1 FROM claims_actor WHERE id = NEW.id FOR UPDATE;
        INSERT INTO claims_change (quote_id) SELECT id FROM claims_quote WHERE actor_id = NEW.id;
        RETURN NULL;
    """,
)
ACTOR_GONE_TRIGGER = pgtrigger.Trigger(
    name="its_name_is_joined",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Delete,
    referencing=pgtrigger.Referencing(old="old_rows"),  # type: ignore[no-untyped-call]
    func="INSERT INTO claims_unjoined (name) SELECT name FROM old_rows; RETURN NULL;",
)
ARTICLE_NOTE_TRIGGER = pgtrigger.Trigger(
    name="its_quotes_change_with_it",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "OLD.outlet_id IS DISTINCT FROM NEW.outlet_id OR OLD.published_on IS DISTINCT FROM NEW.published_on"
    ),
    func="INSERT INTO claims_change (quote_id) SELECT id FROM claims_quote WHERE article_id = NEW.id; RETURN NULL;",
)
