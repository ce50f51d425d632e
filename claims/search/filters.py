"""One set of filters for every list of quotes: read from a query string, applied to rows, written
back as links.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from claims.models import Quote
from claims.models.places import WORDS_ALONE, Place
from claims.models.quote_queryset import QuoteQuerySet
from claims.models.spelled_query import Spellings, find_spellings
from claims.search.parameters import (
    FILTER_PARAMETERS,
    LIST_PARAMETERS,
    CopiesChosen,
    QuoteOrder,
    get_default_order,
)
from claims.search.places import LABEL_OF_PLACE
from claims.search.problems import QueryProblem
from claims.search.reading import ChosenRow, FilterReader


@dataclass(frozen=True, slots=True)
class FilterChip:
    """An active filter, with the query string that is left without it."""

    parameter: str
    value: str
    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Filters:
    """The whole state of a list of quotes.

    `problems` holds what of the query string was left out, and why.

    `copies` says how often the same words in copies of one text count; empty: as by default.
    `notices` are of actors that the query string names as they were before they were merged
    into another one. `rows` has the actors and outlets chosen, by parameter and slug.
    `where` is empty where words are looked for in quotes alone.
    """

    actor: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    q: str = ""
    where: tuple[Place, ...] = ()
    copies: CopiesChosen = ""
    order: QuoteOrder = "newest"
    problems: tuple[QueryProblem, ...] = ()
    notices: tuple[QueryProblem, ...] = ()
    rows: dict[tuple[str, str], ChosenRow] = field(default_factory=dict, compare=False)

    @classmethod
    def read(cls, query: QueryDict, *, also: Collection[str] = ()) -> "Filters":
        """Return the filters a query string asks for; `also` are further parameters that
        the caller reads.

        Never raises.
        """
        return cls(**FilterReader(query, also).read_state())

    @property
    def counts_texts_once(self) -> bool:
        """Return whether words that copies of one text share count only where they were
        published first.
        """
        return counts_texts_once(self.copies, self.outlet)

    @property
    def places(self) -> tuple[Place, ...]:
        """Return where the words are looked for."""
        return self.where or WORDS_ALONE

    def quotes(self) -> QuoteQuerySet:
        """Return the quotes asked for, in the order asked for.

        Rejected ones are among them only when asked for by status.
        """
        return self.sort(self.matching())

    def sort(self, quotes: QuoteQuerySet) -> QuoteQuerySet:
        """Return some quotes in the order asked for."""
        if self.order == "relevance" and self.q:
            return quotes.by_relevance(self.q, self.places)
        if self.order == "oldest":
            return quotes.oldest()
        if self.order == "arrived":
            return quotes.arrived_last()
        return quotes.newest()

    def matching(self) -> QuoteQuerySet:
        """Return the quotes asked for, in no order."""
        quotes = Quote.objects.standing()
        if self.status:
            quotes = Quote.objects.present().with_status(*self.status)
        return self.narrow(quotes)

    def narrow(self, quotes: QuoteQuerySet) -> QuoteQuerySet:
        """Return those of these quotes that fit, whatever their status and whether they stand."""
        if self.actor:
            quotes = quotes.by(*self.actor)
        if self.speaker:
            quotes = quotes.with_speaker(*self.speaker)
        if self.about:
            quotes = quotes.about(*self.about)
        if self.act:
            quotes = quotes.doing(*self.act)
        if self.kind:
            quotes = quotes.of_kind(*self.kind)
        if self.stance:
            quotes = quotes.taking(*self.stance)
        if self.outlet:
            quotes = quotes.in_outlets(*self.outlet)
        if self.q:
            quotes = quotes.search(self.q, self.find_spellings_to_plan_by(), self.places)
        if self.counts_texts_once:
            quotes = quotes.once_per_text()
        return quotes.published(self.since, self.until)

    def find_spellings_to_plan_by(self) -> Spellings | None:
        """Return how else the words are spelled where PostgreSQL has to know them before: in an order
        by date it goes from quote to quote only where it sees that many have the words.
        """
        return None if self.order == "relevance" else find_spellings(self.q)

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with some changes.

        What is as by default is left out.
        """
        state = {name: getattr(self, name) for name in FILTER_PARAMETERS} | changes
        pairs: list[tuple[str, str]] = []
        q, order = state["q"], state["order"]
        if not q:
            state["where"] = ()
        for name in LIST_PARAMETERS:
            if name != "where":
                pairs += [(name, value) for value in state[name]]
        for name in ("since", "until"):
            if state[name]:
                pairs.append((name, state[name].isoformat()))
        if q:
            pairs.append(("q", q))
        pairs += [("where", place) for place in state["where"]]
        if state["copies"]:
            pairs.append(("copies", state["copies"]))
        needs_words = order == "relevance"
        if order != get_default_order(q) and (q or not needs_words):
            pairs.append(("order", order))
        return urlencode(pairs)

    def with_value(self, name: str, value: str) -> "Filters":
        return self.replace_value(name, (*getattr(self, name), value))

    def without(self, name: str, value: str = "") -> "Filters":
        """Return the state without a value of a parameter that takes several, or without a
        parameter that takes one.
        """
        if name in LIST_PARAMETERS:
            others = tuple(other for other in getattr(self, name) if other != value)
            return self.replace_value(name, others)
        if name == "q":
            order = "newest" if self.order == "relevance" else self.order
            return replace(self, q="", where=(), order=order)
        if name == "copies":
            return self.replace_value(name, "")
        return self.replace_value(name, None)

    def replace_value(self, name: str, value: Any) -> "Filters":
        state: dict[str, Any] = {name: value}
        return replace(self, **state)

    def list_chips(self) -> list[FilterChip]:
        chips = []
        for name in LIST_PARAMETERS:
            for value in getattr(self, name):
                left = self.without(name, value)
                chips.append(FilterChip(name, value, self.label(name, value), left.query()))
        for name in ("since", "until", "q", "copies"):
            value = getattr(self, name)
            if value:
                chips.append(FilterChip(name, str(value), str(value), self.without(name).query()))
        return chips

    def label(self, name: str, value: str) -> str:
        """Return what a value is called: of an actor or outlet its name."""
        if name == "where":
            return next(label for place, label in LABEL_OF_PLACE.items() if place == value)
        row = self.rows.get((name, value))
        return row.label if row else value.replace("_", " ")

    def numbers(self, name: str) -> list[int]:
        """Return the primary keys of the actors or outlets that are chosen."""
        return [self.rows[name, value].number for value in getattr(self, name)]


def counts_texts_once(copies: str, outlets: Collection[str]) -> bool:
    """Return whether copies of one text count once, by what an address says of copies and outlets.

    By default they do, but an outlet that is asked for has all that it published.
    """
    if copies:
        return copies == "once"
    return not outlets
