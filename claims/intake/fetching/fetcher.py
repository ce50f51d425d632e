"""Fetches a page that a person names, one that a list leads to, or a feed that may not have changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from claims.intake.fetching.addresses import Address, parse_address
from claims.intake.fetching.answers import go_at_once, request
from claims.intake.fetching.contents import Fetched, build_fetched
from claims.intake.fetching.politeness import take_turn
from claims.intake.fetching.robots import check_may_crawl, get_usual_pause


def fetch(address: str, *, crawling: bool = False) -> Fetched:
    """Return what is at an address. Raises `FetchRefused`, saying why it is not fetched.

    `crawling`: not a person named this address, but a feed, a sitemap or a list. Its robots.txt is
    then asked, and a pause kept between requests to its host.
    """
    approach = crawl if crawling else go_at_once
    return build_fetched(request(parse_address(address), approach=approach))


def fetch_conditionally(address: str, etag: str = "", last_modified: str = "") -> Fetched:
    """Return what is at an address if it has changed since it was fetched with these marks.

    Else what is returned says that it is unchanged, and has no content. A pause is kept between
    requests to its host. Raises `FetchRefused`.
    """
    headers = {}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    return build_fetched(request(parse_address(address), approach=come_in_turn, headers=headers))


@contextmanager
def crawl(address: Address) -> Iterator[None]:
    """Ask an address only if a program may, in its turn at the host."""
    pause = check_may_crawl(address)
    with take_turn(address.host, pause):
        yield


@contextmanager
def come_in_turn(address: Address) -> Iterator[None]:
    with take_turn(address.host, get_usual_pause(address)):
        yield


class Revisiting:
    """Fetches what a person names and what lists lead to, each host in turn, again and again.

    What a person named is fetched again only if it has changed since.
    """

    def __init__(self) -> None:
        self.marks: dict[str, tuple[str, str]] = {}

    def fetch(self, address: str, *, crawling: bool = False) -> Fetched:
        """Return what is at an address, as `fetch` does, or that it has not changed."""
        if crawling:
            return fetch(address, crawling=True)
        fetched = fetch_conditionally(address, *self.marks.get(address, ("", "")))
        if not fetched.is_unchanged:
            self.marks[address] = (fetched.etag, fetched.last_modified)
        return fetched
