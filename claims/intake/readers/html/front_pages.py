"""Tells the front page of a site, which leads to articles, from an article."""

from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from claims.intake.readers.documents import Broken
from claims.intake.readers.html.structured import MetaElements
from claims.intake.readers.links import resolve_link

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
FEWEST_LINKS = 5  # to articles
WORDS_OF_LINK = 4  # at least, of one to an article; those of menus are shorter


def refuse_front_page(page: HtmlElement, record: dict[str, Any], url: str, address: str) -> None:
    """Raise `Broken`, with the site's feed, if what was found at an address is no article.

    `record` is what the page says for machines of its article, and `url` the address it gives it.
    """
    is_told = bool(record) or MetaElements(page).find("og:type") == "article"
    if is_told or not is_front_address(address) or not is_front_address(url or address):
        return
    if count_links_to_articles(page) < FEWEST_LINKS:
        return
    feed = find_feed(page, address)
    hint = f"; its feed is {feed}" if feed else ""
    raise Broken(f"it is the front page of a site, and no article{hint}")


def is_front_address(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.hostname) and not parts.path.strip("/") and not parts.query


def count_links_to_articles(page: HtmlElement) -> int:
    links = page.xpath("//a[@href]")
    return sum(len(link.text_content().split()) >= WORDS_OF_LINK for link in links)


def find_feed(page: HtmlElement, address: str) -> str:
    """Return the address of the feed that a page names; "" if it names none."""
    for link in page.iter("link"):
        if (link.get("type") or "").lower() in FEED_TYPES:
            return resolve_link(address, link.get("href") or "")
    return ""
