"""Rows as CSV: UTF-8, a line of names first, and no cell that a spreadsheet takes for a formula."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from claims.outputs.fields import FIELDS, TEXT_PLACES, FieldType, FlatRow
from claims.outputs.selecting import Selection

# A cell that begins so may be run as a formula, also in the wide forms of East Asian keyboards.
BEGINNINGS_OF_FORMULAS = frozenset("=+-@\t\r\n＝＋－＠")
INERT_MARK = "'"  # before such a cell, as spreadsheets themselves write text
CSVW_TYPES: dict[FieldType, str] = {
    "integer": "integer",
    "number": "double",
    "text": "string",
    "boolean": "boolean",
    "date": "date",
    "moment": "dateTime",
}
PLACES_TO_FORMAT = tuple(
    place for place, field in enumerate(FIELDS) if field.type in ("boolean", "date", "moment")
)


def write_csv(selection: Selection, batches: Iterable[list[FlatRow]]) -> Iterator[bytes]:
    """Yield a table with a line for each quote, as RFC 4180 has it."""
    yield format_lines([[field.name for field in FIELDS]])
    for batch in batches:
        yield format_lines([list_cells(row) for row in batch])


def format_lines(rows: Iterable[list[Any]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode()


def list_cells(row: FlatRow) -> list[Any]:
    cells: list[Any] = list(row)
    for place in TEXT_PLACES:
        if cells[place][:1] in BEGINNINGS_OF_FORMULAS:
            cells[place] = f"{INERT_MARK}{cells[place]}"
    for place in PLACES_TO_FORMAT:
        cells[place] = format_value(cells[place])
    return cells


def format_value(value: bool | date | datetime | None) -> str:
    """Return a value as XML Schema writes it, which CSV on the Web and spreadsheets read."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat()


def write_csv_description(
    selection: Selection, batches: Iterable[list[FlatRow]]
) -> Iterator[bytes]:
    """Yield what describes the CSV: its columns with their types, how many rows, by which filters.

    It is metadata of CSV on the Web (https://www.w3.org/TR/tabular-metadata/).
    """
    columns = [
        {
            "name": field.name,
            "titles": field.name,
            "datatype": CSVW_TYPES[field.type],
            "dc:description": field.description,
            "required": not field.is_optional and field.type != "text",
        }
        for field in FIELDS
    ]
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": selection.table,
        "dc:title": selection.title,
        "dc:source": selection.page_address,
        "dc:extent": f"{selection.total} rows",
        "dc:created": selection.made_at.isoformat(),
        "tableSchema": {"columns": columns, "primaryKey": "id"},
    }
    yield json.dumps(described, ensure_ascii=False, indent=1).encode()
