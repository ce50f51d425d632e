"""`manage.py run` from nothing: its own database, the seed read, the site answering."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

from newsroom.embedded_postgres import Server
from tests.newsroom.conftest import OURS, ROOT, MakeServer

PATIENCE = 120.0  # seconds for everything from nothing


@pytest.fixture
def site(tmp_path: Path, make_server: MakeServer) -> Iterator[str]:
    """The address of a site that was started with an empty folder; it and its database are stopped after."""
    make_server(tmp_path / "var" / "postgres")  # who made it stops it
    port = free_port()
    rest = {key: value for key, value in os.environ.items() if key not in (*OURS, "DJANGO_SETTINGS_MODULE")}
    with (tmp_path / "said").open("wb") as said:
        running = subprocess.Popen(
            [sys.executable, "manage.py", "run", "--port", str(port)],
            cwd=ROOT,
            env={**rest, "NEWSROOM_VAR": str(tmp_path / "var")},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        try:
            wait(running, f"http://127.0.0.1:{port}", tmp_path / "said")
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(30)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait(running: "subprocess.Popen[bytes]", address: str, said: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        try:
            fetched(f"{address}/healthz")
        except (URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the site did not start: {said.read_text()}")


def fetched(address: str) -> str:
    with build_opener(ProxyHandler({})).open(address, timeout=10) as response:
        return str(response.read().decode())


def read(address: str) -> Any:
    return json.loads(fetched(address))


def test_run_makes_a_site_that_is_ready_and_has_read_the_seed(site: str, tmp_path: Path) -> None:
    assert read(f"{site}/readyz") == {"ready": True, "missing": []}
    assert {row["actor"]["name"] for row in read(f"{site}/api/v1/quotes/?act=deny")["results"]} >= {"Russia"}
    assert "any such intention" in fetched(f"{site}/?actor=russia&act=deny")
    assert f"Newsroom is at {site}/" in (tmp_path / "said").read_text()
    assert Server(tmp_path / "var" / "postgres").running()
