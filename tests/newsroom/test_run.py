"""`manage.py run` and `manage.py db`, before they do anything."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finder
from django.core.management import CommandError, call_command
from pytest_django import Settings

from claims.management.commands import run
from newsroom.embedded_postgres import PostgresServer
from tests.newsroom.conftest import Manage


@pytest.fixture(autouse=True)
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes after the look at the port fails the test."""
    monkeypatch.setattr(run, "call_command", lambda *_, **__: pytest.fail("work began"))


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_a_port_in_use_is_told_before_any_work(taken: int) -> None:
    with pytest.raises(CommandError, match=f"port {taken} is in use; try `PORT="):
        call_command("run", port=str(taken))


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "", "80.5", "８０"])
def test_a_port_that_is_none_is_told_before_any_work(port: str) -> None:
    with pytest.raises(CommandError, match="PORT should be a number between 1 and 65535"):
        call_command("run", port=port)


def test_a_free_port_passes(taken: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        free = listening.getsockname()[1]

    run.check_port(str(free))


def test_a_port_in_use_ends_the_program_with_one_sentence(manage: Manage, taken: int) -> None:
    done = manage("run", "--port", str(taken))

    assert done.returncode != 0
    assert done.stderr == f"CommandError: port {taken} is in use; try `PORT=8001 make run`\n"


def test_the_state_of_the_embedded_database_is_told_without_starting_it(
    settings: Settings, server: PostgresServer, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMBEDDED_POSTGRES = server.folder
    call_command("db", "status")
    assert (
        capsys.readouterr().out
        == f"Running, process {server.find_process_id()}, in {server.folder}.\n"
    )

    call_command("db", "stop")
    call_command("db", "stop")
    call_command("db", "status")

    assert (
        capsys.readouterr().out
        == f"Stopped.\nIt was not running.\nNot running, in {server.folder}.\n"
    )


def test_the_embedded_database_is_out_of_use_where_an_address_is_given(settings: Settings) -> None:
    settings.EMBEDDED_POSTGRES = None

    with pytest.raises(CommandError, match="DATABASE_URL names another"):
        call_command("db", "start")


def test_static_files_are_collected_once_and_anew_when_one_changes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    collected: list[str] = []
    monkeypatch.setattr(run, "call_command", lambda name, **_: collected.append(name))
    style = tmp_path / "static" / "style.css"
    style.parent.mkdir()
    style.write_text("a")
    settings.VAR = settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = [style.parent]
    get_finder.cache_clear()  # type: ignore[attr-defined]

    run.collect_static_files()
    run.collect_static_files()
    assert collected == ["collectstatic"]

    style.write_text("ab")
    run.collect_static_files()
    assert collected == ["collectstatic"] * 2


@pytest.fixture(autouse=True)
def forget_finders() -> Iterator[None]:
    yield
    get_finder.cache_clear()  # type: ignore[attr-defined]
