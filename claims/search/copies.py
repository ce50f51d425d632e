"""Copies of one text among what is listed: how often they count, and where else a text stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import numpy as np

from claims.models import Article, Outlet, Quote
from claims.models.addresses import get_address
from claims.search.columns import Columns
from claims.search.facets import MatchingQuotes

COPIES_NAMED = 2  # beside a line, by their outlets
COPIES_ANCHOR = "#copies"  # of all copies, on the page of an article


@dataclass(frozen=True, slots=True)
class CopiesChoice:
    """How many quotes there are with each text counted once and with every copy counted, and the
    query strings of both.
    """

    is_once: bool
    once: int
    every: int
    once_query: str
    every_query: str

    def __bool__(self) -> bool:
        """Tell whether there is anything to choose."""
        return self.once != self.every


@dataclass(frozen=True, slots=True)
class OtherPlaces:
    """Where else a text stands: some places by their names with addresses, how many more there
    are, and the address of all.
    """

    named: list[tuple[str, str]]
    more: int
    address: str


def build_list_copies_choice(
    asked: Mapping[str, Any], once: int, every: int, *, is_once_by_default: bool = True
) -> CopiesChoice:
    """Return the choice on a list page; `asked` is what its address asks for."""
    other = {name: value for name, value in asked.items() if name != "copies"}
    way = asked.get("copies", "once" if is_once_by_default else "all")
    default = urlencode(other)
    return CopiesChoice(
        is_once=way == "once",
        once=once,
        every=every,
        once_query=default if is_once_by_default else urlencode({**other, "copies": "once"}),
        every_query=urlencode({**other, "copies": "all"}) if is_once_by_default else default,
    )


def build_copies_choice(matching: MatchingQuotes) -> CopiesChoice:
    filters = matching.filters
    every = once = matching.total
    if len(matching.columns.copied_rows):
        rows = matching.rows_beside("copies")
        every = len(rows)
        once = every - int(np.count_nonzero(matching.columns.is_repeated[rows]))
    return CopiesChoice(
        is_once=filters.counts_texts_once,
        once=once,
        every=every,
        once_query=filters.query(copies="once" if filters.outlet else ""),
        every_query=filters.query(copies="" if filters.outlet else "all"),
    )


# Quotes


def find_other_places_of_quotes(known: Columns, ids: Iterable[int]) -> dict[int, OtherPlaces]:
    """Return where the words of these quotes stand in copies of their articles, for those that
    have any. It takes a query, or none where there are none.
    """
    copies_by_quote = {pk: list_copies_of_quote(known, pk) for pk in ids}
    outlets = {outlet for copies in copies_by_quote.values() for outlet in copies}
    if not outlets:
        return {}
    names = {number: name for number, (_, name) in Outlet.objects.named(outlets).items()}
    places = {}
    for pk, copies in copies_by_quote.items():
        if not copies:
            continue
        named = []
        for outlet, quote in copies.items():
            if outlet in names:
                named.append((names[outlet], quote.address_in_article))
        article = int(known["article"][known.row_of_quote[pk]])
        places[pk] = build_other_places(named, get_address("article", article))
    return places


def list_copies_of_quote(known: Columns, pk: int) -> dict[int, Quote]:
    """Return the first quote of the same words in each outlet, by the outlet's number; those of
    the same article are left out.
    """
    if pk >= len(known.row_of_quote) or known.row_of_quote[pk] < 0:
        return {}
    own_row = int(known.row_of_quote[pk])
    copies: dict[int, Quote] = {}
    for row in known.find_copied_rows(own_row).tolist():
        article = int(known["article"][row])
        if article == known["article"][own_row]:
            continue
        quote = Quote(
            pk=int(known["id"][row]), article_id=article, cue_start=int(known["cue"][row])
        )
        copies.setdefault(int(known["outlet"][row]), quote)
    return copies


def build_other_places(named: list[tuple[str, str]], article: str) -> OtherPlaces:
    """Return the first of some places; `article` is the address of the page that has them all."""
    more = max(len(named) - COPIES_NAMED, 0)
    return OtherPlaces(named[:COPIES_NAMED], more, f"{article}{COPIES_ANCHOR}")


# Articles


def attach_copies(articles: Iterable[Article]) -> None:
    """Give each of these articles, which come with their `shared_text`, its other `copies`.

    It takes a query, or none where no article has any.
    """
    rows = list(articles)
    texts = {article.shared_text for article in rows if article.shared_text}
    copies_by_text: dict[int | None, list[Article]] = {}
    if texts:
        for copy in Article.objects.sharing_texts(texts):
            copies_by_text.setdefault(copy.shared_text, []).append(copy)
    for article in rows:
        copies = copies_by_text.get(article.shared_text, []) if article.shared_text else []
        article.copies = [copy for copy in copies if copy.pk != article.pk]


def list_other_places(article: Article) -> OtherPlaces | None:
    """Return where else an article stands, once its copies are attached; None if nowhere."""
    if not article.copies:
        return None
    named: dict[str, str] = {}
    for copy in article.copies:
        named.setdefault(copy.outlet.name, copy.get_absolute_url())
    return build_other_places(list(named.items()), article.get_absolute_url())
