"""Everything in one file: quotes, actors, claims, articles and outlets, with what each column means.

The texts of articles are not in it: these are others' to give away. An article's address leads there.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Count, Min

from claims.models import Actor, Article, Claim, Outlet
from claims.outputs.comma_separated import (
    BEGINNINGS_OF_FORMULAS,
    INERT_MARK,
    format_value,
    write_csv,
    write_csv_description,
)
from claims.outputs.fields import build_dictionary
from claims.outputs.rows import read_batches, select_web_address
from claims.outputs.selecting import Selection

ROWS_AT_A_TIME = 2000
Column = tuple[str, str, str]  # its name, type and meaning


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a dump beside that of the quotes; `read` yields its rows."""

    name: str
    columns: tuple[Column, ...]
    read: Callable[[], Iterator[tuple[Any, ...]]]


def read_actors() -> Iterator[tuple[Any, ...]]:
    rows = Actor.objects.annotate(item=Min("external_ids__value")).order_by("pk")
    columns = ("pk", "slug", "name", "kind", "item")
    yield from rows.values_list(*columns).iterator(ROWS_AT_A_TIME)


def read_claims() -> Iterator[tuple[Any, ...]]:
    rows = Claim.objects.annotate(number=Count("wordings")).order_by("pk")
    yield from rows.values_list("pk", "text", "number").iterator(ROWS_AT_A_TIME)


def read_articles() -> Iterator[tuple[Any, ...]]:
    columns = (
        "pk",
        "title",
        "url",
        "published_on",
        "outlet__slug",
        "author",
        "language",
        "section",
        "licence",
        "added_at",
    )
    rows = Article.objects.order_by("pk").values_list(*columns).iterator(ROWS_AT_A_TIME)
    for number, title, url, *others in rows:
        yield (number, title, select_web_address(url), *others)


def read_outlets() -> Iterator[tuple[Any, ...]]:
    return Outlet.objects.order_by("pk").values_list("slug", "name").iterator(ROWS_AT_A_TIME)


TABLES = (
    Table(
        "actors",
        (
            ("id", "integer", "number of the actor"),
            ("slug", "text", "the actor in addresses, and in actor_slug of quotes"),
            ("name", "text", "its name"),
            ("kind", "text", "person, organization, state, group, document or unnamed"),
            ("wikidata", "text", "item of Wikidata that a person gave it"),
        ),
        read_actors,
    ),
    Table(
        "claims",
        (
            ("id", "integer", "number of the claim, and claim_id of quotes"),
            ("text", "text", "its words, as they first came in"),
            ("wordings", "integer", "in how many wordings it was told"),
        ),
        read_claims,
    ),
    Table(
        "articles",
        (
            ("id", "integer", "number of the article, and article_id of quotes"),
            ("title", "text", "its title"),
            ("address", "text", "where it was published"),
            ("published_on", "date", "its date; empty: nobody knows it"),
            ("outlet_slug", "text", "who published it"),
            ("author", "text", "who wrote it"),
            ("language", "text", "its language as BCP 47 names it"),
            ("section", "text", "section of its outlet"),
            ("licence", "text", "terms under which it may be used, as its page says"),
            ("added_at", "moment", "when it came in"),
        ),
        read_articles,
    ),
    Table(
        "outlets",
        (
            ("slug", "text", "the outlet in addresses, and in outlet_slug of quotes"),
            ("name", "text", "its name"),
        ),
        read_outlets,
    ),
)


def write_dump(selection: Selection, path: Path) -> None:
    """Write a ZIP file: README, what the columns mean, and a table in CSV of each kind of row."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as dump:
        write_member(dump, "quotes.csv", write_csv(selection, read_batches(selection)))
        write_member(dump, "quotes.csv-metadata.json", write_csv_description(selection, []))
        counts = {"quotes": selection.total}
        for table in TABLES:
            counts[table.name] = write_table(dump, table)
        write_member(dump, "columns.csv", [format_table(list_columns())])
        write_member(dump, "README.md", [format_readme(selection, counts).encode()])


def write_member(dump: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> None:
    with dump.open(name, "w", force_zip64=True) as member:
        for block in blocks:
            member.write(block)


def write_table(dump: zipfile.ZipFile, table: Table) -> int:
    """Write a table, and return how many rows it has."""
    count = 0
    with dump.open(f"{table.name}.csv", "w", force_zip64=True) as member:
        member.write(format_table([tuple(column[0] for column in table.columns)]))
        for row in table.read():
            member.write(format_table([row]))
            count += 1
    return count


def format_table(rows: Iterable[tuple[Any, ...]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines).writerows([format_cell(value) for value in row] for row in rows)
    return lines.getvalue().encode()


def format_cell(value: Any) -> Any:
    """Return a value as a cell of CSV that no spreadsheet runs as a formula."""
    if isinstance(value, str):
        return f"{INERT_MARK}{value}" if value[:1] in BEGINNINGS_OF_FORMULAS else value
    return value if isinstance(value, int) else format_value(value)


def list_columns() -> Iterator[tuple[str, ...]]:
    """Yield what each column of each table means, after a line of names."""
    yield ("table", "name", "type", "description")
    for column in build_dictionary():
        yield ("quotes", column["name"], column["type"], column["description"])
    for table in TABLES:
        for name, kind, description in table.columns:
            yield (table.name, name, kind, description)


def format_readme(selection: Selection, counts: dict[str, int]) -> str:
    rows = "\n".join(f"- `{name}.csv`: {count:,} rows" for name, count in counts.items())
    return README.format(
        rows=rows,
        made_at=f"{selection.made_at:%Y-%m-%d %H:%M} UTC",
        filters=selection.described,
    )


README = """# Quotes from Newsroom

Made on {made_at}. Quotes by these filters: {filters}.

{rows}
- `columns.csv`: what each column of each table means
- `quotes.csv-metadata.json`: the same of the quotes, for programs (CSV on the Web)

All files are UTF-8, with a line of names first. A cell that a spreadsheet might run as a formula has
an apostrophe before it. Dates are YYYY-MM-DD, moments ISO 8601; an empty cell means that nobody knows.

A program found these quotes in news articles, and it makes mistakes: `confidence` and
`actor_confidence` say how sure it is, `status` whether a person has looked. What was said is not
thereby true. The texts of the articles belong to who published them and are not in this file.
"""
