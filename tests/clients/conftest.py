"""The Python client, before the site itself: no server, but all that one does with a request."""

from collections.abc import Iterator

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from newsroom_client import Newsroom

from newsroom.wsgi import application
from tests.claims.conftest import varied

__all__ = ["varied"]
SITE = "http://testserver"


def ask(token: str | None = None) -> Newsroom:
    transport = httpx.WSGITransport(app=application)
    return Newsroom(SITE, token=token, transport=transport)


@pytest.fixture(autouse=True)
def keep_connection() -> Iterator[None]:
    """Leave the connection of a test open after a request, as Django's own client of tests does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with ask() as made:
        yield made
