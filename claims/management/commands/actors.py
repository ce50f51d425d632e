"""Actors and what else they are called, out as CSV and in again; importing never makes two actors one.

`join` finds anew, for all of them, whose names are one actor's. `reconcile` finds their items of
Wikidata in a file of these.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.actors import exchange
from claims.actors.joining import have_all_names_joined, join_all_waiting_names
from claims.actors.reconciling import reconcile
from claims.actors.wikidata_items import ItemRefused, read_items


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=("export", "import", "join", "reconcile"))
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="tell what importing or reconciling would change, and change nothing",
        )

    def handle(
        self, *args: Any, action: str, file: Path | None, dry_run: bool, **options: Any
    ) -> None:
        if action == "join":
            self.join_all()
            return
        if file is None:
            raise CommandError(f"{action} needs a file")
        failed = 0
        try:
            if action == "export":
                self.export_file(file)
            elif action == "reconcile":
                failed = self.reconcile_file(file, dry_run)
            else:
                failed = self.import_file(file, dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except (exchange.ActorLineRefused, ItemRefused, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}; nothing of it is in") from None
        if failed:
            sys.exit(1)

    def join_all(self) -> None:
        """Find all joins anew."""
        have_all_names_joined()
        changed = sum(join_all_waiting_names())
        self.stdout.write(f"Names that are another actor's: {changed} changed.")

    def export_file(self, file: Path) -> None:
        with file.open("w", encoding="utf-8", newline="") as table:
            number = exchange.write_actors(table)
        self.stdout.write(f"Actors: {number} in {file}.")

    def import_file(self, file: Path, dry: bool) -> int:
        """Import a file, and return how many of its lines did not go in."""
        changed = 0
        unchanged = 0
        failed = 0
        with file.open(encoding="utf-8-sig", newline="") as table:
            for report in exchange.import_actors(table, dry=dry):
                for change in report.changes:
                    self.stdout.write(f"line {report.line}: {change}")
                if report.problem:
                    self.stderr.write(f"not in: line {report.line}: {report.problem}")
                    failed += 1
                elif report.changes:
                    changed += 1
                else:
                    unchanged += 1
        would = "would change" if dry else "changed"
        self.stdout.write(
            f"Lines: {changed} {would} something, {unchanged} nothing, {failed} not in."
        )
        return failed

    def reconcile_file(self, file: Path, dry: bool) -> int:
        """Reconcile actors with a file, and return how many of its lines tell no item."""
        result = reconcile(read_items(file), dry=dry)
        for line in result.broken:
            self.stderr.write(f"not read: line {line.number}: {line.problem}")
        would = "would be " if dry else ""
        self.stdout.write(
            f"Items: {result.items} read; of actors {result.set} {would}set,"
            f" {result.proposed} {would}proposed, {len(result.broken)} lines not read."
        )
        return len(result.broken)
