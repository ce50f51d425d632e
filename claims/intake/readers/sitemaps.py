"""Sitemaps: the addresses of a site's pages, with the dates that news sitemaps give; and indexes of sitemaps."""

import re
from collections.abc import Iterator

from lxml import etree

from claims.intake.readers.links import NOT_FETCHED, Link, resolve_link
from claims.intake.readers.problems import Broken, Problem
from claims.intake.readers.xml import find_text, parse_xml

ENTRIES = {"urlset": "url", "sitemapindex": "sitemap"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ADDRESS_ALONE = f"the sitemap has its address alone, and {NOT_FETCHED}"


def read_sitemap(content: bytes, where: str, *, address: str = "") -> Iterator[Link | Problem]:
    """Yield what a sitemap leads to, in its order. Raises `Broken` if it cannot be read, or is empty."""
    root = parse_xml(content)
    name = etree.QName(root).localname
    entries = root.xpath(f"./*[local-name()='{ENTRIES.get(name, '')}']")
    if not entries:
        raise Broken("the sitemap names no pages")
    for number, entry in enumerate(entries, 1):
        yield read_sitemap_entry(entry, f"{where}: entry {number}", address)


def read_sitemap_entry(entry: etree._Element, here: str, base: str) -> Link | Problem:
    written = entry.xpath("string(./*[local-name()='loc'])").strip()
    address = resolve_link(base, written)
    if not address:
        return Problem(here, f"{written[:100]!r} is not an http or https URL")
    day = DAY.match(find_text(entry, "publication_date"))
    return Link(f"{here} ({address})", address, ADDRESS_ALONE, day=day[0] if day else "")
