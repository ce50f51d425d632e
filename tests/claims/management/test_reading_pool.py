"""The processes that read for a worker."""

import threading
import time
from collections.abc import Iterator
from datetime import date

import pytest

from claims.extraction.records import ArticleText
from claims.intake.feed_entries import FeedPage
from claims.intake.handed_in import HandedIn
from claims.jobs import ReaderDied, WorkerEnds
from claims.management import reading_pool, reading_process
from claims.management.reading_pool import ReadingPool
from claims.management.reading_process import serve_formats
from claims.models.refusals import Refused
from tests.claims.intake.quick_readers import TEXT, VERSION
from tests.claims.management.quick_reading import (
    OddReaders,
    serve_quickly,
    serve_without_model,
)


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    made = ReadingPool(1, serve_quickly)
    yield made
    made.close()


def article(text: str) -> ArticleText:
    return ArticleText(text, date(2024, 3, 5))


def test_an_article_is_read_in_a_process_of_its_own(pool: ReadingPool) -> None:
    records = pool.find_quotes(article(TEXT))

    assert [record["speaker"] for record in records] == ["Ana Bell", "Tom Kane"]
    assert pool.version == VERSION


def test_a_process_that_dies_is_told_of_and_replaced(pool: ReadingPool) -> None:
    with pytest.raises(ReaderDied, match=r"the program that reads it crashed \(SIGSEGV\)"):
        pool.find_quotes(article("crash"))

    assert len(pool.find_quotes(article(TEXT))) == 2


def test_an_article_that_the_engine_fails_on_is_refused_and_the_process_goes_on(
    pool: ReadingPool,
) -> None:
    process = next(iter(pool.processes))

    with pytest.raises(Refused, match=r"cannot be read for quotes \(ValueError: too odd\)"):
        pool.find_quotes(article("fail"))

    assert len(pool.find_quotes(article(TEXT))) == 2
    assert next(iter(pool.processes)) is process


def test_a_process_that_does_not_answer_in_time_is_ended(
    pool: ReadingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool.find_quotes(article(TEXT))
    monkeypatch.setattr(reading_pool, "SECONDS_OF_GRACE", 0.2)
    monkeypatch.setattr(reading_pool, "get_seconds_for", lambda request: 0.1)

    with pytest.raises(Refused, match="reading it takes longer than"):
        pool.find_quotes(article("hang"))

    monkeypatch.undo()
    assert len(pool.find_quotes(article(TEXT))) == 2


def test_the_documents_of_a_file_come_one_by_one_and_what_comes_before_a_failure_is_in(
    pool: ReadingPool,
) -> None:
    content = b'{"id": "1", "text": "Text."}\n{"id": "fail", "text": "Text."}\n'
    items = pool.read_handed_in(HandedIn("a.jsonl", content))

    assert next(items).where == "a.jsonl:1"
    assert next(items).where == "a.jsonl:2"
    with pytest.raises(Refused, match=r"it cannot be read \(ValueError: too odd\)"):
        next(items)


def test_a_file_that_is_left_in_the_middle_leaves_nothing_for_the_next_one(
    pool: ReadingPool,
) -> None:
    lines = b"".join(b'{"id": "%d", "text": "Text."}\n' % number for number in range(5))
    items = pool.read_handed_in(HandedIn("a.jsonl", lines))
    next(items)
    items.close()  # type: ignore[attr-defined]

    assert len(pool.find_quotes(article(TEXT))) == 2


def test_a_feed_is_read_in_a_process_of_its_own_or_refused_in_plain_words(
    pool: ReadingPool,
) -> None:
    feed = FeedPage("https://harbour.example/feed", b"https://harbour.example/a\n")
    page = FeedPage("https://harbour.example/", b"<html><body>Rain.</body></html>")
    odd = FeedPage("https://harbour.example/odd", b"fail")

    assert [entry.address for entry in pool.read_feed(feed).entries] == [
        "https://harbour.example/a"
    ]
    with pytest.raises(Refused, match="it is a web page, not a feed"):
        pool.read_feed(page)
    with pytest.raises(Refused, match=r"it cannot be read \(ValueError: too odd\)"):
        pool.read_feed(odd)


def test_a_feed_is_read_within_its_time_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_process, "SECONDS_PER_ARTICLE", 0.2)
    hostile = FeedPage("https://harbour.example/feed", b"hang")

    (answer,) = reading_process.answer_request(OddReaders(), hostile)

    assert answer == ("refused", "reading it takes longer than 0 seconds")


def test_a_feed_that_hears_no_alarm_ends_with_its_process_and_the_next_one_is_read(
    pool: ReadingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = FeedPage("https://harbour.example/feed", b"https://harbour.example/a\n")
    pool.read_feed(feed)
    monkeypatch.setattr(reading_pool, "SECONDS_OF_GRACE", 0.2)
    monkeypatch.setattr(reading_pool, "get_seconds_for", lambda request: 0.1)

    with pytest.raises(Refused, match="reading it takes longer than"):
        pool.read_feed(FeedPage("https://harbour.example/feed", b"hang"))

    monkeypatch.undo()
    assert len(pool.read_feed(feed).entries) == 1


def test_a_process_that_may_never_be_needed_is_started_when_it_is() -> None:
    pool = ReadingPool(1, serve_formats, starts_late=True)
    assert not pool.processes

    content = b'{"id": "1", "text": "Text."}\n'
    places = [item.where for item in pool.read_handed_in(HandedIn("a.jsonl", content))]

    assert places == ["a.jsonl:1"]
    assert len(pool.processes) == 1
    pool.close()


def test_a_process_is_not_started_any_more_once_the_worker_is_told_to_stop() -> None:
    pool = ReadingPool(1, serve_formats, starts_late=True)
    pool.close()

    for _ in range(2):
        with pytest.raises(WorkerEnds):
            next(pool.read_handed_in(HandedIn("a.jsonl", b"")))

    assert not pool.processes


def test_a_missing_model_is_named() -> None:
    pool = ReadingPool(1, serve_without_model)

    with pytest.raises(ReaderDied, match=r"the model file encoder\.onnx is missing"):
        pool.wait_until_ready()

    pool.close()


def test_jobs_that_are_read_when_the_worker_is_told_to_stop_are_left(pool: ReadingPool) -> None:
    closing = ReadingPool(1, serve_quickly)
    closing.wait_until_ready()
    threading.Timer(0.2, closing.close).start()
    began = time.monotonic()

    with pytest.raises(WorkerEnds):
        closing.find_quotes(article("hang"))

    assert time.monotonic() - began < 30
    with pytest.raises(WorkerEnds):
        closing.find_quotes(article(TEXT))
