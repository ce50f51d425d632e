"""What a feed says that there is: RSS, Atom and JSON Feed."""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import html as lxml_html
from lxml.etree import LxmlError

from claims.extraction.records import read_date
from claims.intake.fetched import Page
from claims.intake.readers import Document
from claims.intake.readers.feeds import (
    find_item_day,
    is_json_feed,
    parse_json,
    read_feed,
    read_json_feed,
)
from claims.intake.readers.formats import START, tell_format
from claims.intake.readers.lines import build_line
from claims.intake.readers.problems import Broken
from claims.intake.readers.xml import refuse_entities
from claims.models.refusals import Refused

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
LONGEST_ADDRESS = 2000  # characters
NO_FEED = "it is no feed (RSS, Atom or JSON Feed)"
WEB_PAGE = "it is a web page, not a feed"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Something that a feed names: by its `address`, or else by what its feed calls it.

    `told` is what the feed says of it, and `content` its whole text as a line of JSON, if the feed
    has that.
    """

    name: str
    address: str = ""
    told: dict[str, str] = field(default_factory=dict)
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class FeedContent:
    """What a feed calls itself, and its entries in their order."""

    name: str
    entries: list[FeedEntry]


def read_feed_content(page: Page) -> FeedContent:
    """Return what a feed has. Raises `Refused` in plain words if it is none."""
    record = parse_json(page.content)
    if is_json_feed(record):
        return read_json_entries(record, page)
    if tell_format(page.content[:START], page.address) == "html":
        raise Refused(explain_web_page(page))
    try:
        return read_xml_entries(page)
    except Broken as error:
        raise Refused(str(error)) from None


def explain_web_page(page: Page) -> str:
    """Return that a page is no feed, with the address of its feed if it names one."""
    address = find_address_of_feed(page)
    return f"{WEB_PAGE}; it names the feed {address}" if address else WEB_PAGE


def find_address_of_feed(page: Page) -> str:
    """Return the address of the feed that a web page names; "" if it names none."""
    try:
        tree = lxml_html.fromstring(page.content)
    except (LxmlError, ValueError):
        return ""
    for link in tree.iterfind(".//link[@href]"):
        is_alternate = "alternate" in (link.get("rel") or "").lower().split()
        if is_alternate and (link.get("type") or "").lower() in FEED_TYPES:
            return complete_link(link.get("href"), page)
    return ""


def read_xml_entries(page: Page) -> FeedContent:
    """Return what an RSS or Atom feed has. Raises `Broken`, or `Refused` if it is none."""
    refuse_entities(page.content)
    feed = feedparser.parse(
        io.BytesIO(page.content), sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.version:
        raise Refused(NO_FEED)
    entries: list[FeedEntry] = []
    if feed.entries:
        items = [(item.get("link"), tell_of_xml_item(item)) for item in feed.entries]
        found = read_feed(page.content, page.address, undated=True)
        entries = list(list_entries(items, found, page))
    return FeedContent(clean_words(feed.feed.get("title")), entries)


def tell_of_xml_item(item: Any) -> dict[str, str]:
    """Return what an item says of its article, as in a document."""
    return {"title": clean_words(item.get("title")), "date": find_item_day(item)}


def read_json_entries(record: dict[str, Any], page: Page) -> FeedContent:
    """Return what a JSON Feed has."""
    objects = []
    for item in record.get("items") or []:
        if isinstance(item, dict):
            objects.append({**item, "url": complete_link(item.get("url"), page)})
    items = [(item["url"], tell_of_json_item(item)) for item in objects]
    found = read_json_feed({**record, "items": objects}, page.address, undated=True)
    return FeedContent(clean_words(record.get("title")), list(list_entries(items, found, page)))


def tell_of_json_item(item: dict[str, Any]) -> dict[str, str]:
    """Return what an item says of its article, as in a document."""
    day = read_date(str(item.get("date_published") or "")[: len("2024-03-05")])
    return {"title": clean_words(item.get("title")), "date": day.isoformat() if day else ""}


def clean_words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def list_entries(
    items: Iterable[tuple[object, dict[str, str]]], found: Iterable[object], page: Page
) -> Iterator[FeedEntry]:
    """Yield what the links of a feed lead to, and then what it holds whole without a link.

    `found` is what the reader of feeds finds in it: the documents that it holds whole.
    """
    whole: dict[str, bytes] = {}
    for document in found:
        if isinstance(document, Document):
            name = complete_link(document.url, page) or document.key
            whole[name] = json.dumps(build_line(document)).encode()
    for link, told in items:
        address = complete_link(link, page)
        if address:
            yield FeedEntry(address, address, told, whole.pop(address, None))
    for name, content in whole.items():
        yield FeedEntry(name, content=content)


def complete_link(link: object, page: Page) -> str:
    """Return the address that a link in a feed leads to; "" if that is none of a page."""
    if not isinstance(link, str) or not link.strip():
        return ""
    try:
        address = urljoin(page.address, link.strip())
        parts = urlsplit(address)
        is_of_page = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    has_odd_characters = not address.isprintable() or " " in address
    if not is_of_page or has_odd_characters or len(address) > LONGEST_ADDRESS:
        return ""
    return address
