"""What somebody follows: a state of the filters, a topic, or a claim, as an address asks for it."""

from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
from django.http import QueryDict
from django.urls import reverse

from claims.models import Claim, SavedSearch, Wording
from claims.models.addresses import get_address
from claims.models.quote_queryset import QuoteQuerySet
from claims.outputs.selecting import LONGEST_CLAIM_IN_TITLE, describe_filters
from claims.pages.topics import find_rows_on_topic
from claims.passages.cutting import cut_text
from claims.search.columns import REJECTED_CODE, Columns, RowNumbers
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters
from claims.search.parameters import get_default_order
from claims.search.problems import QueryProblem, shorten_query_value
from newsroom.row_numbers import read_row_number

PARAMETERS_BESIDE_FILTERS = ("claim", "topic")
LONGEST_QUERY = 4000  # characters
NOTHING_ON_TOPIC = QueryProblem("q", "", "A topic needs words: “q”.")


@dataclass(frozen=True, slots=True)
class Followed:
    """What is followed; `claim` and `is_topic` say of which page, and `problems` what is wrong."""

    filters: Filters
    claim: Claim | None = None
    is_topic: bool = False
    problems: tuple[QueryProblem, ...] = ()

    @property
    def described(self) -> str:
        """Return it in a few words."""
        if self.claim:
            return f"the claim “{cut_text(self.claim.text, LONGEST_CLAIM_IN_TITLE)}”"
        words = describe_filters(self.filters)
        if self.is_topic:
            return f"the topic “{self.filters.q}” ({words})"
        return "all quotes" if words == "all" else words

    @property
    def page(self) -> str:
        """Return the address of the page that shows it, without the site."""
        if self.claim:
            return get_address("claim", self.claim.pk)
        query = self.filters.query()
        page = reverse("topics") if self.is_topic else reverse("quotes")
        return f"{page}?{query}" if query else page

    @property
    def page_of_new(self) -> str:
        """Return the address of that page with what came in last first, where it can be sorted so."""
        if self.claim or self.is_topic:
            return self.page
        return f"{reverse('quotes')}?{self.filters.query(order='arrived')}"

    @property
    def query(self) -> str:
        """Return the query string by which it is asked for again, in whatever order."""
        if self.claim:
            return urlencode({"claim": self.claim.pk})
        filters = self.filters.query(order=get_default_order(self.filters.q))
        return f"topic=1&{filters}".rstrip("&") if self.is_topic else filters

    def find_rows(self, known: Columns) -> RowNumbers:
        """Return the rows of its quotes, the newest first."""
        if self.claim:
            is_of_claim = known["claim"] == self.claim.pk
            return np.flatnonzero(is_of_claim & (known["status"] != REJECTED_CODE))
        if self.is_topic:
            sides = find_rows_on_topic(known, self.filters).sides.values()
            return np.sort(np.concatenate(list(sides)))
        return MatchingQuotes(known, self.filters).rows

    def narrow(self, quotes: QuoteQuerySet) -> QuoteQuerySet:
        """Return those of these quotes that it has, or had as long as they stood."""
        if self.claim:
            return quotes.filter(wording__claim=self.claim)
        return self.filters.narrow(quotes)


def read_followed(query: QueryDict) -> Followed:
    """Return what a query string asks to follow, with what is wrong with it."""
    if "claim" in query:
        return read_claim(query)
    filters = Filters.read(query, also=PARAMETERS_BESIDE_FILTERS)
    is_topic = query.get("topic", "") == "1"
    problems = list(filters.problems)
    if query.get("topic", "1") != "1":
        shown = shorten_query_value(query.get("topic", ""))
        problems.append(QueryProblem("topic", shown, f"“topic” is 1, not “{shown}”."))
    if is_topic and not filters.q:
        problems.append(NOTHING_ON_TOPIC)
    if len(query.urlencode()) > LONGEST_QUERY:
        problems.append(QueryProblem("q", "", "This search is too long to be followed."))
    return Followed(filters, is_topic=is_topic, problems=tuple(problems))


def read_claim(query: QueryDict) -> Followed:
    written = query.get("claim", "")
    claim = find_claim_now(read_row_number(written) or 0)
    others = [name for name in query if name != "claim"]
    filters = Filters()
    if claim is None or others:
        shown = shorten_query_value(", ".join(others) if claim else written)
        message = (
            f"There is no filter “{shown}” of a claim." if claim else "There is no such claim."
        )
        return Followed(filters, claim, problems=(QueryProblem("claim", shown, message),))
    return Followed(filters, claim)


def find_claim_now(number: int) -> Claim | None:
    """Return the claim of a number, or the one that took its place."""
    claim = Claim.objects.defer("search").filter(pk=number).first()
    return claim or Wording.objects.find_claim(number)


def restore_followed(search: SavedSearch) -> Followed:
    """Return what a saved search is about now; actors that were merged are followed as one."""
    return read_followed(QueryDict(search.query))
