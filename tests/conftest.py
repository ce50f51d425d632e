"""The database of the tests, which of them come first, and how often garbage is looked for."""

import gc
import os
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests import emptying, one_database

# What takes long: a site from nothing, the browser, the model. Begun first, so that no worker is left alone with it at the end.
LONG_TESTS = (
    *("test_the_whole_site.py", "browser", "test_bulk.py", "test_odd_requests.py"),
    *("test_hostile.py", "test_survival.py", "test_work.py", "test_pipeline.py"),
    *("test_service.py", "test_undoing.py"),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: rank_test_file(item.path))


def pytest_collection_finish() -> None:
    """Look for garbage less often, and never among what all tests are made of.

    That is hundreds of thousands of objects; to go over them takes a fourteenth of the time of all
    tests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def rank_test_file(path: Path) -> int:
    """Where a file stands among those that take long; all others come after them, in the order they have."""
    return next(
        (at for at, name in enumerate(LONG_TESTS) if name in (path.name, path.parent.name)),
        len(LONG_TESTS),
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Of several processes let one migrate a database, of which the others take copies."""
    if "PYTEST_XDIST_WORKER" in os.environ and not django_db_keepdb:
        with django_db_blocker.unblock():
            one_database.copy_one_database(tmp_path_factory.getbasetemp().parent)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        emptying.keep_all_rows()
