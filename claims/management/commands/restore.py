"""Bring back a backup, all or nothing. Stop the site first."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from claims.history.restored import fit_logs_to_server
from newsroom import backups


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", type=Path, help="a file that `backup` wrote, its note beside it"
        )
        parser.add_argument(
            "--replace", action="store_true", help="take the place of what the database holds now"
        )

    def handle(self, *args: Any, path: Path, replace: bool, **options: Any) -> None:
        connection.ensure_connection()  # which starts the embedded PostgreSQL
        database = backups.Database(connection.settings_dict)
        known = list(MigrationLoader(None).disk_migrations)
        connection.close()  # its locks would be waited for
        try:
            note = backups.restore_backup(database, path, known, replace=replace)
        except backups.BackupFailed as error:
            raise CommandError(str(error)) from None
        call_command("migrate", verbosity=0)
        fit_logs_to_server()
        rows = sum(table.rows for table in note.tables.values())
        self.stdout.write(
            f"{rows:,} rows of {len(note.tables)} tables are as they were {note.made}."
        )
