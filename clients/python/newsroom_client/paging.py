"""A list of the API, read page by page while one goes through it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs, urlsplit

from newsroom_client.reading import read_row

Row = TypeVar("Row")
ReadPage = Callable[[str | None], Any]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list. `next_cursor` is where to go on: None at the end. `count` is that of all
    rows, where the list tells it.
    """

    rows: list[Row]
    next_cursor: str | None
    count: int | None


class Pages(Generic[Row]):
    """The rows of a list. Nothing is asked for until they are.

    To go on later from where a page ended, keep its `next_cursor` and ask the same with `cursor`.
    """

    def __init__(self, read_page: ReadPage, kind: type[Row], cursor: str | None = None):
        self._read_page = read_page
        self._kind = kind
        self._cursor = cursor

    def __iter__(self) -> Iterator[Row]:
        for page in self.pages():
            yield from page.rows

    def pages(self) -> Iterator[Page[Row]]:
        """Yield the pages, each when it is needed."""
        cursor = self._cursor
        while True:
            page = self._read(cursor)
            yield page
            cursor = page.next_cursor
            if cursor is None:
                return

    def take(self, most: int) -> list[Row]:
        """Return the first rows, as many as that."""
        return list(islice(self, most))

    def first(self) -> Row | None:
        return next(iter(self), None)

    def _read(self, cursor: str | None) -> Page[Row]:
        told = self._read_page(cursor)
        rows = [read_row(self._kind, each) for each in told["results"]]
        return Page(rows, find_cursor(told["next"]), told.get("count"))


def find_cursor(address: str | None) -> str | None:
    """Return the cursor of the address of the next page: of that alone, and no host, is made use."""
    if not address:
        return None
    return parse_qs(urlsplit(address).query)["cursor"][0]
