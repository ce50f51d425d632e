"""Articles that a file names by their address alone: lists of addresses, and what feeds and sitemaps lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from claims.intake.readers.repairing import decode_bytes
from newsroom.web_addresses import is_web_address

NOT_FETCHED = "what is at its address is not read here"
ADDRESS_ALONE = f"the list has its address alone, and {NOT_FETCHED}"
ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f\ud800-\udfff]+", re.I)
START_OF_LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*https?://", re.I)
START_OF_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


@dataclass(frozen=True, slots=True)
class Link:
    """An address at which an article is, or a further list of such.

    `reason`: why it is no document by itself; what is said of it where nothing is fetched. `day`:
    the date that the list gives it, YYYY-MM-DD or "". `is_named`: a person gave this very address;
    others were found in a list, and are fetched as a program should.
    """

    where: str
    address: str
    reason: str
    day: str = ""
    is_named: bool = False


def is_address(written: str) -> bool:
    """Whether this is an address rather than a path: it begins as "https://" does."""
    return bool(START_OF_ADDRESS.match(written))


def is_address_list(content: bytes) -> bool:
    """Whether a text is nothing but addresses, with lines or blanks between them."""
    if not START_OF_LIST.match(content):
        return False
    return all(ADDRESS.fullmatch(part) for part in decode_bytes(content).split())


def read_address_list(content: bytes, where: str) -> Iterator[Link]:
    """Yield what a list of addresses leads to."""
    for number, address in enumerate(decode_bytes(content).split(), 1):
        yield Link(f"{where}: address {number} ({address})", address, ADDRESS_ALONE)


def resolve_link(base: str, written: str) -> str:
    """Return the address of a link, which may be relative to that of its page.

    It is "" if that is no address of a web page.
    """
    try:
        address = urljoin(base, written.strip()) if written.strip() else ""
    except ValueError:
        return ""
    return address if is_web_address(address) else ""
