"""Documents with the quotes that were found in them, a line of JSON each: written, and taken in.

A line is that of `manage.py read`, with the extractor's version and the attributions of
`manage.py extract` besides. What was found is stored as it is; nothing is read for quotes again.
"""

import gzip
import json
import zlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path
from typing import Any

from claims.extraction.reading_ahead import Reading
from claims.extraction.records import BrokenRecord, build_record, read_attributions
from claims.extraction.schema import Attribution
from claims.intake.ingest import Outcome, ingest_ahead
from claims.intake.known_articles import list_names_of_addresses
from claims.intake.parquet import ParquetRefused, read_parquet
from claims.intake.readers import Document, Problem, SkippedFile
from claims.intake.readers.documents import Broken
from claims.intake.readers.json_lines import (
    LONGEST_LINE,
    parse_json_line,
    read_addresses,
    read_json_record,
    read_key,
)

DOCUMENTS_STORED = 200  # together
LONGEST_VERSION = 40  # characters
ENDINGS = (".jsonl", ".jsonl.gz", ".parquet")
NO_SUCH_FILE = f"not a file in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"

# A line of a file, and where it stands.
PlacedLine = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class AttributedDocument(Document):
    """A document, and what an extractor of this version found in it."""

    version: str = ""
    attributions: Sequence[Attribution] = ()


class FoundReading:
    """What was found in a document already."""

    words = 0  # that are left to read

    def __init__(self, document: AttributedDocument):
        self.attributions = document.attributions

    def __call__(self) -> Sequence[Attribution]:
        return self.attributions

    def cancel(self) -> None:
        """Do nothing, as nothing goes on."""


# Out


def build_attributed_line(
    document_line: dict[str, Any], attributions: Iterable[Attribution], version: str
) -> dict[str, Any]:
    """Return the line of a document as `manage.py read` shows it, with what was found in it."""
    records = [build_record(attribution) for attribution in attributions]
    return {**document_line, "extractor": version, "attributions": records}


# In


def load_lines(
    lines: Iterable[PlacedLine | Problem | SkippedFile], *, undated: bool = False
) -> Generator[Outcome, None, None]:
    """Store the document of each line with its quotes.

    One that cannot be stored is a problem, and the rest goes on. A document that is stored as it
    is, by the same version of the extractor, is passed over.
    """
    for version, items in groupby(read_lines(lines, undated=undated), key=get_version):
        yield from ingest_ahead(items, begin_found, version, together=DOCUMENTS_STORED)


def read_lines(
    lines: Iterable[PlacedLine | Problem | SkippedFile], *, undated: bool
) -> Iterator[AttributedDocument | Problem | SkippedFile]:
    for line in lines:
        if isinstance(line, Problem | SkippedFile):
            yield line
        else:
            where, content = line
            yield read_attributed_line(content, where, undated=undated)


def get_version(item: AttributedDocument | Problem | SkippedFile) -> str:
    """Return the version by which a document was read; what is none goes by itself."""
    return item.version if isinstance(item, AttributedDocument) else ""


def begin_found(document: Document) -> Reading:
    assert isinstance(document, AttributedDocument)
    return FoundReading(document)


def read_attributed_line(
    line: bytes, where: str, *, undated: bool = False
) -> AttributedDocument | Problem:
    """Return the document of a line, or what is wrong with it."""
    try:
        record = parse_json_line(line)
        if "refused" in record:  # a line of what could not be read
            return Problem(str(record.get("path") or where), str(record["refused"]))
        return build_attributed_document(record, where, undated=undated)
    except (Broken, BrokenRecord) as error:
        return Problem(where, str(error))


def build_attributed_document(
    record: dict[str, Any], where: str, *, undated: bool
) -> AttributedDocument:
    """Return the document of a record. Raises `Broken` and `BrokenRecord`."""
    document = read_json_record(record, where, undated=undated)
    if document.text != record["text"]:
        raise Broken("its text has line ends other than \\n, so offsets into it are not kept")
    version = record.get("extractor")
    if not isinstance(version, str) or not 0 < len(version) <= LONGEST_VERSION:
        raise Broken('no "extractor" that names the version by which it was read')
    if "attributions" not in record:
        raise Broken('no "attributions"')
    values = {field.name: getattr(document, field.name) for field in fields(document)}
    attributions = read_attributions(record["attributions"], document.text)
    return AttributedDocument(**values, version=version, attributions=attributions)


def list_names_of_line(line: bytes) -> list[str]:
    """Return what the article of a line is to be known by; nothing where it cannot be read."""
    try:
        record = parse_json_line(line)
        url, others = read_addresses(record)
        return list_names_of_addresses(url, others) if url else [read_key(record)]
    except Broken:
        return []


def list_lines(paths: Iterable[str]) -> Iterator[PlacedLine | Problem | SkippedFile]:
    """Yield the lines of files, and of those in folders, in the order of their names."""
    for path in map(Path, paths):
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file():
                    yield from list_lines_in_folder(file, path)
        elif not path.name.endswith(ENDINGS):
            yield Problem(str(path), NO_SUCH_FILE)
        else:
            yield from list_lines_of_file(path)


def list_lines_in_folder(file: Path, folder: Path) -> Iterator[PlacedLine | Problem | SkippedFile]:
    if any(part.startswith(".") for part in file.relative_to(folder).parts):
        yield SkippedFile(str(file), "hidden")
    elif not file.name.endswith(ENDINGS):
        yield SkippedFile(str(file), NO_SUCH_FILE)
    else:
        yield from list_lines_of_file(file)


def list_lines_of_file(path: Path) -> Iterator[PlacedLine | Problem]:
    """Yield the lines of a file that are not empty; what comes before a fault in it goes in."""
    if path.suffix == ".parquet":
        yield from list_rows_of_file(path)
        return
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(iter(lambda: lines.readline(LONGEST_LINE + 1), b""), 1):
                where = f"{path}:{number}"
                if len(line) > LONGEST_LINE:
                    yield Problem(where, "the line is too long; the rest of the file is not read")
                    return
                if line.strip():
                    yield where, line
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Problem(str(path), f"the gzip file is broken ({error}); what came before is in")
    except OSError as error:
        yield Problem(str(path), f"it cannot be read ({error.strerror or error})")


def list_rows_of_file(path: Path) -> Iterator[PlacedLine | Problem]:
    """Yield the rows of a file of Parquet as lines."""
    try:
        for number, row in enumerate(read_parquet(str(path)), 1):
            yield f"{path}:{number}", json.dumps(row, ensure_ascii=False).encode()
    except OSError as error:
        yield Problem(str(path), f"it cannot be read ({error.strerror or error})")
    except ParquetRefused as error:
        yield Problem(str(path), str(error))
