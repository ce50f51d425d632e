"""Quotes as references for reference managers: BibTeX, RIS and CSL-JSON, which Zotero reads; and
as sentences to print.

What is referred to is the article; the sentence with the quote is its note.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from claims.outputs.fields import FlatRow
from claims.outputs.plain_characters import drop_controls
from claims.outputs.selecting import Selection

SPACES = re.compile(r"\s+")
TEX_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
TEX_TABLE = str.maketrans(TEX_ESCAPES)


def put_on_one_line(text: str) -> str:
    return SPACES.sub(" ", drop_controls(text)).strip()


# Sentences


def write_sentences(selection: Selection, batches: Iterable[list[FlatRow]]) -> Iterator[bytes]:
    """Yield a line a quote."""
    for batch in batches:
        yield "".join(f"{put_on_one_line(row.sentence)}\n" for row in batch).encode()


# BibTeX


def write_bibtex(selection: Selection, batches: Iterable[list[FlatRow]]) -> Iterator[bytes]:
    """Yield an entry a quote; what stands outside entries is a remark."""
    remark = put_on_one_line(f"{selection.summary}. {selection.page_address}")
    yield f"{remark.replace('@', '(at)')}\n\n".encode()
    for batch in batches:
        yield "".join(format_bibtex(row) for row in batch).encode()


def format_bibtex(row: FlatRow) -> str:
    fields = {
        "author": f"{{{escape_tex(row.author)}}}" if row.author else "",
        "title": f"{{{escape_tex(row.article_title)}}}",
        "journal": escape_tex(row.outlet),
        "year": str(row.published_on.year) if row.published_on else "",
        "date": row.published_on.isoformat() if row.published_on else "",
        "url": row.article_address.translate(URL_ESCAPES),
        "note": escape_tex(row.sentence),
        "annote": row.address,
        "langid": escape_tex(row.language),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@article{{newsroom-{row.id},\n{''.join(lines)}}}\n\n"


URL_ESCAPES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def escape_tex(text: str) -> str:
    return put_on_one_line(text).translate(TEX_TABLE)


# RIS


def write_ris(selection: Selection, batches: Iterable[list[FlatRow]]) -> Iterator[bytes]:
    for batch in batches:
        yield "".join(format_ris(row) for row in batch).encode()


def format_ris(row: FlatRow) -> str:
    day = row.published_on
    tags = [
        ("TY", "NEWS"),
        ("ID", f"newsroom-{row.id}"),
        ("AU", row.author),
        ("TI", row.article_title),
        ("T2", row.outlet),
        ("PY", str(day.year) if day else ""),
        ("DA", f"{day:%Y/%m/%d}/" if day else ""),
        ("SE", row.section),
        ("LA", row.language),
        ("UR", row.article_address),
        ("L2", row.address),
        ("N1", row.sentence),
    ]
    lines = [f"{tag}  - {put_on_one_line(value)}\r\n" for tag, value in tags if value]
    return "".join(lines) + "ER  - \r\n\r\n"


# CSL-JSON


def write_csl(selection: Selection, batches: Iterable[list[FlatRow]]) -> Iterator[bytes]:
    """Yield an array of items (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""
    yield b"["
    separator = "\n"
    for batch in batches:
        items = []
        for row in batch:
            items.append(separator + json.dumps(build_csl_item(row), ensure_ascii=False))
            separator = ",\n"
        yield "".join(items).encode()
    yield b"\n]\n"


def build_csl_item(row: FlatRow) -> dict[str, Any]:
    """Return an item. Its abstract is what was said, unless somebody denies or questions that."""
    item: dict[str, Any] = {
        "id": f"newsroom-{row.id}",
        "type": "article-newspaper",
        "title": row.article_title,
        "container-title": row.outlet,
        "note": row.sentence,
    }
    if row.is_asserted:
        item["abstract"] = row.quote
    if row.author:
        item["author"] = [{"literal": row.author}]
    if row.published_on:
        item["issued"] = {"date-parts": [list_date_parts(row.published_on)]}
    for name, value in (
        ("URL", row.article_address),
        ("language", row.language),
        ("section", row.section),
    ):
        if value:
            item[name] = value
    return item


def list_date_parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]
