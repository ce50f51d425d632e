"""Quotes as feeds that readers follow: Atom, RSS and JSON Feed, in pages that lead to each other."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import parse_qsl, urlencode
from xml.sax.saxutils import escape

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from claims.outputs.fields import FlatRow
from claims.outputs.plain_characters import drop_controls
from claims.outputs.rows import read_rows
from claims.outputs.selecting import Selection
from claims.passages.cutting import cut_text

ENTRIES_PER_PAGE = 50
LONGEST_TITLE = 200  # characters
OPEN_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of a feed; `address` is that of the feed without a page."""

    selection: Selection
    address: str
    number: int

    @property
    def last(self) -> int:
        return max(-(-self.selection.total // ENTRIES_PER_PAGE), 1)

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

    def read(self) -> list[FlatRow]:
        start = (self.number - 1) * ENTRIES_PER_PAGE
        ids = self.selection.ids[start : start + ENTRIES_PER_PAGE]
        return list(read_rows(replace(self.selection, ids=ids)))


class PagedAtom(Atom1Feed):
    """An Atom feed that says how many entries there are in all and where the others stand."""

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xmlns:os": OPEN_SEARCH}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        page: FeedPage = self.feed["page"]
        for relation, address in page.list_links().items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})
        handler.addQuickElement("os:totalResults", str(page.selection.total))
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
        handler.addQuickElement("os:totalResults", str(page.selection.total))


def write_atom(page: FeedPage) -> bytes:
    return write_xml_feed(PagedAtom, page)


def write_rss(page: FeedPage) -> bytes:
    return write_xml_feed(PagedRss, page)


def write_xml_feed(kind: type[PagedAtom] | type[PagedRss], page: FeedPage) -> bytes:
    feed = kind(
        title=drop_controls(page.selection.title),
        link=page.selection.page_address,
        description=drop_controls(page.selection.summary),
        language="en",
        author_name="Newsroom",
        feed_url=page.own,
        feed_guid=page.address,
        page=page,
    )
    for row in map(drop_controls_of_row, page.read()):
        feed.add_item(
            title=build_title(row),
            link=row.address,
            description=build_content(row),
            author_name=find_author(row) or None,
            pubdate=find_publication(row),
            updateddate=row.added_at,
            unique_id=row.address,
            unique_id_is_permalink=True,
            categories=[row.act, row.kind, row.outlet],
        )
    return str(feed.writeString("utf-8")).encode()


def drop_controls_of_row(row: FlatRow) -> FlatRow:
    return FlatRow._make(drop_controls(value) if isinstance(value, str) else value for value in row)


def write_json_feed(page: FeedPage) -> bytes:
    """Return a feed of version 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    links = page.list_links()
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.selection.title,
        "description": page.selection.summary,
        "home_page_url": page.selection.page_address,
        "feed_url": page.own,
        "language": "en",
        "_newsroom": {"total": page.selection.total, "filters": page.selection.described},
        "items": [build_json_item(row) for row in page.read()],
    }
    if "next" in links:
        feed["next_url"] = links["next"]
    return json.dumps(feed, ensure_ascii=False).encode()


def build_json_item(row: FlatRow) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": row.address,
        "url": row.address,
        "title": build_title(row),
        "content_html": build_content(row),
        "content_text": row.sentence,
        "date_published": find_publication(row).isoformat(),
        "date_modified": row.added_at.isoformat(),
        "tags": [row.act, row.kind, row.outlet],
        "_newsroom": {"id": row.id, "stance": row.stance, "claim_id": row.claim_id},
    }
    if row.article_address:
        item["external_url"] = row.article_address
    if author := find_author(row):
        item["authors"] = [{"name": author}]
    if row.language:
        item["language"] = row.language
    return item


def find_author(row: FlatRow) -> str:
    """Return the actor of an entry; nothing if it may well be another."""
    return "" if row.speaker_unsure else row.actor


def build_title(row: FlatRow) -> str:
    return cut_text(" ".join(row.sentence.split()), LONGEST_TITLE)


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
