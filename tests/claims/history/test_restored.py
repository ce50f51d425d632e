"""A database that came from another server, whose transactions had higher numbers."""

import pytest
from django.db import connection

from claims.history.restored import fit_logs_to_server
from claims.models import ChangedRow
from claims.models.changed_rows import LogPosition
from claims.search import columns
from tests.factories import make_quote

pytestmark = pytest.mark.django_db(transaction=True)
OF_ANOTHER_SERVER = 2**40


@pytest.fixture
def restored() -> None:
    """A quote that was written by a transaction which this server has not come to."""
    make_quote()
    with connection.cursor() as cursor:
        # As it stands there for what was forgotten.
        cursor.execute("INSERT INTO claims_change (quote_id, written) VALUES (NULL, '3'::xid8)")
        for table in ("claims_change", "claims_changedrow"):
            cursor.execute(f"UPDATE {table} SET written = %s::xid8", [str(OF_ANOTHER_SERVER)])


@pytest.mark.usefixtures("restored")
def test_what_is_written_later_comes_after_what_was_there() -> None:
    fit_logs_to_server()

    before = [row.pk for row in ChangedRow.objects.in_order()]
    make_quote(content="Another quote")
    after = [row.pk for row in ChangedRow.objects.settled().in_order()]
    assert before
    assert after[: len(before)] == before
    assert len(after) > len(before)


@pytest.mark.usefixtures("restored")
def test_quotes_are_not_read_anew_for_ever() -> None:
    fit_logs_to_server()

    columns.get_current_columns()
    known = columns.get_current_columns()
    assert columns.get_current_columns() is known


def test_whoever_has_read_further_than_this_server_has_to_begin_anew() -> None:
    make_quote()

    assert ChangedRow.has_forgotten_after(LogPosition(OF_ANOTHER_SERVER, 1))
    assert not ChangedRow.has_forgotten_after(ChangedRow.objects.in_order()[0].position)
