"""Processes and PostgreSQL killed at random moments: whether the same rows are there in the end.

    python -m benchmarks.kills [--kills 50] [--postgres-kills 10] [--ways queue,ingest,load]
                               [--documents 1000] [--reader engine] [--seed 1] [--out RESULT.json]

Stores made-up documents in a site with a database of its own, once while all goes well and once
more while processes and PostgreSQL are killed with SIGKILL, the kills shared among the ways:

- `queue`: documents handed in, as texts and as files of several; workers and the processes that read
  for them are killed;
- `ingest`, `load`: commands with two processes each, which are killed, or one of their processes is,
  and run again until they end by themselves (`benchmarks/killed_commands.py`).

Then every document has to be settled, each be one article, and all rows be the same, those that
follow from what is stored with them: joins of names, wordings, claims and matches. With `--reader
pattern` a reader that finds “Somebody Else said something.” stands in for the engine in the queue.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.killed_commands import KILLED_COMMANDS, measure_command
from benchmarks.killing import (
    LONGEST_WAIT,
    count_rows,
    empty,
    kill_postgres,
    list_rows,
    make_documents,
    retry,
)
from benchmarks.report import build_parser, report

if TYPE_CHECKING:
    from claims.extraction.records import ArticleText
    from claims.intake.feed_entries import FeedContent, FeedPage
    from claims.intake.handed_in import HandedIn
    from claims.intake.readers import Link
    from claims.intake.readers.sources import ReadItem

WORKERS = 3
DOCUMENTS_A_KILL = 8
SHARE_OF_READERS = 0.2  # of what is killed; the others are workers
PATIENCE_SECONDS = 2
# The kills are shared out over so many times the seconds of the run without any, however busy the
# machine is.
KILLED_BY_CLEAN = 1.5
SECONDS_AN_ARTICLE = 0.05
ROOT = Path(__file__).resolve().parent.parent
SAID = re.compile(r"(?P<who>[A-Z]\w+ [A-Z]\w+) (?P<cue>said) (?P<content>[^.]+)\.")


class MadeUpReader:
    """Reads files as the site does, and finds quotes by one pattern."""

    version = "made up"

    def find_quotes(self, article: "ArticleText") -> list[dict[str, Any]]:
        from claims.extraction.records import build_record
        from claims.extraction.schema import Attribution, Span, Speaker

        time.sleep(SECONDS_AN_ARTICLE)
        records = []
        for found in SAID.finditer(article.text):
            attribution = Attribution(
                source=Span(*found.span("who")),
                cue=Span(*found.span("cue")),
                contents=(Span(*found.span("content")),),
                kind="indirect",
                act="say",
                confidence=0.9,
                speaker=Speaker(found["who"], "person", 0.9, "name"),
            )
            records.append(build_record(attribution))
        return records

    def read_handed_in(self, handed_in: "HandedIn") -> "Iterator[ReadItem | Link]":
        from claims.intake.handed_in import read_handed_in

        return read_handed_in(handed_in)

    def read_feed(self, page: "FeedPage") -> "FeedContent":
        from claims.intake.feed_entries import read_feed_content

        return read_feed_content(page)


def serve_made_up(connection: Connection) -> None:
    from claims.management.reading_process import serve

    serve(connection, MadeUpReader)


def work(with_engine: bool) -> None:
    """Be a worker."""
    import django

    django.setup()
    from django.core.management import call_command

    from claims.management.commands import work as command
    from claims.management.reading_pool import ReadingPool

    if not with_engine:
        quick: Any = partial(ReadingPool, serve=serve_made_up)
        vars(command)["ReadingPool"] = quick
    call_command("work", "--patience", str(PATIENCE_SECONDS))


def hand_in(documents: list[dict[str, str]]) -> None:
    """Hand in documents: the first as a text, the others as one file."""
    from claims.intake.arriving import deliver_files, deliver_text

    first, *others = documents
    text = f"{first['url']}\n\n{first['text']}"
    deliver_text(text, title=first["title"], keeps_itself=True)
    lines = "\n".join(json.dumps(document) for document in others)
    deliver_files([("documents.jsonl", lines.encode())], keeps_itself=True)


class Workers:
    """Workers that are started again when they die; left, they are stopped."""

    def __init__(self, reader: str) -> None:
        self.reader = reader
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "Workers":
        self.keep()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(60)

    def keep(self) -> None:
        """Start those that are missing."""
        self.processes = [process for process in self.processes if process.poll() is None]
        while len(self.processes) < WORKERS:
            command = [sys.executable, "-m", "benchmarks.kills", "--as-worker"]
            command += ["--reader", self.reader]
            quiet = subprocess.DEVNULL
            started = subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet)
            self.processes.append(started)

    def kill_one(self, rng: random.Random) -> str:
        """Kill a worker, or what reads for one; return which."""
        process = rng.choice(self.processes)
        if rng.random() < SHARE_OF_READERS:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            for child in reversed(children.read_text().split()):
                with suppress(ProcessLookupError):
                    os.kill(int(child), signal.SIGKILL)
                    return "reader"
        process.kill()
        process.wait()
        return "worker"


def wait_until_settled(workers: Workers, number: int) -> None:
    """Wait until so many documents are articles, or refused; it ends if none is for long."""
    settled = retry(count_settled)
    last_settled_at = time.monotonic()
    while settled < number:
        workers.keep()
        time.sleep(0.5)
        before, settled = settled, retry(count_settled)
        if settled > before:
            last_settled_at = time.monotonic()
        elif time.monotonic() - last_settled_at > LONGEST_WAIT:
            sys.exit(f"{number - settled} of {number} documents are not settled")


def count_settled() -> int:
    from claims.models import Arrival

    return Arrival.objects.filter(state__in=("kept", "refused")).count()


def run_clean(documents: list[dict[str, str]], reader: str) -> tuple[dict[str, list[Any]], float]:
    """Return the rows that the documents make when all goes well, and the seconds it took."""
    with Workers(reader) as workers:
        began = time.monotonic()
        for start in range(0, len(documents), DOCUMENTS_A_KILL):
            hand_in(documents[start : start + DOCUMENTS_A_KILL])
        wait_until_settled(workers, len(documents))
        seconds = time.monotonic() - began
    return list_rows(), seconds


def run_killed(
    documents: list[dict[str, str]],
    rng: random.Random,
    postgres_kills: int,
    reader: str,
    clean_seconds: float,
) -> tuple[dict[str, list[Any]], dict[str, int], float]:
    """Return the rows that they make while processes are killed, what was killed, and the seconds."""
    killed: dict[str, int] = {}
    rounds = len(documents) // DOCUMENTS_A_KILL
    with_postgres = set(rng.sample(range(rounds), postgres_kills))
    longest_pause = 2 * KILLED_BY_CLEAN * clean_seconds / rounds
    with Workers(reader) as workers:
        began = time.monotonic()
        for number in range(rounds):
            start = number * DOCUMENTS_A_KILL
            batch = documents[start : start + DOCUMENTS_A_KILL]
            retry(partial(hand_in_once, batch))
            if number == 0:
                wait_until_settled(workers, 1)
            time.sleep(rng.uniform(0, longest_pause))
            names = [workers.kill_one(rng)]
            if number in with_postgres:
                names.append(kill_postgres())
            for name in names:
                killed[name] = killed.get(name, 0) + 1
            workers.keep()
        wait_until_settled(workers, len(documents))
        seconds = time.monotonic() - began
    rows: dict[str, list[Any]] = retry(list_rows)
    return rows, killed, seconds


def hand_in_once(documents: list[dict[str, str]]) -> None:
    """Hand in documents in one transaction, so that it can be done again if the database dies."""
    from django.db import transaction

    with transaction.atomic():
        hand_in(documents)


def count_attempts() -> dict[str, int]:
    """Return how many documents took more than one attempt, and how many were given up."""
    from claims.models import Arrival

    return {
        "documents with several attempts": Arrival.objects.filter(attempts__gt=1).count(),
        "refused": Arrival.objects.filter(state="refused").count(),
    }


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--postgres-kills", type=int, default=10)
    parser.add_argument("--ways", default="queue,ingest,load")
    parser.add_argument("--documents", type=int, default=1000, help="of `ingest` and of `load`")
    parser.add_argument("--reader", choices=("engine", "pattern"), default="engine")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--as-worker", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if options.as_worker:
        work(options.reader == "engine")
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NEWSROOM_VAR"] = folder
        os.environ.pop("DATABASE_URL", None)
        report(measure(options, Path(folder)), options.out)


def measure(options: Any, folder: Path) -> dict[str, Any]:
    """Try all ways, and return what came of each."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from newsroom.embedded_postgres import PostgresServer

    call_command("migrate", verbosity=0)
    ways = options.ways.split(",")
    kills_of_ways = share_kills(options.kills, ways)
    postgres_kills_of_ways = share_kills(options.postgres_kills, ways)
    result: dict[str, Any] = {}
    try:
        for way in ways:
            rng = random.Random(f"{way} {options.seed}")
            kills, postgres_kills = kills_of_ways[way], postgres_kills_of_ways[way]
            print(f"{way} …", file=sys.stderr, flush=True)
            if way in KILLED_COMMANDS:
                result[way] = measure_command(
                    way, folder, rng, kills, postgres_kills, options.documents
                )
            else:
                result[way] = measure_queue(rng, kills, postgres_kills, options.reader)
            empty()
    finally:
        PostgresServer(settings.EMBEDDED_POSTGRES).stop()  # type: ignore[arg-type]
    return result


def share_kills(number: int, ways: list[str]) -> dict[str, int]:
    """Return how often there is a kill in each way; the first has what the others leave."""
    shares = dict.fromkeys(ways, number * 3 // 10)
    shares[ways[0]] = number - sum(shares[way] for way in ways[1:])
    return shares


def measure_queue(
    rng: random.Random, kills: int, postgres_kills: int, reader: str
) -> dict[str, Any]:
    documents = make_documents(rng, kills * DOCUMENTS_A_KILL)
    clean, clean_seconds = run_clean(documents, reader)
    empty()
    rows, killed, seconds = run_killed(documents, rng, postgres_kills, reader, clean_seconds)
    return {
        "reader": reader,
        "documents": len(documents),
        "killed": killed,
        "seconds": {"clean": round(clean_seconds, 1), "killed": round(seconds, 1)},
        **count_rows(rows),
        "same rows": rows == clean,
        "articles twice": len(rows["articles"]) - len(documents),
        **retry(count_attempts),
    }


if __name__ == "__main__":
    main()
