"""What it costs to match a new quote against a million claims.

    python -m benchmarks.claims_million [--quotes 1000000] [--new 200] [--folder FOLDER] [--out RESULT.json]

Fills a PostgreSQL of its own with made-up quotes (`benchmarks/story_news.py`), each a wording whose
runs of words are stored as if it had been related. Then new articles of the same stories come in with
all triggers, and their wordings are related as by a worker: once to warm the database up, and then
measured, by the clock and in CPU seconds of Python and PostgreSQL. Each statement of that which reads
is told with its plan. With a folder the database stays there, for another run.
"""

import json
import multiprocessing
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.intake import empty_tables, open_folder
from benchmarks.million import (
    ADDED_AT,
    COLUMNS_TO_COPY,
    copy_file,
    copy_names,
    write_copy_line,
    write_quote_lines,
)
from benchmarks.processes import measure_cpu
from benchmarks.progress import tell
from benchmarks.report import build_parser, report
from benchmarks.story_news import COPIED_FROM, StoryNews

Result = dict[str, Any]

WANTED_MS = 50  # a quote
WARMING_QUOTES = 100
WORDINGS_AT_ONCE = 2000  # of which runs are computed
LONGEST_STATEMENT_SHOWN = 160  # characters
PRINT_COLUMNS = "claims_wordingprint (wording_id, runs, read_as)"
SCANS = re.compile(r"^(?:.*Scan|Sort|.*Join|Aggregate|.*Nested Loop)$")


def fill(news: StoryNews, folder: Path) -> None:
    """Fill the tables by COPY; triggers stand aside, since every one would be fired a million times."""
    from django.db import connection

    empty_tables()  # what a run that was broken off has left
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        copy_names(news, cursor)
        write_files(news, folder)
        for table, columns in COLUMNS_TO_COPY.items():
            tell(f"{table} …")
            copy_file(cursor, columns, folder / table)
        tell("prints …")
        cursor.execute("DROP INDEX IF EXISTS wording_runs")
        copy_file(cursor, PRINT_COLUMNS, folder / "print")
        cursor.execute(
            "CREATE INDEX wording_runs ON claims_wordingprint USING gin (runs)"
            " WITH (fastupdate = off)"
        )
        for table in ("outlet", "actor", "article", "wording", "quote", "span"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('claims_{table}', 'id'),"
                f" (SELECT max(id) FROM claims_{table}))"
            )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def write_files(news: StoryNews, folder: Path) -> None:
    """Write the rows of each table into a file for COPY."""
    contents: list[tuple[int, str]] = []
    with ExitStack() as stack:
        files = {
            table: stack.enter_context((folder / table).open("w", encoding="utf-8"))
            for table in (*COLUMNS_TO_COPY, "print")
        }
        pool = stack.enter_context(multiprocessing.Pool(len(os.sched_getaffinity(0))))
        number = 0

        def list_batches() -> Iterator[list[tuple[int, str]]]:
            nonlocal number, contents
            for (article, outlet, day, title, text), quotes in news.make_articles():
                address = f"https://outlet-{outlet}.example/{article}"
                row = (article, address, outlet, address, title, text, day, "synthetic", ADDED_AT)
                write_copy_line(files["article"], *row)
                for quote in quotes:
                    number += 1
                    write_quote_lines(files, number, article, quote)
                    contents.append((number, quote["content"][2]))
                if len(contents) >= WORDINGS_AT_ONCE:
                    yield contents
                    contents = []
            yield contents

        for rows in pool.imap(compute_runs_of, list_batches()):
            for wording, runs in rows:
                write_copy_line(files["print"], wording, runs, "synthetic")


def compute_runs_of(contents: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the runs of the words of contents, as PostgreSQL writes an array."""
    from claims.extraction.schema import Span
    from claims.gathering.prints import compute_runs
    from claims.models.copying import format_array
    from claims.relating import Utterance

    rows = []
    for number, content in contents:
        utterance = Utterance(text=content, content=(Span(0, len(content)),))
        rows.append((number, format_array(compute_runs([utterance]))))
    return rows


# New quotes


def store_new_quotes(news: StoryNews, number: int, name: str) -> None:
    """Store so many quotes in new articles of the same stories, as bulk does, with all triggers."""
    from claims.extraction.schema import Attribution, Span, Speaker
    from claims.intake.readers import Document
    from claims.intake.storing_articles import ReadDocument, store_documents

    read = []
    news.quotes = number
    for (article, outlet, day, title, text), quotes in news.make_articles():
        address = f"https://outlet-{outlet}.example/{name}/{article}"
        document = Document(address, title, text, day, address, "", "benchmark")
        attributions = []
        for quote in quotes:
            source, cue, content = (Span(*quote[part][:2]) for part in ("source", "cue", "content"))
            speaker = None
            if quote["actor"]:
                speaker = Speaker(quote["source"][2], "person", 0.9, "name")
            attributions.append(
                Attribution(
                    source=source,
                    cue=cue,
                    contents=(content,),
                    kind=quote["kind"],
                    act=quote["act"],
                    confidence=0.9,
                    speaker=speaker,
                )
            )
        read.append(ReadDocument(document, attributions))
    for outcome in store_documents(read, "benchmark"):
        assert getattr(outcome, "outcome", "") == "new", outcome


def relate_new_quotes() -> Result:
    """Relate what waits, and return what that took."""
    from claims.gathering.updating import relate_all_waiting_wordings
    from claims.models import Match

    matches = Match.objects.count()
    before, began = measure_cpu(), time.perf_counter()
    quotes = sum(relate_all_waiting_wordings())
    seconds, cpu = time.perf_counter() - began, measure_cpu() - before
    return {
        "quotes": quotes,
        "matches": Match.objects.count() - matches,
        "ms_a_quote": round(seconds * 1000 / quotes, 1),
        "cpu_ms_a_quote": {
            "python": round(cpu.python * 1000 / quotes, 1),
            "postgresql": round(cpu.postgresql * 1000 / quotes, 1),
            "both": round(cpu.both * 1000 / quotes, 1),
        },
    }


# Plans


@contextmanager
def explain_statements(told: dict[str, Result]) -> Iterator[None]:
    """Note the plan of each statement that reads, as it is executed, and how long it took in all."""
    from django.db import connection

    def execute_and_explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many and sql.lstrip()[:6].upper() in ("SELECT", "WITH "):
            cursor = context["cursor"].connection.connection.cursor()
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
            note_plan(told, sql, cursor.fetchone()[0][0])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(execute_and_explain):
        yield


def note_plan(told: dict[str, Result], sql: str, explained: Result) -> None:
    name = " ".join(sql.split())[:LONGEST_STATEMENT_SHOWN]
    plan = explained["Plan"]
    noted = told.setdefault(name, {"times": 0, "ms": 0.0, "pages": 0, "pages_read": 0, "nodes": []})
    noted["times"] += 1
    noted["ms"] = round(noted["ms"] + explained["Execution Time"], 1)
    noted["pages"] += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    noted["pages_read"] += plan["Shared Read Blocks"]
    if not noted["nodes"]:
        noted["nodes"] = list(list_nodes(plan))


def list_nodes(plan: Result) -> Iterator[str]:
    """Yield the parts of a plan that read tables, with how many rows each gave in how many loops."""
    place = plan.get("Index Name") or plan.get("Relation Name")
    if place:
        rows, loops = plan["Actual Rows"], plan["Actual Loops"]
        yield f"{plan['Node Type']} {place}: {rows:g} rows x {loops}"
    for part in plan.get("Plans", ()):
        yield from list_nodes(part)


def count_rows() -> Result:
    from django.db import connection

    counts = {}
    with connection.cursor() as cursor:
        for table in ("article", "quote", "wording", "wordingprint"):
            cursor.execute(f"SELECT count(*) FROM claims_{table}")
            counts[table] = cursor.fetchone()[0]
        cursor.execute(
            "SELECT percentile_cont(ARRAY[.5, .99, .9999, 1]) WITHIN GROUP (ORDER BY holders)"
            " FROM (SELECT count(*) AS holders FROM claims_wordingprint, unnest(runs) run GROUP BY run) each"
        )
        shares = dict(zip(("median", "99 %", "99.99 %", "most"), cursor.fetchone()[0], strict=True))
    return {**counts, "wordings_that_share_a_run": shares}


def list_told() -> list[str]:
    """Return quotations that are stored, for new articles to repeat."""
    from claims.models import Wording

    texts = Wording.objects.filter(key__startswith="synthetic").order_by("-pk")
    return list(texts.values_list("text", flat=True)[:COPIED_FROM])


def measure(options: Any, folder: Path) -> Result:
    filled = folder / "filled.json"
    news = StoryNews(options.quotes)
    if not filled.exists():
        with tempfile.TemporaryDirectory(dir=folder) as place:
            fill(news, Path(place))
        filled.write_text(json.dumps(count_rows()))
    name = datetime.now(UTC).strftime("%H%M%S")
    news.rng.seed(name)
    news.told = list_told()
    store_new_quotes(news, WARMING_QUOTES, f"warming-{name}")
    warming = relate_new_quotes()
    tell(f"warming up: {warming}")
    store_new_quotes(news, options.new, f"new-{name}")
    measured = relate_new_quotes()
    statements: dict[str, Result] = {}
    store_new_quotes(news, WARMING_QUOTES, f"explained-{name}")
    with explain_statements(statements):
        relate_new_quotes()
    return {
        "rows": json.loads(filled.read_text()),
        "wanted_ms_a_quote": WANTED_MS,
        "new": measured,
        f"statements_of_{WARMING_QUOTES}_quotes": statements,
    }


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--new", type=int, default=200)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with open_folder(options.folder) as folder:
        report(measure(options, folder), options.out)


if __name__ == "__main__":
    main()
