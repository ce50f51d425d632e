"""One database with all tables for all processes of a run of the tests, which each take a copy of.

To migrate a database from nothing takes seconds, to copy one a fraction of one. The first process
that needs a database makes the one to copy; that stays until the next run makes it anew.
"""

from pathlib import Path

from django.conf import settings
from django.db import connection

from newsroom.file_lock import hold_lock

NAME = "test_newsroom_to_copy"


def copy_one_database(folder: Path) -> None:
    """Have the database of this process made as a copy. `folder` is of this run, shared by all."""
    is_made = folder / "database_to_copy"
    with hold_lock(folder / "database_to_copy.lock"):
        if not is_made.exists():
            make_database_to_copy()
            is_made.touch()
    connection.settings_dict["TEST"]["TEMPLATE"] = NAME


def make_database_to_copy() -> None:
    """Make the database, and leave the connection as it was before."""
    before = connection.settings_dict["NAME"]
    name_in_test = connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = NAME
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        connection.settings_dict["TEST"]["NAME"] = name_in_test
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = before
