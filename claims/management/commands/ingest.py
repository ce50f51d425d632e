"""Articles in: read, extract, store; says what it skipped and why."""

import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, ProgrammingError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from claims.extraction.encoder.session import ModelMissing
from claims.extraction.reading_ahead import Reading, begin
from claims.extraction.records import ArticleText
from claims.extraction.time_limits import SECONDS_PER_ARTICLE
from claims.intake.ingest import StoredDocument, get_first_line, ingest_ahead
from claims.intake.outlets import OutletNames
from claims.intake.readers import Document, Problem, SkippedFile, read_documents
from claims.intake.rereading import QuoteChanges, format_changes_report
from claims.management.progress import build_error_console

IngestResult = StoredDocument | Problem | SkippedFile

PROGRESS_COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TimeElapsedColumn(),
)


def read_seconds(value: str) -> float:
    """Return a number of seconds, one at least; `nan` is refused, too."""
    seconds = float(value)
    if not seconds >= 1:
        raise ArgumentTypeError(f"{value} is less than a second")
    return seconds


@dataclass
class IngestTally:
    """What became of all documents: outcomes and quotes by number, and the changes of quotes."""

    counts: Counter[str] = field(default_factory=Counter)
    changes: QuoteChanges = field(default_factory=QuoteChanges)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="*", default=["seeds"], help="files or folders; - is standard input"
        )
        parser.add_argument(
            "--again", action="store_true", help="read what is unchanged again, too"
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE.md",
            help="write what reading again gained, lost and changed, with examples",
        )
        parser.add_argument(
            "--undated", action="store_true", help="take articles that have no date, too"
        )
        parser.add_argument(
            "--limit",
            type=read_seconds,
            metavar="SECONDS",
            default=SECONDS_PER_ARTICLE,
            help="that reading an article may take (60), and one more for each 2,000 characters",
        )
        parser.add_argument(
            "--every",
            type=read_seconds,
            metavar="SECONDS",
            help="look again for new documents, until stopped",
        )

    def handle(
        self,
        *args: Any,
        paths: list[str],
        every: float | None,
        again: bool,
        undated: bool,
        limit: float,
        report: Path | None,
        **options: Any,
    ) -> None:
        from claims.extraction.pipeline import load, version

        if report and not report.parent.is_dir():
            raise CommandError(f"{report}: there is no folder {report.parent}")
        try:
            nlp = load()
        except ModelMissing as error:
            raise CommandError(str(error)) from None

        outlets = OutletNames()

        def begin_document(document: Document) -> Reading:
            outlet = outlets.find_name(document.url, document.publisher)
            article = ArticleText(document.text, document.published_on, outlet, document.author)
            return begin(nlp, article, limit)

        def ingest_once() -> int:
            documents = read_documents(paths, undated=undated)
            results = ingest_ahead(documents, begin_document, version(), again=again)
            return self.report_results(results, report)

        failed = ingest_once()
        try:
            while every is not None:
                time.sleep(every)
                ingest_once()
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
        if failed:
            sys.exit(1)

    def report_results(self, results: Iterator[IngestResult], report: Path | None) -> int:
        """Take in all that there is now and report it; return how many documents did not go in."""
        try:
            tally = count_results(results, build_error_console())
        except DatabaseError as error:
            reason = get_first_line(error)
            if isinstance(error, ProgrammingError):
                reason += "; `python manage.py migrate` makes the tables"
            raise CommandError(
                f"stopped, the database failed ({reason}); what went in before is kept"
            ) from None
        self.stdout.write(format_counts(tally.counts))
        if tally.changes.articles:
            self.stdout.write(tally.changes.format_summary())
        if report:
            write_report(report, tally.changes)
        return tally.counts["failed"]


def count_results(results: Iterator[IngestResult], console: Console) -> IngestTally:
    """Count what came of each document, with progress on a terminal; say why one did not go in."""
    tally = IngestTally()
    is_silent = not console.is_terminal
    with Progress(*PROGRESS_COLUMNS, console=console, disable=is_silent, transient=True) as bar:
        task = bar.add_task("articles", total=None)
        for result in results:
            bar.advance(task)
            if isinstance(result, StoredDocument):
                tally.counts[result.outcome] += 1
                tally.counts["quotes"] += result.quotes
                if result.changes:
                    tally.changes.add(result.changes)
            elif isinstance(result, Problem):
                tally.counts["failed"] += 1
                console.print(f"not in: {result}")
            else:
                console.print(f"skipped: {result.where}: {result.reason}")
    return tally


def write_report(report: Path, changes: QuoteChanges) -> None:
    try:
        report.write_text(format_changes_report(changes), encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{report}: {error.strerror}; the articles are in") from None


def format_counts(counts: Counter[str]) -> str:
    outcomes = ", ".join(f"{counts[key]} {key}" for key in ("new", "updated", "unchanged"))
    failed = f"; {counts['failed']} not in, as said above" if counts["failed"] else ""
    return f"Articles: {outcomes}; {counts['quotes']} quotes in them{failed}."
