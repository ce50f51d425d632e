"""How the site comes to a connection with the embedded PostgreSQL, and comes to one again when that has died."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections
from pytest_django import DjangoDbBlocker, Settings

from newsroom.backend.base import DatabaseWrapper
from newsroom.embedded_postgres import PostgresServer, list_processes_over
from tests.newsroom.conftest import MakeServer


@pytest.fixture
def site(
    server: PostgresServer,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[PostgresServer]:
    """The server of a site, which runs; what the tests' own site remembers of its server is left alone."""
    settings.EMBEDDED_POSTGRES = server.folder
    monkeypatch.setattr(DatabaseWrapper, "started", False)
    monkeypatch.setattr(DatabaseWrapper, "rests_until", 0.0)
    server.start()
    with django_db_blocker.unblock():
        yield server
    server.start()


def answer(server: PostgresServer) -> int:
    """Return what a new connection of the site answers."""
    known = {**connections.settings["default"], **server.build_settings(), "OPTIONS": {}}
    site: Any = DatabaseWrapper(known, "site")
    with (
        site.wrap_database_errors,
        site.get_new_connection(site.get_connection_params()) as connection,
    ):
        return int(connection.execute("select 42").fetchone()[0])


def kill(server: PostgresServer) -> None:
    """End the server as a lack of memory would, and wait until it is gone."""
    pid = server.find_process_id()
    assert pid
    os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 30
    while server.find_process_id() and time.monotonic() < until:
        time.sleep(0.01)
    assert server.find_process_id() is None


def starts(server: PostgresServer) -> int:
    return server.log.read_text().count("ready to accept connections")


def test_a_server_that_died_is_started_again_by_the_next_connection(site: PostgresServer) -> None:
    assert answer(site) == 42
    kill(site)

    assert answer(site) == 42

    assert site.find_process_id()


def test_many_connections_at_once_start_it_once(site: PostgresServer) -> None:
    assert answer(site) == 42
    before = starts(site)
    kill(site)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(answer, [site] * 8))

    assert answers == [42] * 8
    assert starts(site) == before + 1


def test_what_is_left_of_a_server_that_was_killed_is_ended_before_the_next_begins(
    site: PostgresServer,
) -> None:
    assert answer(site) == 42
    asleep = site.connect("newsroom")
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(
            asleep.execute, "select count(*) from generate_series(1, 100000000000)"
        )
        time.sleep(0.5)
        kill(site)
        orphans = set(list_processes_over(site.data))

        assert answer(site) == 42

        assert orphans
        assert not orphans & set(list_processes_over(site.data))
        assert working.exception(30)


def test_a_server_that_somebody_stopped_stays_so_until_somebody_starts_it(
    site: PostgresServer,
) -> None:
    assert answer(site) == 42
    site.stop()

    with pytest.raises(OperationalError):
        answer(site)

    assert site.find_process_id() is None
    site.start()
    assert answer(site) == 42


def test_one_that_cannot_be_started_is_left_alone_for_a_while(
    site: PostgresServer,
    settings: Settings,
    make_server: MakeServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = make_server(tmp_path / "broken")
    settings.EMBEDDED_POSTGRES = broken.folder
    monkeypatch.setattr("newsroom.embedded_postgres.INITDB_OPTIONS", ("--no-such-option",))
    with pytest.raises(OperationalError, match="no-such-option"):
        answer(broken)

    with pytest.raises(OperationalError, match="could not be started a moment ago"):
        answer(broken)
