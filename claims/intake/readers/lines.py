"""A document as a line of JSON, and the way back."""

import json
from typing import Any

from claims.intake.readers.documents import Document
from claims.intake.readers.json_lines import read_json_line
from claims.intake.readers.reviews import write_reviews


def build_line(document: Document) -> dict[str, Any]:
    """Return a document as `ingest` and `extract` take it again; `id` names it where it has no address."""
    day = document.published_on
    line: dict[str, Any] = {
        "path": document.where,
        "url": document.url,
        "addresses": list(document.addresses),
        "title": document.title,
        "date": day.isoformat() if day else "",
        "publisher": document.publisher,
        "author": document.author,
        "language": document.language,
        "section": document.section,
        "licence": document.licence,
        "text": document.text,
        "blocks": [list(block) for block in document.blocks],
        "id": document.url or document.key.partition("/")[2],
    }
    if document.reviews:
        line["reviews"] = write_reviews(document.reviews)
    return line


def read_line(line: dict[str, Any]) -> Document:
    """Return the document of a line. Raises `Broken`, but not for want of a date."""
    return read_json_line(json.dumps(line).encode(), str(line.get("path", "")), undated=True)
