"""The processes that read for a worker: the engine and the readers, apart from all else.

What is wrong with a document ends this process at worst; the worker starts another. It knows no
database. It ends when the worker does.
"""

import signal
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, Protocol

from claims.extraction.reading_ahead import begin, why_unread
from claims.extraction.records import ArticleText, build_record
from claims.extraction.time_limits import (
    SECONDS_PER_ARTICLE,
    TookTooLong,
    get_seconds_allowed,
    time_limit,
)
from claims.intake.feed_entries import FeedContent, FeedPage, read_feed_content
from claims.intake.handed_in import HandedIn, read_handed_in
from claims.intake.readers import Link
from claims.intake.readers.problems import Broken
from claims.intake.readers.sources import ReadItem

BYTES_A_SECOND = 100_000  # of a file, for a large one besides: far fewer than a slow machine reads
WARM_UP = "The bridge is safe, Ana Bell said on Tuesday."

Request = ArticleText | HandedIn | FeedPage


class Reader(Protocol):
    """What reads: each process has one."""

    version: str

    def find_quotes(self, article: ArticleText) -> list[dict[str, Any]]: ...

    def read_handed_in(self, handed_in: HandedIn) -> Iterator[ReadItem | Link]: ...

    def read_feed(self, page: FeedPage) -> FeedContent: ...


class FormatReaders:
    """The readers without the engine: for what need not be looked through for quotes."""

    version = "without engine"

    def find_quotes(self, article: ArticleText) -> list[dict[str, Any]]:
        raise NotImplementedError("no engine was loaded in this process")

    def read_handed_in(self, handed_in: HandedIn) -> Iterator[ReadItem | Link]:
        return read_handed_in(handed_in)

    def read_feed(self, page: FeedPage) -> FeedContent:
        return read_feed_content(page)


class Engine(FormatReaders):
    """The engine with its model, of so many threads, and the readers."""

    def __init__(self, threads: int) -> None:
        from claims.extraction.pipeline import load, version

        self.version = version()
        self.nlp = load(threads=threads)
        self.find_quotes(ArticleText(WARM_UP, None))

    def find_quotes(self, article: ArticleText) -> list[dict[str, Any]]:
        """Return the records of an article's quotes. Raises what the engine does."""
        return [build_record(attribution) for attribution in begin(self.nlp, article)()]


class Answer(NamedTuple):
    """What a process answers: `item` (more come), `done`, or `refused`, with what belongs to it."""

    kind: str
    value: Any = None


def serve_engine(connection: Connection, threads: int) -> None:
    """Read with the engine what is asked for, until the worker is gone."""
    serve(connection, partial(Engine, threads))


def serve_formats(connection: Connection) -> None:
    """Read what is asked for by its format, without the engine, until the worker is gone."""
    serve(connection, FormatReaders)


def serve(connection: Connection, make_reader: Callable[[], Reader]) -> None:
    """Read what is asked for, until the worker is gone. The first answer is the version."""
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)  # they are for the worker, which ends this process
    try:
        reader = make_reader()
    except Exception as error:
        connection.send(Answer("refused", str(error)))
        return
    try:
        connection.send(Answer("done", reader.version))
        while True:
            for answer in answer_request(reader, connection.recv()):
                connection.send(answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def answer_request(reader: Reader, request: Request) -> Iterator[Answer]:
    """Yield what there is in a file or a feed, or what quotes are in an article."""
    match request:
        case HandedIn():
            yield from answer_with_items(reader, request)
        case FeedPage():
            yield answer_with_feed(reader, request)
        case _:
            yield answer_with_quotes(reader, request)


def answer_with_quotes(reader: Reader, article: ArticleText) -> Answer:
    try:
        return Answer("done", reader.find_quotes(article))
    except Exception as error:
        return Answer("refused", why_unread(error))


def answer_with_items(reader: Reader, handed_in: HandedIn) -> Iterator[Answer]:
    """Yield the documents of a file, each within its time."""
    seconds = get_seconds_for_file(handed_in)
    items = reader.read_handed_in(handed_in)
    while True:
        try:
            with time_limit(seconds):
                item = next(items, None)
        except TookTooLong:
            yield Answer("refused", explain_slowness(seconds))
            return
        except Exception as error:
            yield Answer("refused", explain_failure(error))
            return
        if item is None:
            yield Answer("done")
            return
        yield Answer("item", item)


def answer_with_feed(reader: Reader, page: FeedPage) -> Answer:
    """Return what a feed has, if it is read within its time."""
    seconds = get_seconds_for_file(page)
    try:
        with time_limit(seconds):
            return Answer("done", reader.read_feed(page))
    except Broken as error:
        return Answer("refused", str(error))
    except TookTooLong:
        return Answer("refused", explain_slowness(seconds))
    except Exception as error:
        return Answer("refused", explain_failure(error))


def explain_slowness(seconds: float) -> str:
    return f"reading it takes longer than {seconds:.0f} seconds"


def explain_failure(error: Exception) -> str:
    return f"it cannot be read ({type(error).__name__}: {error})"


def get_seconds_for_file(file: HandedIn | FeedPage) -> float:
    """Return how many seconds may pass until a feed, or the next document of a file, is read."""
    return SECONDS_PER_ARTICLE + file.size / BYTES_A_SECOND


def get_seconds_for(request: Request) -> float:
    """Return how many seconds a process may take until it answers."""
    if isinstance(request, ArticleText):
        return get_seconds_allowed(request.text)
    return get_seconds_for_file(request)
