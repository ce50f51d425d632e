"""How a check finds rows, whatever PostgreSQL knew of the tables when it planned that."""

import pytest
from django.db import connection

from claims.models import Unchecked
from tests.claims.writes import execute_sql
from tests.factories import make_detail, make_long_article

pytestmark = pytest.mark.django_db

# A plan is made anew each time at first, and kept from the sixth on.
TIMES_PLANNED = 7
FEW, MANY = 6, 120  # quotes of an article
TABLES = ["claims_article", "claims_quote", "claims_span", "claims_detail"]
ROWS_READ_SQL = """
    SELECT sum(seq_tup_read), sum(idx_tup_fetch) FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)
"""


@pytest.mark.parametrize("are_tables_known", [False, True])
def test_a_check_planned_while_tables_were_small_finds_rows_by_their_keys(
    are_tables_known: bool,
) -> None:
    begin_with_empty_tables()
    check_new_article(FEW)
    if are_tables_known:
        execute_sql("ANALYZE")
    for number in range(1, TIMES_PLANNED):
        check_new_article(FEW + number)

    by_looking_through, by_key = check_new_article(MANY)

    assert by_looking_through == 0
    assert MANY < by_key < 12 * MANY


def begin_with_empty_tables() -> None:
    """Empty the tables as if they had just been made, and forget all plans."""
    execute_sql("TRUNCATE claims_article CASCADE")
    execute_sql("DISCARD PLANS")


def check_new_article(quotes: int) -> tuple[int, int]:
    """Check an article with so many quotes, every second one within the first, and return how many
    rows are read for that by looking through tables and how many by a key.
    """
    article = make_long_article(quotes)
    first, *others = article.quotes.order_by("pk")
    article.quotes.filter(pk__in=[quote.pk for quote in others[::2]]).update(within=first)
    make_detail(first, "occasion", "morning")
    before = read_numbers_of_rows_read()
    check_slices()
    after = read_numbers_of_rows_read()
    connection.check_constraints()
    return after[0] - before[0], after[1] - before[1]


def check_slices() -> None:
    """Run the check alone, without that of foreign keys."""
    [trigger] = Unchecked._meta.triggers  # type: ignore[attr-defined]
    execute_sql(f"SET CONSTRAINTS {trigger.get_pgid(Unchecked)} IMMEDIATE")


def read_numbers_of_rows_read() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS_READ_SQL, [TABLES])
        by_looking_through, by_key = cursor.fetchone()
        return int(by_looking_through), int(by_key)
