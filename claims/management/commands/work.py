"""Reads what is added to the site and what feeds bring, until it is stopped. As many may run as you like."""

import asyncio
import logging
import os
import signal
import sys
import threading
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from asgiref.sync import sync_to_async
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections, connection
from procrastinate import App
from procrastinate.contrib.django import app, connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector

from claims.intake.database_errors import get_first_line
from claims.intake.looking import check_feed_source
from claims.intake.queueing import CRAWLING_QUEUE, OPENING_QUEUE, READING_QUEUE
from claims.jobs import PATIENCE, READERS, ReaderDied
from claims.management.reading_pool import ReadingPool
from claims.management.reading_process import serve_formats
from claims.management.tally import read_number
from claims.models import Feed
from claims.models.refusals import Refused

OPENED_AT_ONCE = 4  # links and files that people hand in, which mostly wait for others
CRAWLED_AT_ONCE = 4  # feeds, and what these and lists lead to
PATIENCE_SECONDS = 20.0
HEARTBEATS = 4  # in that time
SECONDS_TO_FINISH = 5.0  # what a worker is at once it is told to stop
SECONDS_BETWEEN_LOOKS = 5.0  # at the queue, should a notice be missed
SECONDS_WITHOUT_DATABASE = 2.0  # before the next attempt at it
MOST_CONNECTIONS = 4  # of the queue itself, beside one for each job that goes on


def read_patience(value: str) -> float:
    """Return a number of seconds, one at least; `nan` is refused, too."""
    seconds = float(value)
    if not seconds >= 1:
        raise ArgumentTypeError(f"{value} is less than a second")
    return seconds


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--concurrency",
            type=read_number,
            default=1,
            metavar="N",
            help="articles read at once, each with an engine of its own (1)",
        )
        parser.add_argument(
            "--patience",
            type=read_patience,
            default=PATIENCE_SECONDS,
            metavar="SECONDS",
            help="that another worker may be silent before its jobs are taken over (20)",
        )
        parser.add_argument(
            "--folder",
            action="append",
            default=[],
            metavar="PATH",
            help="a folder to be looked into each minute, as a feed; it may be given several times",
        )
        parser.add_argument(
            "--until-input-ends",
            action="store_true",
            help="stop when standard input ends, as it does with the program that started this",
        )

    def handle(
        self,
        *args: Any,
        concurrency: int,
        patience: float,
        folder: list[str],
        until_input_ends: bool,
        **options: Any,
    ) -> None:
        for path in folder:
            add_folder(path)
        for handler in logging.getLogger().handlers:
            handler.addFilter(is_worth_telling)
        pool = ReadingPool(concurrency)
        # So that what feeds bring, however large or odd, holds no process that a person waits for.
        crawling_pool = ReadingPool(1, serve=serve_formats, starts_late=True)
        worker = Worker(pool, crawling_pool, concurrency, patience, self.say)
        try:
            asyncio.run(worker.work(until_input_ends=until_input_ends))
        except ReaderDied as error:
            raise CommandError(str(error)) from None
        finally:
            worker.close_pools()
        self.say("Stopped.")

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def is_worth_telling(record: logging.LogRecord) -> bool:
    """Return whether a line belongs into the log: a database that is gone is told of in one."""
    if record.name.startswith("psycopg.pool"):
        return False
    error = record.exc_info[1] if record.exc_info else None
    is_of_queue = record.name.startswith("procrastinate")
    return not (is_of_queue and isinstance(error, ConnectorException))


def add_folder(path: str) -> None:
    """Make a folder a feed that is looked into each minute, unless it is one already."""
    try:
        source = check_feed_source(os.path.abspath(path))
    except Refused as refusal:
        raise CommandError(str(refusal)) from None
    Feed.objects.get_or_create(source=source, defaults={"minutes_between_looks": 1})


class Worker:
    """Works off the queues while there is a database, until it is told to stop."""

    def __init__(
        self,
        pool: ReadingPool,
        crawling_pool: ReadingPool,
        concurrency: int,
        patience: float,
        say: Any,
    ):
        self.pool = pool
        self.crawling_pool = crawling_pool
        self.concurrency = concurrency
        self.patience = patience
        self.say = say
        self.stopping = asyncio.Event()

    async def work(self, *, until_input_ends: bool) -> None:
        """Work until a signal comes, or standard input ends."""
        loop = asyncio.get_running_loop()
        # More threads than jobs that go on at once, so that none waits for one.
        at_once = OPENED_AT_ONCE + CRAWLED_AT_ONCE + self.concurrency
        loop.set_default_executor(ThreadPoolExecutor(at_once + 4))
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stopping.set)
        if until_input_ends:
            wait_for_end_of_input(loop, self.stopping)
        if not await self.wait_for_reader():
            return
        self.say("A worker is ready to read.")
        said_before = ""
        while not self.stopping.is_set():
            problem = await self.work_until_problem()
            if problem and problem != said_before:
                self.say(f"The database cannot be used ({problem}); trying again.")
            said_before = problem
            await self.rest(SECONDS_WITHOUT_DATABASE)

    async def work_until_problem(self) -> str:
        """Work until the database fails; return how it did, in words."""
        try:
            await self.work_while_connected()
        except (ConnectorException, DatabaseError, OSError) as error:
            return get_first_line(error.__cause__ or error)  # type: ignore[arg-type]
        return ""

    async def wait_for_reader(self) -> bool:
        """Wait until the engine is loaded; return whether it is, and the worker is not to stop."""
        ready = asyncio.ensure_future(asyncio.to_thread(self.pool.wait_until_ready))
        stop = asyncio.ensure_future(self.stopping.wait())
        await asyncio.wait([ready, stop], return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if not ready.done():
            self.close_pools()
            await asyncio.gather(ready, return_exceptions=True)
            return False
        ready.result()
        return True

    async def rest(self, seconds: float) -> None:
        """Wait, but not once the worker is to stop."""
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return

    async def work_while_connected(self) -> None:
        """Work off all queues. Raises what goes wrong with the database."""
        await sync_to_async(connect_anew)()
        async with open_queue() as jobs:
            workers = [
                self.start(jobs, OPENING_QUEUE, OPENED_AT_ONCE, self.pool),
                self.start(jobs, CRAWLING_QUEUE, CRAWLED_AT_ONCE, self.crawling_pool),
                self.start(jobs, READING_QUEUE, self.concurrency, self.pool),
            ]
            stop = asyncio.ensure_future(self.stopping.wait())
            ends: list[asyncio.Future[Any]] = [*workers, stop]
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            stop.cancel()
            for worker in workers:
                worker.cancel()  # which lets it finish what it is at
            ended = asyncio.gather(*workers, return_exceptions=True)
            await asyncio.wait([ended], timeout=SECONDS_TO_FINISH)
            if not ended.done() and self.stopping.is_set():
                self.close_pools()
            for outcome in await ended:
                if isinstance(outcome, Exception):
                    raise outcome

    def close_pools(self) -> None:
        """End all processes that read; jobs that wait for them are left to other workers."""
        self.pool.close()
        self.crawling_pool.close()

    def start(
        self, jobs: App, queue: str, concurrency: int, readers: ReadingPool
    ) -> "asyncio.Future[None]":
        """Start to work off a queue, with what reads for it."""
        return asyncio.ensure_future(
            jobs.run_worker_async(
                queues=[queue],
                name=f"{queue} {os.getpid()}",
                concurrency=concurrency,
                fetch_job_polling_interval=SECONDS_BETWEEN_LOOKS,
                update_heartbeat_interval=self.patience / HEARTBEATS,
                stalled_worker_timeout=self.patience,
                delete_jobs="successful",
                install_signal_handlers=False,
                additional_context={READERS: readers, PATIENCE: self.patience},
            )
        )


def connect_anew() -> None:
    """Connect with the database, in the thread that puts jobs into the queue at their times."""
    close_old_connections()
    connection.ensure_connection()


@asynccontextmanager
async def open_queue() -> AsyncIterator[App]:
    """Open the queue over connections of its own, which hear of new jobs at once.

    Jobs that a job adds still go through Django's connection, together with their rows.
    """
    connector = PsycopgConnector(
        kwargs=connector_params(), min_size=1, max_size=MOST_CONNECTIONS, timeout=10.0
    )
    async with app.with_connector(connector).open_async() as jobs:
        yield jobs


def wait_for_end_of_input(loop: asyncio.AbstractEventLoop, stopping: asyncio.Event) -> None:
    """Have the worker stop when standard input ends."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        loop.call_soon_threadsafe(stopping.set)

    threading.Thread(target=wait, daemon=True).start()
