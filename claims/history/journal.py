"""Rows as they stand in the database, to the last column: read, kept, and put back exactly.

PostgreSQL itself turns a row into JSON and back, so a value returns as it was, whatever its type.
Columns that it generates are left out; it makes them anew from the others.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.db.models import Model

from claims.models import (
    About,
    Actor,
    ActorName,
    Arrival,
    Article,
    ArticleAddress,
    ArticleVersion,
    Decision,
    Detail,
    ExternalId,
    FormerArticle,
    FormerOutletSlug,
    FormerQuote,
    FormerSlug,
    ItemMatch,
    Merge,
    MergeCandidate,
    MergedRow,
    Office,
    Outlet,
    OutletHost,
    Quote,
    Report,
    SampleItem,
    Span,
)

StoredRow = dict[str, Any]
StoredRows = dict[int, StoredRow]
RowsByModel = dict[type[Model], StoredRows]

# All that stands for an actor, an article or an outlet, or points to one. In this order rows can
# be inserted, and in the reverse order deleted.
JOURNALED_MODELS: dict[str, tuple[type[Model], ...]] = {
    "actor": (
        Actor,
        ActorName,
        Quote,
        About,
        MergeCandidate,
        FormerSlug,
        ExternalId,
        ItemMatch,
    ),
    "article": (
        Article,
        ArticleVersion,
        Actor,
        Quote,
        Span,
        Detail,
        About,
        Report,
        Decision,
        SampleItem,
        FormerSlug,
        Arrival,
        ArticleAddress,
        Office,
        FormerArticle,
        FormerQuote,
    ),
    "outlet": (
        Outlet,
        OutletHost,
        FormerOutletSlug,
        Article,
    ),
}
# Of these nothing else is kept: their rows are long, or many.
JOURNALED_COLUMNS: dict[tuple[str, type[Model]], tuple[str, ...]] = {
    ("article", Arrival): ("id", "article_id"),
    ("outlet", Article): ("id", "outlet_id"),
}
ROWS_PER_STATEMENT = 2000  # rows


def get_model_name(model: type[Model]) -> str:
    return str(model._meta.model_name)


def list_journaled_models(table: str) -> dict[str, type[Model]]:
    """Return the models of which a merge of this table keeps rows, by their names."""
    return {get_model_name(model): model for model in JOURNALED_MODELS[table]}


def list_written_columns(model: type[Model]) -> list[str]:
    """Return the columns of a table but those that PostgreSQL generates."""
    return [field.column for field in model._meta.concrete_fields if not field.generated]


def list_generated_columns(model: type[Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if field.generated]


def read_rows_by_model(
    wanted: Mapping[type[Model], Iterable[int]], table: str = "actor"
) -> RowsByModel:
    """Return the rows with these primary keys, as far as there are any, for a merge of a table."""
    return {model: read_rows_for_merge(model, pks, table) for model, pks in wanted.items()}


def read_rows_for_merge(model: type[Model], pks: Iterable[int], table: str) -> StoredRows:
    """Return the rows as a merge of a table keeps them."""
    return read_stored_rows(model, pks, JOURNALED_COLUMNS.get((table, model), ()))


def read_stored_rows(
    model: type[Model], pks: Iterable[int], columns: Sequence[str] = ()
) -> StoredRows:
    """Return rows by their primary keys, with these columns, or with all."""
    row = "row"
    if columns:
        names = ", ".join(f'row."{column}"' for column in columns)
        row = f"(SELECT part FROM (SELECT {names}) part)"
    query = (
        f"SELECT row.id, to_jsonb({row}) - %s::text[]"
        f' FROM "{model._meta.db_table}" row WHERE row.id = ANY(%s)'
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [list_generated_columns(model), sorted(pks)])
        return {pk: json.loads(row) for pk, row in cursor.fetchall()}


def record_rows(
    merge: Merge,
    before: RowsByModel,
    after: RowsByModel,
    needed: Mapping[type[Model], Iterable[int]] = MappingProxyType({}),
) -> None:
    """Store what became of these rows; of those that stayed the same, only the `needed`."""
    records = []
    for model in JOURNALED_MODELS[merge.table]:
        rows_before = before.get(model, {})
        rows_after = after.get(model, {})
        needed_rows = set(needed.get(model, ()))
        for pk in sorted(rows_before.keys() | rows_after.keys()):
            row_before = rows_before.get(pk)
            row_after = rows_after.get(pk)
            if row_before != row_after or pk in needed_rows:
                table = get_model_name(model)
                records.append(
                    MergedRow(merge=merge, table=table, row=pk, before=row_before, after=row_after)
                )
    MergedRow.objects.bulk_create(records, batch_size=ROWS_PER_STATEMENT)


def insert_rows(model: type[Model], rows: Iterable[StoredRow]) -> None:
    """Insert rows with the primary keys that they had."""
    columns = ", ".join(f'"{column}"' for column in list_written_columns(model))
    table = model._meta.db_table
    write_rows(
        f'INSERT INTO "{table}" ({columns})'
        f' SELECT {columns} FROM jsonb_populate_recordset(NULL::"{table}", %s)',
        rows,
    )


def update_rows(model: type[Model], rows: Iterable[StoredRow], columns: Iterable[str]) -> None:
    """Give rows their values of these columns."""
    table = model._meta.db_table
    values = ", ".join(f'"{column}" = new."{column}"' for column in sorted(columns))
    write_rows(
        f'UPDATE "{table}" row SET {values}'
        f' FROM jsonb_populate_recordset(NULL::"{table}", %s) new WHERE row.id = new.id',
        rows,
    )


def write_rows(query: str, rows: Iterable[StoredRow]) -> None:
    """Execute a query that takes rows as JSON, for so many rows at a time."""
    all_rows = list(rows)
    with connection.cursor() as cursor:
        for start in range(0, len(all_rows), ROWS_PER_STATEMENT):
            batch = all_rows[start : start + ROWS_PER_STATEMENT]
            cursor.execute(query, [json.dumps(batch)])


def delete_rows(model: type[Model], pks: Iterable[int]) -> None:
    """Delete rows and nothing with them; the database refuses it if anything points to one."""
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE id = ANY(%s)', [sorted(pks)])
