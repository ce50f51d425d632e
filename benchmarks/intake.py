"""How fast articles go in: read and stored by several processes, beside the engine alone, and loaded.

    python -m benchmarks.intake DOCUMENTS.jsonl [--only PART,…] [--articles N] [--loaded N]
                                [--workers N] [--folder FOLDER] [--out RESULT.json]

On one machine and in a PostgreSQL of its own, part by part:

- `documents`: finds the quotes of the documents and makes as many documents as are needed;
- `workers`: words a second of `ingest --workers N` end to end, into an empty database, as a share of
  those of `extract`, the engine alone, measured before and after; the first thousand articles beside
  the last; the memory of its processes;
- `load`: quotes a second of `load --workers N`, file by file, until so many articles are loaded;
- `later`: as `workers`, in the database that has all of these;
- `storing`: what storing alone costs an article that was read already, in one process, in the
  database as it is: statements and milliseconds;
- `ray`: words a second of `annotate --engine ray` with as many processes and of `load` of what it
  wrote, beside those of `ingest --workers N` over the same documents (in a database of its own).

Documents are repeated with other names and words as often as needed (`benchmarks/repeated.py`).
Times include the start of all processes, but not the making of documents.

With a folder all stays there, documents, database and result, so that each part can be measured in a
run of its own; `load` goes on from what is loaded.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.repeated import Record, Vocabulary, read_lines, repeat_documents, write_lines
from benchmarks.report import build_parser, report

if TYPE_CHECKING:
    from claims.intake.ingest import Outcome

Result = dict[str, Any]

MEASURED_ALONE = 200  # articles of which storing alone is measured
READ_BY_ENGINE = 450  # articles that the engine alone reads, before and after the others
READ_LATER = 900  # articles that go into the full database
READ_BY_RAY = 900
SHARDS_OF_RAY = 18
DOCUMENTS_OF_FILE = 5000  # of those to load
STEP = 1000  # articles
SECONDS_BETWEEN_LINES = 10.0  # of progress
SECONDS_BETWEEN_LOOKS = 2.0  # at the memory
LONGEST_READING = 600.0  # seconds for one article, so that none is refused
ROOT = Path(__file__).resolve().parent.parent
EMPTY_SQL = """
    TRUNCATE claims_article, claims_actor, claims_wording, claims_outlet, claims_change,
             pghistory_context CASCADE
"""


# What goes on, told


@dataclass
class Progress:
    """Tells on standard error how far a part is, every few seconds.

    It notes when each article was in, and the memory in MB that all processes had then.
    """

    name: str
    began: float = field(default_factory=time.perf_counter)
    times: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    told: float = 0.0
    looked: float = 0.0

    def note(self) -> None:
        now = time.perf_counter()
        self.times.append(now)
        if now - self.looked > SECONDS_BETWEEN_LOOKS:
            self.looked = now
            self.memory.append(measure_memory())
        else:
            self.memory.append(self.memory[-1])
        if now - self.told > SECONDS_BETWEEN_LINES:
            self.told = now
            self.tell(f"{len(self.times):,} articles")

    def tell(self, words: str) -> None:
        tell(f"{self.name}: {words}, {self.count_seconds():.0f} s")

    def count_seconds(self) -> float:
        return time.perf_counter() - self.began


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def measure_memory() -> float:
    """Return the memory in MB that this process and those that it started have for themselves."""
    return sum(read_memory(process) for process in list_processes(os.getpid())) / 1024


def list_processes(process: int) -> Iterator[int]:
    yield process
    for thread in Path(f"/proc/{process}/task").iterdir():
        for child in (thread / "children").read_text().split():
            yield from list_processes(int(child))


def read_memory(process: int) -> int:
    """Return the memory in kB that a process has for itself; none if it has just ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))


def compare_ends(progress: Progress, step: int) -> dict[str, float]:
    """Return the articles a second of the first and of the last so many, starts aside, and how much
    memory there was.

    Processes tell what they did a chunk at a time, so `step` should be several chunks.
    """
    times, memory = progress.times, progress.memory
    first = step / (times[2 * step] - times[step])
    last = step / (times[-1] - times[-step - 1])
    return {
        "first_articles_a_second": round(first, 1),
        "last_articles_a_second": round(last, 1),
        "last_by_first": round(last / first, 2),
        "first_memory_mb": round(max(memory[step : 2 * step])),
        "last_memory_mb": round(max(memory[-step:])),
    }


def follow(outcomes: "Iterable[Outcome]", progress: Progress) -> int:
    """Note when what came of each document is known, and return how many quotes all have; none may
    be a problem.
    """
    quotes = 0
    for outcome in outcomes:
        assert getattr(outcome, "outcome", "") == "new", outcome
        quotes += getattr(outcome, "quotes", 0)
        progress.note()
    progress.tell(f"done, {len(progress.times):,} articles with {quotes:,} quotes")
    return quotes


# Documents


@dataclass(frozen=True)
class Workshop:
    """The folder where everything is, and what is asked."""

    folder: Path
    source: Path
    articles: int
    loaded: int
    workers: int

    def make_file(self, name: str, make: Callable[[Path], Any]) -> Path:
        """Return the file of this name, which is made where it is not there yet."""
        file = self.folder / name
        if not file.exists():
            tell(f"{name} is made")
            part = self.folder / f"{name}.part"
            make(part)
            part.rename(file)
        return file

    def find_quotes(self) -> Path:
        """Return the file of all documents with the quotes that the engine finds in them."""
        return self.make_file(
            "found.jsonl",
            lambda path: run("extract", str(self.source), str(path), "--documents"),
        )

    def write_documents(self, name: str, number: int) -> Path:
        """Return a file of so many documents that are to be read."""
        return self.write_repeated(name, number, 0, read_lines(self.source))

    def write_found(self, name: str, number: int, skipped: int = 0) -> Path:
        """Return a file of so many documents with their quotes, which are to be loaded."""
        return self.write_repeated(name, number, skipped, read_lines(self.find_quotes()))

    def write_repeated(
        self, name: str, number: int, skipped: int, documents: Sequence[Record]
    ) -> Path:
        def make(path: Path) -> None:
            vocabulary = Vocabulary(read_lines(self.find_quotes()))
            repeated = repeat_documents(documents, vocabulary, name, skipped)
            write_lines(path, islice(repeated, number))

        return self.make_file(f"{name}-{skipped}-{number}.jsonl", make)


def run(*words: str) -> float:
    """Run a command of the site, and return the seconds that it took."""
    began = time.perf_counter()
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def count_words(path: Path) -> int:
    return sum(len(document["text"].split()) for document in read_lines(path))


def empty_tables() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(EMPTY_SQL)


# The parts


def make_documents(shop: Workshop) -> None:
    """Make the documents of all parts but those to load, which are made as they are needed."""
    shop.write_documents("alone", READ_BY_ENGINE)
    shop.write_documents("workers", shop.articles)
    shop.write_documents("later", READ_LATER)


def measure_workers(shop: Workshop) -> Result:
    empty_tables()
    return measure_beside_engine(shop, "workers", shop.articles)


def measure_later(shop: Workshop) -> Result:
    from claims.models import Article

    before = Article.objects.count()
    return {"articles_before": before, **measure_beside_engine(shop, "later", READ_LATER)}


def measure_beside_engine(shop: Workshop, name: str, articles: int) -> Result:
    path = shop.write_documents(name, articles)
    engine = [measure_engine(shop)]
    result = measure_ingest(path, shop.workers, name)
    engine.append(measure_engine(shop))
    of_engine = result["words_a_second"] / (sum(engine) / len(engine))
    return {**result, "engine_words_a_second": engine, "of_engine": round(of_engine, 3)}


def measure_engine(shop: Workshop) -> int:
    """Return the words a second of the engine alone."""
    path = shop.write_documents("alone", READ_BY_ENGINE)
    seconds = run("extract", str(path), os.devnull, "--documents")
    words_a_second = round(count_words(path) / seconds)
    tell(f"engine alone: {words_a_second:,} words a second")
    return words_a_second


def measure_ingest(path: Path, workers: int, name: str) -> Result:
    from claims.intake.readers import Link, read_documents
    from claims.management.commands.ingest import start_ingest

    words = count_words(path)
    progress = Progress(name)
    items = read_documents([str(path)], undated=True)
    with start_ingest(workers, again=False, limit=LONGEST_READING) as ingest:
        quotes = follow(ingest(item for item in items if not isinstance(item, Link)), progress)
        seconds = progress.count_seconds()
    articles = len(progress.times)
    return {
        "articles": articles,
        "quotes": quotes,
        "workers": workers,
        "seconds": round(seconds, 1),
        "words_a_second": round(words / seconds),
        **compare_ends(progress, min(STEP, articles // 3 - 1)),
    }


def measure_load(shop: Workshop) -> Result:
    from claims.models import Article

    before = Article.objects.filter(url__contains="/loaded/").count()
    files = []
    for start in range(before, shop.loaded, DOCUMENTS_OF_FILE):
        number = min(DOCUMENTS_OF_FILE, shop.loaded - start)
        files.append(shop.write_found("loaded", number, start))
    by_file = [measure_load_of_file(file, shop.workers) for file in files]
    quotes = sum(each["quotes"] for each in by_file)
    seconds = sum(each["seconds"] for each in by_file)
    return {
        "articles_before": before,
        "articles": sum(each["articles"] for each in by_file),
        "quotes": quotes,
        "workers": shop.workers,
        "seconds": round(seconds, 1),
        "quotes_a_second": round(quotes / seconds) if seconds else None,
        "by_file": by_file,
    }


def measure_load_of_file(path: Path, workers: int) -> Result:
    from claims.management.commands.load import load

    progress = Progress(path.stem)
    quotes = follow(load([str(path)], undated=True, workers=workers), progress)
    seconds = progress.count_seconds()
    return {
        "articles": len(progress.times),
        "quotes": quotes,
        "seconds": round(seconds, 1),
        "quotes_a_second": round(quotes / seconds),
        "memory_mb": round(max(progress.memory)),
    }


def measure_storing(shop: Workshop) -> Result:
    """Measure storing alone, of articles that were read already, in this process."""
    from django.db import connection

    from claims.intake.attributed import list_lines, load_lines
    from claims.models import Article

    before = Article.objects.count()
    path = shop.write_found(f"storing{before}", MEASURED_ALONE)
    statements = 0

    def count(execute: Any, *given: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*given)

    progress = Progress("storing")
    with connection.execute_wrapper(count):
        follow(load_lines(list_lines([str(path)]), undated=True), progress)
    articles = len(progress.times)
    return {
        "articles_before": before,
        "articles": articles,
        "statements_an_article": round(statements / articles, 2),
        "milliseconds_an_article": round(progress.count_seconds() * 1000 / articles, 2),
    }


def measure_ray(shop: Workshop) -> Result:
    """Measure Ray Data and several processes over the same documents, each into an empty database.

    What is there else is thrown away.
    """
    from claims.management.commands.load import load

    path = shop.write_documents("ray", READ_BY_RAY)
    words = count_words(path)
    empty_tables()
    ingest = measure_ingest(path, shop.workers, "ray: ingest")
    empty_tables()
    with tempfile.TemporaryDirectory() as place:
        shards, out = Path(place) / "shards", Path(place) / "out"
        write_shards(path, shards)
        options = ("--engine=ray", f"--workers={shop.workers}", "--undated")
        annotating = run("annotate", str(shards), "--out", str(out), *options)
        progress = Progress("ray: load")
        follow(load([str(out)], undated=True, workers=shop.workers), progress)
        loading = progress.count_seconds()
    words_a_second = round(words / (annotating + loading))
    return {
        "articles": READ_BY_RAY,
        "workers": shop.workers,
        "annotating_seconds": round(annotating, 1),
        "loading_seconds": round(loading, 1),
        "annotated_words_a_second": round(words / annotating),
        "words_a_second": words_a_second,
        "ingest_words_a_second": ingest["words_a_second"],
        "of_ingest": round(words_a_second / ingest["words_a_second"], 3),
    }


def write_shards(path: Path, folder: Path) -> None:
    folder.mkdir()
    documents = read_lines(path)
    for number in range(SHARDS_OF_RAY):
        write_lines(folder / f"{number}.jsonl", documents[number::SHARDS_OF_RAY])


MEASURES: dict[str, Callable[[Workshop], Result | None]] = {
    "documents": make_documents,
    "workers": measure_workers,
    "load": measure_load,
    "later": measure_later,
    "storing": measure_storing,
    "ray": measure_ray,
}


def measure(shop: Workshop, parts: Sequence[str]) -> Result:
    """Measure these parts, and return the result with what earlier runs measured."""
    file = shop.folder / "result.json"
    result: Result = json.loads(file.read_text()) if file.exists() else {}
    result["cores"] = len(os.sched_getaffinity(0))
    for part in parts:
        tell(f"{part} …")
        measured = MEASURES[part](shop)
        if measured:
            result[part] = measured
            file.write_text(json.dumps(result))
    return result


@contextmanager
def open_folder(folder: Path | None) -> Iterator[Path]:
    """Give the folder, or one that is gone afterwards, with a site whose database is in it."""
    with ExitStack() as closing:
        if folder is None:
            folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        folder = folder.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["NEWSROOM_VAR"] = str(folder / "var")
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from newsroom.embedded_postgres import PostgresServer

        closing.callback(PostgresServer(settings.EMBEDDED_POSTGRES).stop)  # type: ignore[arg-type]
        call_command("migrate", verbosity=0)
        yield folder


def read_parts(words: str) -> list[str]:
    """Return the names of parts, in the order in which they are measured."""
    wanted = set(words.split(","))
    unknown = wanted - MEASURES.keys()
    if unknown:
        raise argparse.ArgumentTypeError(f"no part: {', '.join(sorted(unknown))}")
    return [part for part in MEASURES if part in wanted]


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--only", type=read_parts, default=list(MEASURES), metavar="PART,…")
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--loaded", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with open_folder(options.folder) as folder:
        source = options.documents.absolute()
        shop = Workshop(folder, source, options.articles, options.loaded, options.workers)
        report(measure(shop, options.only), options.out)


if __name__ == "__main__":
    main()
