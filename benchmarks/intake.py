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
Times include the start of all processes, but not the making of documents. Beside the time of a
clock stands that of CPUs, of Python's processes and of PostgreSQL's, which is the same on a busy
machine.

With a folder all stays there, documents, database and result, so that each part can be measured in a
run of its own; `load` goes on from what is loaded.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks.processes import CpuTimes, adopt_orphans, measure_cpu
from benchmarks.progress import Progress, compare_ends, follow, tell
from benchmarks.repeated import read_lines, write_lines
from benchmarks.report import build_parser, report
from benchmarks.workshop import Workshop, count_words, run

Result = dict[str, Any]

MEASURED_ALONE = 200  # articles of which storing alone is measured
READ_BY_ENGINE = 450  # articles that the engine alone reads, before and after the others
READ_LATER = 900  # articles that go into the full database
READ_BY_RAY = 900
SHARDS_OF_RAY = 18
DOCUMENTS_OF_FILE = 5000  # of those to load
STEP = 1000  # articles
LONGEST_READING = 600.0  # seconds for one article, so that none is refused
EMPTY_SQL = """
    TRUNCATE claims_article, claims_actor, claims_wording, claims_outlet, claims_change,
             pghistory_context CASCADE
"""


def make_documents(shop: Workshop) -> None:
    """Make the documents of all parts but those to load, which are made as they are needed."""
    shop.write_documents("alone", READ_BY_ENGINE)
    shop.write_documents("workers", shop.articles)
    shop.write_documents("later", READ_LATER)


def empty_tables() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(EMPTY_SQL)


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
    compared = {"engine": engine}
    for speed in ("words_a_second", "words_a_cpu_second"):
        of_engine = sum(each[speed] for each in engine) / len(engine)
        compared[f"{speed}_of_engine"] = round(result[speed] / of_engine, 3)
    return {**result, **compared}


def measure_engine(shop: Workshop) -> Result:
    """Return how many words the engine alone reads in a second."""
    path = shop.write_documents("alone", READ_BY_ENGINE)
    before = measure_cpu()
    seconds = run("extract", str(path), os.devnull, "--documents")
    speeds = build_speeds(count_words(path), seconds, measure_cpu() - before)
    tell(f"engine alone: {speeds['words_a_second']:,} words a second")
    return speeds


def build_speeds(words: int, seconds: float, cpu: CpuTimes) -> Result:
    return {
        "words_a_second": round(words / seconds),
        "words_a_cpu_second": round(words / cpu.both),
    }


def measure_ingest(path: Path, workers: int, name: str) -> Result:
    from claims.intake.readers import Link, read_documents
    from claims.management.commands.ingest import start_ingest

    words = count_words(path)
    progress = Progress(name)
    items = read_documents([str(path)], undated=True)
    with start_ingest(workers, again=False, limit=LONGEST_READING) as ingest:
        quotes = follow(ingest(item for item in items if not isinstance(item, Link)), progress)
        seconds = progress.count_seconds()
    cpu = progress.count_cpu()
    articles = len(progress.times)
    return {
        "articles": articles,
        "quotes": quotes,
        "workers": workers,
        "seconds": round(seconds, 1),
        **build_speeds(words, seconds, cpu),
        "cpu_seconds_a_thousand_quotes": cpu.for_each_thousand(quotes),
        **compare_ends(progress, min(STEP, articles // 3 - 1)),
    }


def measure_load(shop: Workshop) -> Result:
    """Measure how files are loaded, those that an earlier run loaded aside.

    What it measured of these stands in the result.
    """
    from claims.models import Article

    before = Article.objects.filter(url__contains="/loaded/").count()
    by_file: list[Result] = shop.read_result().get("load", {}).get("by_file", [])
    for start in range(before, shop.loaded, DOCUMENTS_OF_FILE):
        number = min(DOCUMENTS_OF_FILE, shop.loaded - start)
        file = shop.write_found("loaded", number, start)
        by_file.append({"articles_before": start, **measure_load_of_file(file, shop.workers)})
        file.unlink()
        shop.write_result({**shop.read_result(), "load": {"by_file": by_file}})
    return {"workers": shop.workers, **sum_files(by_file), "by_file": by_file}


def measure_load_of_file(path: Path, workers: int) -> Result:
    from claims.management.commands.load import load

    progress = Progress(path.stem)
    quotes = follow(load([str(path)], undated=True, workers=workers), progress)
    seconds = progress.count_seconds()
    cpu = progress.count_cpu()
    return {
        "articles": len(progress.times),
        "quotes": quotes,
        "seconds": round(seconds, 1),
        "quotes_a_second": round(quotes / seconds),
        "cpu_seconds": round(cpu.both, 1),
        "cpu_seconds_a_thousand_quotes": cpu.for_each_thousand(quotes),
        "memory_mb": round(max(progress.memory)),
    }


def sum_files(by_file: Sequence[Result]) -> Result:
    """Return what all files together took, and the CPU time of the last beside the first.

    The speed is also told as it would be if all CPUs of the machine did nothing else.
    """
    if not by_file:
        return {}
    quotes = sum(each["quotes"] for each in by_file)
    seconds = sum(each["seconds"] for each in by_file)
    cpu_seconds = sum(each["cpu_seconds"] for each in by_file)
    cores = len(os.sched_getaffinity(0))
    first, last = by_file[0], by_file[-1]
    cpu_of_ends = (last["cpu_seconds"] / last["quotes"]) / (first["cpu_seconds"] / first["quotes"])
    told = {"last_cpu_by_first": round(cpu_of_ends, 2)} if len(by_file) > 1 else {}
    return {
        "articles": sum(each["articles"] for each in by_file),
        "quotes": quotes,
        "seconds": round(seconds, 1),
        "quotes_a_second": round(quotes / seconds),
        "quotes_a_second_of_all_cpus": round(quotes * cores / cpu_seconds),
        **told,
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
        "cpu_seconds_a_thousand_articles": progress.count_cpu().for_each_thousand(articles),
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
        before = measure_cpu()
        annotating = run("annotate", str(shards), "--out", str(out), *options)
        annotating_cpu = measure_cpu() - before
        progress = Progress("ray: load")
        follow(load([str(out)], undated=True, workers=shop.workers), progress)
        loading = progress.count_seconds()
    cpu = measure_cpu() - before
    speeds = build_speeds(words, annotating + loading, cpu)
    return {
        "articles": READ_BY_RAY,
        "workers": shop.workers,
        "annotating_seconds": round(annotating, 1),
        "annotating_cpu_seconds": round(annotating_cpu.both, 1),
        "loading_seconds": round(loading, 1),
        "loading_cpu_seconds": round(progress.count_cpu().both, 1),
        **speeds,
        "ingest": ingest,
        "words_a_second_of_ingest": compare(speeds, ingest, "words_a_second"),
        "words_a_cpu_second_of_ingest": compare(speeds, ingest, "words_a_cpu_second"),
    }


def compare(one: Result, other: Result, name: str) -> float:
    return round(float(one[name] / other[name]), 3)


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
    result = shop.read_result()
    result["cores"] = len(os.sched_getaffinity(0))
    for part in parts:
        tell(f"{part} …")
        measured = MEASURES[part](shop)
        if measured:
            result[part] = measured
            shop.write_result(result)
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
        adopt_orphans()
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
