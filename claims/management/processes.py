"""Shares work among processes of this machine, a chunk at a time.

A process starts from nothing, and ends when this one does, however that ends. Nothing of Django is
imported here before it is set up.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Protocol, Self

END = object()  # of all chunks
CHUNKS_AHEAD = 2  # that a process has been given: the one it does, and the next
SECONDS_TO_END = 10.0
# How many more objects there are before Python looks for such as refer to each other alone (700).
# Documents and their quotes do not, and to look all of them through again and again takes a third
# of the time that is needed to read and store them.
OBJECTS_BETWEEN_COLLECTIONS = 50_000


class ProcessEnded(Exception):
    """A process ended, or failed, before it had done its work."""


class Work(Protocol):
    """What processes do; it goes to each of them as a pickle."""

    def prepare(self) -> Callable[[Any], list[Any]]:
        """Return what does a chunk, in the process that calls it."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of the work. Two with a key in common are done by one process, in their order."""

    content: Any
    keys: frozenset[str] = frozenset()


@dataclass
class Worker:
    """A process, and the chunks that it was given and has not done."""

    process: BaseProcess
    pipe: "Connection[Any, Any]"
    chunks: deque[Chunk] = field(default_factory=deque)

    def has_key_of(self, chunk: Chunk) -> bool:
        return any(chunk.keys & other.keys for other in self.chunks)

    def give(self, chunk: Chunk) -> None:
        self.pipe.send_bytes(pickle.dumps(chunk.content))
        self.chunks.append(chunk)

    def receive(self) -> list[Any]:
        """Return what came of the first chunk. Raises `ProcessEnded`."""
        try:
            is_done, outcomes = self.pipe.recv()
        except EOFError:
            self.process.join(SECONDS_TO_END)
            raise ProcessEnded(describe_end(self.process.exitcode)) from None
        if not is_done:
            raise ProcessEnded(outcomes)
        self.chunks.popleft()
        return list(outcomes)


@contextmanager
def collect_garbage_seldom() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def count_cores() -> int:
    return len(os.sched_getaffinity(0))


class Processes:
    """So many processes for one sort of work, which stay from one share of it to the next.

    They start with the first share, and end with the context, or with what fails in one of them.
    """

    def __init__(self, work: Work, number: int):
        self.work = work
        self.number = number
        self.workers: list[Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def share(self, chunks: Iterable[Chunk]) -> Iterator[list[Any]]:
        """Yield what came of each chunk, in no order.

        Raises `ProcessEnded` when a process does; what it had not done yet is undone.
        """
        while len(self.workers) < self.number:
            self.workers.append(start_worker(self.work))
        try:
            yield from share_among(self.workers, chunks)
        except BrokenPipeError as error:
            raise ProcessEnded("a process has ended") from error
        finally:
            is_all_done = not any(worker.chunks for worker in self.workers)
            if not is_all_done:
                self.end()

    def end(self) -> None:
        end_workers(self.workers)
        self.workers = []


def share_work(work: Work, chunks: Iterable[Chunk], number: int) -> Iterator[list[Any]]:
    """Yield what came of each chunk, done by so many processes, in no order.

    Raises `ProcessEnded` when one of them does; what it had not done yet is undone.
    """
    with Processes(work, number) as processes:
        yield from processes.share(chunks)


def share_among(workers: Sequence[Worker], chunks: Iterable[Chunk]) -> Iterator[list[Any]]:
    waiting = iter(chunks)
    chunk = next(waiting, None)
    while chunk is not None or any(worker.chunks for worker in workers):
        while chunk is not None and (worker := find_free_worker(workers, chunk)):
            worker.give(chunk)
            chunk = next(waiting, None)
        busy = {worker.pipe: worker for worker in workers if worker.chunks}
        for pipe in wait(list(busy)):
            yield busy[pipe].receive()  # type: ignore[index]


def start_worker(work: Work) -> Worker:
    context = multiprocessing.get_context("spawn")
    own_end, other_end = context.Pipe()
    process = context.Process(target=do_chunks, args=(other_end, pickle.dumps(work)), daemon=True)
    process.start()
    other_end.close()
    return Worker(process, own_end)


def find_free_worker(workers: Sequence[Worker], chunk: Chunk) -> Worker | None:
    """Return the worker that has the least to do, or the one that has a key of this chunk.

    None where that one has enough to do, or several have a key.
    """
    keepers = [worker for worker in workers if worker.has_key_of(chunk)]
    if len(keepers) > 1:
        return None
    least = min(keepers or workers, key=lambda worker: len(worker.chunks))
    return least if len(least.chunks) < CHUNKS_AHEAD else None


def end_workers(workers: Iterable[Worker]) -> None:
    """Have the processes end: at once where they still have something to do."""
    for worker in workers:
        if worker.chunks:
            worker.process.terminate()
        worker.pipe.close()
    for worker in workers:
        worker.process.join(SECONDS_TO_END)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


def describe_end(code: int | None) -> str:
    if code is not None and code < 0:
        return f"a process was ended by signal {-code}"
    return f"a process ended with status {code}"


# In the process


def do_chunks(pipe: "Connection[Any, Any]", pickled: bytes) -> None:
    """Do chunk after chunk, until there are no more or nobody is there to give them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked for the work ends it
    chunks: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=receive_chunks, args=(pipe, chunks), daemon=True).start()
    try:
        do = prepare_work(pickled)
        with collect_garbage_seldom():
            while (content := chunks.get()) is not END:
                pipe.send((True, do(pickle.loads(content))))
    except (BrokenPipeError, ConnectionResetError):
        pass
    except Exception as error:
        pipe.send((False, f"{type(error).__name__}: {error}".strip().partition("\n")[0]))


def prepare_work(pickled: bytes) -> Callable[[Any], list[Any]]:
    """Set up Django, and return what does a chunk of the work that a pickle holds."""
    import django

    django.setup()
    do: Callable[[Any], list[Any]] = pickle.loads(pickled).prepare()
    return do


def receive_chunks(pipe: "Connection[Any, Any]", chunks: "SimpleQueue[Any]") -> None:
    """Take chunks as they come, so that whoever gives them need not wait.

    They stay pickles until Django is set up.
    """
    try:
        while True:
            chunks.put(pipe.recv_bytes())
    except (EOFError, OSError):
        chunks.put(END)
