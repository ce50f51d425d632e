"""The processes that read for a worker: lent to one job at a time, and replaced when they die."""

import atexit
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, NoReturn

from claims.extraction.records import ArticleText
from claims.intake.feed_entries import FeedContent, FeedPage
from claims.intake.handed_in import HandedIn
from claims.intake.readers import Link
from claims.intake.readers.sources import ReadItem
from claims.jobs import ReaderDied, WorkerEnds
from claims.management.reading_process import (
    Answer,
    Request,
    explain_slowness,
    get_seconds_for,
    serve_engine,
)
from claims.models.refusals import Refused

SECONDS_TO_START = 300.0  # that a process may take to load the engine on a busy machine
SECONDS_OF_GRACE = 15.0  # beyond the time that a process should keep by itself

Serve = Callable[[Connection], None]


class ReadingProcess:
    """One process that reads, and the way to ask it."""

    def __init__(self, serve: Serve):
        context = multiprocessing.get_context("spawn")  # a fork would share the threads' locks
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.version = ""
        self.is_busy = False

    def wait_until_ready(self) -> None:
        """Wait for the engine to be loaded. Raises `ReaderDied` if it cannot be."""
        if self.version:
            return
        answer = self.receive(SECONDS_TO_START)
        if answer.kind == "refused":
            raise ReaderDied(answer.value)
        self.version = answer.value

    def ask(self, request: Request) -> Iterator[Answer]:
        """Yield the answers to a request.

        Raises `ReaderDied` if the process dies, and `Refused` if it takes too long.
        """
        seconds = get_seconds_for(request)
        self.is_busy = True
        try:
            self.connection.send(request)
        except OSError:
            self.raise_how_it_died()
        while self.is_busy:
            answer = self.receive(seconds)
            self.is_busy = answer.kind == "item"
            yield answer

    def receive(self, seconds: float) -> Answer:
        """Return the next answer. Raises as `ask` does."""
        try:
            if self.connection.poll(seconds + SECONDS_OF_GRACE):
                answer: Answer = self.connection.recv()
                return answer
        except (EOFError, OSError):
            self.raise_how_it_died()
        self.kill()
        raise Refused(explain_slowness(seconds))

    def raise_how_it_died(self) -> NoReturn:
        self.process.join(5)
        raise ReaderDied(f"the program that reads it {explain_end(self.process.exitcode)}")

    def may_be_lent(self) -> bool:
        """Return whether it can be asked something: it is alive, and answers nothing any more."""
        return self.process.is_alive() and not self.is_busy

    def kill(self) -> None:
        """End the process, whatever it is at."""
        self.process.kill()
        self.process.join(5)

    def close(self) -> None:
        """End the process and free what it had."""
        self.kill()
        self.connection.close()


def explain_end(exit_code: int | None) -> str:
    """Return how a process ended, in words."""
    if exit_code is None or exit_code >= 0:
        return f"ended with the status {exit_code}"
    if -exit_code == signal.SIGKILL:
        return "was killed, perhaps for want of memory"
    return f"crashed ({signal.Signals(-exit_code).name})"


class ReadingPool:
    """So many processes that read; jobs wait until one is free.

    They are started at once, or each when it is first asked for (`starts_late`).
    """

    def __init__(self, size: int, serve: Serve | None = None, *, starts_late: bool = False):
        threads = max(1, len(os.sched_getaffinity(0)) // size)  # together one a core
        self.serve = serve or partial(serve_engine, threads=threads)
        self.free: queue.SimpleQueue[ReadingProcess | None] = queue.SimpleQueue()  # None: a place
        self.processes: set[ReadingProcess] = set()
        self.lock = threading.Lock()
        self.is_closed = False
        self.version = ""
        atexit.register(self.close)  # before all processes are waited for
        for _ in range(size):
            self.free.put(None if starts_late else self.start_process())

    def start_process(self) -> ReadingProcess | None:
        """Start a process that loads the engine; it may be lent, ready or not.

        None is started once the pool is closed.
        """
        with self.lock:
            if self.is_closed:
                return None
            process = ReadingProcess(self.serve)
            self.processes.add(process)
            return process

    def wait_until_ready(self) -> None:
        """Wait until one process has loaded the engine. Raises `ReaderDied` if it cannot be."""
        with self.lend_process():
            pass

    @contextmanager
    def lend_process(self) -> Iterator[ReadingProcess]:
        """Lend a process. One that has died is replaced.

        Raises `WorkerEnds` in place of what goes wrong once the pool is closed.
        """
        self.check_open()
        process = self.free.get() or self.start_process()
        if process is None:
            self.free.put(None)
            raise WorkerEnds
        try:
            process.wait_until_ready()
            self.version = process.version
            yield process
        except Exception:
            self.check_open()
            raise
        finally:
            self.take_back(process)

    def take_back(self, process: ReadingProcess) -> None:
        """Lend a process again, or another one where it is not alive."""
        if process.may_be_lent() or self.is_closed:
            self.free.put(process)
            return
        with self.lock:
            self.processes.discard(process)
        process.close()
        self.free.put(self.start_process())

    def check_open(self) -> None:
        if self.is_closed:
            raise WorkerEnds

    def read_handed_in(self, handed_in: HandedIn) -> Iterator[ReadItem | Link]:
        """Yield the documents of what was handed in. Raises `Refused` if the reading fails."""
        with self.lend_process() as process:
            for answer in process.ask(handed_in):
                if answer.kind == "item":
                    yield answer.value
                elif answer.kind == "refused":
                    raise Refused(answer.value)

    def find_quotes(self, article: ArticleText) -> list[dict[str, Any]]:
        """Return the records of an article's quotes. Raises `Refused` if the reading fails."""
        with self.lend_process() as process:
            (answer,) = process.ask(article)
            if answer.kind == "refused":
                raise Refused(answer.value)
            records: list[dict[str, Any]] = answer.value
            return records

    def read_feed(self, page: FeedPage) -> FeedContent:
        """Return what a feed has. Raises `Refused` if it is none, or the reading fails."""
        with self.lend_process() as process:
            (answer,) = process.ask(page)
            if answer.kind == "refused":
                raise Refused(answer.value)
            content: FeedContent = answer.value
            return content

    def close(self) -> None:
        """End all processes; jobs that wait for them get `WorkerEnds`."""
        atexit.unregister(self.close)
        with self.lock:
            self.is_closed = True
            processes = list(self.processes)
        for process in processes:
            process.kill()
