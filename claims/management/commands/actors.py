"""Actors and what else they are called, out as CSV and in again; importing never makes two actors one."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.actors import exchange


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=("export", "import"))
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="tell what importing would change, and change nothing",
        )

    def handle(self, *args: Any, action: str, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            if action == "export":
                self.export(file)
            elif self.take(file, dry_run):
                sys.exit(1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except (exchange.ActorLineRefused, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}; nothing of it is in") from None

    def export(self, file: Path) -> None:
        with file.open("w", encoding="utf-8", newline="") as out:
            number = exchange.write_actors(out)
        self.stdout.write(f"Actors: {number} in {file}.")

    def take(self, file: Path, dry: bool) -> int:
        """Import a file; how many of its lines did not go in."""
        changed = unchanged = failed = 0
        with file.open(encoding="utf-8-sig", newline="") as read:
            for told in exchange.import_actors(read, dry=dry):
                for change in told.changes:
                    self.stdout.write(f"line {told.line}: {change}")
                if told.problem:
                    self.stderr.write(f"not in: line {told.line}: {told.problem}")
                changed += bool(told.changes)
                unchanged += not told.changes and not told.problem
                failed += bool(told.problem)
        would = "would change" if dry else "changed"
        self.stdout.write(
            f"Lines: {changed} {would} something, {unchanged} nothing, {failed} not in."
        )
        return failed
