"""Workers as processes: several at once, told to stop, and killed."""

import json
import logging
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from pytest_django import Settings

from claims.intake.arriving import deliver_address, deliver_files, deliver_text
from claims.intake.arriving.delivering import add_arrivals
from claims.management.commands.work import CRAWLED_AT_ONCE
from claims.models import Arrival, Article, Delivery, Feed, Quote
from tests.asynchronous import run_to_end
from tests.claims.intake.fetching.sites import Page, serve
from tests.claims.intake.quick_readers import TEXT
from tests.claims.intake.readers.test_html import make_page

ROOT = Path(__file__).resolve().parents[3]
# A worker that reads quickly, and by itself looks at the queue only now and then.
WORKER = """
import sys, django
django.setup()
from functools import partial
from django.core.management import call_command
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from claims.management.commands import work
from tests.claims.management.quick_reading import serve_slowly
work.ReadingPool = partial(work.ReadingPool, serve=serve_slowly)
work.SECONDS_BETWEEN_LOOKS = 20.0
call_command("work", "--patience", "2")
"""
DOCUMENTS = 60
PATIENCE = 60.0  # seconds, on a busy machine
SOON = 15.0  # seconds: before a worker would look by itself

Worker = subprocess.Popen[str]


@contextmanager
def start_workers(number: int, **settings: str) -> Iterator[list[Worker]]:
    """Start workers that are ready to read, with these settings of the environment."""
    command = [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"])]
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT), **settings}
    environment = os.environ | own
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
        for _ in range(number)
    ]
    try:
        for worker in started:
            assert worker.stdout
            assert worker.stdout.readline() == "A worker is ready to read.\n"
        yield started
    finally:
        for worker in started:
            worker.kill()
            worker.communicate()


@pytest.fixture
def workers(db: None, transactional_db: None) -> Iterator[list[Worker]]:
    """Two workers that are ready to read."""
    with start_workers(2) as started:
        yield started


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            pytest.fail(f"{what}: {describe()}")
        time.sleep(0.05)


def describe() -> list[Any]:
    jobs = list(ProcrastinateJob.objects.values_list("task_name", "status", "args"))
    return [*Arrival.objects.values_list("where", "state", "reason"), *jobs]


def get_state(delivery: Delivery) -> str:
    """Return how far the one document of a delivery has come."""
    return delivery.arrivals.get().state


def count_kept() -> int:
    return Arrival.objects.filter(state="kept").count()


def take_up_stalled_jobs() -> None:
    """Do at once what workers do every ten seconds."""
    stalled: Any = app.tasks["take up what has stalled"]
    context = type("Context", (), {"app": app, "additional_context": {"patience": 2.0}})
    run_to_end(stalled.func(context, timestamp=0))


def is_all_settled() -> bool:
    take_up_stalled_jobs()
    return not Arrival.objects.exclude(state="kept").exists()


def make_lines() -> bytes:
    lines = []
    for number in range(DOCUMENTS):
        address = f"https://harbour.example/{number}"
        line = {"url": address, "title": f"{number}", "date": "2024-03-05", "text": TEXT}
        lines.append(json.dumps(line))
    return "\n".join(lines).encode()


def find_reading_process(worker: Worker) -> int:
    """Return the process that reads for a worker, the last that it has started."""
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    return int(children[-1])


def test_workers_hear_of_work_at_once_share_it_and_lose_nothing_when_killed_or_told_to_stop(
    workers: list[Worker],
) -> None:
    first, second = workers
    for title in ("First", "Second"):
        heard = deliver_text(TEXT, title=title, date="2024-03-05", keeps_itself=True)
        wait_until(lambda: get_state(heard) == "kept", "no worker heard of it", SOON)  # noqa: B023
    deliver_files([("a.jsonl", make_lines())], keeps_itself=True)

    rng = random.Random(7)
    for process in (first.pid, find_reading_process(second)):
        before = count_kept()
        wait_until(lambda before=before: count_kept() > before, "nothing is kept")  # type: ignore[misc]
        time.sleep(rng.random() / 10)
        os.kill(process, signal.SIGKILL)
    assert count_kept() < DOCUMENTS
    wait_until(is_all_settled, "something was lost")
    second.send_signal(signal.SIGTERM)

    said, _ = second.communicate(timeout=PATIENCE)
    assert first.wait() == -signal.SIGKILL
    assert second.returncode == 0
    assert said.endswith("Stopped.\n")
    assert Arrival.objects.count() == DOCUMENTS + 2
    assert Article.objects.count() == DOCUMENTS + 2
    assert Quote.objects.count() == 2 * (DOCUMENTS + 2)
    assert Arrival.objects.filter(article=None).count() == 0


class SlowSites:
    """Sites that do not answer until they are let; `asked` says how many are waited for."""

    def __init__(self, served: ExitStack, number: int) -> None:
        self.may_answer = Event()
        self.asked = 0
        hosts = [f"127.0.0.{last}" for last in range(2, number + 2)]
        self.sites = [served.enter_context(serve(host=host)) for host in hosts]
        for site in self.sites:
            site.pages["/"] = self.answer_late

    def answer_late(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked += 1
        self.may_answer.wait(PATIENCE)
        handler.send_error(404)


@pytest.fixture
def slow() -> Iterator[SlowSites]:
    with ExitStack() as served:
        made = SlowSites(served, 2 * CRAWLED_AT_ONCE)
        yield made
        made.may_answer.set()


@pytest.mark.django_db(transaction=True)
def test_a_pasted_link_is_opened_at_once_while_all_that_feeds_lead_to_is_waited_for(
    slow: SlowSites,
) -> None:
    with serve() as site:
        site.pages["/a"] = Page(make_page().encode())
        places = [each.place for each in (*slow.sites, site)]
        feed = Delivery.objects.create(feed=Feed.objects.create(source="f"), keeps_itself=True)
        entries = [
            Arrival(where="/", address=each.find_address("/"), told={}) for each in slow.sites
        ]
        with transaction.atomic():
            add_arrivals(feed, entries, is_urgent=False)
        with start_workers(1, NEWSROOM_FETCH_PRIVATE=",".join(places)):
            wait_until(lambda: slow.asked >= CRAWLED_AT_ONCE, "feeds are not fetched")

            pasted = deliver_address(site.find_address("/a"))

            wait_until(lambda: get_state(pasted) == "read", "the link waits for feeds", SOON)
            assert slow.asked == CRAWLED_AT_ONCE


@pytest.mark.parametrize(
    "options", [("--concurrency", "0"), ("--patience", "0.5"), ("--patience", "nan")]
)
def test_a_worker_is_not_started_with_what_makes_no_sense(options: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match=options[0]):
        call_command("work", "=".join(options))


@pytest.mark.django_db
def test_a_folder_becomes_a_feed_once_and_only_where_feeds_may_be(
    tmp_path: Path, settings: Settings
) -> None:
    from claims.management.commands.work import add_folder

    settings.FEED_FOLDERS = [str(tmp_path)]

    for _ in range(2):
        add_folder(str(tmp_path))

    assert Feed.objects.get().source == str(tmp_path)
    assert Feed.objects.get().minutes_between_looks == 1
    with pytest.raises(CommandError, match="only folders within"):
        add_folder("/")


def test_a_database_that_is_gone_does_not_fill_the_log_but_a_job_that_fails_is_told() -> None:
    from claims.management.commands.work import is_worth_telling

    gone, failed = ConnectorException(), ValueError()
    told = [
        is_worth_telling(make_log_record("procrastinate.worker.reading 1", gone)),
        is_worth_telling(make_log_record("psycopg.pool", None)),
        is_worth_telling(make_log_record("procrastinate.worker", failed)),
        is_worth_telling(make_log_record("claims.jobs", None)),
    ]

    assert told == [False, False, True, True]


def make_log_record(name: str, error: Exception | None) -> logging.LogRecord:
    about = (type(error), error, None) if error else None
    return logging.LogRecord(name, logging.ERROR, "", 1, "", None, about)
