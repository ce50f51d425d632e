"""Feeds: what an address or a folder has that it did not have before comes in by itself."""

import json
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from claims.intake.addresses import canonicalize_address
from claims.intake.arriving.delivering import add_arrivals
from claims.intake.feed_entries import NO_FEED, SITEMAPS
from claims.intake.looking import (
    check_feed_source,
    forget_old_items,
    look_at_feed,
    queue_due_feeds,
)
from claims.intake.queueing import LOOK_AT_FEED, queue_look
from claims.models import Arrival, Article, ArticleAddress, Delivery, Feed, FeedItem
from claims.models.refusals import Refused
from tests.claims.intake.arrivals import Web, count_jobs, run_jobs
from tests.claims.intake.quick_readers import TEXT, QuickReaders
from tests.claims.intake.readers.test_html import ADDRESS, make_page
from tests.factories import make_article

pytestmark = pytest.mark.django_db

FEED = "https://harbour.example/feed.xml"


def make_rss(*names: str, more: str = "") -> str:
    items = "".join(
        f"<item><title>Item {name}</title><link>/{name}</link><guid>{name}</guid>"
        f"<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><description>In short.</description></item>"
        for name in names
    )
    return f'<rss version="2.0"><channel><title>Harbour Herald</title>{items}{more}</channel></rss>'


def add_page(web: Web, name: str) -> str:
    address = f"https://harbour.example/{name}"
    web.add(address, make_page().replace(ADDRESS, address))
    return address


def make_feed(source: str = FEED, **values: Any) -> Feed:
    return Feed.objects.create(source=source, **values)


def test_new_entries_of_a_feed_become_articles_and_none_is_fetched_twice(web: Web) -> None:
    feed = make_feed()
    web.add(FEED, make_rss("a", "b"), etag='"1"', last_modified="Tue, 05 Mar 2024 10:00:00 GMT")
    first = [add_page(web, name) for name in ("a", "b")]
    assert look_at_feed(feed) == 2
    run_jobs()
    web.add(FEED, make_rss("c", "a", "b"))
    third = add_page(web, "c")

    assert look_at_feed(feed) == 1
    run_jobs()

    assert sorted(web.fetched) == sorted([FEED, *first, FEED, third])
    assert web.marks == [("", ""), ('"1"', "Tue, 05 Mar 2024 10:00:00 GMT")]
    assert Article.objects.count() == 3
    assert set(Arrival.objects.values_list("state", flat=True)) == {"kept"}
    assert feed.name == "Harbour Herald"


def test_a_feed_that_has_not_changed_brings_nothing(web: Web) -> None:
    feed = make_feed(etag='"1"', failures=3, problem="there was a fault")
    web.add(FEED, "", is_unchanged=True)

    assert look_at_feed(feed) == 0

    feed.refresh_from_db()
    assert (feed.etag, feed.failures, feed.problem) == ('"1"', 0, "")
    assert not Delivery.objects.exists()


def test_an_entry_that_came_by_another_way_is_not_fetched_again(web: Web) -> None:
    article = make_article(key="https://harbour.example/a")
    ArticleAddress.objects.create(article=article, address=canonicalize_address(article.key))
    web.add(FEED, make_rss("a", "b"))

    assert look_at_feed(make_feed()) == 1

    assert Arrival.objects.get().address == "https://harbour.example/b"


def test_an_entry_that_was_refused_is_not_fetched_again(web: Web) -> None:
    feed = make_feed()
    web.add(FEED, make_rss("a"))
    look_at_feed(feed)
    run_jobs()
    Delivery.objects.all().delete()

    assert look_at_feed(feed) == 0


def test_the_whole_text_in_a_feed_is_read_where_its_page_cannot_be_fetched(web: Web) -> None:
    words = " ".join(["Ana Bell said the bridge is safe and stays open all year."] * 9)
    item = {"id": "1", "url": "/a", "title": "Bridge", "content_text": words}
    lone = {"id": "2", "title": "Ferry", "content_text": words, "date_published": "2024-03-05"}
    record = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Herald",
        "items": [{**item, "date_published": "2024-03-05T10:00:00Z"}, lone, "odd"],
    }
    web.add(FEED, json.dumps(record))

    assert look_at_feed(make_feed()) == 2
    run_jobs()

    titles = Article.objects.order_by("title").values_list("title", "url")
    assert list(titles) == [("Bridge", "https://harbour.example/a"), ("Ferry", "")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (make_page(), "it is a web page, not a feed"),
        (
            make_page(head='<link rel="alternate" type="application/rss+xml" href="/rss">'),
            "it is a web page, not a feed; it names the feed https://harbour.example/rss",
        ),
        ("Nothing.", NO_FEED),
        ("<a><b/></a>", NO_FEED),
        ("<rss><channel>", "the feed has no items"),
        ('<?xml version="1.0"?><sitemapindex><sitemap/></sitemapindex>', SITEMAPS),
    ],
    ids=["page", "page with a feed", "text", "xml", "torn feed", "index of sitemaps"],
)
def test_what_is_no_feed_is_told_in_plain_words(web: Web, content: str, reason: str) -> None:
    feed = make_feed()
    web.add(FEED, content)

    assert look_at_feed(feed) == 0

    feed.refresh_from_db()
    assert (feed.problem, feed.failures) == (reason, 1)


def test_a_sitemap_and_a_list_of_addresses_are_feeds_too(web: Web) -> None:
    sitemap = f"{FEED}?sitemap"
    addresses = [add_page(web, name) for name in ("a", "b", "c")]
    web.add(sitemap, f"<urlset><url><loc>{addresses[0]}</loc></url></urlset>")
    web.add(FEED, "\n".join(addresses))

    assert look_at_feed(make_feed(sitemap)) == 1
    run_jobs()
    assert look_at_feed(make_feed()) == 2
    run_jobs()

    assert sorted(Article.objects.values_list("url", flat=True)) == addresses


def test_a_feed_that_fails_is_left_alone_twice_as_long_each_time_up_to_a_day(web: Web) -> None:
    feed = make_feed(minutes_between_looks=60)
    web.pages[FEED] = Refused("the site has a fault")

    waits = []
    for _ in range(7):
        look_at_feed(feed)
        assert feed.last_looked_at
        waits.append((feed.next_look_at - feed.last_looked_at) / timedelta(hours=1))

    assert waits == [2, 4, 8, 16, 24, 24, 24]
    web.add(FEED, make_rss())
    look_at_feed(feed)
    assert (feed.failures, feed.problem) == (0, "")
    assert feed.last_looked_at
    assert feed.next_look_at - feed.last_looked_at == timedelta(hours=1)


def test_a_feed_is_looked_at_when_it_is_due_and_not_twice(web: Web) -> None:
    due = make_feed()
    make_feed(f"{FEED}?2", next_look_at=timezone.now() + timedelta(minutes=5))
    make_feed(f"{FEED}?3", is_active=False)
    web.add(FEED, make_rss())

    assert queue_due_feeds() == 1
    assert queue_due_feeds() == 0
    assert count_jobs(LOOK_AT_FEED) == 1
    run_jobs()

    due.refresh_from_db()
    assert due.last_looked_at
    assert web.fetched == [FEED]


def test_a_feed_can_be_looked_at_at_once(web: Web) -> None:
    web.add(FEED, make_rss("a"))
    add_page(web, "a")

    queue_look(make_feed(next_look_at=timezone.now() + timedelta(days=1)))
    run_jobs()

    assert Arrival.objects.get().state == "kept"


def test_what_a_feed_has_not_had_for_long_is_forgotten(web: Web) -> None:
    feed = make_feed()
    web.add(FEED, make_rss("a", "b"))
    look_at_feed(feed)
    FeedItem.objects.update(seen_at=timezone.now() - timedelta(days=91))
    web.add(FEED, make_rss("b"))
    look_at_feed(feed)

    assert forget_old_items() == 1
    assert feed.items.count() == 1


# Folders


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """A folder that may be a feed, with an article in it and one in a folder within."""
    settings.FEED_FOLDERS = [str(tmp_path)]
    inbox = tmp_path / "inbox"
    (inbox / "more").mkdir(parents=True)
    write_article(inbox / "a.txt", "a")
    write_article(inbox / "more" / "b.txt", "b")
    write_article(inbox / ".hidden.txt", "hidden")
    (inbox / "picture.png").write_bytes(b"")
    (inbox / "link").symlink_to(inbox)
    return inbox


def write_article(path: Path, name: str, text: str = TEXT) -> None:
    path.write_text(f"Article {name}\n20240305\nhttps://harbour.example/{name}\n{text}\n")
    make_older(path, seconds=60)


def make_older(path: Path, seconds: float) -> None:
    before = time.time() - seconds
    os.utime(path, (before, before))


def test_what_is_in_a_folder_becomes_articles_and_is_read_again_only_when_it_changes(
    folder: Path,
) -> None:
    feed = make_feed(str(folder))
    readers = QuickReaders()
    assert look_at_feed(feed) == 2
    assert look_at_feed(feed) == 0
    run_jobs(readers)
    assert sorted(Article.objects.values_list("title", flat=True)) == ["Article a", "Article b"]

    write_article(folder / "a.txt", "a", f"{TEXT} Eve Dent said the toll is high.")
    make_older(folder / "a.txt", seconds=30)
    write_article(folder / "c.txt", "c")

    assert look_at_feed(feed) == 2
    run_jobs(readers)
    assert len(readers.articles) == 4
    assert Article.objects.get(title="Article a").quotes.count() == 3
    assert Article.objects.count() == 3


def test_a_file_that_is_still_written_waits_for_the_next_look(folder: Path) -> None:
    feed = make_feed(str(folder))
    make_older(folder / "a.txt", seconds=0)

    assert look_at_feed(feed) == 1
    make_older(folder / "a.txt", seconds=10)
    assert look_at_feed(feed) == 1


def test_a_look_at_a_large_folder_asks_for_many_files_at_once(
    folder: Path, django_assert_max_num_queries: Any
) -> None:
    feed = make_feed(str(folder))
    for number in range(300):
        write_article(folder / f"{number}.txt", str(number))
    look_at_feed(feed)

    with django_assert_max_num_queries(7):
        assert look_at_feed(feed) == 0


def test_what_is_in_a_folder_that_cannot_be_read_is_told_and_the_rest_goes_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = make_feed(str(folder))
    scan = os.scandir

    def refuse_more(path: Any) -> Any:
        if str(path).endswith("more"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse_more)

    look_at_feed(feed)

    assert "more cannot be read (Permission denied)" in feed.problem
    assert Arrival.objects.get().where == str(folder / "a.txt")


def test_a_file_that_is_gone_before_it_is_read_is_refused(folder: Path) -> None:
    look_at_feed(make_feed(str(folder)))
    (folder / "a.txt").unlink()

    run_jobs()

    refused = Arrival.objects.get(state="refused")
    assert (refused.where, refused.reason) == (
        str(folder / "a.txt"),
        "there is no such file or folder",
    )


def test_only_folders_that_the_settings_name_are_read(tmp_path: Path, settings: Settings) -> None:
    settings.FEED_FOLDERS = [str(tmp_path / "inbox")]
    for name in ("inbox", "inbox/news", "inbox2"):
        (tmp_path / name).mkdir()
    (tmp_path / "inbox" / "out").symlink_to("/etc")

    assert check_feed_source(f"{tmp_path}/inbox/news/") == f"{tmp_path}/inbox/news"
    for path in ("/etc", "/", f"{tmp_path}/inbox2", f"{tmp_path}/inbox/../inbox2",
                 f"{tmp_path}/inbox/out"):  # fmt: skip
        with pytest.raises(Refused, match="only folders within"):
            check_feed_source(path)
        feed = make_feed(path)
        look_at_feed(feed)
        assert "NEWSROOM_FOLDERS" in feed.problem
    with pytest.raises(Refused, match="there is no folder"):
        check_feed_source(f"{tmp_path}/inbox/nothing")


def test_the_source_of_a_feed_may_be_an_address_and_nothing_else() -> None:
    assert check_feed_source("harbour.example/feed ") == "https://harbour.example/feed"
    with pytest.raises(Refused, match="not the address of a web page"):
        check_feed_source("inbox")


def test_a_path_that_slipped_in_as_an_address_is_not_read(settings: Settings) -> None:
    settings.FEED_FOLDERS = ["/nowhere"]
    delivery = Delivery.objects.create(token="t")
    add_arrivals(delivery, [Arrival(where="x", address="/etc/passwd")], is_urgent=True)

    run_jobs()

    assert "only folders within" in delivery.arrivals.get().reason


def test_a_file_whose_name_no_row_can_hold_is_refused_and_the_others_come_in(
    tmp_path: Path, settings: Settings
) -> None:
    settings.FEED_FOLDERS = [str(tmp_path)]
    for name in (b"caf\xe9.txt", b"good.txt"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
            file.write(TEXT.encode())
        os.utime(file.name, (0, 0))
    feed = Feed.objects.create(source=str(tmp_path))

    look_at_feed(feed)

    states = {arrival.where.rpartition("/")[2]: arrival.state for arrival in Arrival.objects.all()}
    assert states == {"caf?.txt": "refused", "good.txt": "queued"}
    assert feed.problem == ""


def test_a_feed_that_is_cut_off_brings_its_whole_items_and_says_so(
    web: Web, client: Client
) -> None:
    feed = make_feed()
    whole = make_rss("a", "b", "c")
    web.add(FEED, whole[: whole.index("Item c") + 3], etag='"1"')
    for name in ("a", "b", "c"):
        add_page(web, name)

    new = look_at_feed(feed)

    feed.refresh_from_db()
    reason = "the feed is cut off behind 2 whole items, which are read"
    assert (new, feed.problem, feed.failures, feed.etag) == (2, reason, 0, "")
    for address in ("/feeds/", feed.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Not all of it could be read:" in page
        assert reason in page
    (delivery,) = Delivery.objects.filter(feed=feed)
    documents = client.get(f"/api/v1/deliveries/{delivery.token}/").json()["documents"]
    told = {document["where"]: (document["state"], document["reason"]) for document in documents}
    assert told[FEED] == ("refused", reason)
    assert len(told) == 3

    web.add(FEED, whole, etag='"2"')
    assert look_at_feed(feed) == 1
    feed.refresh_from_db()
    assert (feed.problem, feed.etag) == ("", '"2"')


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (make_rss("a")[:-60].partition("</item>")[0], "cut off before the end of its first item"),
        (make_rss("a").replace("</rss>", "<rss>"), ""),
        (make_rss("a").replace("Item a", "Item&nbsp;a"), ""),
        (make_rss("a") + "\n<!-- made in 0.1 s -->\n", ""),
    ],
    ids=["no whole item", "end tag without a slash", "odd entity", "comment behind"],
)
def test_what_is_odd_in_a_feed_is_told_only_where_it_costs_items(
    web: Web, content: str, reason: str
) -> None:
    feed = make_feed()
    web.add(FEED, content)
    add_page(web, "a")

    look_at_feed(feed)

    feed.refresh_from_db()
    assert reason in feed.problem
    if not reason:
        assert Arrival.objects.filter(address="https://harbour.example/a").exists()
