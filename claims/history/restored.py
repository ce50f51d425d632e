"""What is put right in a database that was restored into another server.

The logs of changes hold numbers of transactions, which each server counts for itself: those of a
server that has worked for long lie in the future of a new one.
"""

from django.db import connection, transaction

# What is kept in memory of quotes is read anew by whoever starts; what others have read of the log of
# public rows is told by its numbers alone, which follow on one another as before.
FIT_LOGS_SQL = """
    DELETE FROM claims_change;
    UPDATE claims_changedrow SET written = '1'::xid8 WHERE written >= pg_current_xact_id();
    UPDATE claims_webhook SET written = 1 WHERE written >= pg_current_xact_id()::text::bigint
"""


def fit_logs_to_server() -> None:
    """Have the logs go on from where this server is."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FIT_LOGS_SQL)
