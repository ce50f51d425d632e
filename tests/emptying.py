"""The database as the migrations left it, after a test whose transactions were real ones.

Django's own way truncates every table and makes permissions and content types again, which takes most of a second, and
leaves out what else migrations wrote, such as the groups of the roles. Here rows are deleted, which costs next to nothing
where there are few, and what there was before the first test is copied back. Only a superuser may do so without the
triggers, as the one of the embedded PostgreSQL is; another that DATABASE_URL names for the tests must be one too.
"""

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from claims.search import columns

# Bytes of a table from which on it is truncated, so that no later test reads over what was deleted.
LARGEST_TABLE_DELETED = 1 << 20


def keep_all_rows() -> None:
    """Keep a copy of all rows there are, for `restore_kept_rows`.

    In a database that is used again, see to it that there are no others.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('kept') IS NOT NULL")
        if cursor.fetchone() == (True,):
            restore_kept_rows()
            return
        cursor.execute("CREATE SCHEMA kept")
        for table in list_tables():
            cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE "{table}"')
            cursor.execute(f'SELECT EXISTS (SELECT FROM kept."{table}")')
            if cursor.fetchone() == (False,):
                cursor.execute(f'DROP TABLE kept."{table}"')


def restore_kept_rows() -> None:
    """Take away all rows but those that were kept. Waits for whoever still writes, and runs none of the triggers.

    What is remembered of the quotes goes with them, since nothing is logged.
    """
    names = [f'"{table}"' for table in list_tables()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL session_replication_role = replica; LOCK {', '.join(names)} IN EXCLUSIVE MODE"
        )
        if get_largest_table_size(cursor) > LARGEST_TABLE_DELETED:
            cursor.execute(f"TRUNCATE {', '.join(names)}")
        cursor.execute(";".join(f"DELETE FROM {name}" for name in names))
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kept'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM kept."{table}"')
    columns._kept.clear()


def list_tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    queue = apps.get_app_config("procrastinate").get_models()  # whose tables Django does not manage
    return sorted({*names, *(model._meta.db_table for model in queue)})


def get_largest_table_size(cursor: CursorWrapper) -> int:
    cursor.execute(
        "SELECT max(pg_relation_size(relid)) FROM pg_stat_user_tables WHERE schemaname = 'public'"
    )
    return int(cursor.fetchone()[0])
