"""Quotes as a bundle that anybody can check offline: slices with offsets, hashes of the texts, and
what people decided, with a script that needs nothing but Python.

The texts themselves are not in it, as they are others' to give away: of each there is the paragraph
of the quote, and the SHA-256 of the whole, by which a copy of the text is known to be the same.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from claims.history.quotes import list_history_changes
from claims.models import Quote
from claims.models.marks import list_marks
from claims.outputs.fields import FlatRow
from claims.outputs.selecting import Selection
from claims.passages.excerpts import find_paragraphs

MOST_QUOTES_OF_BUNDLE = 500  # each takes some queries
CHECKING_SCRIPT = Path(__file__).with_name("check_bundle.py")
SUMS = "SHA256SUMS"


def write_bundle(selection: Selection, batches: Iterable[list[FlatRow]], path: Path) -> None:
    """Write the quotes, the script and the hashes of all files into a ZIP file."""
    quotes = [quote for batch in batches for quote in describe_quotes(batch)]
    files = {
        "README.md": README.encode(),
        "check.py": CHECKING_SCRIPT.read_bytes(),
        "about.json": format_json(selection.describe()),
        "quotes.json": format_json(quotes),
    }
    lines = [f"{compute_digest(content)}  {name}\n" for name, content in files.items()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
        bundle.writestr(SUMS, "".join(lines))


def describe_quotes(batch: Sequence[FlatRow]) -> list[dict[str, Any]]:
    rows = Quote.objects.select_related("article", "version").prefetch_related("spans", "details")
    quotes = rows.in_bulk([row.id for row in batch])
    return [describe_quote(quotes[row.id], row) for row in batch if row.id in quotes]


def describe_quote(quote: Quote, row: FlatRow) -> dict[str, Any]:
    """Return a quote with its slices, the paragraphs they stand in, and its history."""
    text = quote.text
    marks = list_marks(quote)
    start, end = find_paragraphs(
        text, min(mark.start for mark in marks), max(mark.end for mark in marks)
    )
    slices = [
        {
            "role": mark.role,
            "start": mark.start,
            "end": mark.end,
            "text": text[mark.start : mark.end],
        }
        for mark in marks
    ]
    return {
        "id": row.id,
        "address": row.address,
        "sentence": row.sentence,
        "actor": row.actor,
        "act": row.act,
        "stance": row.stance,
        "status": row.status,
        "article": {
            "title": row.article_title,
            "address": row.article_address,
            "outlet": row.outlet,
            "published_on": row.published_on.isoformat() if row.published_on else None,
            "version": row.version,
            "sha256": compute_digest(text.encode()),
            "characters": len(text),
        },
        "excerpt": {"start": start, "text": text[start:end]},
        "slices": slices,
        "history": list_decisions(quote),
    }


def list_decisions(quote: Quote) -> list[dict[str, Any]]:
    """Return what happened to a quote, the newest first; people are not named."""
    return [
        {
            "when": change.when.isoformat(),
            "by": "a curator" if change.who else "the program",
            "event": change.word,
            "changes": change.what,
        }
        for change in list_history_changes(quote)
    ]


def format_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def compute_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


README = """# Quotes to check

`python3 check.py` tells whether this bundle is as it was made: whether every file has the SHA-256 that
stands in `SHA256SUMS`, and whether every slice of a quote stands in its excerpt where it should.

`python3 check.py TEXT.txt` also tells which articles a text of yours (UTF-8) is, by its SHA-256, and
whether the slices stand in it.

`quotes.json` has each quote with its slices: `start` and `end` are offsets into the article's text in
Unicode code points, the end not included. `history` says what the program and curators did to it.
"""
