"""Rows as they stand in the database, to the last column: taken down before and after a work, and put back exactly.

PostgreSQL itself turns a row into JSON and back, so a value returns as it was, whatever its type. Columns that it generates
are left out; it makes them anew from the others.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Model

from claims.models import About, Actor, ActorName, ExternalId, FormerSlug, Merge, MergeCandidate, MergedRow, Quote

Row = dict[str, Any]
Rows = dict[int, Row]
Taken = dict[type[Model], Rows]

# All that stands for an actor or points to one; in this order rows can be made, and in the other one deleted.
KEPT: tuple[type[Model], ...] = (Actor, ActorName, Quote, About, MergeCandidate, FormerSlug, ExternalId)
TABLES = {str(model._meta.model_name): model for model in KEPT}
AT_ONCE = 2000  # rows in a statement


def name_of(model: type[Model]) -> str:
    return str(model._meta.model_name)


def columns_of(model: type[Model]) -> list[str]:
    """Those that are written."""
    return [field.column for field in model._meta.concrete_fields if not field.generated]


def taken(wanted: Mapping[type[Model], Iterable[int]]) -> Taken:
    """The rows with these primary keys, as far as there are any."""
    return {model: rows_of(model, pks) for model, pks in wanted.items()}


def rows_of(model: type[Model], pks: Iterable[int]) -> Rows:
    generated = [field.column for field in model._meta.concrete_fields if field.generated]
    query = f'SELECT row.id, to_jsonb(row) - %s::text[] FROM "{model._meta.db_table}" row WHERE row.id = ANY(%s)'
    with connection.cursor() as cursor:
        cursor.execute(query, [generated, sorted(pks)])
        return {pk: json.loads(row) for pk, row in cursor.fetchall()}


def note(merge: Merge, before: Taken, after: Taken, needed: Mapping[type[Model], Iterable[int]]) -> None:
    """Keep what became of these rows; of those that stayed the same, the `needed`."""
    kept = [
        MergedRow(merge=merge, table=name_of(model), row=pk, before=old.get(pk), after=new.get(pk))
        for model in KEPT
        for old, new, same in [(before.get(model, {}), after.get(model, {}), set(needed.get(model, ())))]
        for pk in sorted(old.keys() | new.keys())
        if old.get(pk) != new.get(pk) or pk in same
    ]
    MergedRow.objects.bulk_create(kept, batch_size=AT_ONCE)


def insert(model: type[Model], rows: Iterable[Row]) -> None:
    """Make rows anew, with the primary keys that they had."""
    columns = ", ".join(f'"{column}"' for column in columns_of(model))
    table = model._meta.db_table
    write(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::"{table}", %s)', rows)


def update(model: type[Model], rows: Iterable[Row], columns: Iterable[str]) -> None:
    """Give rows their values of these columns."""
    table = model._meta.db_table
    values = ", ".join(f'"{column}" = new."{column}"' for column in sorted(columns))
    new = f'jsonb_populate_recordset(NULL::"{table}", %s) new'
    write(f'UPDATE "{table}" row SET {values} FROM {new} WHERE row.id = new.id', rows)


def write(query: str, rows: Iterable[Row]) -> None:
    left = list(rows)
    with connection.cursor() as cursor:
        for start in range(0, len(left), AT_ONCE):
            cursor.execute(query, [json.dumps(left[start : start + AT_ONCE])])


def delete(model: type[Model], pks: Iterable[int]) -> None:
    """Delete rows and nothing with them: if anything still points to one, the database refuses it."""
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE id = ANY(%s)', [sorted(pks)])
