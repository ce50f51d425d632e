"""Follows links: an address that a person names, and what feeds, sitemaps and lists lead to.

How a page is fetched is given (`fetch`), so that readers and their tests know no network.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol
from urllib.parse import urldefrag

from claims.intake.readers import Link, Problem, read_content
from claims.intake.readers.sources import ReadItem
from claims.models.refusals import Refused

DEEPEST_LIST = 3  # lists that lead to lists: an index of sitemaps, a sitemap, a page


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


def follow_links(
    items: Iterable[ReadItem | Link],
    fetch: Fetch,
    *,
    undated: bool = False,
    followed: set[str] | None = None,
) -> Iterator[ReadItem]:
    """Yield what was read, and in the place of each link what is read at its address.

    What cannot be fetched is a problem, and the rest goes on. A page that several lists lead to is
    read once; `followed` remembers them from one pass over the same feeds to the next.
    """
    follower = Follower(fetch, undated, set() if followed is None else followed)
    for item in items:
        if isinstance(item, Link):
            yield from follower.follow(item, 0)
        else:
            yield item


class Follower:
    """Reads what links lead to. `followed` has the addresses that were read already."""

    def __init__(self, fetch: Fetch, undated: bool, followed: set[str]):
        self.fetch = fetch
        self.undated = undated
        self.followed = followed

    def follow(self, link: Link, depth: int) -> Iterator[ReadItem]:
        """Yield what is at an address; `depth` says how many lists led to it."""
        address = urldefrag(link.address).url
        if address in self.followed and not link.is_named:
            return
        if depth > DEEPEST_LIST:
            yield Problem(link.where, "lists that lead to lists again and again are not followed")
            return
        try:
            page = self.fetch(link.address, crawling=not link.is_named)
        except Refused as error:
            yield Problem(link.where, str(error))
            return
        if not link.is_named:
            self.followed.add(address)
        if page.is_unchanged:
            return
        for item in self.read(page, link):
            if isinstance(item, Link):
                yield from self.follow(item, depth + 1)
            else:
                yield item

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
