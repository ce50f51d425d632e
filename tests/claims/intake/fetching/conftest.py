"""Sites to fetch from, and nothing remembered of those of other tests."""

from collections.abc import Iterator

import httpcore
import pytest
from pytest_django import Settings

from claims.intake.fetching import guard
from claims.intake.fetching.connecting import build_ssl_context
from tests.claims.intake.fetching.sites import Internet, Site, forget_sites, serve


@pytest.fixture(scope="session")
def server() -> Iterator[Site]:
    build_ssl_context()  # which takes a while, that tests of time should not measure
    with serve() as site:
        yield site


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    forget_sites()
    yield
    forget_sites()


@pytest.fixture
def site(server: Site, settings: Settings) -> Site:
    """A site on this machine, let in by the setting."""
    server.pages.clear()
    server.asked.clear()
    settings.FETCH_PRIVATE = [server.place]
    return server


@pytest.fixture
def internet(server: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Internet:
    """An internet of made-up names. Nothing private is let in."""
    server.pages.clear()
    server.asked.clear()
    settings.FETCH_PRIVATE = []
    internet = Internet(server)
    monkeypatch.setattr(guard, "ask_for_addresses", internet.ask_for_addresses)
    monkeypatch.setattr(
        httpcore.SyncBackend,
        "connect_tcp",
        lambda backend, host, port, *args: internet.connect_tcp(backend, host, port, *args),
    )
    return internet
