"""The front page over a million quotes, and Datasette over the same rows with the same facets.

    python -m benchmarks.million [--quotes 1000000] [--states 60] [--out RESULT.json]

Makes synthetic quotes (`benchmarks/synthetic.py`) in a database of its own, dropped at the end, and
in an SQLite file. Asks the front page, through Django's test client, for random pairs of filters:
the whole page with its facets, histogram and quotes. Asks Datasette for the same filters and facets
as JSON. Both in this process, one after the other.
"""

import asyncio
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.report import build_parser, report
from benchmarks.site import open_site
from benchmarks.synthetic import SyntheticNews

FilterState = list[tuple[str, str]]
FACETS_COMPARED = ("actor", "act", "kind", "stance", "outlet", "status")
MOST_FREQUENT_DRAWN = {"actor": 40, "outlet": 20, "about": 40}  # one of so many is drawn
VALUES_DRAWN = {
    "act": ("say", "report", "deny", "accuse", "believe", "no_comment"),
    "kind": ("direct", "mixed", "indirect"),
    "stance": ("asserts", "denies"),
    "status": ("unreviewed", "accepted"),
}
STATES_SEED = 7
PLAIN_ROUNDS = 10  # of the front page without filters
# The words that follow Zipf's law, by the share of the quotes that have one: from which on they are
# drawn.
WORDS_BY_SHARE = {"0.1 %": 1500, "1 %": 150, "5 %": 30, "the commonest": 0}
WORDS_DRAWN = 20
ROWS_AT_ONCE = 50_000  # that SQLite is given
BYTES_AT_ONCE = 1 << 20  # that PostgreSQL is given
INSERT_SQL = "INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def fill_databases(news: SyntheticNews, lite: sqlite3.Connection) -> dict[str, float]:
    """Fill PostgreSQL by its copy, and SQLite; return how long that took.

    PostgreSQL's triggers stand aside, since every one would be fired a million times.
    """
    from django.db import connection

    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        copy_names(news, cursor)
        with tempfile.TemporaryDirectory() as folder:
            write_copy_files(news, Path(folder), lite)
            for table, columns in COLUMNS_TO_COPY.items():
                copy_file(cursor, columns, Path(folder) / table)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
    return {"fill_seconds": round(time.perf_counter() - began)}


def copy_names(news: SyntheticNews, cursor: Any) -> None:
    """Fill the tables of outlets and actors."""
    outlets = []
    for number, name in enumerate(news.outlets, 1):
        outlets.append((number, f"outlet-{number}", name))
    actors = []
    for number, name in enumerate(news.actors, 1):
        actors.append((number, f"actor-{number}", name, "person"))
    copy_rows(cursor, "claims_outlet (id, slug, name)", outlets)
    copy_rows(cursor, "claims_actor (id, slug, name, kind)", actors)
    copy_rows(cursor, "claims_actorname (actor_id, name)", enumerate(news.actors, 1))


COLUMNS_TO_COPY = {
    "article": "claims_article"
    " (id, key, outlet_id, url, title, text, published_on, extractor, added_at)",
    "claim": "claims_wording (id, claim_id, key, text)",
    "quote": "claims_quote"
    " (id, article_id, actor_id, wording_id, stance, kind, act, source_start, source_end, source_text,"
    " cue_start, cue_end, cue, content, confidence, actor_method, extractor, status, added_at)",
    "span": 'claims_span (quote_id, start, "end")',
    "about": "claims_about (quote_id, actor_id)",
}


def write_copy_files(news: SyntheticNews, folder: Path, lite: sqlite3.Connection) -> None:
    """Write the rows of each table into a file for COPY, and those of SQLite's one table
    into it.
    """
    with ExitStack() as stack:
        files = {
            table: stack.enter_context((folder / table).open("w", encoding="utf-8"))
            for table in COLUMNS_TO_COPY
        }
        rows: list[tuple[Any, ...]] = []
        quote_number = 0
        for (number, outlet, day, title, text), quotes in news.make_articles():
            address = f"https://outlet-{outlet}.example/{number}"
            article = (number, address, outlet, address, title, text, day, "synthetic", ADDED_AT)
            write_copy_line(files["article"], *article)
            for quote in quotes:
                quote_number += 1
                write_quote_lines(files, quote_number, number, quote)
                rows.append(build_sqlite_row(quote_number, outlet, day, quote))
            if len(rows) > ROWS_AT_ONCE:
                lite.executemany(INSERT_SQL, rows)
                rows = []
        lite.executemany(INSERT_SQL, rows)


ADDED_AT = "2025-01-01 00:00:00+00"


def write_quote_lines(
    files: dict[str, Any], number: int, article: int, quote: dict[str, Any]
) -> None:
    """Write the rows of a quote and of its claim, which has the same number."""
    content_start, content_end, content = quote["content"]
    write_copy_line(files["claim"], number, number, f"synthetic {number}", content)
    judged = (quote["stance"], quote["kind"], quote["act"])
    spans = (*quote["source"], *quote["cue"], content)
    origin = (0.9, "name", "synthetic", quote["status"], ADDED_AT)
    write_copy_line(
        files["quote"], number, article, quote["actor"], number, *judged, *spans, *origin
    )
    write_copy_line(files["span"], number, content_start, content_end)
    if quote["about"]:
        write_copy_line(files["about"], number, quote["about"])


def build_sqlite_row(number: int, outlet: int, day: date, quote: dict[str, Any]) -> tuple[Any, ...]:
    actor = f"actor-{quote['actor']}" if quote["actor"] else None
    about = json.dumps([f"actor-{quote['about']}"] if quote["about"] else [])
    judged = (quote["act"], quote["kind"], quote["stance"])
    _, _, content = quote["content"]
    where = (f"outlet-{outlet}", quote["status"], day.isoformat())
    return (number, actor, about, *judged, *where, content)


def write_copy_line(file: Any, *values: Any) -> None:
    """Write a row as PostgreSQL's COPY reads it: tabs between values, and \\N for none."""
    written = [r"\N" if value is None else str(value).replace("\n", r"\n") for value in values]
    file.write("\t".join(written) + "\n")


def copy_file(cursor: Any, columns: str, path: Path) -> None:
    with path.open("rb") as data, cursor.copy(f"COPY {columns} FROM STDIN") as target:
        while block := data.read(BYTES_AT_ONCE):
            target.write(block)


def copy_rows(cursor: Any, table: str, rows: Any) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as target:
        for row in rows:
            target.write_row(row)


def draw_filter_states(news: SyntheticNews, number: int) -> Iterator[FilterState]:
    """Yield pairs of filters, of any two parameters."""
    rng = random.Random(STATES_SEED)
    parameters = sorted([*MOST_FREQUENT_DRAWN, *VALUES_DRAWN, "dates", "q"])

    def draw(parameter: str) -> FilterState:
        if parameter in MOST_FREQUENT_DRAWN:
            number = rng.randint(1, MOST_FREQUENT_DRAWN[parameter])
            kind = "outlet" if parameter == "outlet" else "actor"
            return [(parameter, f"{kind}-{number}")]
        if parameter == "dates":
            year = rng.randint(2015, 2024)
            return [("since", f"{year}-01-01"), ("until", f"{year}-12-31")]
        if parameter == "q":
            return [("q", str(news.words.things[rng.randint(20, 2000)]))]
        return [(parameter, rng.choice(VALUES_DRAWN[parameter]))]

    for _ in range(number):
        first, second = rng.sample(parameters, 2)
        yield draw(first) + draw(second)


def summarize_seconds(seconds: list[float]) -> dict[str, int]:
    ordered = sorted(seconds)
    return {
        "median_ms": round(statistics.median(ordered) * 1000),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000),
        "worst_ms": round(ordered[-1] * 1000),
    }


def time_pages(states: list[FilterState]) -> tuple[dict[str, Any], list[int]]:
    """Return how long the front page takes, and how many quotes each state of the filters
    leaves.
    """
    from django.test import Client

    from claims.search import columns

    load_seconds, _ = time_call(columns.get_current_columns)
    client = Client()
    client.get("/")
    plain = [time_call(lambda: client.get("/").status_code)[0] for _ in range(PLAIN_ROUNDS)]
    times = []
    totals = []
    for state in states:
        seconds, response = time_call(partial(client.get, "/", state))
        assert response.status_code == 200, state
        times.append(seconds)
        totals.append(response.context["stream"].total)
    slowest_seconds, slowest_state = max(zip(times, states, strict=True))
    figures = {
        "columns_loaded_seconds": round(load_seconds, 2),
        "unfiltered": summarize_seconds(plain),
        "two_filters": summarize_seconds(times),
        "slowest": [round(slowest_seconds * 1000), urlencode(slowest_state)],
    }
    return figures, totals


def time_words(news: SyntheticNews) -> dict[str, Any]:
    """Return how long the front page takes with words of which so many quotes have one: asked for
    the first time, and again.
    """
    from django.test import Client

    client = Client()
    figures = {}
    for share, rank in WORDS_BY_SHARE.items():
        first = []
        again = []
        for word in news.words.things[rank : rank + WORDS_DRAWN]:
            ask = partial(client.get, "/", {"q": str(word)})
            first.append(time_call(ask)[0])
            again.append(time_call(ask)[0])
        figures[share] = {"first": summarize_seconds(first), "again": summarize_seconds(again)}
    return figures


def time_call(call: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that a call takes, and its result."""
    began = time.perf_counter()
    result = call()
    return time.perf_counter() - began, result


async def time_datasette(path: Path, states: list[FilterState]) -> tuple[dict[str, Any], list[int]]:
    """Return how long Datasette takes, and how many quotes each state of the filters leaves."""
    from datasette.app import Datasette

    limits = {
        "sql_time_limit_ms": 120_000,
        "facet_time_limit_ms": 120_000,
        "facet_suggest_time_limit_ms": 1,
    }
    site = Datasette([str(path)], settings=limits)
    await site.invoke_startup()
    times = []
    totals = []
    for state in states:
        began = time.perf_counter()
        response = await site.client.get(build_datasette_address(state))
        times.append(time.perf_counter() - began)
        assert response.status_code == 200, response.text
        totals.append(response.json()["filtered_table_rows_count"])
    return {"two_filters": summarize_seconds(times)}, totals


def build_datasette_address(state: FilterState) -> str:
    """Return the address of the same filters, facets and order.

    The rejected are left out unless a status is asked for.
    """
    query = [(DATASETTE_NAMES.get(name, name), value) for name, value in state]
    if not any(name == "status" for name, _ in state):
        query.append(("status__not", "rejected"))
    query += [("_facet", name) for name in FACETS_COMPARED]
    query += [("_facet_array", "about"), ("_facet_date", "published_on")]
    query += [("_sort_desc", "published_on"), ("_size", "25"), ("_nosuggest", "1")]
    return f"/quotes/quotes.json?{urlencode(query)}"


DATASETTE_NAMES = {
    "since": "published_on__gte",
    "until": "published_on__lte",
    "about": "about__arraycontains",
    "q": "_search",
}


def create_sqlite_file(path: Path) -> sqlite3.Connection:
    lite = sqlite3.connect(path)
    lite.execute(
        "CREATE TABLE quotes (id INTEGER PRIMARY KEY, actor TEXT, about TEXT, act TEXT, kind TEXT,"
        " stance TEXT, outlet TEXT, status TEXT, published_on TEXT, content TEXT)"
    )
    return lite


def index_sqlite(lite: sqlite3.Connection) -> None:
    for name in (*FACETS_COMPARED, "published_on"):
        lite.execute(f"CREATE INDEX by_{name} ON quotes ({name})")
    lite.execute(
        "CREATE VIRTUAL TABLE quotes_fts USING fts5"
        " (content, content='quotes', content_rowid='id', tokenize='porter')"
    )
    lite.execute("INSERT INTO quotes_fts (rowid, content) SELECT id, content FROM quotes")
    lite.execute("ANALYZE")
    lite.commit()


def measure(quotes: int, states: int, folder: Path) -> dict[str, Any]:
    news = SyntheticNews(quotes)
    path = folder / "quotes.db"
    lite = create_sqlite_file(path)
    result: dict[str, Any] = {"quotes": quotes, **fill_databases(news, lite)}
    index_sqlite(lite)
    lite.close()
    drawn = list(draw_filter_states(news, states))
    result["newsroom"], our_totals = time_pages(drawn)
    result["newsroom"]["words"] = time_words(news)
    print(json.dumps(result, indent=2), flush=True)
    result["datasette"], their_totals = asyncio.run(time_datasette(path, drawn))
    result["other_totals"] = list_differing_states(drawn, our_totals, their_totals)
    our_median = result["newsroom"]["two_filters"]["median_ms"]
    their_median = result["datasette"]["two_filters"]["median_ms"]
    result["datasette_takes_times_as_long"] = round(their_median / our_median, 1)
    return result


def list_differing_states(
    states: list[FilterState], our_totals: list[int], their_totals: list[int]
) -> list[str]:
    """Return the states in which the two find different numbers of quotes.

    Those with words are left aside, since the two stem words each in its own way.
    """
    differing = []
    for state, ours, theirs in zip(states, our_totals, their_totals, strict=True):
        has_words = any(name == "q" for name, _ in state)
        if ours != theirs and not has_words:
            differing.append(urlencode(state))
    return differing


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--states", type=int, default=60)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with open_site(), tempfile.TemporaryDirectory() as folder:
        result = measure(options.quotes, options.states, Path(folder))
    report(result, options.out)


if __name__ == "__main__":
    main()
