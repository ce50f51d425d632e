"""Documents on their way in, from what is handed over to an article."""

import io
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from claims.extraction.records import ArticleText
from claims.intake import fetched
from claims.intake.arriving import (
    deliver_address,
    deliver_files,
    deliver_text,
    delivering,
    discard_delivery,
    forget_old_deliveries,
    keep_arrival,
    open_arrival,
    opening,
    queue_lost_arrivals,
    read_arrival,
)
from claims.intake.handed_in import HandedIn, read_handed_in
from claims.intake.queueing import OPEN_ARRIVAL, READ_ARRIVAL
from claims.intake.readers import Document, Link, read_content
from claims.intake.readers.lines import build_line, read_line
from claims.intake.readers.sources import ReadItem
from claims.jobs import ReaderDied, WorkerEnds
from claims.models import Arrival, ArrivalState, Article, Delivery, Feed, Quote
from claims.models.refusals import Refused
from tests.claims.intake.arrivals import Web, count_jobs, run_jobs
from tests.claims.intake.quick_readers import TEXT, VERSION, QuickReaders, find_quotes
from tests.claims.intake.readers.test_html import ADDRESS, make_page

pytestmark = pytest.mark.django_db


def get_states(delivery: Delivery) -> list[str]:
    return list(delivery.arrivals.values_list("state", flat=True))


def deliver_read(text: str = TEXT, **values: Any) -> Any:
    """Return a text that has arrived and been read."""
    delivery = deliver_text(text, title="Bridge and ferry", date="2024-03-05", **values)
    run_jobs()
    return delivery.arrivals.get()


def test_a_text_is_read_and_waits_until_somebody_keeps_it() -> None:
    arrival = deliver_read()

    assert arrival.state == ArrivalState.READ
    assert arrival.document["title"] == "Bridge and ferry"
    assert (arrival.document["date"], arrival.document["text"]) == ("2024-03-05", TEXT)
    assert len(arrival.attributions) == 2
    assert (arrival.content, arrival.extractor) == (None, VERSION)
    assert not Article.objects.exists()


def test_what_is_kept_is_an_article_as_it_was_corrected_with_the_quotes_as_they_were_read() -> None:
    arrival = deliver_read()
    user = User.objects.create_user("Clara")

    article = keep_arrival(
        arrival, {"title": "The bridge is safe", "publisher": "Harbour Herald", "date": ""}, user
    )

    assert (article.title, article.outlet.name) == ("The bridge is safe", "Harbour Herald")
    assert (article.published_on, article.extractor) == (None, VERSION)
    quotes = Quote.objects.order_by("cue_start").values_list("actor__name", "content")
    assert list(quotes) == [("Ana Bell", "the bridge is safe"), ("Tom Kane", "the ferry is late")]
    assert (arrival.state, arrival.outcome, arrival.article) == ("kept", "new", article)


def test_what_is_kept_twice_is_one_article() -> None:
    arrival = deliver_read()

    first = keep_arrival(arrival, {}, None)
    second = keep_arrival(arrival, {"title": "Another"}, None)

    assert first == second
    assert Article.objects.get().title == "Bridge and ferry"


def test_what_was_kept_before_as_it_is_stays_as_it_is() -> None:
    article = keep_arrival(deliver_read(), {}, None)
    again = deliver_read()

    assert keep_arrival(again, {}, None) == article
    assert again.outcome == "unchanged"


@pytest.mark.parametrize(
    ("corrections", "reason"),
    [
        ({"date": "yesterday"}, "date"),
        ({"url": "harbour"}, "not an http or https URL"),
        ({"text": "Nobody spoke."}, "text cannot be corrected here"),
        ({"title": "A\0"}, "control character"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_so_is_refused_and_may_be_corrected_again(
    corrections: dict[str, str], reason: str
) -> None:
    arrival = deliver_read()

    with pytest.raises(Refused, match=reason):
        keep_arrival(arrival, corrections, None)

    assert not Article.objects.exists()
    assert keep_arrival(arrival, {}, None)


def test_what_has_not_been_read_cannot_be_kept() -> None:
    arrival = deliver_text(TEXT).arrivals.get()

    with pytest.raises(Refused, match="it has not been read yet"):
        keep_arrival(arrival, {}, None)


def test_what_keeps_itself_is_an_article_once_it_is_read() -> None:
    arrival = deliver_read(keeps_itself=True)

    assert arrival.state == ArrivalState.KEPT
    assert arrival.article == Article.objects.get()
    assert Quote.objects.count() == 2


def test_what_keeps_itself_and_is_an_article_already_is_not_read_again() -> None:
    deliver_read(keeps_itself=True)
    readers = QuickReaders()

    delivery = deliver_text(TEXT, title="Bridge and ferry", date="2024-03-05", keeps_itself=True)
    run_jobs(readers)

    assert readers.articles == []
    arrival = delivery.arrivals.get()
    assert (arrival.state, arrival.outcome) == ("kept", "unchanged")
    assert arrival.article == Article.objects.get()


def test_a_page_is_fetched_and_read_by_its_address(web: Web) -> None:
    web.add(ADDRESS, make_page())

    delivery = deliver_address(f" {ADDRESS.removeprefix('https://')} ")
    run_jobs()

    arrival: Any = delivery.arrivals.get()
    assert (arrival.state, arrival.document["url"]) == ("read", ADDRESS)
    assert arrival.document["author"] == "Ana Bell"


def test_a_page_that_cannot_be_fetched_is_refused_with_the_reason(web: Web) -> None:
    web.pages[ADDRESS] = Refused("the site has a fault; try again later (503)")

    delivery = deliver_address(ADDRESS)
    run_jobs()

    arrival = delivery.arrivals.get()
    assert (arrival.state, arrival.reason) == (
        "refused",
        "the site has a fault; try again later (503)",
    )
    assert count_jobs() == 0


@pytest.mark.parametrize(
    "address",
    ["", "harbour", "ftp://harbour.example/", "https://", "https://a b.example/", "file:///etc/x",
     "javascript:alert(1)", "https://a.example/\0", "https://[a.example/", "/etc/passwd"],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused_at_once(address: str) -> None:
    with pytest.raises(Refused, match="not the address of a web page"):
        deliver_address(address)

    assert not Delivery.objects.exists()


def make_zip(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_each_document_of_a_zip_arrives_and_each_broken_one_says_why() -> None:
    packed = make_zip(
        {
            "a.html": make_page(),
            "b.txt": "Short.",
            "c.jsonl": '{"id": "1", "text": "Ana Bell said the toll is high."}\n{oops\n',
        }
    )

    delivery = deliver_files([("news.zip", packed)])
    run_jobs()

    found = {each.where: (each.state, each.reason) for each in delivery.arrivals.all()}
    assert list(found) == [
        "news.zip/a.html",
        "news.zip/b.txt",
        "news.zip/c.jsonl:1",
        "news.zip/c.jsonl:2",
    ]
    assert [state for state, _ in found.values()] == ["read", "refused", "read", "refused"]
    assert "too little text" in found["news.zip/b.txt"][1]
    assert "not JSON" in found["news.zip/c.jsonl:2"][1]


def test_too_much_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "LARGEST_DELIVERY", 100)
    monkeypatch.setattr(delivering, "MOST_FILES", 3)
    monkeypatch.setattr(delivering, "LONGEST_TEXT", 100)

    attempts: list[tuple[Callable[[], Any], str]] = [
        (lambda: deliver_text("a" * 101), "the text is longer than 100 characters"),
        (lambda: deliver_text(" \n"), "there is no text"),
        (lambda: deliver_files([("a.txt", b"a" * 101)]), "101 bytes together; 100 can be"),
        (lambda: deliver_files([("a.txt", b"a")] * 4), "these are 4 files; hand in 3 at once"),
        (lambda: deliver_files([]), "there is no file"),
    ]
    for hand_over, reason in attempts:
        with pytest.raises(Refused, match=reason):
            hand_over()

    assert not Delivery.objects.exists()


def test_a_file_that_is_too_large_is_refused_and_the_others_go_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivering, "LARGEST_FILE", 1000)

    delivery = deliver_files([("a.txt", TEXT.encode()), ("b.txt", b"a" * 1001)])
    run_jobs()

    assert get_states(delivery) == ["read", "refused"]
    refused = delivery.arrivals.get(state="refused")
    assert (refused.where, refused.reason) == ("b.txt", "it has 1,001 bytes; a file may have 1,000")
    assert refused.content is None


def test_files_of_one_name_are_told_apart_and_names_have_no_folders() -> None:
    names = ["a.txt", "../a.txt", "C:\\news\\a.txt", "\0", "b" * 300 + ".jsonl.gz"]

    delivery = deliver_files([(name, b"") for name in names])

    given = list(delivery.arrivals.values_list("where", flat=True))
    assert given[:4] == ["a.txt", "2 a.txt", "3 a.txt", "file without a name"]
    assert given[4].endswith("b….jsonl.gz")
    assert len(given[4]) == delivering.LONGEST_NAME


def test_more_documents_than_one_may_hand_in_are_left_out_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "MOST_DOCUMENTS", 2)
    lines = "".join(f'{{"id": "{i}", "text": "Text {i}."}}\n' for i in range(5))

    delivery = deliver_files([("a.jsonl", lines.encode())])
    run_jobs()

    assert get_states(delivery) == ["read", "read", "refused"]
    assert "documents; the rest is not read" in delivery.arrivals.last().reason  # type: ignore[union-attr]


def test_a_file_with_nothing_in_it_is_refused() -> None:
    delivery = deliver_files([("a.jsonl", b"\n\n"), ("b.zip", make_zip({}))])
    run_jobs()

    assert set(delivery.arrivals.values_list("state", "reason")) == {
        ("refused", opening.NOTHING_IN_IT)
    }


def test_a_list_of_addresses_brings_its_pages_but_no_further_lists(web: Web) -> None:
    further = "https://harbour.example/list"
    web.add(ADDRESS, make_page())
    web.add(further, f"{ADDRESS}\n{further}\n", content_type="text/plain")

    delivery = deliver_files([("list.txt", f"{ADDRESS}\n{further}\n".encode())])
    run_jobs()

    found = list(delivery.arrivals.values_list("state", "reason"))
    assert found == [("read", ""), ("refused", opening.TOO_DEEP), ("refused", opening.TOO_DEEP)]


# What goes wrong on the way


class Killed(BaseException):
    """The worker ends at this moment, whatever it is at."""


def open_until(killed_after: int) -> Any:
    """Return what reads so many documents and is killed then."""

    def read(handed_in: HandedIn) -> Iterator[ReadItem | Link]:
        for number, item in enumerate(read_handed_in(handed_in)):
            if number == killed_after:
                raise Killed
            yield item

    return read


def test_an_opening_that_is_cut_off_and_done_again_finds_each_document_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "ITEMS_STORED_AT_ONCE", 2)
    lines = "".join(f'{{"id": "{i}", "text": "Text {i}."}}\n' for i in range(7))
    delivery = deliver_files([("a.jsonl", lines.encode())])
    source = delivery.arrivals.get()

    for killed_after in (4, 6):
        with pytest.raises(Killed):
            open_arrival(source, open_until(killed_after))
    assert delivery.arrivals.count() > 1
    open_arrival(source)

    places = sorted(delivery.arrivals.values_list("where", flat=True))
    assert places == [f"a.jsonl:{number}" for number in range(1, 8)]
    assert count_jobs(READ_ARRIVAL) == 7


def test_what_ends_its_worker_three_times_is_given_up_with_the_reason() -> None:
    arrival = deliver_text(TEXT).arrivals.get()
    open_arrival(arrival)

    def kill(article: ArticleText) -> list[dict[str, Any]]:
        raise Killed

    for _ in range(3):
        with pytest.raises(Killed):
            read_arrival(arrival, kill, VERSION)
    read_arrival(arrival, find_quotes, VERSION)

    arrival.refresh_from_db()
    assert arrival.state == ArrivalState.REFUSED
    assert arrival.reason == (
        "given up: the program that reads it ended 3 times in the middle of it"
    )


class FailingReaders(QuickReaders):
    """Fails with an error as often as it is asked."""

    def __init__(self, error: Exception):
        super().__init__()
        self.error = error

    def find_quotes(self, article: ArticleText) -> list[dict[str, Any]]:
        super().find_quotes(article)
        raise self.error


def test_a_reader_that_dies_is_tried_again_and_the_reason_is_kept_when_it_is_given_up() -> None:
    arrival = deliver_text(TEXT).arrivals.get()
    readers = FailingReaders(ReaderDied("the program that reads it crashed (SIGSEGV)"))
    run_jobs(readers, most=1)

    for _ in range(3):
        with pytest.raises(ReaderDied):
            run_jobs(readers)
        arrival.refresh_from_db()
        assert (arrival.state, arrival.reason) == ("queued", str(readers.error))
    run_jobs(readers)

    arrival.refresh_from_db()
    assert arrival.state == ArrivalState.REFUSED
    assert arrival.reason == f"given up after 3 attempts: {readers.error}"


def test_an_article_that_cannot_be_read_is_refused_at_once_and_the_rest_goes_on() -> None:
    first, second = deliver_text(TEXT), deliver_text(TEXT)
    slow = FailingReaders(Refused("reading it for quotes takes longer than 60 seconds"))
    run_jobs(slow, most=3)

    run_jobs()

    assert first.arrivals.get().reason == str(slow.error)
    assert get_states(second) == ["read"]


def test_a_worker_that_is_told_to_stop_leaves_the_document_as_if_it_had_not_begun() -> None:
    arrival = deliver_text(TEXT).arrivals.get()
    run_jobs(most=1)

    for _ in range(5):
        with pytest.raises(WorkerEnds):
            run_jobs(FailingReaders(WorkerEnds()))
    run_jobs()

    arrival.refresh_from_db()
    assert (arrival.state, arrival.attempts) == ("read", 1)


def test_what_comes_too_late_from_a_worker_thought_dead_is_not_written() -> None:
    arrival = deliver_text(TEXT, title="Bridge and ferry").arrivals.get()
    open_arrival(arrival)

    def be_overtaken(article: ArticleText) -> list[dict[str, Any]]:
        read_arrival(Arrival.objects.get(pk=arrival.pk), find_quotes, "of the other")
        return []

    read_arrival(arrival, be_overtaken, "of the slow one")

    arrival.refresh_from_db()
    assert (arrival.state, arrival.extractor) == ("read", "of the other")
    assert len(arrival.attributions or []) == 2


def test_what_comes_from_a_worker_thought_dead_is_not_written_while_another_is_at_it() -> None:
    arrival = deliver_text(TEXT).arrivals.get()
    open_arrival(arrival)

    def kill(article: ArticleText) -> list[dict[str, Any]]:
        raise Killed

    def be_overtaken(article: ArticleText) -> list[dict[str, Any]]:
        with pytest.raises(Killed):  # the other has begun, and not ended
            read_arrival(Arrival.objects.get(pk=arrival.pk), kill, "of the other")
        return []

    read_arrival(arrival, be_overtaken, "of the slow one")

    arrival.refresh_from_db()
    assert (arrival.state, arrival.attempts, arrival.attributions) == ("reading", 2, None)


def test_what_is_discarded_while_it_is_read_stays_discarded() -> None:
    delivery = deliver_text(TEXT)
    arrival = delivery.arrivals.get()
    open_arrival(arrival)

    def discard(article: ArticleText) -> list[dict[str, Any]]:
        discard_delivery(Delivery.objects.get(pk=delivery.pk))
        return []

    read_arrival(arrival, discard, VERSION)
    run_jobs()

    assert not Arrival.objects.exists()
    with pytest.raises(Refused, match="it was discarded"):
        keep_arrival(arrival, {}, None)


def test_what_is_discarded_leaves_the_articles_that_were_made_of_it() -> None:
    arrival = deliver_read(keeps_itself=True)

    discard_delivery(arrival.delivery)

    assert Article.objects.exists()
    assert not Arrival.objects.exists()


# What time does


def make_older(delivery: Delivery, **age: int) -> None:
    before = timezone.now() - timedelta(**age)
    Delivery.objects.filter(pk=delivery.pk).update(made_at=before)
    Arrival.objects.filter(delivery=delivery).update(changed_at=before)


def test_what_nobody_keeps_is_forgotten_after_a_day_and_the_rest_after_a_month() -> None:
    tried = deliver_read().delivery
    fresh = deliver_read().delivery
    kept = deliver_read(keeps_itself=True).delivery
    waiting = deliver_text(TEXT)
    for delivery in (tried, kept, waiting):
        make_older(delivery, days=2)

    assert forget_old_deliveries() == 1
    assert set(Delivery.objects.all()) == {fresh, kept, waiting}

    make_older(kept, days=31)
    assert forget_old_deliveries() == 1
    assert set(Delivery.objects.all()) == {fresh, waiting}
    assert Article.objects.exists()


def test_what_feeds_brought_and_was_refused_can_be_seen_for_a_month() -> None:
    feed = Feed.objects.create(source="https://harbour.example/feed")
    delivery = Delivery.objects.create(token="t", feed=feed, keeps_itself=True)
    delivery.arrivals.create(where="a", state="refused", reason="it has no date")
    make_older(delivery, days=29)

    assert forget_old_deliveries() == 0
    make_older(delivery, days=31)
    assert forget_old_deliveries() == 1


@pytest.mark.parametrize("is_opened", [False, True])
def test_what_has_lost_its_job_has_one_again(is_opened: bool) -> None:
    delivery = deliver_text(TEXT)
    run_jobs(most=int(is_opened))
    with_job = deliver_text(TEXT)
    forget_jobs(delivery)
    make_older(delivery, minutes=3)
    make_older(with_job, minutes=3)

    assert queue_lost_arrivals() == 1
    assert queue_lost_arrivals() == 0
    run_jobs()

    assert get_states(delivery) == ["read"]


def test_what_keeps_itself_and_was_read_but_not_kept_is_kept_at_last() -> None:
    delivery = deliver_text(TEXT, keeps_itself=True)
    arrival = delivery.arrivals.get()
    open_arrival(arrival)
    read_arrival(arrival, find_quotes, VERSION)
    forget_jobs(delivery)
    make_older(delivery, minutes=3)
    make_older(deliver_read().delivery, minutes=3)  # waits for a person, and not for a job

    assert queue_lost_arrivals() == 1
    run_jobs()

    assert get_states(delivery) == ["kept"]


def forget_jobs(delivery: Delivery) -> None:
    """Take the jobs of a delivery out of the queue, as nothing should."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from tests.claims.intake.arrivals import remove_job

    arrivals = set(delivery.arrivals.values_list("pk", flat=True))
    for job in ProcrastinateJob.objects.filter(task_name__in=(OPEN_ARRIVAL, READ_ARRIVAL)):
        if job.args["arrival"] in arrivals:
            remove_job(job.pk)


def test_what_a_person_waits_for_goes_before_what_a_feed_brings(web: Web) -> None:
    feed = Feed.objects.create(source="https://harbour.example/feed")
    web.add(ADDRESS, make_page())
    slow = Delivery.objects.create(token="t", feed=feed, keeps_itself=True)
    delivering.add_arrivals(slow, [Arrival(where=ADDRESS, address=ADDRESS)], is_urgent=False)
    quick = deliver_text(TEXT)

    run_jobs(most=2)

    assert get_states(quick) == ["read"]
    assert get_states(slow) == ["queued"]


def test_the_day_that_a_feed_tells_is_taken_where_the_page_tells_none(web: Web) -> None:
    feed = Feed.objects.create(source="https://harbour.example/feed")
    page = make_page(record={"@type": "NewsArticle", "headline": "Harbour bridge to stay open"})
    web.add("https://harbour.example/a", page)
    web.add("https://harbour.example/b", page.replace(ADDRESS, "https://harbour.example/b"))
    delivery = Delivery.objects.create(token="t", feed=feed, keeps_itself=True)
    told = {"date": "2024-03-06"}
    delivering.add_arrivals(
        delivery,
        [
            Arrival(where="a", address="https://harbour.example/a", told=told),
            Arrival(where="b", address="https://harbour.example/b"),
        ],
        is_urgent=False,
    )

    run_jobs()

    assert Article.objects.get().published_on == date(2024, 3, 6)
    assert delivery.arrivals.get(state="refused").reason == "it has no date"


# What came of more than one worker, and of odd names


@pytest.mark.parametrize("name", ["https://news.example/bridge.html", "tag:news.html"])
def test_the_whole_text_of_a_feed_is_read_where_its_page_cannot_be_had(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(address: str, *, is_crawl: bool) -> object:
        raise Refused("nothing is fetched")

    monkeypatch.setattr(fetched, "fetch_page", refuse)
    feed = Feed.objects.create(source="https://news.example/feed")
    delivery = Delivery.objects.create(token="t", feed=feed, keeps_itself=True)
    line = {"title": "Bridge", "text": TEXT, "date": "2024-03-05", "id": "1", "publisher": "Herald"}
    address = name if name.startswith("https") else ""
    content = json.dumps(line).encode()
    arrival = Arrival.objects.create(
        delivery=delivery, where=name, address=address, content=content, told={"date": ""}
    )

    open_arrival(arrival)

    arrival.refresh_from_db()
    assert (arrival.state, arrival.reason) == ("queued", "")
    assert arrival.document["text"] == TEXT  # type: ignore[index]


@pytest.mark.django_db(transaction=True)
def test_two_edits_that_are_kept_at_once_do_not_wait_for_each_other() -> None:
    edits = []
    for number in (1, 2):
        address = f"https://news.example/{number}"
        for text in (TEXT, f"{TEXT}\nIt was edited."):
            line = {"title": "Bridge", "text": text, "date": "2024-03-05", "url": address}
            delivery = deliver_text(text)
            arrival = delivery.arrivals.get()
            Arrival.objects.filter(pk=arrival.pk).update(
                state="read", document=line, attributions=[], extractor="1"
            )
            if text == TEXT:
                keep_arrival(arrival, {}, None)
            else:
                edits.append(arrival)
    together = Barrier(2)

    def keep(arrival: Arrival) -> str:
        try:
            together.wait(10)
            return keep_arrival(arrival, {}, None).text
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        texts = list(pool.map(keep, edits))

    assert texts == [f"{TEXT}\nIt was edited."] * 2


def test_every_address_of_a_document_goes_the_whole_way() -> None:
    (found,) = read_content(
        json.dumps(
            {
                "text": TEXT,
                "date": "2024-03-05",
                "url": "https://news.example/bridge",
                "addresses": ["https://news.example/?p=7", 7, "no address"],
            }
        ).encode(),
        "a.jsonl",
    )

    assert isinstance(found, Document)
    assert read_line(build_line(found)).addresses == ("https://news.example/?p=7",)
