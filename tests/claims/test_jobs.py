"""The queue: what a worker finds in it, and what it does at its times."""

from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from claims.intake.arriving import deliver_text
from claims.intake.queueing import OPENING_QUEUE, READING_QUEUE
from claims.jobs import MOST_ATTEMPTS_AT_JOB, RetryLater, WorkerEnds
from claims.models import Arrival
from tests.asynchronous import run_to_end
from tests.claims.intake.arrivals import run_jobs
from tests.claims.intake.quick_readers import TEXT

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


def test_every_task_has_a_queue_that_workers_work_off_and_every_chore_its_times() -> None:
    own = [task for task in app.tasks.values() if task.func.__module__ == "claims.jobs"]
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}

    assert {task.queue for task in own} == {OPENING_QUEUE, READING_QUEUE}
    assert len(own) - len(periodic) == 4
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
