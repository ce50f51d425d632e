"""The feeds with their state; curators add, pause and remove them."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries, Settings

from claims.intake.queueing import LOOK_AT_FEED
from claims.models import Arrival, Article, Feed
from tests.arrivals import make_arrival, make_delivery
from tests.factories import make_article

pytestmark = pytest.mark.django_db

ADDRESS = "https://news.example/feed.xml"


@pytest.fixture(autouse=True)
def public(settings: Settings) -> None:
    settings.ANYBODY_MAY_ADD = False


@pytest.fixture
def member(client: Client) -> Client:
    """The browser of a curator of feeds."""
    user = User.objects.create_user("Ruth")
    codes = ("view_feed", "add_feed", "change_feed", "delete_feed")
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    return client


def make_feed(source: str = ADDRESS, **values: Any) -> Feed:
    return Feed.objects.create(source=source, **values)


def list_looks_queued() -> list[int]:
    """Return which feeds are to be looked at next."""
    jobs = ProcrastinateJob.objects.filter(task_name=LOOK_AT_FEED)
    return [job.args["feed"] for job in jobs]


def page_of(response: Any) -> str:
    return unescape(response.content.decode())


def test_a_curator_adds_a_feed_that_is_looked_at_at_once(member: Client) -> None:
    response = member.post("/feeds/", {"source": ADDRESS, "minutes": "30"}, follow=True)

    made = Feed.objects.get()
    assert (made.source, made.minutes_between_looks) == (ADDRESS, 30)
    assert str(made.added_by) == "Ruth"
    assert list_looks_queued() == [made.pk]
    page = page_of(response)
    assert ADDRESS in page
    assert "not checked yet" in page
    assert "every 30 minutes" in page


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"source": ""}, "Give the address of a feed."),
        ({"source": "news"}, "This is not the address of a web page"),
        ({"source": "javascript:alert(1)"}, "This is not the address of a web page"),
        ({"source": "/etc"}, "Only folders within"),
        ({"source": ADDRESS, "minutes": "0"}, "once a minute at most"),
        ({"source": ADDRESS, "minutes": "99999"}, "once a week at least"),
        ({"source": ADDRESS, "minutes": "often"}, "Give a number of minutes."),
        ({"source": "https://news.example/known"}, "This feed is here already."),
    ],
)
def test_what_is_no_feed_is_said_beside_its_field(
    member: Client, values: dict[str, str], said: str
) -> None:
    make_feed("https://news.example/known")

    response = member.post("/feeds/", values)

    assert response.status_code == 400
    assert said in page_of(response)
    assert Feed.objects.count() == 1


def test_a_feed_tells_its_state_its_problem_and_its_articles(member: Client) -> None:
    feed = make_feed(
        name="Harbour Herald",
        problem="its site does not answer",
        failures=3,
        last_looked_at=timezone.now() - timedelta(hours=2),
    )
    for article in (make_article(), make_article()):
        arrival = make_arrival(make_delivery(feed=feed), "kept")
        Arrival.objects.filter(pk=arrival.pk).update(article=article)
    make_arrival(make_delivery(feed=feed), "refused")
    make_feed("https://news.example/paused", is_active=False)

    page = page_of(member.get("/feeds/"))

    for words in (
        "Harbour Herald",
        "2 articles in the last month",
        "Failed 3 times:",
        "its site does not answer",
        "2\xa0hours ago",
        ">paused<",
        "2 feeds",
    ):
        assert words in page, words


def test_a_feed_is_paused_looked_at_again_and_removed(member: Client) -> None:
    feed = make_feed()
    arrival = make_arrival(make_delivery(feed=feed), "kept")
    Arrival.objects.filter(pk=arrival.pk).update(article=make_article())
    address = f"/feeds/{feed.pk}/"

    member.post(address, {"what": "pause"})
    feed.refresh_from_db()
    assert not feed.is_active

    member.post(address, {"what": "look"})
    feed.refresh_from_db()
    assert feed.is_active
    assert list_looks_queued() == [feed.pk]

    assert "Its articles stay." in page_of(member.post(address, {"what": "remove"}, follow=True))
    assert not Feed.objects.exists()
    assert Article.objects.exists()
    assert member.post(address, {"what": "look"}).status_code == 404


def test_what_a_feed_has_brought_is_listed_by_state(member: Client) -> None:
    feed = make_feed()
    make_arrival(make_delivery(feed=feed), "refused", reason="it is behind a paywall")
    make_arrival(make_delivery(feed=feed), "queued", path="https://news.example/next")
    make_arrival(make_delivery(), "refused", reason="of nobody's feed")

    page = page_of(member.get(f"/feeds/{feed.pk}/"))
    refused = page_of(member.get(f"/feeds/{feed.pk}/?state=refused"))

    assert "2 documents" in page
    assert "It is behind a paywall" in page
    assert "https://news.example/next" in page
    assert "of nobody's feed" not in page
    assert "1 document<" in refused
    assert "https://news.example/next" not in refused
    assert "There is no filter" in page_of(member.get(f"/feeds/{feed.pk}/?sing=1"))


@pytest.mark.parametrize("what", ["", "sing", "a\0b"])
def test_what_is_not_understood_changes_nothing(member: Client, what: str) -> None:
    feed = make_feed()

    assert "Nothing was changed." in page_of(
        member.post(f"/feeds/{feed.pk}/", {"what": what}, follow=True)
    )
    assert Feed.objects.get().is_active


@pytest.mark.parametrize("what", ["pause", "look", "remove"])
def test_feeds_are_for_curators(client: Client, staff: Callable[..., Client], what: str) -> None:
    feed = make_feed("https://user:secret@news.example/feed")

    assert client.get("/feeds/").status_code == 403
    assert client.get(f"/feeds/{feed.pk}/").status_code == 403
    assert "/feeds/" not in page_of(client.get("/add/"))
    viewer = staff("view_feed")
    assert "Add this feed" not in page_of(viewer.get("/feeds/"))
    for browser in (client, viewer):
        assert browser.post("/feeds/", {"source": ADDRESS}).status_code == 403
        assert browser.post(f"/feeds/{feed.pk}/", {"what": what}).status_code == 403
    feed.refresh_from_db()
    assert feed.is_active
    assert Feed.objects.count() == 1


def test_on_a_site_of_this_machine_alone_anybody_adds_feeds(
    client: Client, settings: Settings
) -> None:
    settings.ANYBODY_MAY_ADD = True

    assert client.post("/feeds/", {"source": ADDRESS}).status_code == 302
    assert 'href="/feeds/"' in page_of(client.get("/add/"))


def test_no_source_makes_an_element(member: Client) -> None:
    make_feed("https://news.example/<img>", name="<img src=x>", problem="<img src=x>")

    page = member.get("/feeds/").content.decode()

    assert "<img" not in page
    assert page.count("&lt;img") > 5


@pytest.mark.parametrize("feeds", [1, 40])
def test_the_page_takes_the_same_queries_whatever_it_holds(
    client: Client,
    settings: Settings,
    feeds: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.ANYBODY_MAY_ADD = True
    for number in range(feeds):
        make_feed(f"https://news.example/{number}")

    with django_assert_num_queries(2):  # how many, and a page of them
        client.get("/feeds/")
