"""Attributions made elsewhere in: documents with their quotes are stored as they are."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from claims.intake.attributed import list_lines, load_lines
from claims.intake.copies import compare_all_waiting_texts
from claims.intake.database_errors import get_first_line
from claims.intake.ingest import Outcome
from claims.management.bulk import load_in_processes
from claims.management.joining import join_names
from claims.management.processes import ProcessEnded, collect_garbage_seldom
from claims.management.progress import build_error_console
from claims.management.tally import count_results, format_counts, read_number


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="files (.jsonl, .jsonl.gz, .parquet) of `annotate` or `extract --documents`, or folders",
        )
        parser.add_argument(
            "--undated", action="store_true", help="take articles that have no date, too"
        )
        parser.add_argument(
            "--workers",
            type=read_number,
            metavar="N",
            default=1,
            help="processes that store at the same time (1)",
        )

    def handle(
        self, *args: Any, paths: list[str], undated: bool, workers: int, **options: Any
    ) -> None:
        try:
            with collect_garbage_seldom():
                tally = count_results(load(paths, undated, workers), build_error_console())
                join_names()
        except (DatabaseError, ProcessEnded) as error:
            reason = get_first_line(error)
            raise CommandError(f"stopped ({reason}); what went in before is kept") from None
        self.stdout.write(format_counts(tally.counts))
        if tally.changes.articles:
            self.stdout.write(tally.changes.format_summary())
        if tally.counts["failed"]:
            sys.exit(1)


def load(paths: list[str], undated: bool, workers: int) -> Iterator[Outcome]:
    """Yield what became of the lines of files; then no text waits to be compared with others."""
    lines = list_lines(paths)
    if workers > 1:
        yield from load_in_processes(lines, workers, undated=undated)
    else:
        yield from load_lines(lines, undated=undated)
    for _ in compare_all_waiting_texts():
        pass
