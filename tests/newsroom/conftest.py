"""PostgreSQL servers of the tests' own; each is stopped by whoever started it, however the test ends."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsroom.embedded_postgres import PostgresServer

ROOT = Path(__file__).resolve().parent.parent.parent
OUR_VARIABLES = (
    "DATABASE_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "HTTPS",
    "DEBUG",
    "NEWSROOM_VAR",
    "PORT",
)

Manage = Callable[..., "subprocess.CompletedProcess[str]"]
MakeServer = Callable[[Path], PostgresServer]


@pytest.fixture(scope="module")
def make_server() -> Iterator[MakeServer]:
    """A server in a folder, not yet started."""
    made: list[PostgresServer] = []

    def make(folder: Path) -> PostgresServer:
        made.append(PostgresServer(folder))
        return made[-1]

    yield make
    for server in made:
        server.stop()
        if server.socket.parent == Path(tempfile.gettempdir()):
            shutil.rmtree(server.socket, ignore_errors=True)


@pytest.fixture(scope="module")
def server(make_server: MakeServer, tmp_path_factory: pytest.TempPathFactory) -> PostgresServer:
    """One that runs, in a folder whose name has a space, a comma and a quotation mark."""
    server = make_server(tmp_path_factory.mktemp("cluster") / 'news room, "test"')
    server.start()
    return server


@pytest.fixture
def manage(tmp_path: Path) -> Manage:
    """`manage.py` in a process of its own, with only the environment given and its files in the test's folder."""

    def call(
        *arguments: str, program: str = "manage.py", **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        rest = {
            key: value
            for key, value in os.environ.items()
            if key not in (*OUR_VARIABLES, "DJANGO_SETTINGS_MODULE")
        }
        return subprocess.run(
            [sys.executable, program, *arguments],
            cwd=ROOT,
            env={**rest, "NEWSROOM_VAR": str(tmp_path / "var"), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call
