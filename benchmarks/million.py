"""The front page over a million quotes, and Datasette over the same rows with the same facets.

    python -m benchmarks.million [--quotes 1000000] [--states 60] [--out RESULT.json]

Makes synthetic quotes (`benchmarks/synthetic.py`) in a database of its own, dropped at the end, and in an SQLite file. Asks
the front page, through Django's test client, for random pairs of filters: the whole page with its facets, histogram and quotes.
Asks Datasette for the same filters and facets as JSON. Both in this process, one after the other.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.site import open_site
from benchmarks.synthetic import SyntheticNews

FilterState = list[tuple[str, str]]
FACETS_COMPARED = ("actor", "act", "kind", "stance", "outlet", "status")
MOST_FREQUENT_DRAWN = {
    "actor": 40,
    "outlet": 20,
    "about": 40,
}  # of the most frequent ones, one is drawn


def fill_databases(news: SyntheticNews, lite: sqlite3.Connection) -> dict[str, float]:
    """Rows by PostgreSQL's copy, its triggers aside, since every one would be fired a million times; and into SQLite."""
    from django.db import connection

    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        outlets = [
            (n, f"outlet-{n}", name, f"outlet-{n}.example")
            for n, name in enumerate(news.outlets, 1)
        ]
        copy_rows(cursor, "claims_outlet (id, slug, name, host)", outlets)
        actors = ((n, f"actor-{n}", name, "person") for n, name in enumerate(news.actors, 1))
        copy_rows(cursor, "claims_actor (id, slug, name, kind)", actors)
        copy_rows(cursor, "claims_actorname (actor_id, name)", enumerate(news.actors, 1))
        with tempfile.TemporaryDirectory() as folder:
            write_copy_files(news, Path(folder), lite)
            for table in COLUMNS_TO_COPY:
                with (
                    (Path(folder) / table).open("rb") as data,
                    cursor.copy(f"COPY {COLUMNS_TO_COPY[table]} FROM STDIN") as target,
                ):
                    while block := data.read(1 << 20):
                        target.write(block)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
    return {"fill_seconds": round(time.perf_counter() - began)}


COLUMNS_TO_COPY = {
    "article": "claims_article (id, key, outlet_id, url, title, text, published_on, extractor, added_at)",
    "claim": "claims_claim (id, key, text)",
    "quote": "claims_quote (id, article_id, actor_id, claim_id, stance, kind, act, source_start, source_end, source_text,"
    " cue_start, cue_end, cue, content, confidence, actor_method, extractor, status, added_at)",
    "span": 'claims_span (quote_id, start, "end")',
    "about": "claims_about (quote_id, actor_id)",
}


def write_copy_files(news: SyntheticNews, folder: Path, lite: sqlite3.Connection) -> None:
    """The rows of each table as a file for COPY, and those of SQLite's one table in it."""
    files = {table: (folder / table).open("w", encoding="utf-8") for table in COLUMNS_TO_COPY}
    now, pk, rows = "2025-01-01 00:00:00+00", 0, []
    for (number, outlet, day, title, text), quotes in news.articles():
        key = f"https://outlet-{outlet}.example/{number}"
        write_copy_line(
            files["article"], number, key, outlet, key, title, text, day, "synthetic", now
        )
        for quote in quotes:
            pk += 1
            content = quote["content"][2]
            write_copy_line(files["claim"], pk, f"synthetic {pk}", content)
            write_copy_line(
                files["quote"], pk, number, quote["actor"], pk, quote["stance"], quote["kind"], quote["act"], *quote["source"],
                *quote["cue"], content, 0.9, "name", "synthetic", quote["status"], now,
            )  # fmt: skip
            write_copy_line(files["span"], pk, *quote["content"][:2])
            if quote["about"]:
                write_copy_line(files["about"], pk, quote["about"])
            about = json.dumps([f"actor-{quote['about']}"] if quote["about"] else [])
            actor = f"actor-{quote['actor']}" if quote["actor"] else None
            rows.append((pk, actor, about, quote["act"], quote["kind"], quote["stance"], f"outlet-{outlet}", quote["status"],
                         day.isoformat(), content))  # fmt: skip
        if len(rows) > 50_000:
            lite.executemany("INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            rows = []
    lite.executemany("INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    for file in files.values():
        file.close()


def write_copy_line(file: Any, *values: Any) -> None:
    file.write(
        "\t".join(r"\N" if value is None else str(value).replace("\n", r"\n") for value in values)
        + "\n"
    )


def copy_rows(cursor: Any, table: str, rows: Any) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as target:
        for row in rows:
            target.write_row(row)


def draw_filter_states(news: SyntheticNews, number: int) -> Iterator[FilterState]:
    """Pairs of filters, of any two sorts."""
    rng = random.Random(7)
    values: dict[str, Callable[[], FilterState]] = {
        "actor": lambda: [("actor", f"actor-{rng.randint(1, MOST_FREQUENT_DRAWN['actor'])}")],
        "about": lambda: [("about", f"actor-{rng.randint(1, MOST_FREQUENT_DRAWN['about'])}")],
        "outlet": lambda: [("outlet", f"outlet-{rng.randint(1, MOST_FREQUENT_DRAWN['outlet'])}")],
        "act": lambda: [
            ("act", rng.choice(("say", "report", "deny", "accuse", "believe", "no_comment")))
        ],
        "kind": lambda: [("kind", rng.choice(("direct", "mixed", "indirect")))],
        "stance": lambda: [("stance", rng.choice(("asserts", "denies")))],
        "status": lambda: [("status", rng.choice(("unreviewed", "accepted")))],
        "dates": lambda: [
            ("since", f"{(year := rng.randint(2015, 2024))}-01-01"),
            ("until", f"{year}-12-31"),
        ],
        "q": lambda: [("q", str(news.words.things[rng.randint(20, 2000)]))],
    }
    for _ in range(number):
        one, other = rng.sample(sorted(values), 2)
        yield values[one]() + values[other]()


def summarize_seconds(seconds: list[float]) -> dict[str, int]:
    ordered = sorted(seconds)
    return {
        "median_ms": round(statistics.median(ordered) * 1000),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000),
        "worst_ms": round(ordered[-1] * 1000),
    }


def time_pages(asked: list[FilterState]) -> tuple[dict[str, Any], list[int]]:
    from django.test import Client

    from claims.search import columns

    began = time.perf_counter()
    columns.get_current_columns()
    loaded = time.perf_counter() - began
    client = Client()
    client.get("/")
    plain = [time_call(lambda: client.get("/").status_code)[0] for _ in range(10)]
    times, totals = [], []
    for state in asked:
        seconds, response = time_call(partial(client.get, "/", state))
        assert response.status_code == 200, state
        times.append(seconds)
        totals.append(response.context["stream"].total)
    slow = max(zip(times, asked, strict=True))
    return {
        "columns_loaded_seconds": round(loaded, 2),
        "unfiltered": summarize_seconds(plain),
        "two_filters": summarize_seconds(times),
        "slowest": [round(slow[0] * 1000), urlencode(slow[1])],
    }, totals


def time_call(call: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = call()
    return time.perf_counter() - began, result


async def timed_datasette(path: Path, asked: list[FilterState]) -> tuple[dict[str, Any], list[int]]:
    from datasette.app import Datasette

    limits = {
        "sql_time_limit_ms": 120_000,
        "facet_time_limit_ms": 120_000,
        "facet_suggest_time_limit_ms": 1,
    }
    site = Datasette([str(path)], settings=limits)
    await site.invoke_startup()
    times, totals = [], []
    for state in asked:
        began = time.perf_counter()
        response = await site.client.get(build_datasette_address(state))
        times.append(time.perf_counter() - began)
        assert response.status_code == 200, response.text
        totals.append(response.json()["filtered_table_rows_count"])
    return {"two_filters": summarize_seconds(times)}, totals


def build_datasette_address(state: FilterState) -> str:
    """The same filters, facets and order; the rejected are left out unless a status is asked for."""
    names = {
        "since": "published_on__gte",
        "until": "published_on__lte",
        "about": "about__arraycontains",
        "q": "_search",
    }
    asked = [(names.get(name, name), value) for name, value in state]
    if not any(name == "status" for name, _ in state):
        asked.append(("status__not", "rejected"))
    asked += [("_facet", name) for name in FACETS_COMPARED] + [
        ("_facet_array", "about"),
        ("_facet_date", "published_on"),
    ]
    asked += [("_sort_desc", "published_on"), ("_size", "25"), ("_nosuggest", "1")]
    return f"/quotes/quotes.json?{urlencode(asked)}"


def create_sqlite_file(path: Path) -> sqlite3.Connection:
    lite = sqlite3.connect(path)
    lite.execute(
        "CREATE TABLE quotes (id INTEGER PRIMARY KEY, actor TEXT, about TEXT, act TEXT, kind TEXT, stance TEXT, outlet TEXT,"
        " status TEXT, published_on TEXT, content TEXT)"
    )
    return lite


def index_sqlite(lite: sqlite3.Connection) -> None:
    for name in (*FACETS_COMPARED, "published_on"):
        lite.execute(f"CREATE INDEX by_{name} ON quotes ({name})")
    lite.execute(
        "CREATE VIRTUAL TABLE quotes_fts USING fts5 (content, content='quotes', content_rowid='id', tokenize='porter')"
    )
    lite.execute("INSERT INTO quotes_fts (rowid, content) SELECT id, content FROM quotes")
    lite.execute("ANALYZE")
    lite.commit()


def measure(number: int, asked: int, folder: Path) -> dict[str, Any]:
    news = SyntheticNews(number)
    path = folder / "quotes.db"
    lite = create_sqlite_file(path)
    result: dict[str, Any] = {"quotes": number, **fill_databases(news, lite)}
    index_sqlite(lite)
    lite.close()
    pairs = list(draw_filter_states(news, asked))
    result["newsroom"], ours = time_pages(pairs)
    print(json.dumps(result, indent=2), flush=True)
    result["datasette"], theirs = asyncio.run(timed_datasette(path, pairs))
    worded = [
        any(name == "q" for name, _ in state) for state in pairs
    ]  # the two stem words each in its own way
    differing = [
        urlencode(s)
        for s, a, b, q in zip(pairs, ours, theirs, worded, strict=True)
        if a != b and not q
    ]
    result["other_totals"] = differing
    result["datasette_takes_times_as_long"] = round(
        result["datasette"]["two_filters"]["median_ms"]
        / result["newsroom"]["two_filters"]["median_ms"],
        1,
    )
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--states", type=int, default=60)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with open_site(), tempfile.TemporaryDirectory() as folder:
        result = json.dumps(measure(options.quotes, options.states, Path(folder)), indent=2)
    print(result)
    if options.out:
        options.out.write_text(result + "\n")


if __name__ == "__main__":
    main()
