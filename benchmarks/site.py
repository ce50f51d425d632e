"""The site with a database of its own, for a benchmark to fill; it is dropped at the end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def open_site(suffix: str = "") -> Iterator[None]:
    """Set up Django and an empty database; with a suffix one of another name, so that two benchmarks can go on at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    call_command("collectstatic", verbosity=0, interactive=False)
    setup_test_environment()
    if suffix:
        connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}_{suffix}"
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)
