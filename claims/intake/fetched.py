"""The fetcher, as feeds and what is handed in use it: imported once something is fetched."""

from typing import Protocol

from claims.models.refusals import Refused

# Seconds that a job waits for its turn at a host; else it is put off. A little longer than a worker
# may take to see that the time of such a job has come.
PATIENCE = 6.0


class Page(Protocol):
    """What was fetched; `address` is where the site led to at last."""

    @property
    def address(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def content_type(self) -> str: ...
    @property
    def charset(self) -> str: ...
    @property
    def etag(self) -> str: ...
    @property
    def last_modified(self) -> str: ...
    @property
    def is_unchanged(self) -> bool: ...


def fetch_page(address: str, *, is_crawl: bool) -> Page:
    """Return the page at an address. Raises `Refused` with the reason if it cannot be had.

    A page that no person has asked for is a crawl, and is left alone where its site says so, and
    while others have their turn at its host (`find_turn`).
    """
    from claims.intake.fetching import fetch

    return fetch(address, crawling=is_crawl, patience=PATIENCE)


def fetch_feed(address: str, etag: str, last_modified: str) -> Page:
    """Return a feed, which may be unchanged since it had these marks. Raises `Refused`."""
    from claims.intake.fetching import fetch_conditionally, refuse_where_kept_out

    refuse_where_kept_out(address)
    return fetch_conditionally(address, etag, last_modified, patience=PATIENCE)


def find_wait(refusal: Refused) -> float | None:
    """Return the seconds after which it may be tried again; None where that is no use."""
    wait = getattr(refusal, "again_after", None)
    return None if wait is None else float(wait)


def find_turn(refusal: Refused) -> float | None:
    """Return the seconds after which it is its turn at a host; None where it is not that."""
    turn = getattr(refusal, "turn_after", None)
    return None if turn is None else float(turn)
