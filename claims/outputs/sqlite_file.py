"""Rows as an SQLite database, which Datasette and others open as it is."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from claims.outputs.fields import FIELDS, FieldType, FlatRow, build_dictionary
from claims.outputs.selecting import Selection

SQL_TYPES: dict[FieldType, str] = {
    "integer": "INTEGER",
    "number": "REAL",
    "text": "TEXT",
    "boolean": "INTEGER",
    "date": "TEXT",
    "moment": "TEXT",
}
INDEXED = ("actor_slug", "outlet_slug", "published_on", "act", "claim_id")


def write_sqlite(selection: Selection, batches: Iterable[list[FlatRow]], path: Path) -> None:
    """Write the tables `quotes`, `columns` (what each column means) and `about` (which quotes)."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        columns = [f"{field.name} {describe_column(field.name, field.type)}" for field in FIELDS]
        database.execute(f"CREATE TABLE quotes ({', '.join(columns)})")
        places = ", ".join("?" * len(FIELDS))
        for batch in batches:
            rows = [list_values(row) for row in batch]
            database.executemany(f"INSERT INTO quotes VALUES ({places})", rows)
        for name in INDEXED:
            database.execute(f"CREATE INDEX quotes_{name} ON quotes ({name})")
        database.execute(
            "CREATE TABLE columns (name TEXT PRIMARY KEY, type TEXT, description TEXT)"
        )
        database.executemany(
            "INSERT INTO columns VALUES (:name, :type, :description)", build_dictionary()
        )
        database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
        database.executemany("INSERT INTO about VALUES (?, ?)", selection.describe().items())
        database.commit()


def describe_column(name: str, field_type: FieldType) -> str:
    return f"{SQL_TYPES[field_type]} PRIMARY KEY" if name == "id" else SQL_TYPES[field_type]


def list_values(row: FlatRow) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in row]
