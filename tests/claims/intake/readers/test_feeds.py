# ruff: noqa: E501 -- the lines of files made here are long
import json
from html import escape

from claims.intake.readers import Document, Link, Problem
from tests.claims.intake.readers.reading import (
    PARAGRAPHS,
    TEXT,
    read_all,
    read_links,
    read_one,
    read_refusal,
)

MARKED = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
SPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'


def make_item(content: str = MARKED, extra: str = "") -> str:
    encoded = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return (
        "<item><title>Bridge stays open</title><link>https://herald.example/bridge</link><dc:creator>Ana Bell</dc:creator>"
        f"<category>Local</category><pubDate>Tue, 05 Mar 2024 08:00:00 +0000</pubDate><description>The first lines.</description>{encoded}{extra}</item>"
    )


def make_rss(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel><title>Harbour Herald</title>{"".join(items)}</channel></rss>'


def test_items_that_hold_their_text_are_articles_and_others_are_named_with_their_address() -> None:
    found, alone = read_all(make_rss(make_item(), make_item("")), "news.rss")

    assert isinstance(found, Document)
    assert (found.title, found.text, found.publisher) == (
        "Bridge stays open",
        TEXT,
        "Harbour Herald",
    )
    assert (str(found.published_on), found.author, found.section) == (
        "2024-03-05",
        "Ana Bell",
        "Local",
    )
    assert isinstance(alone, Link)
    assert alone.where == "news.rss: item 2 (https://herald.example/bridge)"
    assert "first lines alone" in alone.reason
    assert (alone.address, alone.day) == ("https://herald.example/bridge", "2024-03-05")


def test_of_a_wordpress_export_what_is_published_is_read() -> None:
    states = {"post": "publish", "page": "draft", "attachment": "inherit"}
    items = [
        make_item(extra=f"<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status>")
        for kind, status in states.items()
    ]

    found, draft = read_all(make_rss(*items), "export.xml")

    assert isinstance(found, Document)
    assert found.text == TEXT
    assert draft == Problem("export.xml: item 2", "it is not published (draft)")


def test_atom_is_read() -> None:
    content = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Herald</title><entry><id>tag:7</id><title>Bridge stays open</title>'
        '<link href="https://herald.example/bridge"/><published>2024-03-05T23:30:00-05:00</published><author><name>Ana Bell</name></author>'
        f'<content type="html">{escape(MARKED)}</content></entry></feed>'
    )

    found = read_one(content, "news.atom")

    assert (found.text, found.author, found.url) == (
        TEXT,
        "Ana Bell",
        "https://herald.example/bridge",
    )


def test_json_feed_is_read() -> None:
    item = {"id": "7", "url": "https://herald.example/bridge", "title": "Bridge stays open", "content_html": MARKED,
            "date_published": "2024-03-05T08:00:00Z", "authors": [{"name": "Ana Bell"}]}  # fmt: skip
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Herald",
        "items": [item],
    }

    found = read_one(json.dumps(feed), "news.json")

    assert (found.text, found.author, found.publisher) == (TEXT, "Ana Bell", "Harbour Herald")


def test_a_feed_that_defines_entities_is_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        + make_rss(make_item("&b;"))[21:]
    )

    assert "defines XML entities" in read_refusal(bomb, "news.rss")


def test_a_feed_that_is_a_page_is_read_as_a_page() -> None:
    refusal = read_refusal("<!DOCTYPE html><html><body><p>Not found.</p></body></html>", "news.rss")

    assert "too little text for an article" in refusal


def test_a_feed_without_items_is_refused() -> None:
    assert "the feed has no items" in read_refusal(make_rss(), "news.rss")


def test_an_item_without_text_and_without_address_is_refused() -> None:
    item = (
        "<item><title>Bridge stays open</title><description>The first lines.</description></item>"
    )

    refusal = read_refusal(make_rss(item), "news.rss")

    assert refusal == "news.rss: item 1: the feed holds its first lines alone, and no address"


def test_addresses_of_a_feed_are_relative_to_its_own() -> None:
    item = "<item><title>Bridge</title><link>/2024/bridge</link></item>"

    links = read_links(make_rss(item), "feed", address="https://herald.example/feeds/all")

    assert links == [("https://herald.example/2024/bridge", "")]


def test_items_of_a_json_feed_without_text_lead_to_their_address() -> None:
    item = {"id": "7", "url": "/bridge", "summary": "…", "date_published": "2024-03-05T08:00:00Z"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Herald", "items": [item]}

    links = read_links(json.dumps(feed), "feed", address="https://herald.example/feed.json")

    assert links == [("https://herald.example/bridge", "2024-03-05")]
