"""Articles in: read, extract, store; says what it skipped and why."""

import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, ProgrammingError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from claims.extraction.encoder.session import ModelMissing
from claims.extraction.reading_ahead import Reading, begin
from claims.extraction.records import ArticleText
from claims.extraction.time_limits import SECONDS
from claims.intake.ingest import Begin, StoredDocument, get_first_line, ingest_ahead
from claims.intake.outlets import find_outlet
from claims.intake.readers import Document, Problem, read_documents
from claims.intake.rereading import QuoteChanges
from claims.intake.rereading import format_changes_report as report_of
from claims.management.progress import error_console

PROGRESS_COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TimeElapsedColumn(),
)


def read_seconds(value: str) -> float:
    number = float(value)
    if not number >= 1:
        raise ArgumentTypeError(f"{value} is less than a second")
    return number


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
            default=SECONDS,
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

        def begin_document(document: Document) -> Reading:
            _, outlet = find_outlet(document.url, document.publisher)
            article = ArticleText(document.text, document.published_on, outlet, document.author)
            return begin(nlp, article, limit)

        once = partial(
            self.once, paths, begin_document, version(), again=again, undated=undated, report=report
        )
        failed = once()
        try:
            while every is not None:
                time.sleep(every)
                once()
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
        if failed:
            sys.exit(1)

    def once(
        self,
        paths: list[str],
        begin: Begin,
        version: str,
        *,
        again: bool,
        undated: bool,
        report: Path | None,
    ) -> int:
        """All that the paths hold now; the number of documents that did not go in."""
        counts: Counter[str] = Counter()
        changes = QuoteChanges()
        console = error_console()
        try:
            with Progress(
                *PROGRESS_COLUMNS, console=console, disable=not console.is_terminal, transient=True
            ) as bar:
                task = bar.add_task("articles", total=None)
                for result in ingest_ahead(
                    read_documents(paths, undated=undated), begin, version, again=again
                ):
                    bar.advance(task)
                    if isinstance(result, StoredDocument):
                        counts[result.outcome] += 1
                        counts["quotes"] += result.quotes
                        changes.add(result.changes or QuoteChanges())
                    elif isinstance(result, Problem):
                        counts["failed"] += 1
                        console.print(f"not in: {result}")
                    else:
                        console.print(f"skipped: {result.where}: {result.reason}")
        except DatabaseError as error:
            said = get_first_line(error)
            if isinstance(error, ProgrammingError):
                said += "; `python manage.py migrate` makes the tables"
            raise CommandError(
                f"stopped, the database failed ({said}); what went in before is kept"
            ) from None
        self.stdout.write(describe_counts(counts))
        if changes.articles:
            self.stdout.write(changes.summary())
        if report:
            write_report(report, changes)
        return counts["failed"]


def write_report(report: Path, changes: QuoteChanges) -> None:
    try:
        report.write_text(report_of(changes), encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{report}: {error.strerror}; the articles are in") from None


def describe_counts(counts: Counter[str]) -> str:
    done = ", ".join(f"{counts[key]} {key}" for key in ("new", "updated", "unchanged"))
    failed = f"; {counts['failed']} not in, as said above" if counts["failed"] else ""
    return f"Articles: {done}; {counts['quotes']} quotes in them{failed}."
