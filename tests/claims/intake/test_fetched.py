"""What is handed in and what feeds name, fetched from a real server on this machine."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from claims.intake.arriving import deliver_address
from claims.intake.fetching import politeness
from claims.intake.looking import look_at_feed
from claims.models import Arrival, Feed
from tests.claims.intake.arrivals import run_jobs
from tests.claims.intake.fetching.sites import Page, Site, forget_sites, serve
from tests.claims.intake.readers.test_html import ADDRESS, make_page

pytestmark = pytest.mark.django_db

ROBOTS = Page(b"User-agent: *\nDisallow: /private", headers={"Content-Type": "text/plain"})


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    """A site that may be fetched from, but not all of it by programs."""
    forget_sites()
    with serve() as made:
        settings.FETCH_PRIVATE = [made.place]
        made.pages["/robots.txt"] = ROBOTS
        yield made
    forget_sites()


def add_page(site: Site, path: str) -> None:
    site.pages[path] = Page(make_page().replace(ADDRESS, f"http://{site.place}{path}").encode())


def answer_unless_unchanged(handler: BaseHTTPRequestHandler) -> None:
    """Answer with a feed, or that it is as it was."""
    is_known = handler.headers.get("If-None-Match") == '"1"'
    items = "".join(f"<item><link>{path}</link></item>" for path in ("/a", "/private"))
    body = b"" if is_known else f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    handler.send_response(304 if is_known else 200)
    handler.send_header("ETag", '"1"')
    if not is_known:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def list_states() -> list[tuple[Any, ...]]:
    return list(Arrival.objects.order_by("where").values_list("state", "reason"))


def test_a_feed_brings_what_its_site_lets_programs_read_and_is_asked_only_for_what_is_new(
    site: Site,
) -> None:
    site.pages["/feed"] = answer_unless_unchanged
    for path in ("/a", "/private"):
        add_page(site, path)
    feed = Feed.objects.create(source=f"http://{site.place}/feed")

    assert look_at_feed(feed) == 2
    run_jobs()
    assert look_at_feed(feed) == 0

    kept, refused = list_states()
    assert kept == ("kept", "")
    assert refused[0] == "refused"
    assert "robots.txt" in refused[1]
    assert feed.problem == ""
    paths = [asked.path for asked in site.asked]
    assert (paths.count("/feed"), paths.count("/a"), paths.count("/private")) == (2, 1, 0)


def test_a_feed_that_programs_may_not_read_is_left_alone(site: Site) -> None:
    feed = Feed.objects.create(source=f"http://{site.place}/private/feed")

    look_at_feed(feed)

    assert "robots.txt" in feed.problem


def test_a_link_that_a_person_hands_in_is_fetched_as_a_browser_would(site: Site) -> None:
    add_page(site, "/private")

    deliver_address(f"http://{site.place}/private")
    run_jobs()

    assert list_states() == [("read", "")]


def test_a_page_of_a_feed_is_tried_again_where_its_site_has_a_fault(site: Site) -> None:
    site.pages["/feed"] = answer_unless_unchanged
    site.pages["/a"] = Page(status=503)
    look_at_feed(Feed.objects.create(source=f"http://{site.place}/feed"))

    run_jobs()

    waiting = list_states()[0]
    assert waiting == ("queued", "the site has a fault; try again later (503)")
    assert ProcrastinateJob.objects.get().scheduled_at is not None
    assert run_jobs() == 0  # before its time


def test_pages_of_a_slow_host_are_put_off_until_their_turns_and_hold_nobody_up(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", fail_to_sleep)
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 20")
    site.pages["/feed"] = Page(
        b"".join(b"http://%s/%d\n" % (site.place.encode(), number) for number in range(3))
    )
    for number in range(3):
        add_page(site, f"/{number}")
    look_at_feed(Feed.objects.create(source=f"http://{site.place}/feed"))

    run_jobs()

    waiting = Arrival.objects.filter(state="queued")
    assert list(waiting.values_list("attempts", "reason")) == [(0, ""), (0, "")]
    assert site.list_paths().count("/0") == 1
    jobs = ProcrastinateJob.objects.order_by("id")
    first, second = jobs.exclude(scheduled_at=None).values_list("scheduled_at", flat=True)
    assert 10 < (second - first).total_seconds() < 30


def fail_to_sleep(seconds: float) -> None:
    pytest.fail(f"a job waits for {seconds} seconds")


def test_a_feed_whose_host_is_asked_something_else_is_looked_at_later_and_has_not_failed(
    site: Site,
) -> None:
    feed = Feed.objects.create(source=f"http://{site.place}/feed")
    politeness.find_turn(site.host).free_at = time.monotonic() + 25

    look_at_feed(feed)

    feed.refresh_from_db()
    assert (feed.failures, feed.problem, feed.last_looked_at) == (0, "", None)
    job = ProcrastinateJob.objects.get()
    assert job.args == {"feed": feed.pk}
    assert job.scheduled_at
    assert (job.scheduled_at - timezone.now()).total_seconds() > 15


def test_what_is_turned_off_is_told(site: Site, settings: Settings) -> None:
    settings.FETCH = False

    deliver_address(f"http://{site.place}/a")
    run_jobs()

    assert "NEWSROOM_FETCH is 0" in list_states()[0][1]
