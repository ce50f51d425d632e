"""A backup is the whole site at one moment, and comes back as it was, or not at all."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from newsroom import backups
from newsroom.backups import (
    BackupFailed,
    Database,
    check_backup,
    describe_tables,
    digest_file,
    make_backup,
    name_note,
    open_scratch,
    restore_backup,
)
from tests.factories import make_quote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site() -> Database:
    """The database of the tests, with three quotes and what comes with them."""
    for number in range(3):
        make_quote(content=f"The bridge number {number} is safe")
    return Database(connection.settings_dict)


@pytest.fixture
def elsewhere(site: Database) -> Iterator[Database]:
    """An empty database of the same server."""
    name = f"{site.settings['NAME']}_elsewhere"
    with open_scratch(site, site.named(name)):
        yield site.named(name)


def run(database: Database, statement: str) -> None:
    with database.connect() as made:
        made.execute(statement.encode())


def count_quotes(database: Database) -> int:
    with database.connect() as made:
        return describe_tables(made)["claims_quote"].rows


def test_every_row_comes_back(site: Database, elsewhere: Database, tmp_path: Path) -> None:
    path = tmp_path / "kept.dump"
    note = make_backup(site, path)
    restore_backup(elsewhere, path, note.migrations, replace=False)

    with site.connect() as here, elsewhere.connect() as there:
        assert describe_tables(there) == describe_tables(here)
    assert note.tables["claims_quote"].rows == 3
    assert {path.name for path in tmp_path.iterdir()} == {"kept.dump", "kept.dump.json"}


def test_what_was_restored_is_guarded_as_before(
    site: Database, elsewhere: Database, tmp_path: Path
) -> None:
    path = tmp_path / "kept.dump"
    note = make_backup(site, path)
    restore_backup(elsewhere, path, note.migrations, replace=False)

    with pytest.raises(psycopg.Error, match="slice"):
        run(elsewhere, "UPDATE claims_quote SET content = 'The bridge is not safe'")


def test_a_database_with_tables_is_replaced_only_when_asked(
    site: Database, elsewhere: Database, tmp_path: Path
) -> None:
    path = tmp_path / "kept.dump"
    note = make_backup(site, path)
    restore_backup(elsewhere, path, note.migrations, replace=False)
    run(elsewhere, "TRUNCATE claims_quote CASCADE; CREATE TABLE of_later ()")

    with pytest.raises(BackupFailed, match="the database holds tables"):
        restore_backup(elsewhere, path, note.migrations, replace=False)
    assert count_quotes(elsewhere) == 0

    restore_backup(elsewhere, path, note.migrations, replace=True)
    with elsewhere.connect() as made:
        assert describe_tables(made) == note.tables


def test_a_restore_that_fails_leaves_what_was_there(
    site: Database, elsewhere: Database, tmp_path: Path
) -> None:
    path = tmp_path / "kept.dump"
    note = make_backup(site, path)
    restore_backup(elsewhere, path, note.migrations, replace=False)
    run(elsewhere, "DELETE FROM claims_report")
    # Half of the file, which the note is made to agree with.
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    rewrite_note(path)

    with pytest.raises(BackupFailed, match="nothing was changed"):
        restore_backup(elsewhere, path, note.migrations, replace=True)

    assert count_quotes(elsewhere) == 3


def test_a_database_that_cannot_be_emptied_is_told(
    site: Database, elsewhere: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.dump"
    note = make_backup(site, path)
    monkeypatch.setattr(backups, "DROP_EVERYTHING", "DROP SCHEMA of_nobody")

    with pytest.raises(BackupFailed, match=r'nothing was changed.* "of_nobody" does not exist'):
        restore_backup(elsewhere, path, note.migrations, replace=False)


def rewrite_note(path: Path) -> None:
    values = json.loads(name_note(path).read_text())
    name_note(path).write_text(json.dumps({**values, "sha256": digest_file(path)}))


def test_a_backup_is_for_its_owner_alone(site: Database, tmp_path: Path) -> None:
    make_backup(site, tmp_path / "kept.dump")

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_file_of_which_one_byte_is_another_is_refused(site: Database, tmp_path: Path) -> None:
    path = tmp_path / "kept.dump"
    make_backup(site, path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(BackupFailed, match="is damaged"):
        check_backup(site, path)


def test_a_row_that_is_missing_is_found(site: Database, tmp_path: Path) -> None:
    path = tmp_path / "kept.dump"
    make_backup(site, path)
    note = tmp_path / "kept.dump.json"
    values = json.loads(note.read_text())
    values["tables"]["claims_quote"]["rows"] = 4
    note.write_text(json.dumps(values))

    with pytest.raises(BackupFailed, match="claims_quote has 3 rows of 4"):
        check_backup(site, path)


def test_a_backup_of_a_newer_program_is_refused(site: Database, tmp_path: Path) -> None:
    path = tmp_path / "kept.dump"
    note = make_backup(site, path)

    with pytest.raises(BackupFailed, match="was made by a newer Newsroom"):
        restore_backup(site, path, note.migrations[:-1], replace=True)


def test_commands_say_what_they_did_and_what_was_wrong(
    site: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("backup", str(tmp_path), check=True)
    told = capsys.readouterr().out
    made = next(tmp_path.glob("newsroom-*.dump"))

    assert told.startswith(f"{made}: ")
    assert told.endswith("restored to check it: every row is there.\n")
    with pytest.raises(CommandError, match="a backup never overwrites another"):
        call_command("backup", str(made))
    with pytest.raises(CommandError, match="the database holds tables"):
        call_command("restore", str(made))
    with pytest.raises(CommandError, match="No such file"):
        call_command("restore", str(tmp_path / "none.dump"))
