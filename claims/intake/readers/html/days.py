"""The day on which a page says that its article was published."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dateutil import parser as date_parser
from htmldate import find_date
from lxml.html import HtmlElement

from claims.intake.readers.dates import find_days_in_address, read_day
from claims.intake.readers.html.structured import MetaElements, find_string
from claims.intake.readers.problems import Broken

META_DAYS = [
    "article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "og:published_time",
    "og:article:published_time",
    "article.published",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "ptime",
    "created",
    "article_date_original",
    "publication_date",
    "published_time",
    "display-date",
    "pdate",
    "bt:pubdate",
    "rnews:datepublished",
    "datecreated",
    "article:published",
]
ISO_START = re.compile(r"\s*(\d{4}-\d\d-\d\d)")
IN_UTC = re.compile(r"(?:Z|[+-]00:?00|UTC|GMT)\s*$")
NAMED_MONTH = re.compile(r"[A-Za-z]{3}")
YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
PUBLISHED_TIME = (
    ".//time[@itemprop='datePublished' or @pubdate]",
    ".//*[@itemprop='datePublished']",
    ".//time[contains(@class, 'publish') or contains(@class, 'entry-date')"
    " or contains(@class, 'posted')]",
    ".//article//header//time[@datetime]",
    ".//article//time[@datetime]",
    ".//main//time[@datetime]",
    ".//time[@datetime]",
)


def find_published_day(page: HtmlElement, record: dict[str, Any], url: str) -> str:
    """Return the day of publication as YYYY-MM-DD; "" if the page tells none.

    A time in UTC may be of the day before or after: where the address has such a day, that is the
    outlet's own.
    """
    in_address = list(find_days_in_address(url))
    for written in iterate_dates(page, record):
        day = read_written_day(written)
        if day is None:
            continue
        if IN_UTC.search(written):
            neighbours = [other for other in in_address if abs(other - day) == timedelta(days=1)]
            day = next(iter(neighbours), day)
        return day.isoformat()
    if in_address:
        return in_address[0].isoformat()
    return guess_day(page)


def iterate_dates(page: HtmlElement, record: dict[str, Any]) -> Iterator[str]:
    """Yield what may be the date, the surest first."""
    yield find_string(record.get("datePublished"))
    meta = MetaElements(page)
    for name in META_DAYS:
        yield meta.find(name)
    yield find_string(record.get("dateCreated"))
    for place in PUBLISHED_TIME:
        for element in page.xpath(place)[:3]:
            yield element.get("datetime") or element.get("content") or ""
            yield " ".join("".join(element.itertext()).split())[:60]


def read_written_day(written: str) -> date | None:
    """Return the day of a date and time however it is written; None if it is none of a
    newspaper.
    """
    if iso := ISO_START.match(written):
        return check_day(iso[1])
    if re.fullmatch(r"\s*\d{10}(?:\d{3})?\s*", written):
        return read_seconds(written)
    if re.match(r"\s*\d{8}(?:\D|\d{4,6}\b|$)", written):
        return check_day(written.strip()[:8])
    if not YEAR.search(written) or not (NAMED_MONTH.search(written) or "/" in written):
        return None
    try:
        day = date_parser.parse(written, fuzzy=True, ignoretz=True)
    except (ValueError, OverflowError, TypeError):
        return None
    return check_day(day.date().isoformat())


def read_seconds(written: str) -> date | None:
    """Return the day of a time in seconds, or milliseconds, since 1970."""
    seconds = int(written.strip()[:10])
    return check_day((date(1970, 1, 1) + timedelta(seconds=seconds)).isoformat())


def check_day(written: str) -> date | None:
    try:
        return read_day(written)
    except Broken:
        return None


def guess_day(page: HtmlElement) -> str:
    """Return the day that the page shows somewhere; "" if none is found."""
    try:
        found = find_date(page, original_date=True, extensive_search=True, outputformat="%Y-%m-%d")
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ""
    is_year_alone = (found or "").endswith("-01-01")  # as of a copyright, "© 2024"
    return "" if not found or is_year_alone else found
