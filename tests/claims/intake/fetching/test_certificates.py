"""Over https, the certificate has to be that of the name, though the connection goes to a number."""

import ssl
from collections.abc import Iterator

import httpcore
import pytest
from pytest_django import Settings

from claims.intake.fetching import FetchRefused, connecting, fetch, guard
from tests.claims.intake.fetching.sites import CERTIFICATES, Internet, Page, Site, serve

PUBLIC = "93.184.215.14"


@pytest.fixture(scope="module")
def secure_site() -> Iterator[Site]:
    with serve("valid") as site:
        site.pages["/"] = Page(b"Here.")
        yield site


@pytest.fixture(scope="module")
def expired_site() -> Iterator[Site]:
    with serve("expired") as site:
        site.pages["/"] = Page(b"Here.")
        yield site


@pytest.fixture
def _trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority of the tests is trusted, in the place of all others."""
    context = ssl.create_default_context(cafile=CERTIFICATES / "authority.pem")
    monkeypatch.setattr(connecting, "build_ssl_context", lambda: context)


def name_site(monkeypatch: pytest.MonkeyPatch, settings: Settings, site: Site) -> Internet:
    """Make an internet in which two names stand for a site."""
    settings.FETCH_PRIVATE = []
    internet = Internet(site)
    internet.names = {"herald.example": [[PUBLIC]], "other.example": [[PUBLIC]]}
    monkeypatch.setattr(guard, "ask_for_addresses", internet.ask_for_addresses)
    monkeypatch.setattr(
        httpcore.SyncBackend,
        "connect_tcp",
        lambda backend, host, port, *args: internet.connect_tcp(backend, host, port, *args),
    )
    return internet


def refuse(address: str) -> str:
    with pytest.raises(FetchRefused) as refused:
        fetch(address)
    assert refused.value.again_after is None
    return str(refused.value)


@pytest.mark.usefixtures("_trusted")
def test_the_name_is_told_and_checked_though_a_number_is_connected_to(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, secure_site: Site
) -> None:
    internet = name_site(monkeypatch, settings, secure_site)
    secure_site.names_asked.clear()

    fetched = fetch("https://herald.example/")

    assert fetched.content == b"Here."
    assert internet.connected == [(PUBLIC, 443)]
    assert secure_site.names_asked == ["herald.example"]
    assert secure_site.asked[-1].headers["host"] == "herald.example"


@pytest.mark.usefixtures("_trusted")
def test_a_certificate_of_another_name_is_refused(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, secure_site: Site
) -> None:
    name_site(monkeypatch, settings, secure_site)
    secure_site.asked.clear()

    reason = refuse("https://other.example/")

    assert reason.startswith("the certificate of other.example is not valid (Hostname mismatch")
    assert not secure_site.asked


@pytest.mark.usefixtures("_trusted")
def test_a_certificate_whose_time_is_over_is_refused(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, expired_site: Site
) -> None:
    name_site(monkeypatch, settings, expired_site)

    reason = refuse("https://herald.example/")

    assert "is not valid (certificate has expired)" in reason
    assert not expired_site.asked


def test_a_certificate_that_a_site_made_itself_is_refused(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, secure_site: Site
) -> None:
    name_site(monkeypatch, settings, secure_site)
    secure_site.asked.clear()

    reason = refuse("https://herald.example/")

    assert "the certificate of herald.example is not valid" in reason
    assert not secure_site.asked


def test_a_site_without_certificate_is_refused(site: Site) -> None:
    site.pages["/"] = Page(b"Here.")

    reason = refuse(site.find_address("/").replace("http:", "https:"))

    assert reason == "no secure connection can be made to 127.0.0.1"
