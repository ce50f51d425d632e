"""What a feed says that there is: RSS, Atom, JSON Feed, a sitemap or a list of addresses."""

import io
import json
from dataclasses import dataclass

import feedparser
from lxml import html as lxml_html
from lxml.etree import LxmlError

from claims.intake.readers import Document, Link, Problem, read_content
from claims.intake.readers.feeds import is_json_feed, name_end, parse_json
from claims.intake.readers.formats import START, tell_format
from claims.intake.readers.lines import build_line
from claims.intake.readers.links import is_address_list, resolve_link
from claims.intake.readers.problems import Broken
from claims.intake.readers.sources import ReadItem

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
LONGEST_ADDRESS = 2000  # characters
MOST_ENTRIES = 500  # of a feed at one look
NO_FEED = "it is no feed (RSS, Atom, JSON Feed, a sitemap or a list of addresses)"
WEB_PAGE = "it is a web page, not a feed"
SITEMAPS = "it is an index of sitemaps; add the sitemap that names the news"


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What is at the address of a feed; `charset` is what its site says of its letters, or ""."""

    address: str
    content: bytes
    charset: str = ""

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Something that a feed names: by its `address`, or else by what its feed calls it.

    `day` is the date that the feed gives it, YYYY-MM-DD or "", and `content` its whole text as a
    line of JSON, if the feed has that.
    """

    name: str
    address: str = ""
    day: str = ""
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class FeedContent:
    """What a feed calls itself, and its first entries in their order.

    `problem` says why it has not all of them.
    """

    name: str
    entries: list[FeedEntry]
    problem: str = ""


def read_feed_content(page: FeedPage) -> FeedContent:
    """Return what a feed has. Raises `Broken` in plain words if it is none."""
    kind = tell_kind(page)
    if kind == "html":
        raise Broken(explain_web_page(page))
    if not kind:
        raise Broken(NO_FEED)
    if kind == "sitemap" and b"<sitemapindex" in page.content[:START]:
        raise Broken(SITEMAPS)
    if kind == "feed":
        feed = feedparser.parse(io.BytesIO(page.content), sanitize_html=False)
        name = clean_words(feed.feed.get("title"))
        is_empty = bool(feed.version) and not feed.entries and not feed.bozo
        return FeedContent(name, []) if is_empty else FeedContent(name, *read_entries(page))
    name = clean_words(parse_json(page.content).get("title")) if kind == "json feed" else ""
    return FeedContent(name, *read_entries(page))


def clean_words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def tell_kind(page: FeedPage) -> str:
    """Return what sort of feed this is; "html" for a web page, and "" for what is no feed."""
    start = page.content[:START]
    kind = tell_format(start, page.address)
    if kind in ("feed", "sitemap", "html"):
        return kind
    if kind == "json" and is_json_feed(parse_json(page.content)):
        return "json feed"
    return "list" if is_address_list(page.content) else ""


def explain_web_page(page: FeedPage) -> str:
    """Return that a page is no feed, with the address of its feed if it names one."""
    address = find_address_of_feed(page)
    return f"{WEB_PAGE}; it names the feed {address}" if address else WEB_PAGE


def find_address_of_feed(page: FeedPage) -> str:
    """Return the address of the feed that a web page names; "" if it names none."""
    try:
        tree = lxml_html.fromstring(page.content)
    except (LxmlError, ValueError):
        return ""
    for link in tree.iterfind(".//link[@href]"):
        is_alternate = "alternate" in (link.get("rel") or "").lower().split()
        if is_alternate and (link.get("type") or "").lower() in FEED_TYPES:
            return resolve_link(page.address, str(link.get("href")))
    return ""


def read_entries(page: FeedPage) -> tuple[list[FeedEntry], str]:
    """Return what a feed leads to or holds whole, its first entries, and why it has not all of them.

    Raises `Broken` if it can be read not at all. Sites call their feeds by many types, also by that
    of web pages, so that is not asked.
    """
    found = read_content(
        page.content, page.address, address=page.address, charset=page.charset, undated=True
    )
    entries: list[FeedEntry] = []
    problem = ""
    for item in found:
        if isinstance(item, Problem) and item.where == page.address:
            raise Broken(item.reason)
        if isinstance(item, Problem) and item.where == name_end(page.address):
            problem = item.reason
        entry = build_entry(item)
        if entry:
            entries.append(entry)
        if len(entries) == MOST_ENTRIES:
            break
    return entries, problem


def build_entry(item: ReadItem | Link) -> FeedEntry | None:
    """Return the entry of what was read in a feed, if it is one that has a place of its own."""
    if isinstance(item, Link) and len(item.address) <= LONGEST_ADDRESS:
        return FeedEntry(item.address, item.address, item.day)
    if isinstance(item, Document) and len(item.url) <= LONGEST_ADDRESS:
        day = item.published_on.isoformat() if item.published_on else ""
        content = json.dumps(build_line(item)).encode()
        return FeedEntry(item.url or item.key, item.url, day, content)
    return None
