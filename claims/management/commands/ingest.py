"""Articles in: read, extract, store; says what it skipped and why."""

import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, ProgrammingError

from claims.extraction.encoder.session import ModelMissing, check_model_files
from claims.extraction.time_limits import SECONDS_PER_ARTICLE
from claims.intake.database_errors import get_first_line
from claims.intake.fetching import Revisiting
from claims.intake.following import follow_links
from claims.intake.ingest import Outcome, ingest_ahead
from claims.intake.readers import read_documents
from claims.intake.readers.sources import ReadItem
from claims.intake.reading import build_begin
from claims.intake.rereading import QuoteChanges, format_changes_report
from claims.management.bulk import start_ingesting
from claims.management.commands.claims import relate_with_progress
from claims.management.joining import join_names
from claims.management.processes import ProcessEnded
from claims.management.progress import build_error_console
from claims.management.tally import count_results, format_counts, read_number

Ingest = Callable[[Iterable[ReadItem]], Iterator[Outcome]]


def read_seconds(value: str) -> float:
    """Return a number of seconds, one at least; `nan` is refused, too."""
    seconds = float(value)
    if not seconds >= 1:
        raise ArgumentTypeError(f"{value} is less than a second")
    return seconds


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            default=["seeds"],
            help="files, folders or addresses; - is standard input",
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
            "--workers",
            type=read_number,
            metavar="N",
            default=1,
            help="processes that read and store at the same time (1)",
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
        workers: int,
        **options: Any,
    ) -> None:
        if report and not report.parent.is_dir():
            raise CommandError(f"{report}: there is no folder {report.parent}")
        revisiting = Revisiting()
        followed: set[str] = set()
        with start_ingest(workers, again, limit) as ingest:

            def ingest_once() -> int:
                items = read_documents(paths, undated=undated)
                documents = follow_links(
                    items, revisiting.fetch, undated=undated, followed=followed
                )
                results = ingest(documents)
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

    def report_results(self, results: Iterator[Outcome], report: Path | None) -> int:
        """Take in all that there is now and report it; return how many documents did not go in."""
        try:
            tally = count_results(results, build_error_console())
            join_names()
        except DatabaseError as error:
            reason = get_first_line(error)
            if isinstance(error, ProgrammingError):
                reason += "; `python manage.py migrate` makes the tables"
            raise CommandError(
                f"stopped, the database failed ({reason}); what went in before is kept"
            ) from None
        except ProcessEnded as error:
            raise CommandError(
                f"stopped ({error}); what went in before is kept, and the rest goes in if this is"
                " run again"
            ) from None
        self.stdout.write(format_counts(tally.counts))
        relate_with_progress()
        if tally.changes.articles:
            self.stdout.write(tally.changes.format_summary())
        if report:
            write_report(report, tally.changes)
        return tally.counts["failed"]


def start_ingest(workers: int, again: bool, limit: float) -> AbstractContextManager[Ingest]:
    """Give what reads and stores documents, in this process or in several, pass after pass.

    Raises `CommandError` if the engine cannot be loaded.
    """
    from claims.extraction.pipeline import load, version

    try:
        if workers > 1:
            check_model_files()
            return start_ingesting(workers, again=again, limit=limit)
        nlp = load()
    except ModelMissing as error:
        raise CommandError(str(error)) from None

    def ingest(items: Iterable[ReadItem]) -> Iterator[Outcome]:
        return ingest_ahead(items, build_begin(nlp, limit), version(), again=again)

    return nullcontext(ingest)


def write_report(report: Path, changes: QuoteChanges) -> None:
    try:
        report.write_text(format_changes_report(changes), encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{report}: {error.strerror}; the articles are in") from None
