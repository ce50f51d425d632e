import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from newsroom import embedded_postgres
from newsroom.embedded_postgres import (
    LONGEST_SOCKET_PATH,
    PostgresFailed,
    PostgresServer,
    choose_memory,
)
from tests.newsroom.conftest import ROOT, MakeServer

START = """
import sys
from pathlib import Path
from newsroom.embedded_postgres import PostgresServer
PostgresServer(Path(sys.argv[1])).start()
"""


def asked(server: PostgresServer, question: LiteralString) -> object:
    with psycopg.connect(host=str(server.socket), user="newsroom", dbname="newsroom") as connection:
        row = connection.execute(question).fetchone()
        assert row
        return row[0]


def test_it_answers_once_started(server: PostgresServer) -> None:
    assert asked(server, "select 1") == 1


def test_it_has_the_vectors_that_claims_will_need(server: PostgresServer) -> None:
    assert asked(server, "select count(*) from pg_available_extensions where name = 'vector'") == 1


def test_text_is_utf_8_and_sorted_the_same_on_every_machine(server: PostgresServer) -> None:
    assert asked(server, "show server_encoding") == "UTF8"
    assert asked(server, "select datlocprovider from pg_database where datname = 'newsroom'") == "b"


def test_it_listens_on_no_network(server: PostgresServer) -> None:
    assert asked(server, "show listen_addresses") == ""


def test_it_is_set_up_for_many_articles_at_once(server: PostgresServer) -> None:
    assert asked(server, "show max_wal_size") == "2GB"
    assert asked(server, "show checkpoint_timeout") == "15min"
    pages = "select setting::bigint from pg_settings where name = 'shared_buffers'"
    assert asked(server, pages) == choose_memory() * 128
    assert 128 <= choose_memory() <= 1024


def test_its_data_and_socket_are_closed_to_others(server: PostgresServer) -> None:
    for folder in (server.data, server.socket):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


def test_a_second_start_changes_nothing(server: PostgresServer) -> None:
    before = server.find_process_id()

    server.start()

    assert server.find_process_id() == before


def test_it_starts_again_after_a_kill_although_the_old_process_id_is_now_another_program(
    server: PostgresServer,
) -> None:
    server.stop()
    (server.data / "postmaster.pid").write_text("1\n/nowhere\n0\n5432\n")
    (server.socket / ".s.PGSQL.5432.lock").write_text("1\n/nowhere\n0\n5432\n")

    assert server.find_process_id() is None
    server.start()

    assert asked(server, "select 1") == 1


def test_one_that_takes_in_its_log_after_a_kill_is_waited_for(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins_to_answer = time.monotonic() + 1
    monkeypatch.setattr(embedded_postgres, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(
        PostgresServer, "is_ready", lambda self: time.monotonic() > begins_to_answer
    )

    server.bring_up()

    assert time.monotonic() > begins_to_answer


def test_what_was_stored_is_there_after_a_stop_and_a_start(server: PostgresServer) -> None:
    with psycopg.connect(host=str(server.socket), user="newsroom", dbname="newsroom") as connection:
        connection.execute("create table kept as select 42 as answer")

    assert server.stop()
    server.start()

    assert asked(server, "select answer from kept") == 42


def test_stopping_one_that_does_not_run_says_so(tmp_path: Path) -> None:
    assert PostgresServer(tmp_path / "none").stop() is False


def test_a_very_long_path_and_two_starts_at_once_give_one_server(
    make_server: MakeServer, tmp_path: Path
) -> None:
    server = make_server(tmp_path / ("long" * 30))
    assert server.socket.parent == Path(tempfile.gettempdir())
    command = [sys.executable, "-c", START, str(server.folder)]

    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(2)]

    assert [(each.communicate(timeout=90)[1], each.returncode) for each in both] == [
        (b"", 0),
        (b"", 0),
    ]
    assert asked(server, "select 1") == 1
    assert server.log.read_text().count("ready to accept connections") == 1


def test_the_socket_of_a_long_path_fits_and_is_the_same_each_time(tmp_path: Path) -> None:
    one, same, other = (PostgresServer(tmp_path / (name * 100)) for name in "aab")

    assert len(str(one.socket / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH
    assert one.socket == same.socket != other.socket


def test_the_socket_is_not_in_a_folder_with_a_comma_which_libpq_takes_for_two_hosts() -> None:
    assert PostgresServer(Path("/a")).socket == Path("/a/socket")
    assert "," not in str(PostgresServer(Path("/a,b")).socket)


def test_a_socket_folder_open_to_others_is_refused(server: PostgresServer) -> None:
    server.stop()
    server.socket.chmod(0o755)

    with pytest.raises(PostgresFailed, match="closed to others"):
        server.start()

    server.socket.chmod(0o700)
    server.start()


def test_a_start_that_was_cut_off_leaves_no_half_cluster_in_the_way(
    make_server: MakeServer, tmp_path: Path
) -> None:
    server = make_server(tmp_path / "postgres")
    half = server.folder / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    server.start()

    assert asked(server, "select 1") == 1
    assert not half.exists()


def test_a_failing_initdb_is_told_with_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsroom.embedded_postgres.INITDB_OPTIONS", ("--no-such-option",))

    with pytest.raises(PostgresFailed, match="no-such-option"):
        PostgresServer(tmp_path / "postgres").start()
