"""The database of the tests, and which of them come first."""

from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests import emptying

# What takes long: a site from nothing, the browser, the model. Begun first, so that no worker is left alone with it at the end.
LONG_TESTS = (
    *("test_the_whole_site.py", "browser", "test_bulk.py", "test_odd_requests.py"),
    *("test_hostile.py", "test_survival.py", "test_work.py", "test_pipeline.py"),
    *("test_service.py", "test_undoing.py"),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: rank_test_file(item.path))


def rank_test_file(path: Path) -> int:
    """Where a file stands among those that take long; all others come after them, in the order they have."""
    return next(
        (at for at, name in enumerate(LONG_TESTS) if name in (path.name, path.parent.name)),
        len(LONG_TESTS),
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        emptying.keep_all_rows()
