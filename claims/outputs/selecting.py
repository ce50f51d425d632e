"""Which quotes an output has: those of a state of the filters, or of a claim, as one list of ids.

The ids are read once, so that a file of a million rows that is sent over minutes has the quotes that
the page had when it was asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.urls import reverse

from claims.models import Article, Claim
from claims.models.addresses import get_address
from claims.passages.cutting import cut_text
from claims.search.columns import REJECTED_CODE, Columns, ColumnValues
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters
from claims.search.parameters import LIST_PARAMETERS
from claims.search.quoted import find_quotes_of_claim
from claims.search.stream import select_ids_in_order

LONGEST_CLAIM_IN_TITLE = 80  # characters


@dataclass(frozen=True, slots=True)
class Selection:
    """The quotes of an output, in order.

    `title` says in a few words which they are, `described` by which filters; `page` is the address
    of the page that shows them, with `query`, below `site`; `table` is where their CSV is, as seen
    from what describes it.
    """

    ids: ColumnValues
    site: str
    page: str
    query: str
    title: str
    described: str
    made_at: datetime
    table: str = "quotes.csv"

    @property
    def total(self) -> int:
        return len(self.ids)

    @property
    def page_address(self) -> str:
        """Return the address of the page, in full."""
        query = f"?{self.query}" if self.query else ""
        return f"{self.site}{self.page}{query}"

    @property
    def summary(self) -> str:
        """Return how many quotes there are and which."""
        noun = "quote" if self.total == 1 else "quotes"
        return f"{self.total:,} {noun}: {self.described}"

    def describe(self) -> dict[str, str]:
        """Return what a file says of itself: which quotes, how many, and from where."""
        return {
            "title": self.title,
            "rows": str(self.total),
            "filters": self.described,
            "query": self.query,
            "page": self.page_address,
            "made_at": self.made_at.isoformat(timespec="seconds"),
        }


def select_by_filters(known: Columns, filters: Filters, site: str) -> Selection:
    """Return the quotes that the front page shows for these filters."""
    matching = MatchingQuotes(known, filters)
    described = describe_filters(filters)
    return Selection(
        ids=select_ids_in_order(matching, matching.total),
        site=site,
        page=reverse("quotes"),
        query=filters.query(),
        title=f"Quotes: {described}",
        described=described,
        made_at=datetime.now(UTC),
    )


def build_selection(
    ids: ColumnValues, site: str, page: str, filters: Filters, title: str
) -> Selection:
    """Return quotes that another page than the front page shows for these filters."""
    return Selection(
        ids=ids,
        site=site,
        page=page,
        query=filters.query(),
        title=title,
        described=describe_filters(filters),
        made_at=datetime.now(UTC),
    )


def select_by_claim(known: Columns, claim: Claim, asked: Mapping[str, Any], site: str) -> Selection:
    """Return the quotes of a claim, the newest first, or in the order in which they came in."""
    found = find_quotes_of_claim(known, claim.pk, asked)
    ids = np.array(found.ids, np.int64)
    words = cut_text(claim.text, LONGEST_CLAIM_IN_TITLE)
    return Selection(
        ids=np.sort(ids)[::-1] if asked.get("order") == "arrived" else ids,
        site=site,
        page=get_address("claim", claim.pk),
        query=urlencode({name: value for name, value in asked.items() if name == "copies"}),
        title=f"Quotes of the claim “{words}”",
        described=f"claim {claim.pk}",
        made_at=datetime.now(UTC),
    )


def select_by_article(known: Columns, article: Article, site: str) -> Selection:
    """Return the quotes of an article that readers see, in the order of its text."""
    is_told = (known["article"] == article.pk) & (known["status"] != REJECTED_CODE)
    ids = known["id"][is_told][np.argsort(known["cue"][is_told], kind="stable")]
    return Selection(
        ids=ids.astype(np.int64),
        site=site,
        page=get_address("article", article.pk),
        query="",
        title=f"Quotes in “{article.title}”",
        described=f"article {article.pk}",
        made_at=datetime.now(UTC),
    )


def select_by_quote(pk: int, site: str) -> Selection:
    """Return one quote, whatever became of it."""
    return Selection(
        ids=np.array([pk], np.int64),
        site=site,
        page=get_address("quote", pk),
        query="",
        title=f"Quote {pk}",
        described=f"number {pk}",
        made_at=datetime.now(UTC),
    )


def describe_filters(filters: Filters) -> str:
    """Return the filters in words: “act deny; since 2024-03-05”."""
    told = []
    for name in LIST_PARAMETERS:
        if name == "where":  # is told with the words
            continue
        values = [filters.label(name, value) for value in getattr(filters, name)]
        if values:
            told.append(f"{name} {' or '.join(values)}")
    for name in ("since", "until", "copies"):
        if value := getattr(filters, name):
            told.append(f"{name} {value}")
    if filters.q:
        places = [filters.label("where", place) for place in filters.where]
        told.append(f"words {filters.q}" + (f" in {' or '.join(places)}" if places else ""))
    return "; ".join(told) or "all"
