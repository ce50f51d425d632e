"""The database of the tests."""

import pytest
from pytest_django import DjangoDbBlocker

from tests import emptying


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        emptying.keep()
