"""Rows as an Excel workbook, written row by row so that its memory does not grow."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xlsxwriter

from claims.outputs.fields import FIELDS, FieldType, FlatRow
from claims.outputs.plain_characters import drop_controls
from claims.outputs.selecting import Selection
from claims.passages.cutting import cut_text

LONGEST_CELL = 32_767  # characters, of UTF-16
MOST_EXCEL_ROWS = 1_048_575  # beside the one with the names
FIRST_EXCEL_YEAR = 1900  # of dates; an earlier one is written as text
WIDTHS: dict[FieldType, int] = {
    "integer": 10,
    "number": 10,
    "text": 24,
    "boolean": 8,
    "date": 12,
    "moment": 18,
}
WIDE_COLUMNS = {"quote": 60, "sentence": 60, "article_title": 40}
# No cell is a formula or a link, whatever its text looks like.
WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


def write_excel(selection: Selection, batches: Iterable[list[FlatRow]], path: Path) -> None:
    """Write the quotes, a sheet that says what the columns mean, and one about the file."""
    with xlsxwriter.Workbook(str(path), WORKBOOK_OPTIONS) as workbook:
        bold = workbook.add_format({"bold": True})
        formats = {
            "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        sheet = workbook.add_worksheet("Quotes")
        for place, field in enumerate(FIELDS):
            sheet.set_column(place, place, WIDE_COLUMNS.get(field.name, WIDTHS[field.type]))
            sheet.write_string(0, place, field.name, bold)
        sheet.freeze_panes(1, 0)
        number = 0
        for batch in batches:
            for row in batch:
                number += 1
                write_row(sheet, number, row, formats)
        sheet.autofilter(0, 0, number, len(FIELDS) - 1)
        write_texts(
            workbook.add_worksheet("Columns"),
            [("name", "type", "description")]
            + [(field.name, field.type, field.description) for field in FIELDS],
        )
        write_texts(workbook.add_worksheet("About"), list(selection.describe().items()))


def write_row(sheet: Any, number: int, row: FlatRow, formats: dict[str, Any]) -> None:
    for place, field in enumerate(FIELDS):
        value: Any = row[place]
        if value is None or value == "":
            continue
        if field.type == "text":
            sheet.write_string(number, place, prepare_text(value))
        elif field.type == "boolean":
            sheet.write_boolean(number, place, value)
        elif field.type in formats and value.year < FIRST_EXCEL_YEAR:
            sheet.write_string(number, place, value.isoformat())
        elif field.type in formats:
            sheet.write_datetime(number, place, value, formats[field.type])
        else:
            sheet.write_number(number, place, value)


def prepare_text(value: str) -> str:
    return cut_text(
        drop_controls(value), LONGEST_CELL // 2 if not value.isascii() else LONGEST_CELL
    )


def write_texts(sheet: Any, rows: Iterable[tuple[str, ...]]) -> None:
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 2, 80)
    for number, texts in enumerate(rows):
        for place, text in enumerate(texts):
            sheet.write_string(number, place, prepare_text(text))
