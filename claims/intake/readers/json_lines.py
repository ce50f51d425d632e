"""JSON Lines: a document a line, {"id", "text", "title", "date", "url", "publisher"}; other keys are left alone.

"author", "section" and "language" are taken where they are text.
"""

import json
from collections.abc import Iterator
from typing import IO, Any

from claims.intake.readers.documents import (
    LARGEST_DOCUMENT,
    Broken,
    Document,
    Problem,
    build_document,
)

LONGEST_LINE = (
    8 * LARGEST_DOCUMENT
)  # bytes; JSON may escape each character, and carry annotation besides
MOST_PASSED_OVER = 10 * LONGEST_LINE  # bytes of a line that is too long, until the file is given up
MOST_BLANK = (
    10_000_000  # bytes of white space on end, likewise: a small compressed file can hold any number
)
PIECE = 1 << 20  # bytes


def read_json_lines(
    lines: IO[bytes], where: str, *, undated: bool = False
) -> Iterator[Document | Problem]:
    number, blank = 0, 0
    while line := lines.readline(LONGEST_LINE + 1):
        number += 1
        here = f"{where}:{number}"
        if len(line) > LONGEST_LINE:
            yield Problem(here, f"the line is longer than {LONGEST_LINE:,} bytes")
            if not pass_over_line(lines, line):
                yield Problem(
                    here,
                    f"the line is longer than {MOST_PASSED_OVER:,} bytes, too; the rest of the file is not read",
                )
                return
        elif line.strip():
            blank = 0
            try:
                yield read_json_line(line, here, undated=undated)
            except Broken as error:
                yield Problem(here, str(error))
        else:
            blank += len(line)
            if blank > MOST_BLANK:
                yield Problem(
                    here,
                    f"more than {MOST_BLANK:,} bytes of blank lines on end; the rest of the file is not read",
                )
                return


def pass_over_line(lines: IO[bytes], begun: bytes) -> bool:
    """Read to the end of a line; return whether it was found."""
    piece, length = begun, len(begun)
    while piece and not piece.endswith(b"\n"):
        if length > MOST_PASSED_OVER:
            return False
        piece = lines.readline(PIECE)
        length += len(piece)
    return True


def parse_json_line(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Broken(f"byte {error.start} of the line is not UTF-8") from None
    except (
        ValueError,
        RecursionError,
    ) as error:  # bad JSON, an integer of thousands of digits, deep nesting
        reason = str(error).partition(";")[0]  # after it comes advice to programmers
        raise Broken(f"the line is not JSON that can be read ({reason})") from None
    if not isinstance(record, dict):
        raise Broken(f"the line is not a JSON object but {type(record).__name__}")
    return record


def read_json_line(line: bytes, where: str, *, undated: bool = False) -> Document:
    record = parse_json_line(line)
    values: dict[str, str] = {}
    for key in ("id", "text", "title", "date", "url", "publisher"):
        value = record.get(key)
        if isinstance(value, int) and key in ("id", "date"):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise Broken(f'"{key}" is not a string but {type(value).__name__}')
        values[key] = value or ""
    text = values["text"]
    title = values["title"] or next((part.strip() for part in text.split("\n") if part.strip()), "")
    return build_document(
        where=where,
        title=title,
        text=text,
        day=values["date"],
        url=values["url"],
        publisher=values["publisher"],
        number=values["id"],
        undated=undated,
        author=find_text(record, "author"),
        section=find_text(record, "section"),
        language=find_text(record, "language"),
    )


def find_text(record: dict[str, Any], key: str) -> str:
    """Return a value that is text; "" for any other, which is left alone."""
    value = record.get(key)
    return value if isinstance(value, str) else ""
