"""Keep the whole database in one file, while the site goes on."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from newsroom import backups


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", type=Path, help="a new file, or a folder, in which it is named by date and time"
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="restore it beside the site's database, compare every row, and drop that again",
        )

    def handle(self, *args: Any, path: Path, check: bool, **options: Any) -> None:
        connection.ensure_connection()  # which starts the embedded PostgreSQL
        database = backups.Database(connection.settings_dict)
        target = path / f"newsroom-{datetime.now():%Y-%m-%d-%H%M%S}.dump" if path.is_dir() else path
        try:
            note = backups.make_backup(database, target)
            if check:
                backups.check_backup(database, target)
        except backups.BackupFailed as error:
            raise CommandError(str(error)) from None
        rows = sum(table.rows for table in note.tables.values())
        checked = ", restored to check it: every row is there" if check else ""
        self.stdout.write(f"{target}: {rows:,} rows of {len(note.tables)} tables{checked}.")
