"""The whole site from nothing: database, migrations, the seed documents, and the server."""

import os
import socket
import subprocess
import sys
from argparse import ArgumentParser
from hashlib import file_digest, sha256
from typing import Any

import django
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from claims.roles import grant
from newsroom.file_lock import hold_lock

HOST = "127.0.0.1"
LAST_PORT = 65535
COMMAND = (sys.executable, "-m", "newsroom")
# What is for pages that the API does not have; to compress it takes seconds.
NEVER_LOADED = ["rest_framework/*"]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default="8000")
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help="start no worker: what is added waits until one runs elsewhere",
        )

    def handle(self, *args: Any, port: str, no_worker: bool, **options: Any) -> None:
        check_port(port)
        with hold_lock(settings.VAR / "run.lock", self.say_waiting):
            self.prepare()
        check_port(port)  # another may serve there by now
        os.chdir(settings.BASE_DIR)
        if not no_worker:
            start_worker()
            self.say("A worker starts, which reads what is added; it ends with the site.")
        config = str(settings.BASE_DIR / "newsroom" / "gunicorn.py")
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", config]
        os.execv(sys.executable, [*gunicorn, "--bind", f"{HOST}:{port}", "newsroom.wsgi"])

    def say_waiting(self) -> None:
        self.say("Another `make run` is preparing the same site; waiting for it.")

    def say(self, what: str) -> None:
        """Write a line at once, before what may take a while."""
        self.stdout.write(what)
        self.stdout.flush()

    def prepare(self) -> None:
        self.say(f"Preparing the site; its data are in {settings.VAR}.")
        call_command("migrate", verbosity=0)
        grant(Group, Permission)  # of tables that have come since the roles were made, too
        collect_static_files()
        self.say("The tables are up to date. Reading the articles of the seed …")
        # In a process of its own, so that the model does not stay in the memory of the server.
        seeds = str(settings.SITE_FILES / "seeds")
        subprocess.run([*COMMAND, "ingest", seeds], cwd=settings.BASE_DIR, check=False)


def collect_static_files() -> None:
    """Collect what pages load, unless it has been collected from the same files.

    They are written anew one by one, and a site that starts meanwhile would miss some.
    """
    note = settings.VAR / "static.collected"
    collected = describe_static_files()
    if note.is_file() and note.read_text() == collected:
        return
    note.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=NEVER_LOADED)
    note.write_text(collected)


def describe_static_files() -> str:
    """Return a digest of the files that pages load, of where they go, and of who collects them."""
    lines = [django.get_version(), str(settings.STATIC_ROOT)]
    for finder in get_finders():
        for path, storage in finder.list([]):
            with storage.open(path) as file:
                lines.append(f"{path} {file_digest(file, 'sha256').hexdigest()}")
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()


def start_worker() -> None:
    """Start a worker, and what starts it again should it die.

    It ends with this process, whatever that becomes and however it ends: this holds the pipe that
    it listens to. A signal from the terminal is for the site alone.
    """
    reading_end, writing_end = os.pipe()
    os.set_inheritable(writing_end, True)  # the server keeps it, in the place of this program
    worker = [*COMMAND, "work", "--until-input-ends"]
    subprocess.Popen(
        [sys.executable, "-m", "newsroom.keeping_alive", *worker],
        cwd=settings.BASE_DIR,
        stdin=reading_end,
        start_new_session=True,
    )
    os.close(reading_end)


def check_port(port: str) -> None:
    """Raise `CommandError` if a port cannot be served on, before any long work."""
    is_number = port.isascii() and port.isdigit()
    if not is_number or not 0 < int(port) <= LAST_PORT:
        raise CommandError(f"PORT should be a number between 1 and {LAST_PORT}, not {port!r}")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except PermissionError:
            raise CommandError(
                f"port {port} needs rights that you do not have; try `PORT=8001 make run`"
            ) from None
        except OSError:
            raise CommandError(f"port {port} is in use; try `PORT=8001 make run`") from None
