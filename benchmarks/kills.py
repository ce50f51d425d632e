"""Workers and PostgreSQL killed at random moments: whether the same rows are there in the end.

    python -m benchmarks.kills [--kills 50] [--postgres-kills 10] [--seed 1] [--out RESULT.json]

Hands in made-up documents, as texts and as files of several, to a site with a database of its own,
once while all goes well and once more while workers, the processes that read for them, and
PostgreSQL are killed with SIGKILL. A reader that finds “Somebody Else said something.” stands in
for the engine: it is the way of documents that is tried, not the reading. Then every document has
to be settled, each be one article, and all rows be the same.
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
SECONDS_BETWEEN_KILLS = (0.3, 1.5)
SECONDS_BEFORE_KILLS = 10.0  # for the workers to start
SECONDS_AN_ARTICLE = 0.05
LONGEST_WAIT = 300.0  # seconds, for all to be settled
ROOT = Path(__file__).resolve().parent.parent
SAID = re.compile(r"(?P<who>[A-Z]\w+ [A-Z]\w+) (?P<cue>said) (?P<content>[^.]+)\.")
FIRST_NAMES = ("Ana", "Omar", "Ruth", "Tom", "Eve", "Lee")
LAST_NAMES = ("Bell", "Reza", "Okafor", "Kane", "Dent", "Corbin", "Moss")
SUBJECTS = ("the bridge", "the ferry", "the toll", "the harbour", "the report")
VERDICTS = ("is safe", "is late", "will rise", "stays open", "is wrong")


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


def work() -> None:
    """Be a worker."""
    import django

    django.setup()
    from django.core.management import call_command

    from claims.management.commands import work as command
    from claims.management.reading_pool import ReadingPool

    quick: Any = partial(ReadingPool, serve=serve_made_up)
    vars(command)["ReadingPool"] = quick
    call_command("work", "--patience", str(PATIENCE_SECONDS))


def make_documents(rng: random.Random, number: int) -> list[dict[str, str]]:
    """Return made-up documents, each with a few quotes and an address of its own."""
    documents = []
    for n in range(number):
        sentences = []
        for _ in range(rng.randint(1, 5)):
            who = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
            sentences.append(f"{who} said {rng.choice(SUBJECTS)} {rng.choice(VERDICTS)}.")
        text = "\n".join([*sentences, "Rain fell on the town all day, and nobody went out in it."])
        address = f"https://harbour.example/2024/03/05/{n}"
        documents.append({"url": address, "title": f"Article {n}", "text": text})
    return documents


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

    def __init__(self) -> None:
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


def kill_postgres() -> str:
    """Kill PostgreSQL, as a lack of memory would; whoever needs it next starts it again."""
    from django.conf import settings

    from newsroom.embedded_postgres import PostgresServer

    folder = settings.EMBEDDED_POSTGRES
    assert folder
    number = PostgresServer(folder).find_process_id()
    if number:
        os.kill(number, signal.SIGKILL)
    return "PostgreSQL"


def retry(action: Any) -> Any:
    """Return what an action does, once the database lets it be done."""
    from django.db import DatabaseError, connection
    from procrastinate.exceptions import ConnectorException

    until = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            return action()
        except (DatabaseError, ConnectorException):
            connection.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def wait_until_settled(workers: Workers, number: int) -> None:
    """Wait until so many documents are articles, or refused."""
    until = time.monotonic() + LONGEST_WAIT
    while retry(count_settled) < number:
        if time.monotonic() > until:
            sys.exit(f"{number - retry(count_settled)} of {number} documents are not settled")
        workers.keep()
        time.sleep(0.5)


def count_settled() -> int:
    from claims.models import Arrival

    return Arrival.objects.filter(state__in=("kept", "refused")).count()


def list_rows() -> dict[str, list[Any]]:
    """Return all that is stored, but for numbers and times, and the order in which it came."""
    from claims.models import Actor, Article, Claim, Outlet, Quote

    articles = Article.objects.values_list("key", "title", "text", "outlet__name", "extractor")
    quotes = Quote.objects.values_list(
        "article__key", "cue_start", "cue", "source_text", "content", "actor__name", "claim__text"
    )
    spans = Quote.objects.values_list("article__key", "cue_start", "spans__start", "spans__end")
    return {
        "articles": sorted(articles),
        "quotes": sorted(quotes),
        "spans": sorted(spans),
        "actors": sorted(Actor.objects.values_list("kind", "name")),
        "claims": sorted(Claim.objects.values_list("key", "text")),
        "outlets": sorted(Outlet.objects.values_list("hosts__host", "name")),
    }


def empty() -> None:
    """Take all rows away."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE claims_article, claims_actor, claims_claim, claims_outlet, claims_delivery,"
            " procrastinate_jobs CASCADE"
        )


def run_clean(documents: list[dict[str, str]]) -> tuple[dict[str, list[Any]], float]:
    """Return the rows that the documents make when all goes well, and the seconds it took."""
    with Workers() as workers:
        began = time.monotonic()
        for start in range(0, len(documents), DOCUMENTS_A_KILL):
            hand_in(documents[start : start + DOCUMENTS_A_KILL])
        wait_until_settled(workers, len(documents))
        seconds = time.monotonic() - began
    return list_rows(), seconds


def run_killed(
    documents: list[dict[str, str]], rng: random.Random, postgres_kills: int
) -> tuple[dict[str, list[Any]], dict[str, int], float]:
    """Return the rows that they make while processes are killed, what was killed, and the seconds."""
    killed: dict[str, int] = {}
    rounds = len(documents) // DOCUMENTS_A_KILL
    with_postgres = set(rng.sample(range(rounds), postgres_kills))
    with Workers() as workers:
        time.sleep(SECONDS_BEFORE_KILLS)
        began = time.monotonic()
        for number in range(rounds):
            start = number * DOCUMENTS_A_KILL
            batch = documents[start : start + DOCUMENTS_A_KILL]
            retry(partial(hand_in_once, batch))
            time.sleep(rng.uniform(*SECONDS_BETWEEN_KILLS))
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
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--as-worker", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if options.as_worker:
        work()
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NEWSROOM_VAR"] = folder
        os.environ.pop("DATABASE_URL", None)
        report(measure(options), options.out)


def measure(options: Any) -> dict[str, Any]:
    """Run both, and return what came of it."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from newsroom.embedded_postgres import PostgresServer

    call_command("migrate", verbosity=0)
    rng = random.Random(options.seed)
    documents = make_documents(rng, options.kills * DOCUMENTS_A_KILL)
    try:
        clean, clean_seconds = run_clean(documents)
        empty()
        rows, killed, seconds = run_killed(documents, rng, options.postgres_kills)
        return {
            "documents": len(documents),
            "killed": killed,
            "seconds": {"clean": round(clean_seconds, 1), "killed": round(seconds, 1)},
            "rows": {name: len(values) for name, values in rows.items()},
            "same rows": rows == clean,
            "articles twice": len(rows["articles"]) - len(documents),
            **retry(count_attempts),
        }
    finally:
        PostgresServer(settings.EMBEDDED_POSTGRES).stop()  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
