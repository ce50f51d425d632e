"""What the readers see in files and at addresses: a line of JSON for each document, or for why it is refused. No database."""

import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from claims.intake.fetching import Revisiting
from claims.intake.following import follow_links
from claims.intake.readers import Document, Problem, read_documents
from claims.intake.readers.lines import build_line
from claims.management.progress import build_error_console


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="files, folders or addresses; - is standard input",
        )
        parser.add_argument(
            "--undated", action="store_true", help="take articles that have no date, too"
        )

    def handle(self, *args: Any, paths: list[str], undated: bool, **options: Any) -> None:
        console = build_error_console()
        refused = 0
        items = read_documents(paths, undated=undated)
        try:
            for found in follow_links(items, Revisiting().fetch, undated=undated):
                if isinstance(found, Document):
                    self.write_line(build_line(found))
                elif isinstance(found, Problem):
                    refused += 1
                    self.write_line({"path": found.where, "refused": found.reason})
                else:
                    console.print(f"skipped: {found.where}: {found.reason}")
            self.stdout.flush()
        except BrokenPipeError:  # what reads the lines has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if refused:
            sys.exit(1)

    def write_line(self, values: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(values, ensure_ascii=False))
