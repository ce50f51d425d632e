"""What stands in for the engine in the process that reads for a worker: quick, slow, or deadly."""

import os
import signal
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

from claims.extraction.records import ArticleText
from claims.intake.feed_entries import FeedContent, FeedPage
from claims.intake.handed_in import HandedIn
from claims.intake.readers import Link
from claims.intake.readers.sources import ReadItem
from claims.management.reading_process import serve
from tests.claims.intake.quick_readers import QuickReaders


class OddReaders(QuickReaders):
    """Does what the text says: “crash”, “hang”, “fail”."""

    def find_quotes(self, article: ArticleText) -> list[dict[str, Any]]:
        if "crash" in article.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "hang" in article.text:
            time.sleep(60)
        if "fail" in article.text:
            raise ValueError("too odd")
        return super().find_quotes(article)

    def read_handed_in(self, handed_in: HandedIn) -> Iterator[ReadItem | Link]:
        yield from super().read_handed_in(handed_in)
        if b"fail" in handed_in.content:
            raise ValueError("too odd")

    def read_feed(self, page: FeedPage) -> FeedContent:
        if b"hang" in page.content:
            time.sleep(60)
        if b"fail" in page.content:
            raise ValueError("too odd")
        return super().read_feed(page)


def serve_quickly(connection: Connection) -> None:
    serve(connection, OddReaders)


def serve_without_model(connection: Connection) -> None:
    def fail() -> QuickReaders:
        raise FileNotFoundError("the model file encoder.onnx is missing")

    serve(connection, fail)


class SlowReaders(QuickReaders):
    """Takes a moment for each article, in which a worker may be killed."""

    def find_quotes(self, article: ArticleText) -> list[dict[str, Any]]:
        time.sleep(0.03)
        return super().find_quotes(article)


def serve_slowly(connection: Connection) -> None:
    serve(connection, SlowReaders)
