"""Reads the seed format.

Line 1 is the title, line 2 the date as YYYYMMDD, line 3 the URL; then comes a paragraph a line.
"""

import re

from claims.intake.readers.documents import Broken, Document, build_document, clean_line_ends

LINES_OF_HEAD = 3
LONGEST_DATE_SHOWN = 40  # characters of what is no date, in a problem


def read_seed(content: bytes, where: str, *, undated: bool = False) -> Document:
    """Return the document in a file. Raises `Broken`."""
    try:
        text = clean_line_ends(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Broken(
            f"byte {error.start} ({content[error.start]:#04x}) is not UTF-8", line
        ) from None
    if not text.strip():
        raise Broken("it is empty")
    lines = text.split("\n", LINES_OF_HEAD)
    missing = LINES_OF_HEAD + 1 - len(lines)
    title, day, url, body = lines + [""] * missing
    if day.strip() and not re.fullmatch(r"\s*\d{8}\s*", day):
        raise Broken(
            f"line 2 should be the date as YYYYMMDD, not {day.strip()[:LONGEST_DATE_SHOWN]!r}", 2
        )
    if not url.strip():
        raise Broken("line 3 should be its URL, and is empty", 3)
    return build_document(
        where=where, title=title, text=body, day=day, url=url, line=4, day_line=2, undated=undated
    )
