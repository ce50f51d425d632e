"""Every page that has quotes, for search engines: parts of 50,000 addresses at most.

A part has the rows whose numbers lie between two bounds, so that each is read by its key however
many rows there are.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

import numpy as np
from django.db.models import Max, QuerySet

from claims.models import Article, Decision, Quote
from claims.models.addresses import get_address
from claims.models.standing import build_quote_exists
from claims.search.columns import REJECTED_CODE, Columns, ColumnValues, RowMask

ROWS_PER_PART = 50_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

# The key of a page's address, and when what it shows last changed.
ListedPage = tuple[int | str, datetime | None]
PageReader = Callable[[int, int], Iterable[ListedPage]]


def read_quotes(start: int, stop: int) -> Iterator[ListedPage]:
    """Yield the quotes of a stretch of numbers, with when they came in or were last decided on."""
    decisions = Decision.objects.filter(quote__gte=start, quote__lt=stop).order_by()
    decided = dict(decisions.values_list("quote").annotate(at=Max("made_at")))
    quotes = Quote.objects.standing().filter(pk__gte=start, pk__lt=stop).order_by("pk")
    for pk, added_at in quotes.values_list("pk", "added_at").iterator():
        yield pk, max(added_at, decided.get(pk) or added_at)


def read_claims(start: int, stop: int) -> Iterable[ListedPage]:
    """Return the claims of a stretch that are in lists, with when the last quote of each came in."""
    quotes = Quote.objects.standing().filter(wording__is_proposition=True)
    of_claims = quotes.filter(wording__claim__gte=start, wording__claim__lt=stop)
    return read_latest(of_claims, "wording__claim_id")


def read_actors(start: int, stop: int) -> Iterable[ListedPage]:
    quotes = Quote.objects.standing().filter(actor__gte=start, actor__lt=stop)
    return read_latest(quotes, "actor__slug")


def read_latest(quotes: "QuerySet[Quote]", column: str) -> Iterable[ListedPage]:
    """Return each value of a column with when the last of its quotes came in."""
    grouped = quotes.order_by().values_list(column)  # in no order, so that nothing is sorted
    return grouped.annotate(at=Max("added_at")).iterator()


def read_articles(start: int, stop: int) -> Iterator[ListedPage]:
    with_quotes = Article.objects.filter(build_quote_exists(Article))
    articles = with_quotes.filter(pk__gte=start, pk__lt=stop).order_by("pk")
    edited = articles.annotate(edited=Max("versions__superseded_at"))
    for pk, added_at, edited_at in edited.values_list("pk", "added_at", "edited").iterator():
        yield pk, max(added_at, edited_at or added_at)


def read_outlets(start: int, stop: int) -> Iterable[ListedPage]:
    with_quotes = Article.objects.filter(build_quote_exists(Article))
    articles = with_quotes.filter(outlet__gte=start, outlet__lt=stop)
    grouped = articles.order_by().values_list("outlet__slug")
    return grouped.annotate(at=Max("added_at")).iterator()


@dataclass(frozen=True, slots=True)
class SitemapKind:
    """A kind of page: the view of its address, the column of its numbers, and what reads a part."""

    view: str
    column: str
    read: PageReader


KINDS = {
    "quotes": SitemapKind("quote", "id", read_quotes),
    "claims": SitemapKind("claim", "claim", read_claims),
    "actors": SitemapKind("actor", "actor", read_actors),
    "articles": SitemapKind("article", "article", read_articles),
    "outlets": SitemapKind("outlet", "outlet", read_outlets),
}


def list_parts(known: Columns) -> list[tuple[str, int]]:
    """Return the parts that have something, each by its kind and its number from 1 on."""
    told = known["status"] != REJECTED_CODE
    parts = []
    for name, kind in KINDS.items():
        for place in list_places(known, kind, told).tolist():
            parts.append((name, place + 1))
    return parts


def list_places(known: Columns, kind: SitemapKind, told: RowMask) -> ColumnValues:
    """Return the places of the stretches of numbers in which a kind has rows with quotes."""
    is_listed = told & known["proposition"] if kind.column == "claim" else told
    numbers = known[kind.column][is_listed]
    numbers = numbers[numbers > 0]  # unknown speakers are no actor
    return np.unique(numbers // ROWS_PER_PART)


def write_index(site: str, parts: Iterable[tuple[str, str]]) -> str:
    """Return the index of the parts, each given by its address; its name tells nothing else."""
    entries = "".join(f"<sitemap><loc>{escape(site + path)}</loc></sitemap>\n" for _, path in parts)
    return f'{XML_HEAD}<sitemapindex xmlns="{NAMESPACE}">\n{entries}</sitemapindex>\n'


def write_part(site: str, kind: SitemapKind, number: int) -> Iterator[str]:
    """Yield a part while its rows are read."""
    start = (number - 1) * ROWS_PER_PART
    yield f'{XML_HEAD}<urlset xmlns="{NAMESPACE}">\n'
    for key, changed in kind.read(start, start + ROWS_PER_PART):
        address = escape(site + get_address(kind.view, key))
        day = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
        yield f"<url><loc>{address}</loc>{day}</url>\n"
    yield "</urlset>\n"
