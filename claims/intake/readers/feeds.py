"""RSS and Atom files, WordPress exports, and JSON Feed: items that hold the whole text."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any

import feedparser

from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.body import join_texts
from claims.intake.readers.html.licences import write_notice
from claims.intake.readers.html.page import read_fragment
from claims.intake.readers.links import NOT_FETCHED, Link, resolve_link
from claims.intake.readers.xml import refuse_entities

FEWEST_WORDS = 80  # of an item that holds the whole article, and not its first lines
FIRST_LINES = "the feed holds its first lines alone"
CUT_OFF = "the feed is cut off"
ROOT_OF_FEED = re.compile(rb"<((?:\w+:)?(?:rss|feed|RDF))\b")
START_OF_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)\b")
END_OF_ITEM = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")
LINK_ALONE = f"{FIRST_LINES}, and {NOT_FETCHED}"


class FirstLinesAlone(Broken):
    """An item that does not hold its article; that stands at its address."""


def read_feed(
    content: bytes, where: str, *, undated: bool = False, address: str = ""
) -> Iterator[Document | Problem | Link]:
    """Yield the article of each item of a feed, or its address, or why there is none.

    `address` is that of the feed, which the addresses in it may be relative to.
    """
    refuse_entities(content)
    whole = cut_to_whole_items(content)
    feed = feedparser.parse(io.BytesIO(whole), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        raise Broken("it is no feed that can be read")
    if not feed.entries:
        raise Broken("the feed has no items")
    outlet = str(feed.feed.get("title", ""))
    if len(whole) < len(content):
        yield Problem(name_end(where), explain_cut(len(feed.entries)))
    for number, item in enumerate(feed.entries, 1):
        here = f"{where}: item {number}"
        kind, status = item.get("wp_post_type", "post"), item.get("wp_status", "publish")
        if kind not in ("post", "page") or status != "publish":
            if kind in ("post", "page"):
                yield Problem(here, f"it is not published ({status})")
            continue
        url = resolve_link(address, str(item.get("link", "")))
        try:
            draft = read_item(item, outlet, url)
            licence = find_feed_licence(item) or find_feed_licence(feed.feed)
            yield replace(draft, licence=licence).build(here, undated=undated)
        except FirstLinesAlone as error:
            yield build_link(url, name_item(here, url), find_item_day(item), error)
        except Broken as error:
            yield Problem(name_item(here, url), str(error))


def cut_to_whole_items(content: bytes) -> bytes:
    """Return a feed without what stands behind its last whole item, where its end is missing.

    Raises `Broken` if it is cut off within its first item.
    """
    if not is_cut_off(content) or not START_OF_ITEM.search(content):
        return content
    ends = [found.end() for found in END_OF_ITEM.finditer(content)]
    if not ends:
        raise Broken(f"{CUT_OFF} before the end of its first item")
    return content[: ends[-1]]


def is_cut_off(content: bytes) -> bool:
    """Return whether the XML of a feed ends before the element does that is all of it."""
    root = ROOT_OF_FEED.search(content)
    if root is None:
        return False
    end = re.compile(rb"</" + re.escape(root[1]) + rb"\s*>")
    return end.search(content, root.end()) is None and not is_empty_element(content, root.end())


def is_empty_element(content: bytes, place: int) -> bool:
    return content[: content.find(b">", place)].endswith(b"/")


def name_end(where: str) -> str:
    return f"{where}: end"


def explain_cut(items: int) -> str:
    whole = "item" if items == 1 else "items"
    return f"{CUT_OFF} behind {items:,} whole {whole}, which are read"


def name_item(here: str, url: str) -> str:
    return f"{here} ({url})" if url else here


def build_link(url: str, here: str, day: str, error: FirstLinesAlone) -> Link | Problem:
    """Return where the article of an item stands, if the item says so."""
    if not url:
        return Problem(here, f"{FIRST_LINES}, and no address")
    return Link(here, url, str(error), day=day)


def read_item(item: Any, outlet: str, url: str) -> Draft:
    contents = [str(part.get("value", "")) for part in item.get("content", [])]
    marked = max([*contents, str(item.get("summary", ""))], key=len, default="")
    title = " ".join(str(item.get("title", "")).split())
    lines = read_fragment(marked, [title])
    text = join_texts(lines)
    if len(text.split()) < FEWEST_WORDS and not contents:
        raise FirstLinesAlone(LINK_ALONE)
    source = item.get("source", {})
    tags = [str(tag.get("term") or "") for tag in item.get("tags", [])]
    return Draft(
        title=title or (lines[0].text if lines else ""),
        text=text,
        kinds=tuple(line.kind for line in lines),
        day=find_item_day(item),
        url=url,
        publisher=str(source.get("title", "")) or outlet,
        author=str(item.get("author", "")) if " " in str(item.get("author", "")) else "",
        section=next(iter(tags), ""),
        number=str(item.get("id", "")),
    )


def find_feed_licence(item: Any) -> str:
    """Return the terms that an item, or the whole feed, tells: its licence's address before its
    rights.
    """
    address = str(item.get("license") or "")
    return address or write_notice(str(item.get("rights") or ""))


def find_item_day(item: Any) -> str:
    """Return the day that an item names, in the zone that it was written in."""
    for name in ("published", "created", "updated"):
        moment = item.get(f"{name}_parsed")
        if moment:
            return f"{moment.tm_year}-{moment.tm_mon:02}-{moment.tm_mday:02}"
    return ""


def is_json_feed(record: Any) -> bool:
    return isinstance(record, dict) and "jsonfeed.org" in str(record.get("version", ""))


def read_json_feed(
    record: dict[str, Any], where: str, *, undated: bool = False, address: str = ""
) -> Iterator[Document | Problem | Link]:
    for number, item in enumerate(record.get("items") or [], 1):
        here = f"{where}: item {number}"
        if not isinstance(item, dict):
            yield Problem(here, "it is no item of a feed")
            continue
        url = resolve_link(address, str(item.get("url") or ""))
        try:
            yield read_json_item(item, record, url).build(here, undated=undated)
        except FirstLinesAlone as error:
            day = str(item.get("date_published") or "")[:10]
            yield build_link(url, name_item(here, url), day, error)
        except Broken as error:
            yield Problem(name_item(here, url), str(error))


def read_json_item(item: dict[str, Any], feed: dict[str, Any], url: str) -> Draft:
    title = str(item.get("title") or "")
    marked, plain = str(item.get("content_html") or ""), str(item.get("content_text") or "")
    lines = read_fragment(marked or escape(plain), [title])
    text = join_texts(lines)
    if not text:
        raise FirstLinesAlone(LINK_ALONE)
    authors = item.get("authors") or feed.get("authors") or []
    names = [str(author.get("name") or "") for author in authors if isinstance(author, dict)]
    return Draft(
        title=title or text.split("\n", 1)[0],
        text=text,
        day=str(item.get("date_published") or ""),
        url=url,
        publisher=str(feed.get("title") or ""),
        author=", ".join(name for name in names if name),
        section=str(next(iter(item.get("tags") or []), "")),
        kinds=tuple(line.kind for line in lines),
        number=str(item.get("id") or ""),
    )


def parse_json(content: bytes) -> Any:
    """Return what a JSON file holds; None if it is none."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
