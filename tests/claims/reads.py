"""How much PostgreSQL reads of a table, where it looks rows up by indexes if these are of any use."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

ROWS_READ_SQL = """
    SELECT seq_tup_read + coalesce(idx_tup_fetch, 0)
      FROM pg_stat_xact_user_tables WHERE relname = %s
"""


@contextmanager
def count_rows_read(table: str) -> Iterator[list[int]]:
    """Append the number of rows of a table that what is done within reads, in its transaction.

    So few rows as tests have are else read from the first to the last, whatever indexes there are.
    PostgreSQL plans by the rows that are there now, not by those of tests before.
    """
    counted: list[int] = []
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL enable_seqscan = off")
        before = read_number_of_rows_read(table)
        yield counted
        counted.append(read_number_of_rows_read(table) - before)
        cursor.execute("SET LOCAL enable_seqscan = on")


def read_number_of_rows_read(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(ROWS_READ_SQL, [table])
        (number,) = cursor.fetchone()
        return int(number)
