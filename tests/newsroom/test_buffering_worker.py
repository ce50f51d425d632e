"""Whoever is slow, silent or sends too much keeps nobody else waiting."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.newsroom.conftest import ROOT
from tests.newsroom.waiting_application import SIGN

PATIENCE = 60.0  # seconds
THREADS = 2
MANY = 24


@dataclass
class Server:
    """A server of one process with two threads, and the file that those who wait there wait for."""

    port: int
    sign: Path
    process: "subprocess.Popen[bytes]"

    def ask(self, path: str) -> str:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", path)
            return connection.getresponse().read().decode()

    def send(self, sent: bytes) -> socket.socket:
        """Connect and send something, and leave the connection open."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        connection.sendall(sent)
        return connection


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:newsroom.gunicorn"]
    served = ["--workers", "1", "--threads", str(THREADS), "--bind", f"127.0.0.1:{port}"]
    sign = tmp_path / "sign"
    process = subprocess.Popen(
        [*gunicorn, *served, "tests.newsroom.waiting_application"],
        cwd=ROOT,
        env={**os.environ, SIGN: str(sign), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.DEVNULL,
    )
    made = Server(port, sign, process)
    wait_until(lambda: is_listening(port))
    yield made
    sign.touch()
    process.terminate()
    process.wait(PATIENCE)


def receive(connection: socket.socket) -> str:
    """Return the body of the answer that comes."""
    with closing(HTTPResponse(connection)) as response:
        response.begin()
        return response.read().decode()


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(is_done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_done():
        assert time.monotonic() < until
        time.sleep(0.05)


HEAD = b"POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n"


def test_silent_and_slow_readers_keep_nobody_waiting(server: Server) -> None:
    with ExitStack() as opened:
        for begun in (b"", b"GET / HT", HEAD % 9, HEAD % 9 + b"\r\nhalf"):
            for _ in range(MANY):
                opened.enter_context(server.send(begun))

        assert server.ask("/page") == "/page 0"


def test_what_came_slowly_is_answered(server: Server) -> None:
    with server.send(HEAD % 9 + b"\r\nhalf") as connection:
        time.sleep(0.3)
        connection.sendall(b" rest")

        assert receive(connection) == "/slow 9"


def test_health_is_answered_while_every_thread_is_taken(server: Server) -> None:
    with ExitStack() as opened:
        waiting = [
            opened.enter_context(server.send(b"GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n"))
            for _ in range(THREADS + 1)
        ]

        assert server.ask("/healthz") == "/healthz 0"

        server.sign.touch()
        for connection in waiting:
            assert receive(connection) == "/wait 0"


def test_what_is_no_request_is_told_so(server: Server) -> None:
    with server.send(b"GET\r\n\r\n") as connection:
        assert connection.recv(4096).startswith(b"HTTP/1.0 400 ")


def test_a_long_address_is_read_and_one_without_end_is_refused(server: Server) -> None:
    assert server.ask(f"/page?id__in={'1,' * 12_000}") == "/page 0"

    with server.send(f"GET /page?id__in={'1,' * 20_000} HTTP/1.1\r\n".encode()) as connection:
        assert connection.recv(4096).startswith(b"HTTP/1.0 431 ")


def test_a_body_that_is_too_large_is_refused_before_it_comes(server: Server) -> None:
    with server.send(HEAD % 300_000_000 + b"\r\n") as connection:
        assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")


def test_who_is_being_answered_gets_the_answer_though_the_server_is_told_to_end(
    server: Server,
) -> None:
    with server.send(b"GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n") as connection:
        server.ask("/page")  # so that the other is surely being answered
        server.process.send_signal(signal.SIGTERM)
        wait_until(lambda: not is_listening(server.port))
        server.sign.touch()

        assert receive(connection) == "/wait 0"
    assert server.process.wait(PATIENCE) == 0
