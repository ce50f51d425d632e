"""The queue: what a worker finds in it, and what it does at its times."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from claims.intake.arriving import deliver_address, deliver_text, queue_lost_arrivals
from claims.intake.feed_entries import FeedContent, FeedPage
from claims.intake.looking import look_at_feed
from claims.intake.queueing import (
    CRAWLING_QUEUE,
    FEEDS,
    IN_TURN,
    LOOK_AT_FEED,
    OPEN_ARRIVAL,
    OPENING_QUEUE,
    READING_QUEUE,
    URGENT,
    queue_look,
)
from claims.jobs import MOST_ATTEMPTS_AT_JOB, ReaderDied, RetryLater, WorkerEnds
from claims.models import Arrival, Feed
from tests.asynchronous import run_to_end
from tests.claims.intake.arrivals import Web, run_jobs
from tests.claims.intake.quick_readers import TEXT, QuickReaders

pytestmark = pytest.mark.django_db


def test_a_job_is_in_the_queue_only_with_the_rows_that_it_is_about() -> None:
    with transaction.atomic():
        deliver_text(TEXT)
        was_there = ProcrastinateJob.objects.exists()
        transaction.set_rollback(True)

    assert was_there
    assert not ProcrastinateJob.objects.exists()
    assert not Arrival.objects.exists()


def test_each_kind_of_work_waits_in_its_queue() -> None:
    deliver_text(TEXT)
    assert list(ProcrastinateJob.objects.values_list("queue_name", flat=True)) == [OPENING_QUEUE]

    run_jobs(most=1)

    assert list(ProcrastinateJob.objects.values_list("queue_name", flat=True)) == [READING_QUEUE]


def list_waiting() -> list[tuple[str, str, int]]:
    """Return which queue each arrival or feed waits in, and with what priority."""
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("id")
    return list(jobs.values_list("task_name", "queue_name", "priority"))


def test_what_feeds_and_lists_lead_to_does_not_wait_where_people_do(web: Web) -> None:
    feed = Feed.objects.create(source="https://harbour.example/feed")
    web.add(feed.source, "https://harbour.example/a\n")
    look_at_feed(feed)
    queue_look(feed)
    deliver_text("https://harbour.example/b\nhttps://harbour.example/c\n")
    run_jobs(most=1)
    deliver_address("https://harbour.example/d")

    assert list_waiting() == [
        (OPEN_ARRIVAL, CRAWLING_QUEUE, IN_TURN),  # of the feed
        (LOOK_AT_FEED, CRAWLING_QUEUE, FEEDS),
        (OPEN_ARRIVAL, CRAWLING_QUEUE, URGENT),  # of the list, which somebody waits for
        (OPEN_ARRIVAL, CRAWLING_QUEUE, URGENT),
        (OPEN_ARRIVAL, OPENING_QUEUE, URGENT),
    ]


def test_what_was_lost_is_taken_up_in_its_queue_without_asking_for_each(
    web: Web, django_assert_max_num_queries: Any
) -> None:
    feed = Feed.objects.create(source="https://harbour.example/feed")
    web.add(feed.source, "".join(f"https://harbour.example/{number}\n" for number in range(20)))
    look_at_feed(feed)
    ProcrastinateJob.objects.all()._raw_delete("default")
    Arrival.objects.update(changed_at=timezone.now() - timedelta(hours=1))

    with django_assert_max_num_queries(5):
        assert queue_lost_arrivals() == 20

    assert {queue for _, queue, _ in list_waiting()} == {CRAWLING_QUEUE}


def test_a_feed_is_not_to_blame_for_a_worker_that_is_told_to_stop(web: Web) -> None:
    feed = Feed.objects.create(source="https://harbour.example/feed")
    web.add(feed.source, "https://harbour.example/a\n")
    queue_look(feed)

    class Stopping(QuickReaders):
        error: Exception

        def read_feed(self, page: FeedPage) -> FeedContent:
            raise self.error

    readers = Stopping()
    problems = []
    for readers.error in (WorkerEnds(), ReaderDied("it crashed"), ValueError("odd")):
        with pytest.raises(type(readers.error)):
            run_jobs(readers)
        feed.refresh_from_db()
        problems.append((feed.problem, feed.failures))

    assert problems == [("", 0), ("it crashed", 1), ("ValueError: odd", 2)]


def test_every_task_has_a_queue_that_workers_work_off_and_every_chore_its_times() -> None:
    own = [task for task in app.tasks.values() if task.func.__module__ == "claims.jobs"]
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}

    assert {task.queue for task in own} == {OPENING_QUEUE, CRAWLING_QUEUE, READING_QUEUE}
    assert len(own) - len(periodic) == 9
    assert "take up what has stalled" in periodic


def test_the_job_of_a_document_that_was_discarded_does_nothing() -> None:
    delivery = deliver_text(TEXT)
    delivery.delete()

    run_jobs()

    assert not Arrival.objects.exists()


@pytest.mark.parametrize(
    ("error", "attempts", "is_tried_again"),
    [
        (ValueError(), 0, True),
        (ValueError(), MOST_ATTEMPTS_AT_JOB, False),
        (WorkerEnds(), MOST_ATTEMPTS_AT_JOB, True),
    ],
    ids=["first", "last", "worker told to stop"],
)
def test_a_job_that_fails_is_done_again_but_not_for_ever(
    error: Exception, attempts: int, is_tried_again: bool
) -> None:
    job: Any = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts)

    decision = RetryLater().get_retry_decision(exception=error, job=job)

    assert (decision is not None) == is_tried_again


@pytest.mark.django_db(transaction=True)
def test_the_jobs_of_a_worker_that_died_are_taken_up_by_another() -> None:
    deliver_text(TEXT)
    manager = app.job_manager

    async def die_in_the_middle() -> None:
        worker = await manager.register_worker()
        assert await manager.fetch_job([OPENING_QUEUE], worker)
        assert not list(await manager.get_stalled_jobs(seconds_since_heartbeat=20))
        await manager.unregister_worker(worker)

    run_to_end(die_in_the_middle())
    assert ProcrastinateJob.objects.get().status == "doing"

    stalled: Any = app.tasks["take up what has stalled"]
    context = type("Context", (), {"app": app, "additional_context": {"patience": 20.0}})
    run_to_end(stalled.func(context, timestamp=0))

    jobs = ProcrastinateJob.objects.order_by("id").values_list("task_name", "status", "queue_name")
    assert list(jobs) == [
        ("open an arrival", "todo", OPENING_QUEUE),
        ("look again", "todo", OPENING_QUEUE),  # of which workers hear
    ]
