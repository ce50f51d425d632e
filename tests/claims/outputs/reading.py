"""Every format read back as other people's tools read it: the ids in order, and the total that it tells."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import feedparser
import openpyxl
from django.test import Client


def fetch(client: Client, address: str) -> tuple[bytes, Any]:
    """Return what an address answers, which must be well, and the response."""
    response = client.get(address)
    content = b"".join(response) if response.streaming else response.content
    assert response.status_code == 200, (address, content[:500])
    return content, response


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def read_json_lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode().split("\n") if line]


def read_sqlite(content: bytes, path: Path) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return the rows of an SQLite file, and what it says about itself."""
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute("SELECT * FROM quotes ORDER BY rowid")]
        about = {row[0]: row[1] for row in database.execute("SELECT * FROM about")}
    return rows, about


def read_excel(content: bytes) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the rows of a workbook, and what it says about itself."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    names, *rows = book["Quotes"].iter_rows(values_only=True)
    about = {str(row[0]): row[1] for row in book["About"].iter_rows(values_only=True)}
    return [dict(zip(names, row, strict=True)) for row in rows], about


def read_parquet(content: bytes) -> Any:
    import pyarrow.parquet

    return pyarrow.parquet.read_table(io.BytesIO(content))


def find_id(address: str) -> int:
    found = re.search(r"/quotes/(\d+)/", address)
    assert found, address
    return int(found[1])


# Each returns the ids and the total that the file tells.
Told = tuple[list[int], int]


def told_by_csv(client: Client, address: str, path: Path) -> Told:
    content, response = fetch(client, address)
    return [int(row["id"]) for row in read_csv(content)], int(response["Newsroom-Total"])


def told_by_json_lines(client: Client, address: str, path: Path) -> Told:
    content, response = fetch(client, address)
    return [row["id"] for row in read_json_lines(content)], int(response["Newsroom-Total"])


def told_by_sqlite(client: Client, address: str, path: Path) -> Told:
    content, _ = fetch(client, address)
    content_path = path / "q.sqlite"
    content_path.write_bytes(content)
    with closing(sqlite3.connect(content_path)) as database:
        total = database.execute("SELECT value FROM about WHERE name = 'rows'").fetchone()[0]
        # The primary key is the row number, so that no order is kept.
        ids = [row[0] for row in database.execute("SELECT id FROM quotes")]
    return ids, int(total)


def told_by_excel(client: Client, address: str, path: Path) -> Told:
    rows, about = read_excel(fetch(client, address)[0])
    return [row["id"] for row in rows], int(about["rows"])


def told_by_parquet(client: Client, address: str, path: Path) -> Told:
    table = read_parquet(fetch(client, address)[0])
    about = json.loads(table.schema.metadata[b"newsroom"])
    return table["id"].to_pylist(), int(about["rows"])


def told_by_json_ld(client: Client, address: str, path: Path) -> Told:
    listed = json.loads(fetch(client, address)[0])
    return [each["identifier"] for each in listed["itemListElement"]], listed["numberOfItems"]


def told_by_annotations(client: Client, address: str, path: Path) -> Told:
    listed = json.loads(fetch(client, address)[0])
    return [find_id_of_annotation(each["id"]) for each in listed["first"]["items"]], listed["total"]


def find_id_of_annotation(address: str) -> int:
    return find_id(address.removesuffix(".anno") + "/")


def told_by_feed(client: Client, address: str, path: Path) -> Told:
    """Follow a feed of either kind from page to page."""
    ids: list[int] = []
    total = -1
    following: str | None = address
    while following:
        feed = feedparser.parse(fetch(client, following)[0])
        assert not feed.bozo, feed.bozo_exception
        ids += [find_id(entry.link) for entry in feed.entries]
        total = int(feed.feed.os_totalresults)
        following = next((link.href for link in feed.feed.links if link.rel == "next"), None)
    return ids, total


def told_by_json_feed(client: Client, address: str, path: Path) -> Told:
    ids: list[int] = []
    total = -1
    following: str | None = address
    while following:
        feed = json.loads(fetch(client, following)[0])
        ids += [find_id(item["id"]) for item in feed["items"]]
        total = feed["_newsroom"]["total"]
        following = feed.get("next_url")
    return ids, total


READERS: dict[str, Callable[[Client, str, Path], Told]] = {
    "csv": told_by_csv,
    "jsonl": told_by_json_lines,
    "sqlite": told_by_sqlite,
    "xlsx": told_by_excel,
    "parquet": told_by_parquet,
    "jsonld": told_by_json_ld,
    "anno": told_by_annotations,
    "atom": told_by_feed,
    "rss": told_by_feed,
    "jsonfeed": told_by_json_feed,
}
