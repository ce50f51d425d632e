"""The embedded PostgreSQL: start, stop, status, shell."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.embedded_postgres import DATABASE_NAME, PostgresFailed, PostgresServer, find_binaries


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=("start", "stop", "status", "shell"))

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if settings.EMBEDDED_POSTGRES is None:
            raise CommandError(
                "DATABASE_URL names another PostgreSQL; the embedded one is not in use"
            )
        server = PostgresServer(settings.EMBEDDED_POSTGRES)
        try:
            if action == "stop":
                self.stdout.write("Stopped." if server.stop() else "It was not running.")
                return
            if action in ("start", "shell"):
                server.start()
            if action == "shell":
                psql = str(find_binaries() / "psql")
                os.execv(psql, [psql, "-h", str(server.socket), "-U", DATABASE_NAME, DATABASE_NAME])
        except (PostgresFailed, OSError) as error:
            raise CommandError(str(error)) from None
        pid = server.find_process_id()
        state = f"Running, process {pid}" if pid else "Not running"
        self.stdout.write(f"{state}, in {server.folder}.")
