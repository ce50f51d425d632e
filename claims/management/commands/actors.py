"""Actors and what else they are called, out as CSV and in again; importing never makes two actors one.

With `--popolo` persons and organizations go out and come in as Popolo (JSON), and offices go out.
`join` finds anew, for all of them, whose names are one actor's. `reconcile` finds their items of
Wikidata in a file of these.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.actors import exchange
from claims.actors.exchange import ActorLineReport
from claims.actors.joining import have_all_names_joined, join_all_waiting_names
from claims.actors.popolo import import_popolo
from claims.actors.reconciling import reconcile
from claims.actors.wikidata_items import ItemRefused, read_items
from claims.models import Actor
from claims.models.actors import IS_KNOWN_EVERYWHERE
from claims.pages.popolo import read_popolo


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=("export", "import", "join", "reconcile"))
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
        parser.add_argument(
            "--popolo",
            action="store_true",
            help="export or import persons and organizations as Popolo, and not as CSV",
        )
        parser.add_argument(
            "--site",
            default="http://localhost:8000",
            help="what addresses of pages begin with in Popolo",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="tell what importing or reconciling would change, and change nothing",
        )

    def handle(
        self,
        *args: Any,
        action: str,
        file: Path | None,
        popolo: bool,
        site: str,
        dry_run: bool,
        **options: Any,
    ) -> None:
        if action == "join":
            self.join_all()
            return
        if file is None:
            raise CommandError(f"{action} needs a file")
        failed = 0
        try:
            if action == "export" and popolo:
                self.export_popolo(file, site.rstrip("/"))
            elif action == "import" and popolo:
                failed = self.import_popolo(file, dry_run)
            elif action == "export":
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

    def export_popolo(self, file: Path, site: str) -> None:
        everywhere = Actor.objects.filter(IS_KNOWN_EVERYWHERE).order_by("slug")
        described = read_popolo(everywhere, site)
        with file.open("w", encoding="utf-8") as written:
            json.dump(described, written, ensure_ascii=False, indent=1)
        counts = ", ".join(f"{len(rows)} {name}" for name, rows in described.items())
        self.stdout.write(f"Popolo: {counts} in {file}.")

    def import_file(self, file: Path, dry: bool) -> int:
        """Import a file, and return how many of its lines did not go in."""
        with file.open(encoding="utf-8-sig", newline="") as table:
            return self.tell_reports(exchange.import_actors(table, dry=dry), "line", dry)

    def import_popolo(self, file: Path, dry: bool) -> int:
        """Import persons and organizations, and return how many of them did not go in."""
        written = file.read_text(encoding="utf-8-sig")
        return self.tell_reports(import_popolo(written, dry=dry), "entry", dry)

    def tell_reports(self, reports: Iterable[ActorLineReport], word: str, dry: bool) -> int:
        """Tell what became of each line or entry, and return how many did not go in."""
        changed = 0
        unchanged = 0
        failed = 0
        for report in reports:
            for change in report.changes:
                self.stdout.write(f"{word} {report.line}: {change}")
            if report.problem:
                self.stderr.write(f"not in: {word} {report.line}: {report.problem}")
                failed += 1
            elif report.changes:
                changed += 1
            else:
                unchanged += 1
        would = "would change" if dry else "changed"
        noun = "Lines" if word == "line" else "Entries"
        self.stdout.write(
            f"{noun}: {changed} {would} something, {unchanged} nothing, {failed} not in."
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
