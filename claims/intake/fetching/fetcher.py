"""Fetches a page that a person names, one that a list leads to, or a feed that may not have changed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from claims.intake.fetching.addresses import Address, parse_address
from claims.intake.fetching.answers import go_at_once, request
from claims.intake.fetching.contents import Fetched, build_fetched
from claims.intake.fetching.politeness import take_turn
from claims.intake.fetching.robots import check_may_crawl, get_usual_pause


def fetch(address: str, *, crawling: bool = False, patience: float | None = None) -> Fetched:
    """Return what is at an address. Raises `FetchRefused`, saying why it is not fetched.

    `crawling`: not a person named this address, but a feed, a sitemap or a list. Its robots.txt is
    then asked, and a pause kept between requests to its host, which is waited for for `patience`
    seconds at most if these are given.
    """
    approach = InTurn(check_may_crawl, patience) if crawling else go_at_once
    return build_fetched(request(parse_address(address), approach=approach))


def fetch_conditionally(
    address: str, etag: str = "", last_modified: str = "", *, patience: float | None = None
) -> Fetched:
    """Return what is at an address if it has changed since it was fetched with these marks.

    Else what is returned says that it is unchanged, and has no content. A pause is kept between
    requests to its host, as `fetch` does in crawling. Raises `FetchRefused`.
    """
    headers = {}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    approach = InTurn(get_usual_pause, patience)
    return build_fetched(request(parse_address(address), approach=approach, headers=headers))


class InTurn:
    """Asks addresses in their turns at their hosts, each with the pause that `find_pause` tells.

    `patience` is had with the first address alone: who is sent away later begins with it again,
    and would never come to where it leads.
    """

    def __init__(self, find_pause: Callable[[Address], float], patience: float | None):
        self.find_pause = find_pause
        self.patience = patience

    @contextmanager
    def __call__(self, address: Address) -> Iterator[None]:
        pause = self.find_pause(address)
        patience = self.patience
        self.patience = None
        with take_turn(address.host, pause, patience):
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
