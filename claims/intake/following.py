"""Follows links: an address that a person names, and what feeds, sitemaps and lists lead to.

How a page is fetched is given (`fetch`), so that readers and their tests know no network.
"""

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urldefrag

from claims.intake.readers import Link, Problem, read_content
from claims.intake.readers.sources import ReadItem
from claims.models.refusals import Refused

DEEPEST_LIST = 3  # lists that lead to lists: an index of sitemaps, a sitemap, a page
MOST_AHEAD = 8  # links that are fetched at once, or wait to be read
TOO_DEEP = "lists that lead to lists again and again are not followed"


class FetchedPage(Protocol):
    """What a fetch gives: `claims.intake.fetching.Fetched` does."""

    @property
    def address(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def content_type(self) -> str: ...
    @property
    def charset(self) -> str: ...
    @property
    def is_unchanged(self) -> bool: ...


class Fetch(Protocol):
    """Fetches an address, or raises `Refused`; `crawling` where a list led to it, and no person."""

    def __call__(self, address: str, *, crawling: bool = False) -> FetchedPage: ...


@dataclass(frozen=True, slots=True)
class LinkBeingFetched:
    link: Link
    page: Future[FetchedPage]


def follow_links(
    items: Iterable[ReadItem | Link],
    fetch: Fetch,
    *,
    undated: bool = False,
    followed: set[str] | None = None,
) -> Iterator[ReadItem]:
    """Yield what was read, and in the place of each link what is read at its address.

    What cannot be fetched is a problem, and the rest goes on. A page that several lists lead to is
    read once; `followed` remembers them from one pass over the same feeds to the next. Pages are
    fetched ahead of what is yielded, in threads.
    """
    follower = Follower(fetch, undated, set() if followed is None else followed)
    yield from follower.follow_all(items, 0)


class Follower:
    """Reads what links lead to. `followed` has the addresses that need not be read any more."""

    def __init__(self, fetch: Fetch, undated: bool, followed: set[str]):
        self.fetch = fetch
        self.undated = undated
        self.followed = followed

    def follow_all(self, items: Iterable[ReadItem | Link], depth: int) -> Iterator[ReadItem]:
        """Yield what items are, or lead to, in their order; `depth` says how many lists led to them."""
        waiting: deque[ReadItem | LinkBeingFetched] = deque()
        for item in items:
            if not isinstance(item, Link):
                waiting.append(item)
            elif depth > DEEPEST_LIST:
                waiting.append(Problem(item.where, TOO_DEEP))
            elif self.is_wanted(item):
                waiting.append(self.begin(item))
            while waiting and (is_there(waiting[0]) or len(waiting) > MOST_AHEAD):
                yield from self.finish(waiting.popleft(), depth)
        while waiting:
            yield from self.finish(waiting.popleft(), depth)

    def is_wanted(self, link: Link) -> bool:
        """Whether an address was not read before, or a person names it."""
        return link.is_named or name_page(link) not in self.followed

    def begin(self, link: Link) -> LinkBeingFetched:
        if not link.is_named:
            self.followed.add(name_page(link))
        page: Future[FetchedPage] = Future()
        # A thread that ends with the program, however long a site makes it wait.
        threading.Thread(target=self.fetch_page, args=(link, page), daemon=True).start()
        return LinkBeingFetched(link, page)

    def fetch_page(self, link: Link, page: Future[FetchedPage]) -> None:
        try:
            page.set_result(self.fetch(link.address, crawling=not link.is_named))
        except Exception as error:  # raised where the page is awaited
            page.set_exception(error)

    def finish(self, item: ReadItem | LinkBeingFetched, depth: int) -> Iterator[ReadItem]:
        """Yield an item, or what is read at the address of a link once that is there."""
        if not isinstance(item, LinkBeingFetched):
            yield item
            return
        try:
            page = item.page.result()
        except Refused as error:
            self.followed.discard(name_page(item.link))
            yield Problem(item.link.where, str(error))
            return
        if not page.is_unchanged:
            yield from self.follow_all(self.read(page, item.link), depth + 1)

    def read(self, page: FetchedPage, link: Link) -> Iterator[ReadItem | Link]:
        return read_content(
            page.content,
            link.where,
            address=page.address,
            content_type=page.content_type,
            charset=page.charset,
            day=link.day,
            undated=self.undated,
        )


def name_page(link: Link) -> str:
    """Return the address of a page, whatever place in it a link leads to."""
    return urldefrag(link.address).url


def is_there(item: ReadItem | LinkBeingFetched) -> bool:
    """Whether an item need not be waited for."""
    return not isinstance(item, LinkBeingFetched) or item.page.done()
