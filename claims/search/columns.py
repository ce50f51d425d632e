"""What can be counted of every quote, kept in memory as columns: any filter, facet or histogram over a million in milliseconds.

PostgreSQL holds the rows and says what has changed; here stands a copy of a few numbers of each, brought up to date at each
request by the log that triggers write of every quote written (`models/changes.py`). Rows are in the order of the newest first,
so that a page of results is the first few that are left.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg import ClientCursor

from claims.extraction.schema import ACTS, KINDS, STANCES
from claims.models import QuoteStatus
from claims.models.actors import SPEAKER_VALUES, UNKNOWN_SLUG

ColumnValues = NDArray[Any]
RowMask = NDArray[np.bool_]
RowNumbers = NDArray[np.intp]

ColumnDescriptions = dict[str, tuple[str, str, type[np.generic]]]

CODED_VALUES: dict[str, tuple[str, ...]] = {
    "speaker": SPEAKER_VALUES,
    "act": ACTS,
    "kind": KINDS,
    "stance": STANCES,
    "status": tuple(QuoteStatus.values),
}
SPEAKER_SQL = f"CASE WHEN s.id IS NULL THEN '{UNKNOWN_SLUG}' WHEN s.kind = 'unnamed' THEN 'unnamed' ELSE 'named' END"
COPY_HEADER_BYTES, COPY_TRAILER_BYTES = 19, 2  # bytes around the rows of a binary copy
UNDATED = -(
    1 << 30
)  # the day of an article without a date: before all days, so that the newest come first
MANY_CHANGED_ROWS = 5000  # changed rows from which on it is quicker to sort all than to place each

# Each column's SQL, its type on the way (of a fixed width, since none is null) and in memory. Unknown speakers are 0.
QUOTE_COLUMNS: ColumnDescriptions = {
    "id": ("q.id", ">i8", np.int64),
    "article": ("q.article_id", ">i8", np.int64),
    "cue": ("q.cue_start", ">i4", np.int32),
    "day": (f"coalesce(a.published_on - DATE '1970-01-01', {UNDATED})::int", ">i4", np.int32),
    "actor": ("coalesce(q.actor_id, 0)", ">i8", np.int64),
    "outlet": ("a.outlet_id", ">i8", np.int64),
    "claim": ("q.claim_id", ">i8", np.int64),
}
QUOTE_COLUMNS |= {
    name: (
        f"(array_position(ARRAY[{', '.join(map(repr, values))}], {text}) - 1)::int",
        ">i4",
        np.int8,
    )
    for name, values in CODED_VALUES.items()
    for text in [SPEAKER_SQL if name == "speaker" else f"q.{name}::text"]
}
ABOUT_COLUMNS: ColumnDescriptions = {
    "quote": ("n.quote_id", ">i8", np.int64),
    "actor": ("n.actor_id", ">i8", np.int64),
}
QUOTES_SQL = "claims_quote q JOIN claims_article a ON a.id = q.article_id LEFT JOIN claims_actor s ON s.id = q.actor_id"
ABOUT_SQL = "claims_about n"
PRESENT_SQL = "q.version_id IS NULL"  # what an edited article no longer says is not counted
CHANGE_LOG_SQL = """
    SELECT pg_snapshot_xmin(seen.snapshot)::text, array_agg(c.id), array_agg(c.quote_id), count(c.id) > count(c.quote_id)
      FROM (SELECT pg_current_snapshot() AS snapshot) seen LEFT JOIN claims_change c ON c.written >= %s::xid8
     GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class ChangeLogPosition:
    """How far the log of changes has been read: all before transaction `horizon`, and of what comes after these entries."""

    horizon: str
    entries: frozenset[int]


@dataclass(frozen=True)
class Columns:
    """`rows` has one array a column of `COLUMNS`; `about_quote` and `about_actor` pair quotes with those they name."""

    rows: dict[str, ColumnValues]
    about_quote: ColumnValues
    about_actor: ColumnValues
    log: ChangeLogPosition

    def __len__(self) -> int:
        return len(self.rows["id"])

    def __getitem__(self, name: str) -> ColumnValues:
        return self.rows[name]

    @cached_property
    def place(self) -> ColumnValues:
        """The row of each quote by its id, -1 where there is none."""
        found = np.full(int(self["id"].max(initial=0)) + 1, -1, np.int32)
        found[self["id"]] = np.arange(len(self), dtype=np.int32)
        return found

    @cached_property
    def about_row(self) -> ColumnValues:
        return self.place[self.about_quote]

    @cached_property
    def first_undated(self) -> int:
        """The first row whose article has no date, as have all after it."""
        return int(np.count_nonzero(self["day"] != UNDATED))

    def dated(self, rows: RowNumbers) -> RowNumbers:
        """Return those of the rows, which are in order, whose article has a date."""
        return rows[: np.searchsorted(rows, self.first_undated)]

    def having(self, name: str, values: Iterable[int]) -> RowMask:
        """The rows with one of these values in a column."""
        return np.asarray(np.isin(self[name], np.fromiter(values, self[name].dtype)), np.bool_)

    def naming(self, actors: Iterable[int]) -> RowMask:
        """The rows of quotes that name one of these actors."""
        return self.mask(self.about_row[np.isin(self.about_actor, np.fromiter(actors, np.int64))])

    def named_by(self, rows: RowNumbers) -> ColumnValues:
        """The actors whom the quotes of these rows name, once for each quote."""
        if len(rows) == len(self):
            return self.about_actor
        return self.about_actor[self.mask(rows)[self.about_row]]

    def mask(self, rows: RowNumbers) -> RowMask:
        found = np.zeros(len(self), np.bool_)
        found[rows] = True
        return found

    def of(self, quotes: ColumnValues) -> RowMask:
        """The rows of quotes with these ids."""
        rows = self.place[quotes[quotes < len(self.place)]]
        return self.mask(rows[rows >= 0])

    def position(self, row: dict[str, int]) -> int:
        """Where a row stands, or would, in the order of the newest first."""
        keys = (self["day"], self["article"], self["cue"], self["id"])
        wanted = (-row["day"], -row["article"], row["cue"], row["id"])

        def key(at: int) -> tuple[int, int, int, int]:
            day, article, cue, pk = (int(values[at]) for values in keys)
            return -day, -article, cue, pk

        return bisect_left(range(len(self)), wanted, key=key)


_kept: dict[str, Columns] = {}
_lock = Lock()


def get_current_columns() -> Columns:
    """The columns as they are now. One query, and others when something has changed.

    What is read inside a transaction may yet be undone, and is kept for nobody else.
    """
    name = str(connection.settings_dict["NAME"])
    with _lock:
        known = _kept.get(name)
        columns = update_columns(known) if known else read_all_columns()
        if not connection.in_atomic_block:
            _kept[name] = columns
        return columns


def update_columns(known: Columns) -> Columns:
    log, changed = read_change_log(known.log)
    if changed is None or len(changed) > max(MANY_CHANGED_ROWS, len(known) // 10):
        return read_all_columns()
    if not changed and log == known.log:
        return known
    return (
        merge_changed_rows(known, sorted(changed), log)
        if changed
        else Columns(known.rows, known.about_quote, known.about_actor, log)
    )


def read_change_log(log: ChangeLogPosition) -> tuple[ChangeLogPosition, set[int] | None]:
    """How far the log goes now, and the quotes that changed since; None if that may be any."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGE_LOG_SQL, [log.horizon])
        horizon, entries, quotes, any_of_them = cursor.fetchone()
    new = {
        entry: quote
        for entry, quote in zip(entries, quotes, strict=True)
        if entry and entry not in log.entries
    }
    read = ChangeLogPosition(horizon, frozenset(entry for entry in entries if entry))
    return read, None if any_of_them and None in new.values() else set(new.values())


def read_all_columns() -> Columns:
    log = get_log_beginning()
    rows, about = (
        copy_columns(QUOTE_COLUMNS, QUOTES_SQL, PRESENT_SQL),
        copy_columns(ABOUT_COLUMNS, ABOUT_SQL),
    )
    known = np.isin(
        about["quote"], rows["id"]
    )  # a quote stored between the two is in the log, and comes with the next look
    return Columns(sort_newest_first(rows), about["quote"][known], about["actor"][known], log)


def get_log_beginning() -> ChangeLogPosition:
    """A log of which nothing has been read that is not in the tables already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        return ChangeLogPosition(cursor.fetchone()[0], frozenset())


def merge_changed_rows(known: Columns, changed: Sequence[int], log: ChangeLogPosition) -> Columns:
    """With the rows of these quotes as they are now, or without them where they are gone."""
    ids = np.array(changed, np.int64)
    new = copy_columns(QUOTE_COLUMNS, QUOTES_SQL, PRESENT_SQL, "q.id", changed)
    about = copy_columns(ABOUT_COLUMNS, ABOUT_SQL, "TRUE", "n.quote_id", changed)
    left = Columns(
        {name: values[~known.of(ids)] for name, values in known.rows.items()},
        *select_kept_about(known, ids),
        log,
    )
    if len(new["id"]) > MANY_CHANGED_ROWS:
        rows = sort_newest_first(
            {name: np.concatenate([left[name], new[name]]) for name in QUOTE_COLUMNS}
        )
    else:
        new = sort_newest_first(new)
        each = [
            {name: int(new[name][at]) for name in QUOTE_COLUMNS} for at in range(len(new["id"]))
        ]
        at = [left.position(row) for row in each]
        rows = {name: np.insert(left[name], at, new[name]) for name in QUOTE_COLUMNS}
    stand = np.isin(about["quote"], new["id"])
    return Columns(
        rows,
        np.concatenate([left.about_quote, about["quote"][stand]]),
        np.concatenate([left.about_actor, about["actor"][stand]]),
        log,
    )


def select_kept_about(known: Columns, gone: ColumnValues) -> tuple[ColumnValues, ColumnValues]:
    kept = ~np.isin(known.about_quote, gone)
    return known.about_quote[kept], known.about_actor[kept]


def sort_newest_first(rows: dict[str, ColumnValues]) -> dict[str, ColumnValues]:
    """The newest article first, and in it from its beginning: the order of `QuoteQuerySet.newest`."""
    order = np.lexsort((rows["id"], rows["cue"], -rows["article"], -rows["day"]))
    return {name: values[order] for name, values in rows.items()}


def copy_columns(
    columns: ColumnDescriptions,
    tables: str,
    condition: str = "TRUE",
    key: str = "",
    values: Sequence[int] = (),
) -> dict[str, ColumnValues]:
    """Columns of a table, or of its rows with these values of a key, by PostgreSQL's binary copy."""
    having = f" AND {key} = ANY('{{{','.join(map(str, values))}}}'::bigint[])" if key else ""
    query = f"SELECT {', '.join(sql for sql, _, _ in columns.values())} FROM {tables} WHERE {condition}{having}"
    read = read_binary_copy(query, {name: kind for name, (_, kind, _) in columns.items()})
    return {name: read[name].astype(columns[name][2]) for name in columns}


def read_binary_copy(
    query: str, kinds: dict[str, str], parameters: Sequence[Any] = ()
) -> ColumnValues:
    """The rows of a query as an array with a field for each column; none may be null."""
    layout = [("fields", ">i2")]
    for name, kind in kinds.items():
        layout += [(f"size of {name}", ">i4"), (name, kind)]
    with connection.cursor() as cursor:
        whole = ClientCursor(cursor.connection).mogrify(query, parameters) if parameters else query
        with cursor.copy(f"COPY ({whole}) TO STDOUT (FORMAT binary)") as copy:
            data = b"".join(copy)
    return np.frombuffer(data[COPY_HEADER_BYTES:-COPY_TRAILER_BYTES], np.dtype(layout))
