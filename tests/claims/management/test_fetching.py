"""`read` and `ingest` with addresses, over a real server on this machine."""

import json
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django import Settings

from claims.intake.fetching.answers import TURNED_OFF
from claims.intake.fetching.guard import NOT_PUBLIC
from claims.intake.fetching.robots import NOT_ALLOWED
from claims.models import Article
from tests.claims.intake.fetching.sites import Page, Site, forget_sites, serve
from tests.claims.intake.readers.reading import TEXT
from tests.claims.intake.readers.test_html import ADDRESS, make_page


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    """A site with an article, a feed that leads to it, and a page that programs may not read."""
    forget_sites()
    with serve() as site:
        settings.FETCH_PRIVATE = [site.place]
        links = [site.find_address(path) for path in ("/story", "/private", "/none")]
        items = "".join(f"<item><title>A story</title><link>{link}</link></item>" for link in links)
        feed = f"<rss version='2.0'><channel><title>Herald</title>{items}</channel></rss>"
        site.pages["/story"] = Page(make_page().encode())
        site.pages["/private"] = Page(make_page().encode())
        site.pages["/feed"] = Page(feed.encode(), headers={"ETag": '"7"'})
        site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private")
        yield site


def run(*words: str) -> int:
    """Run a command; return its exit status."""
    try:
        call_command(*words)
    except SystemExit as status:
        return int(status.code or 0)
    return 0


def test_read_shows_what_is_at_an_address(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    status = run("read", site.find_address("/story"))

    (line,) = capsys.readouterr().out.splitlines()
    document = json.loads(line)
    assert status == 0
    assert (document["path"], document["url"]) == (site.find_address("/story"), ADDRESS)
    assert (document["text"], document["date"]) == (TEXT, "2024-03-05")


def test_read_shows_what_a_feed_leads_to_and_why_something_is_refused(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run("read", site.find_address("/feed"))

    story, private, none = map(json.loads, capsys.readouterr().out.splitlines())
    assert status == 1
    assert story["text"] == TEXT
    assert private["refused"] == NOT_ALLOWED
    assert none["refused"] == "there is no page at this address (404)"
    assert none["path"] == f"{site.find_address('/feed')}: item 3 ({site.find_address('/none')})"
    assert "/private" not in site.list_paths()


def test_read_refuses_what_is_not_let_in(
    site: Site, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.FETCH_PRIVATE = []
    run("read", site.find_address("/story"))
    settings.FETCH = False
    run("read", site.find_address("/story"))

    private, off = map(json.loads, capsys.readouterr().out.splitlines())
    assert private["refused"] == f"127.0.0.1 {NOT_PUBLIC}"
    assert off["refused"] == TURNED_OFF
    assert not site.asked


@pytest.mark.django_db(transaction=True)
def test_ingest_stores_what_is_at_an_address_and_names_what_is_not(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run("ingest", site.find_address("/feed"), site.find_address("/gone"))

    said = capsys.readouterr()
    assert status == 1
    assert Article.objects.get().url == ADDRESS
    assert (
        f"not in: {site.find_address('/gone')}: there is no page at this address (404)" in said.err
    )
    assert "1 new" in said.out
    assert "3 not in" in said.out


@pytest.mark.django_db(transaction=True)
def test_a_feed_that_is_looked_at_again_is_fetched_only_if_it_has_changed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_after_one(seconds: float) -> None:
        if site.list_paths().count("/feed") == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("claims.management.commands.ingest.time.sleep", stop_after_one)
    run("ingest", site.find_address("/feed"), "--every=1")

    feeds = [asked for asked in site.asked if asked.path == "/feed"]
    assert "if-none-match" not in feeds[0].headers
    assert feeds[1].headers["if-none-match"] == '"7"'
    assert site.list_paths().count("/story") == 1
