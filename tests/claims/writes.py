"""Writes that the database takes or refuses.

What must hold of the rows is held by PostgreSQL, so most of them go past Django, by raw SQL.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction


def execute_sql(sql: str, *values: Any) -> int:
    """Run raw SQL; the number of rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


@contextmanager
def expect_allowed() -> Iterator[None]:
    """What is done within passes every check, those at the end of a transaction too."""
    with transaction.atomic():
        yield
        connection.check_constraints()


@contextmanager
def expect_refused(words: str) -> Iterator[None]:
    """What is done within is refused by the database, at the latest when the transaction ends.

    What was done before is checked before: else its checks, deferred, would do the work of those that are tested.
    """
    connection.check_constraints()
    with pytest.raises(IntegrityError, match=words), expect_allowed():
        yield
