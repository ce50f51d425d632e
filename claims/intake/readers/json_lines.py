"""Reads JSON Lines: a document a line, {"id", "text", "title", "date", "url", "publisher"}.

"author", "section", "language" and "licence" are taken where they are text, "blocks" and "reviews"
where they are such. Other keys are left alone.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from claims.extraction.text.blocks import read_blocks
from claims.intake.addresses import is_same_site
from claims.intake.readers.documents import (
    LARGEST_DOCUMENT,
    Broken,
    Document,
    Problem,
    build_document,
    build_key_of_id,
    clean_publisher,
    is_url,
)
from claims.intake.readers.reviews import read_reviews

# All of these are bytes. JSON may escape each character of a document, and carry annotation
# besides.
LONGEST_LINE = 8 * LARGEST_DOCUMENT
# After so many of a line that is too long the file is given up.
MOST_PASSED_OVER = 10 * LONGEST_LINE
# After so many of white space on end, too: a small compressed file can hold any number.
MOST_BLANK = 10_000_000
PIECE = 1 << 20

KEYS_READ = ("id", "text", "title", "date", "url", "publisher")
KEYS_THAT_MAY_BE_NUMBERS = ("id", "date")
JSON_TYPE_NAMES = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
}


def read_json_lines(
    lines: IO[bytes], where: str, *, undated: bool = False
) -> Iterator[Document | Problem]:
    """Yield the document of each line, or what is wrong with it; blank lines are passed over."""
    number = 0
    blank = 0
    while line := lines.readline(LONGEST_LINE + 1):
        number += 1
        here = f"{where}:{number}"
        if len(line) > LONGEST_LINE:
            yield Problem(here, f"the line is longer than {LONGEST_LINE:,} bytes")
            if not pass_over_line(lines, line):
                yield build_end_of_reading(
                    here, f"the line is longer than {MOST_PASSED_OVER:,} bytes, too"
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
                yield build_end_of_reading(
                    here, f"more than {MOST_BLANK:,} bytes of blank lines on end"
                )
                return


def build_end_of_reading(where: str, reason: str) -> Problem:
    return Problem(where, f"{reason}; the rest of the file is not read")


def pass_over_line(lines: IO[bytes], begun: bytes) -> bool:
    """Read to the end of a line of which this much is read; return whether it was found."""
    piece = begun
    length = len(begun)
    while piece and not piece.endswith(b"\n"):
        if length > MOST_PASSED_OVER:
            return False
        piece = lines.readline(PIECE)
        length += len(piece)
    return True


def read_json_line(line: bytes, where: str, *, undated: bool = False) -> Document:
    """Return the document of a line. Raises `Broken`."""
    return read_json_record(parse_json_line(line), where, undated=undated)


def read_json_record(record: dict[str, Any], where: str, *, undated: bool = False) -> Document:
    """Return the document of an object. Raises `Broken`.

    Of its reviews those count that its own site gives: nobody speaks for another.
    """
    values = {key: get_text(record, key) for key in KEYS_READ}
    document = build_document(
        where=where,
        title=values["title"] or get_first_paragraph(values["text"]),
        text=values["text"],
        day=values["date"],
        url=values["url"],
        publisher=values["publisher"],
        number=values["id"],
        undated=undated,
        author=find_text(record, "author"),
        section=find_text(record, "section"),
        language=find_text(record, "language"),
        licence=find_text(record, "licence"),
        addresses=find_texts(record, "addresses"),
    )
    blocks = read_blocks(record.get("blocks"), document.text)
    reviews = read_reviews(record.get("reviews"))
    own = [review for review in reviews if is_same_site(review.address, values["url"])]
    return replace(document, blocks=blocks, reviews=tuple(own))


def read_addresses(record: dict[str, Any]) -> tuple[str, list[str]]:
    """Return the address of an object's document, "" if it has none, and its others.

    Raises `Broken`.
    """
    others = [address for address in find_texts(record, "addresses") if is_url(address)]
    return get_text(record, "url").strip(), others


def read_key(record: dict[str, Any]) -> str:
    """Return the key of an object's document. Raises `Broken`."""
    url = get_text(record, "url").strip()
    publisher = clean_publisher(get_text(record, "publisher"))
    return url or build_key_of_id(publisher, get_text(record, "id"))


def parse_json_line(line: bytes) -> dict[str, Any]:
    """Return the object of a line. Raises `Broken`."""
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Broken(f"byte {error.start} of the line is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        # Bad JSON, an integer of thousands of digits, or deep nesting. After a semicolon comes
        # advice to programmers.
        reason = str(error).partition(";")[0]
        raise Broken(f"the line is not JSON that can be read ({reason})") from None
    if not isinstance(record, dict):
        raise Broken(f"the line is not a JSON object but {name_json_type(record)}")
    return record


def name_json_type(value: Any) -> str:
    """Return what JSON calls a value of this kind."""
    if value is None:
        return "null"
    return JSON_TYPE_NAMES[type(value)]


def find_texts(record: dict[str, Any], key: str) -> list[str]:
    """Return the texts of a list; what is none is left out."""
    values = record.get(key)
    if not isinstance(values, list):
        return []
    return [value for value in values if isinstance(value, str)]


def get_text(record: dict[str, Any], key: str) -> str:
    """Return a value as a text, empty if there is none.

    Raises `Broken` if it is neither a text nor may be a number.
    """
    value = record.get(key)
    if isinstance(value, int) and key in KEYS_THAT_MAY_BE_NUMBERS:
        return str(value)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Broken(f'"{key}" is not a string but {name_json_type(value)}')
    return value


def find_text(record: dict[str, Any], key: str) -> str:
    """Return a value that is text; "" for any other, which is left alone."""
    value = record.get(key)
    return value if isinstance(value, str) else ""


def get_first_paragraph(text: str) -> str:
    for line in text.split("\n"):
        if line.strip():
            return line.strip()
    return ""
