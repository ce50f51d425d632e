"""What can be counted of every quote, kept in memory as columns: any filter, facet or histogram
over a million in milliseconds.

PostgreSQL holds the rows and says what has changed; here stands a copy of a few numbers of each,
brought up to date at each request by the log that triggers write of every quote written
(`models/changes.py`). Rows are in the order of the newest first, so that a page of results is the
first few that are left.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg import ClientCursor

from claims.extraction.schema import ACTS, KINDS, STANCES
from claims.models import QuoteStatus
from claims.models.actors import SPEAKER_VALUES, UNKNOWN_SLUG
from claims.models.text_search import TYPEWRITER_MARKS, TYPOGRAPHIC_MARKS
from newsroom.time_limits import allow_seconds

ColumnValues = NDArray[Any]
RowMask = NDArray[np.bool_]
RowNumbers = NDArray[np.intp]


class ColumnDescription(NamedTuple):
    """A column's SQL, its type on the way, of a fixed width since no value is null, and its
    type in memory.
    """

    sql: str
    wire_type: str
    memory_type: type[np.generic]


# The values of these columns are known by their places here.
CODED_VALUES: dict[str, tuple[str, ...]] = {
    "speaker": SPEAKER_VALUES,
    "act": ACTS,
    "kind": KINDS,
    "stance": STANCES,
    "status": tuple(QuoteStatus.values),
}
ASSERTS_CODE = CODED_VALUES["stance"].index("asserts")
DENIES_CODE = CODED_VALUES["stance"].index("denies")
ACCUSE_CODE = CODED_VALUES["act"].index("accuse")
INDIRECT_CODE = CODED_VALUES["kind"].index("indirect")
REJECTED_CODE = CODED_VALUES["status"].index(QuoteStatus.REJECTED)
UNREVIEWED_CODE = CODED_VALUES["status"].index(QuoteStatus.UNREVIEWED)
# The day of an article without a date: before all days, so that the newest come first.
UNDATED = -(1 << 30)
# From so many changed rows on it is quicker to sort all rows than to place each.
MANY_CHANGED_ROWS = 5000
# Bytes before and after the rows of a binary copy.
COPY_HEADER_BYTES = 19
COPY_TRAILER_BYTES = 2

QUOTES_SQL = (
    "claims_quote q JOIN claims_article a ON a.id = q.article_id"
    " JOIN claims_wording w ON w.id = q.wording_id"
    " LEFT JOIN claims_actor s ON s.id = q.actor_id"
    " LEFT JOIN claims_fingerprint f ON f.article_id = a.id"
)
ABOUT_SQL = "claims_about n"
PRESENT_SQL = "q.version_id IS NULL"  # what an edited article no longer says is not counted
DAY_SQL = f"coalesce(a.published_on - DATE '1970-01-01', {UNDATED})::int"
SPEAKER_SQL = f"CASE WHEN s.id IS NULL THEN '{UNKNOWN_SLUG}' WHEN s.kind = 'unnamed' THEN 'unnamed' ELSE 'named' END"
# The same number for the same words in copies of one text, 0 in an article without copies.
COPIED_SQL = f"""
    CASE WHEN f.shared_text IS NULL THEN 0
         ELSE hashtextextended(lower(translate(
              q.content, '{TYPOGRAPHIC_MARKS}', '{TYPEWRITER_MARKS.replace("'", "''")}')), f.shared_text)
    END
"""
CHANGE_LOG_SQL = """
    SELECT pg_snapshot_xmin(seen.snapshot)::text, array_agg(c.id), array_agg(c.quote_id), count(c.id) > count(c.quote_id)
      FROM (SELECT pg_current_snapshot() AS snapshot) seen LEFT JOIN claims_change c ON c.written >= %s::xid8
     GROUP BY 1
"""


def describe_coded_column(name: str) -> ColumnDescription:
    """Return the column that holds the place of a value among `CODED_VALUES`."""
    value = SPEAKER_SQL if name == "speaker" else f"q.{name}::text"
    known_values = ", ".join(repr(known) for known in CODED_VALUES[name])
    place = f"(array_position(ARRAY[{known_values}], {value}) - 1)::int"
    return ColumnDescription(place, ">i4", np.int8)


QUOTE_COLUMNS: dict[str, ColumnDescription] = {
    "id": ColumnDescription("q.id", ">i8", np.int64),
    "article": ColumnDescription("q.article_id", ">i8", np.int64),
    "cue": ColumnDescription("q.cue_start", ">i4", np.int32),
    "day": ColumnDescription(DAY_SQL, ">i4", np.int32),
    "actor": ColumnDescription("coalesce(q.actor_id, 0)", ">i8", np.int64),  # 0: unknown
    "outlet": ColumnDescription("a.outlet_id", ">i8", np.int64),
    "wording": ColumnDescription("q.wording_id", ">i8", np.int64),
    "claim": ColumnDescription("w.claim_id", ">i8", np.int64),
    "proposition": ColumnDescription("w.is_proposition::int", ">i4", np.bool_),
    "copied": ColumnDescription(COPIED_SQL, ">i8", np.int64),
    **{name: describe_coded_column(name) for name in CODED_VALUES},
}
ABOUT_COLUMNS: dict[str, ColumnDescription] = {
    "quote": ColumnDescription("n.quote_id", ">i8", np.int64),
    "actor": ColumnDescription("n.actor_id", ">i8", np.int64),
}


@dataclass(frozen=True, slots=True)
class ChangeLogPosition:
    """How far the log of changes has been read: all before transaction `horizon`, and these
    entries of what comes after.
    """

    horizon: str
    entries: frozenset[int]


@dataclass(eq=False)
class Columns:
    """The columns of all quotes that stand in their articles.

    `rows` has an array for each of `QUOTE_COLUMNS`; `about_quote` and `about_actor` pair quotes with those they name.
    """

    rows: dict[str, ColumnValues]
    about_quote: ColumnValues
    about_actor: ColumnValues
    log: ChangeLogPosition

    def __len__(self) -> int:
        return len(self.rows["id"])

    def __getitem__(self, name: str) -> ColumnValues:
        return self.rows[name]

    @cached_property
    def row_of_quote(self) -> ColumnValues:
        """The row of each quote by its id, -1 where there is none."""
        highest_id = int(self["id"].max(initial=0))
        rows = np.full(highest_id + 1, -1, np.int32)
        rows[self["id"]] = np.arange(len(self), dtype=np.int32)
        return rows

    @cached_property
    def about_row(self) -> ColumnValues:
        """The row of each quote of `about_quote`."""
        return self.row_of_quote[self.about_quote]

    @cached_property
    def first_undated(self) -> int:
        """The first row whose article has no date, as have all after it."""
        return int(np.count_nonzero(self["day"] != UNDATED))

    @cached_property
    def copied_rows(self) -> RowNumbers:
        """The rows of quotes in articles that have copies, but for rejected ones: the same words
        of one text side by side, those published first first.
        """
        is_told = (self["copied"] != 0) & (self["status"] != REJECTED_CODE)
        newest_first = np.flatnonzero(is_told)
        dated = self.select_dated(newest_first)
        undated = newest_first[len(dated) :]
        oldest_first = np.concatenate([dated[::-1], undated[::-1]])
        return oldest_first[np.argsort(self["copied"][oldest_first], kind="stable")]

    @cached_property
    def copied_numbers(self) -> ColumnValues:
        """The number of the words of each of `copied_rows`, in order."""
        return self["copied"][self.copied_rows]

    @cached_property
    def is_repeated(self) -> RowMask:
        """The rows of quotes that an article published earlier has in the same words, of which
        theirs is a copy.
        """
        rows = self.copied_rows
        _, first, places = np.unique(self.copied_numbers, return_index=True, return_inverse=True)
        articles = self["article"][rows]
        return self.mask_rows(rows[articles[first][places] != articles])

    def find_copied_rows(self, row: int) -> RowNumbers:
        """Return the rows of the same words in the copies of a quote's article, its own too."""
        copied = self["copied"][row]
        if not copied:
            return self.copied_rows[:0]
        start, stop = np.searchsorted(self.copied_numbers, [copied, copied + 1])
        return self.copied_rows[start:stop]

    def select_dated(self, rows: RowNumbers) -> RowNumbers:
        """Return those of the rows, which are in order, whose article has a date."""
        return rows[: np.searchsorted(rows, self.first_undated)]

    def mask_rows(self, rows: RowNumbers) -> RowMask:
        mask = np.zeros(len(self), np.bool_)
        mask[rows] = True
        return mask

    def mask_having(self, name: str, values: Iterable[int]) -> RowMask:
        """Return the rows with one of these values in a column."""
        wanted = np.fromiter(values, self[name].dtype)
        return np.asarray(np.isin(self[name], wanted), np.bool_)

    def mask_naming(self, actors: Iterable[int]) -> RowMask:
        """Return the rows of quotes that name one of these actors."""
        wanted = np.fromiter(actors, np.int64)
        return self.mask_rows(self.about_row[np.isin(self.about_actor, wanted)])

    def mask_quotes(self, ids: ColumnValues) -> RowMask:
        """Return the rows of the quotes with these ids."""
        known_ids = ids[ids < len(self.row_of_quote)]
        rows = self.row_of_quote[known_ids]
        return self.mask_rows(rows[rows >= 0])

    def mask_numbers(self, name: str, numbers: ColumnValues) -> RowMask:
        """Return the rows with one of these numbers in a column: of many numbers sooner than
        `mask_having`.
        """
        is_wanted = np.zeros(int(self[name].max(initial=0)) + 1, np.bool_)
        is_wanted[numbers[numbers < len(is_wanted)]] = True
        return is_wanted[self[name]]

    def get_actors_named(self, rows: RowNumbers) -> ColumnValues:
        """Return the actors whom the quotes of these rows name, once for each quote."""
        if len(rows) == len(self):
            return self.about_actor
        return self.about_actor[self.mask_rows(rows)[self.about_row]]

    def find_position(self, values: dict[str, int]) -> int:
        """Return where a row of these values stands, or would, in the order of the newest first."""

        def get_sort_key(row: int) -> tuple[int, int, int, int]:
            day, article = int(self["day"][row]), int(self["article"][row])
            return -day, -article, int(self["cue"][row]), int(self["id"][row])

        wanted = (-values["day"], -values["article"], values["cue"], values["id"])
        return bisect_left(range(len(self)), wanted, key=get_sort_key)


_kept: dict[str, Columns] = {}
_lock = Lock()


def get_current_columns() -> Columns:
    """Return the columns as they are now. One query, and others when something has changed.

    What is read inside a transaction may yet be undone, and is kept for nobody else.
    """
    database = str(connection.settings_dict["NAME"])
    with _lock:
        known = _kept.get(database)
        columns = update_columns(known) if known else read_all_columns()
        if not connection.in_atomic_block:
            _kept[database] = columns
        return columns


def update_columns(known: Columns) -> Columns:
    log, changed = read_change_log(known.log)
    if changed is None or len(changed) > max(MANY_CHANGED_ROWS, len(known) // 10):
        return read_all_columns()
    if changed:
        return merge_changed_rows(known, sorted(changed), log)
    if not connection.in_atomic_block:
        known.log = log  # they stay the same object, by which others know that nothing has changed
    return known


def read_change_log(log: ChangeLogPosition) -> tuple[ChangeLogPosition, set[int] | None]:
    """Return how far the log goes now, and the quotes that changed since.

    None if that may be any.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHANGE_LOG_SQL, [log.horizon])
        horizon, entries, quotes, any_of_them = cursor.fetchone()
    changed: set[int | None] = set()
    for entry, quote in zip(entries, quotes, strict=True):
        if entry and entry not in log.entries:
            changed.add(quote)
    position = ChangeLogPosition(horizon, frozenset(entry for entry in entries if entry))
    if any_of_them and None in changed:
        return position, None
    return position, {quote for quote in changed if quote is not None}


def read_all_columns() -> Columns:
    """Read all quotes, for which there is as much time as it takes: every page needs them."""
    log = get_log_beginning()
    with allow_seconds(0):
        rows = copy_columns(QUOTE_COLUMNS, QUOTES_SQL, PRESENT_SQL)
        about = copy_columns(ABOUT_COLUMNS, ABOUT_SQL)
    # A quote that is stored between the two copies is in the log, and comes with the next look.
    is_known = np.isin(about["quote"], rows["id"])
    return Columns(sort_newest_first(rows), about["quote"][is_known], about["actor"][is_known], log)


def get_log_beginning() -> ChangeLogPosition:
    """Return a log of which nothing has been read that is not in the tables already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        return ChangeLogPosition(cursor.fetchone()[0], frozenset())


def merge_changed_rows(known: Columns, changed: Sequence[int], log: ChangeLogPosition) -> Columns:
    """Return the columns with the rows of these quotes as they are now, or without them where
    they are gone.
    """
    new_rows = copy_columns(QUOTE_COLUMNS, QUOTES_SQL, PRESENT_SQL, "q.id", changed)
    new_about = copy_columns(ABOUT_COLUMNS, ABOUT_SQL, "TRUE", "n.quote_id", changed)
    unchanged = drop_quotes(known, np.array(changed, np.int64))
    is_known = np.isin(new_about["quote"], new_rows["id"])
    return Columns(
        merge_rows(unchanged, new_rows),
        np.concatenate([unchanged.about_quote, new_about["quote"][is_known]]),
        np.concatenate([unchanged.about_actor, new_about["actor"][is_known]]),
        log,
    )


def drop_quotes(known: Columns, ids: ColumnValues) -> Columns:
    """Return the columns without these quotes."""
    stays = ~known.mask_quotes(ids)
    about_stays = ~np.isin(known.about_quote, ids)
    return Columns(
        {name: values[stays] for name, values in known.rows.items()},
        known.about_quote[about_stays],
        known.about_actor[about_stays],
        known.log,
    )


def merge_rows(unchanged: Columns, new: dict[str, ColumnValues]) -> dict[str, ColumnValues]:
    """Return all rows in the order of the newest first."""
    if len(new["id"]) > MANY_CHANGED_ROWS:
        return sort_newest_first(
            {name: np.concatenate([unchanged[name], new[name]]) for name in QUOTE_COLUMNS}
        )
    new = sort_newest_first(new)
    positions = []
    for row in range(len(new["id"])):
        values = {name: int(new[name][row]) for name in QUOTE_COLUMNS}
        positions.append(unchanged.find_position(values))
    return {name: np.insert(unchanged[name], positions, new[name]) for name in QUOTE_COLUMNS}


def sort_newest_first(rows: dict[str, ColumnValues]) -> dict[str, ColumnValues]:
    """Return the rows of the newest article first, each article from its beginning: the order
    of `QuoteQuerySet.newest`.
    """
    order = np.lexsort((rows["id"], rows["cue"], -rows["article"], -rows["day"]))
    return {name: values[order] for name, values in rows.items()}


def copy_columns(
    columns: dict[str, ColumnDescription],
    tables: str,
    condition: str = "TRUE",
    key: str = "",
    values: Sequence[int] = (),
) -> dict[str, ColumnValues]:
    """Return columns of a table, or of its rows with these values of a key, by PostgreSQL's
    binary copy.
    """
    if key:
        numbers = ",".join(str(value) for value in values)
        condition += f" AND {key} = ANY('{{{numbers}}}'::bigint[])"
    selected = ", ".join(column.sql for column in columns.values())
    wire_types = {name: column.wire_type for name, column in columns.items()}
    copied = read_binary_copy(f"SELECT {selected} FROM {tables} WHERE {condition}", wire_types)
    return {name: copied[name].astype(columns[name].memory_type) for name in columns}


def read_binary_copy(
    query: str, wire_types: dict[str, str], parameters: Sequence[Any] = ()
) -> ColumnValues:
    """Return the rows of a query as an array with a field for each column; none may be null."""
    layout = [("fields", ">i2")]
    for name, wire_type in wire_types.items():
        layout.append((f"size of {name}", ">i4"))
        layout.append((name, wire_type))
    with connection.cursor() as cursor:
        if parameters:
            query = ClientCursor(cursor.connection).mogrify(query, parameters)
        data = read_copy(cursor, f"COPY ({query}) TO STDOUT (FORMAT binary)")
    return np.frombuffer(data[COPY_HEADER_BYTES:-COPY_TRAILER_BYTES], np.dtype(layout))


def read_copy(cursor: Any, statement: str) -> bytes:
    """Return what PostgreSQL copies out. Its errors are those of Django, as of other statements."""
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        return b"".join(copy)
