"""Quotes as feeds that readers follow: Atom, RSS and JSON Feed, in pages that lead to each other."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode
from xml.sax.saxutils import escape

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from claims.outputs.fields import FlatRow
from claims.outputs.plain_characters import drop_controls
from claims.outputs.rows import ToldRow, read_told_rows
from claims.outputs.selecting import Selection
from claims.outputs.sentences import format_headline, format_place

ENTRIES_PER_PAGE = 50
LONGEST_QUOTE_IN_TITLE = 160  # characters
OPEN_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed. `address` is its page, and `key`, which lasts, its id; `external` where it
    comes from. `told` is what JSON Feed has of it beside what all feeds have.
    """

    key: str
    address: str
    title: str
    html: str
    text: str
    author: str
    published: datetime
    updated: datetime
    tags: list[str]
    external: str = ""
    language: str = ""
    told: dict[str, Any] = field(default_factory=dict)


class FeedSource(Protocol):
    """What a feed is of: so many entries, in an order."""

    @property
    def title(self) -> str: ...

    @property
    def described(self) -> str: ...

    @property
    def summary(self) -> str: ...

    @property
    def page_address(self) -> str: ...

    @property
    def total(self) -> int: ...

    def read_entries(self, start: int, stop: int) -> list[FeedEntry]: ...


@dataclass(frozen=True, slots=True)
class QuoteFeed:
    """The quotes of a selection, as the entries of a feed."""

    selection: Selection

    @property
    def title(self) -> str:
        return self.selection.title

    @property
    def described(self) -> str:
        return self.selection.described

    @property
    def summary(self) -> str:
        return self.selection.summary

    @property
    def page_address(self) -> str:
        return self.selection.page_address

    @property
    def total(self) -> int:
        return self.selection.total

    def read_entries(self, start: int, stop: int) -> list[FeedEntry]:
        """Return a stretch of the quotes; those that are gone by now are passed over."""
        ids = self.selection.ids[start:stop].tolist()
        return [build_entry(told) for told in read_told_rows(ids, self.selection.site)]


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of a feed; `address` is that of the feed without a page."""

    source: FeedSource
    address: str
    number: int

    @property
    def last(self) -> int:
        return max(-(-self.source.total // ENTRIES_PER_PAGE), 1)

    @property
    def own(self) -> str:
        return self.get_address(self.number)

    def get_address(self, number: int) -> str:
        """Return the address of another page of the feed."""
        if number == 1:
            return self.address
        page, _, query = self.address.partition("?")
        return f"{page}?{urlencode([*parse_qsl(query), ('page', str(number))])}"

    def list_links(self) -> dict[str, str]:
        """Return the other pages by how they relate to this one (RFC 5005)."""
        links = {"first": self.address, "last": self.get_address(self.last)}
        if self.number > 1:
            links["previous"] = self.get_address(self.number - 1)
        if self.number < self.last:
            links["next"] = self.get_address(self.number + 1)
        return links

    def read(self) -> list[FeedEntry]:
        start = (self.number - 1) * ENTRIES_PER_PAGE
        return self.source.read_entries(start, start + ENTRIES_PER_PAGE)


class PagedAtom(Atom1Feed):
    """An Atom feed that says how many entries there are in all and where the others stand."""

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xmlns:os": OPEN_SEARCH}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        page: FeedPage = self.feed["page"]
        for relation, address in page.list_links().items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})
        handler.addQuickElement("os:totalResults", str(page.source.total))
        handler.addQuickElement("generator", "Newsroom")


class PagedRss(Rss201rev2Feed):
    """An RSS feed that says the same."""

    def rss_attributes(self) -> dict[str, Any]:
        return {**super().rss_attributes(), "xmlns:os": OPEN_SEARCH}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        page: FeedPage = self.feed["page"]
        for relation, address in page.list_links().items():
            handler.addQuickElement("atom:link", "", {"rel": relation, "href": address})
        handler.addQuickElement("os:totalResults", str(page.source.total))


def write_atom(page: FeedPage) -> bytes:
    return write_xml_feed(PagedAtom, page)


def write_rss(page: FeedPage) -> bytes:
    return write_xml_feed(PagedRss, page)


def write_xml_feed(kind: type[PagedAtom] | type[PagedRss], page: FeedPage) -> bytes:
    feed = kind(
        title=drop_controls(page.source.title),
        link=page.source.page_address,
        description=drop_controls(page.source.summary),
        language="en",
        author_name="Newsroom",
        feed_url=page.own,
        feed_guid=page.address,
        page=page,
    )
    for entry in page.read():
        feed.add_item(
            title=drop_controls(entry.title),
            link=entry.address,
            description=drop_controls(entry.html),
            author_name=drop_controls(entry.author) or None,
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.key,
            unique_id_is_permalink=entry.key == entry.address,
            categories=[drop_controls(tag) for tag in entry.tags],
        )
    return str(feed.writeString("utf-8")).encode()


def write_json_feed(page: FeedPage) -> bytes:
    """Return a feed of version 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    links = page.list_links()
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.source.title,
        "description": page.source.summary,
        "home_page_url": page.source.page_address,
        "feed_url": page.own,
        "language": "en",
        "_newsroom": {"total": page.source.total, "filters": page.source.described},
        "items": [build_json_item(entry) for entry in page.read()],
    }
    if "next" in links:
        feed["next_url"] = links["next"]
    return json.dumps(feed, ensure_ascii=False).encode()


def build_json_item(entry: FeedEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.key,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "content_text": entry.text,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": entry.tags,
        "_newsroom": entry.told,
    }
    if entry.external:
        item["external_url"] = entry.external
    if entry.author:
        item["authors"] = [{"name": entry.author}]
    if entry.language:
        item["language"] = entry.language
    return item


def build_entry(told: ToldRow) -> FeedEntry:
    """Return a quote as the entry of a feed."""
    row = told.row
    return FeedEntry(
        key=row.address,
        address=row.address,
        title=build_title(told),
        html=build_content(row),
        text=row.sentence,
        author=find_author(row),
        published=find_publication(row),
        updated=row.added_at,
        tags=[row.act, row.kind, row.outlet],
        external=row.article_address,
        language=row.language,
        told={"id": row.id, "stance": row.stance, "claim_id": row.claim_id},
    )


def find_author(row: FlatRow) -> str:
    """Return the actor of an entry; nothing if it may well be another."""
    return "" if row.speaker_unsure else row.actor


def build_title(told: ToldRow) -> str:
    """Return who said what and where, of which nothing but what is said is cut."""
    headline = format_headline(told.parts, LONGEST_QUOTE_IN_TITLE)
    place = format_place(told.row.outlet, told.row.published_on)
    return " ".join(f"{headline} ({place})".split())


def build_content(row: FlatRow) -> str:
    """Return an entry as HTML: the sentence, and the article it is from."""
    title = escape(row.article_title)
    if row.article_address:
        address = escape(row.article_address, {'"': "&quot;"})
        title = f'<a href="{address}">{title}</a>'
    doubt = "<p>The speaker may be wrong.</p>" if row.speaker_unsure else ""
    return f"<blockquote><p>{escape(row.sentence)}</p></blockquote>{doubt}<p>{title}</p>"


def find_publication(row: FlatRow) -> datetime:
    """Return the day of the article as a moment, or when the quote came in if it has none."""
    if row.published_on is None:
        return row.added_at
    return datetime.combine(row.published_on, time(), UTC)
