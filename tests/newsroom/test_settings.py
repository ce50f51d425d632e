"""What the environment says, read by a process of its own, as a person would start it."""

import stat
from pathlib import Path

import pytest

from newsroom import environment
from tests.newsroom.conftest import Manage

CHECK = ("check", "--tag", "urls")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://me:hunter2@localhost/news",
        "hunter2",
        "postgresql://me:hunter2@localhost:port/news",
        "postgresql://me:hunter2@localhost:5432/",
        "postgresql://me:hunter2@localhost/news?no_such_option=1",
        "postgresql://me:hunter2@localhost/news?connect_timeout=abc",
        "postgresql://me:hunter2@[::1/news",
    ],
)
def test_a_malformed_database_address_is_one_sentence_without_its_password(
    manage: Manage, url: str
) -> None:
    done = manage(*CHECK, DATABASE_URL=url)

    assert done.returncode != 0
    assert done.stderr.startswith("newsroom: DATABASE_URL ")
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["DEBUG", "HTTPS"])
def test_a_flag_that_is_neither_yes_nor_no_is_one_sentence(manage: Manage, name: str) -> None:
    done = manage(*CHECK, **{name: "maybe"})

    assert done.returncode != 0
    assert done.stderr == f"newsroom: {name} should be 1 or 0, not 'maybe'\n"


def test_a_database_that_does_not_answer_is_one_sentence(manage: Manage) -> None:
    done = manage("migrate", "--check", DATABASE_URL="postgresql://me:hunter2@127.0.0.1:1/news")

    assert done.returncode != 0
    assert done.stderr.startswith("newsroom: the database cannot be used: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", ["run", "ingest"])
def test_a_wait_that_is_no_number_of_seconds_is_one_sentence(manage: Manage, command: str) -> None:
    done = manage(command, DATABASE_URL="postgresql://127.0.0.1:1/db?connect_timeout=abc")

    assert done.returncode != 0
    assert (
        done.stderr
        == "newsroom: DATABASE_URL has a connect_timeout that is no whole number of seconds: 'abc'\n"
    )


def test_a_folder_that_cannot_be_made_is_one_sentence(manage: Manage, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = manage(*CHECK, NEWSROOM_VAR=str(tmp_path / "file" / "var"))

    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "file") in done.stderr


def test_the_parts_of_a_database_address_arrive_decoded() -> None:
    found = environment.read_database_url(
        "postgres://me:p%40ss@db.example:6543/news?sslmode=require"
    )

    assert found == {
        "NAME": "news",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6543",
        "OPTIONS": {"sslmode": "require"},
    }
    assert environment.read_database_url("postgres://db.example/news?connect_timeout=5")[
        "OPTIONS"
    ] == {"connect_timeout": "5"}


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    path = tmp_path / "var" / "secret_key"

    first, second = environment.load_secret_key(path), environment.load_secret_key(path)

    assert first == second == path.read_text()
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_secret_key_that_is_given_is_used_and_not_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")

    assert environment.load_secret_key(tmp_path / "secret_key") == "given"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", ["1", "true", "Yes", " ON "])
def test_a_flag_is_set_by(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_FLAG", value)

    assert environment.read_flag("A_FLAG") is True


@pytest.mark.parametrize("value", ["", "0", "false", "No", "off"])
def test_a_flag_is_not_set_by(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_FLAG", value)

    assert environment.read_flag("A_FLAG") is False


def test_a_list_is_split_at_commas_without_spaces_or_empty_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("A_LIST", " a.example, b.example,,")

    assert environment.read_list("A_LIST", "") == ["a.example", "b.example"]
