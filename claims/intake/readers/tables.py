"""Tables with a column of texts: CSV, and the sheets of XLSX."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile

from claims.intake.readers.documents import LARGEST_DOCUMENT, Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.days import read_written_day
from claims.intake.readers.links import NOT_FETCHED, Link
from claims.intake.readers.repairing import decode_bytes, repair_text, unwrap_text
from newsroom.web_addresses import is_web_address

# The field that a column holds, by what its first row may call it: in small letters, without blanks
# and marks.
COLUMNS = {
    "text": "text body content article fulltext articletext articlebody maintext story bodytext",
    "title": "title headline heading articletitle",
    "day": "date published publisheddate publicationdate publishdate datepublished pubdate day"
    " publishedat",
    "url": "url link address uri permalink articleurl",
    "publisher": "publisher source outlet medianame publication newspaper site sourcename"
    " publishername",
    "author": "author authors byline journalist writer",
    "section": "section category desk rubric",
    "language": "language lang",
    "licence": "licence license rights copyright usageterms",
    "number": "id articleid storiesid guid number key",
}
ADDRESS_ALONE = f"the table has its address alone, and {NOT_FETCHED}"
DELIMITERS = ",;\t|"
csv.field_size_limit(2 * LARGEST_DOCUMENT)


def read_csv(
    content: bytes, where: str, *, undated: bool = False
) -> Iterator[Document | Problem | Link]:
    text = decode_bytes(content)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000].split("\n", 1)[0], DELIMITERS)
    except csv.Error:
        dialect = csv.excel
    dialect.doublequote = True
    rows = csv.reader(io.StringIO(text, newline=""), dialect)
    yield from read_rows(catch_errors(rows, where), where, undated=undated)


def catch_errors(rows: Iterator[list[str]], where: str) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise Broken(f"the table cannot be read ({error}); what came before is in") from None


def read_xlsx(
    content: bytes, where: str, *, undated: bool = False
) -> Iterator[Document | Problem | Link]:
    # Imported only here, since it takes long and few who read documents have workbooks.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError):
        raise Broken("the XLSX is damaged, and cannot be opened") from None
    for sheet in book.worksheets:
        rows = ([write_cell(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
        here = f"{where}: sheet {sheet.title}"
        try:
            yield from read_rows(rows, here, undated=undated)
        except Broken as error:
            yield Problem(here, str(error))


def write_cell(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def read_rows(
    rows: Iterable[Sequence[str]], where: str, *, undated: bool
) -> Iterator[Document | Problem | Link]:
    """Yield the article of each row under the first, which names the columns.

    Where there is a column of addresses and none of texts, as in the story lists of Media Cloud,
    each row leads to its article.
    """
    numbered = enumerate(rows, 1)
    _, names = next(numbered, (1, []))
    places = find_columns(names)
    has_texts = "text" in places
    if not has_texts and "url" not in places:
        named = ", ".join(name for name in names if name)[:200]
        raise Broken(
            f"it has no column of texts, such as “text” or “body”, nor of addresses (its first row: {named})"
        )
    for number, row in numbered:
        here = f"{where}: row {number}"
        values = {name: row[at].strip() for name, at in places.items() if at < len(row)}
        if not any(values.values()):
            continue
        if not has_texts:
            yield build_link(values, here)
            continue
        try:
            yield make_draft(values).build(here, undated=undated)
        except Broken as error:
            yield Problem(here, str(error))


def build_link(values: dict[str, str], here: str) -> Link | Problem:
    """Return where the article of a row stands."""
    url = values.get("url", "")
    if not is_web_address(url):
        return Problem(here, f"{url[:100]!r} is not an http or https URL")
    day = read_written_day(values.get("day", ""))
    return Link(f"{here} ({url})", url, ADDRESS_ALONE, day=day.isoformat() if day else "")


def find_columns(names: Sequence[str]) -> dict[str, int]:
    """Return where each field stands: in the first column that has one of its names."""
    folded = [re.sub(r"[\W_]", "", name).casefold() for name in names]
    places: dict[str, int] = {}
    for field, known in COLUMNS.items():
        found = [folded.index(name) for name in known.split() if name in folded]
        if found:
            places[field] = found[0]
    return places


def make_draft(values: dict[str, str]) -> Draft:
    text = unwrap_text(repair_text(values.get("text", "")))
    written = values.get("day", "")
    day = read_written_day(written)
    title = values.get("title") or text.split("\n", 1)[0][:200]
    known: dict[str, Any] = {
        name: value for name, value in values.items() if name not in ("text", "title", "day")
    }
    return Draft(title=title, text=text, day=day.isoformat() if day else written, **known)
