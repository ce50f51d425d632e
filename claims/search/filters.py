"""One set of filters for every list of quotes: read from a query string, applied to rows, written
back as links.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NamedTuple, cast, get_args
from urllib.parse import urlencode

import numpy as np
from django.http import QueryDict
from numpy.typing import NDArray

from claims.extraction.schema import ACTS, KINDS, STANCES
from claims.models import Quote, QuoteStatus
from claims.models.actors import SPEAKER_VALUES, UNKNOWN_SLUG
from claims.models.quote_queryset import QuoteQuerySet
from claims.models.text_search import why_unsearchable
from claims.search.columns import read_binary_copy
from claims.search.problems import QueryProblem, list_repeated_problems, shorten_query_value
from claims.search.slugs import SlugRow, find_slugs

QuoteOrder = Literal["newest", "oldest", "relevance"]
CopiesCounted = Literal["once", "all"]
CopiesChosen = CopiesCounted | Literal[""]  # empty: as by default
COPIES_COUNTED: tuple[CopiesCounted, ...] = get_args(CopiesCounted)
VALUES_OF_PARAMETER: dict[str, tuple[str, ...]] = {
    "speaker": SPEAKER_VALUES,
    "act": ACTS,
    "kind": KINDS,
    "stance": STANCES,
    "status": tuple(QuoteStatus.values),
}
SLUG_PARAMETERS = ("actor", "about", "outlet")
LIST_PARAMETERS = ("actor", "speaker", "about", "act", "kind", "stance", "outlet", "status")
FILTER_PARAMETERS = (
    "actor",
    "speaker",
    "about",
    "act",
    "kind",
    "stance",
    "outlet",
    "since",
    "until",
    "q",
    "status",
    "copies",
    "order",
)
SINGLE_PARAMETERS = ("since", "until", "q", "copies", "order")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_SEARCH_TEXT = 500  # characters
MOST_VALUES_OF_PARAMETER = 50
UNKNOWN_SPEAKER_NUMBER = 0  # stands where an actor's primary key does
UNKNOWN_SPEAKER_LABEL = "Unknown speaker"


class ChosenRow(NamedTuple):
    """An actor or outlet that is chosen, by its primary key, and what it is called."""

    number: int
    label: str


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
        return FilterReader(query, also).read_filters()

    @property
    def counts_texts_once(self) -> bool:
        """Return whether words that copies of one text share count only where they were
        published first.
        """
        return counts_texts_once(self.copies, self.outlet)

    def quotes(self) -> QuoteQuerySet:
        """Return the quotes asked for, in the order asked for.

        Rejected ones are among them only when asked for by status.
        """
        quotes = self.matching()
        if self.order == "relevance" and self.q:
            return quotes.by_relevance(self.q)
        if self.order == "oldest":
            return quotes.oldest()
        return quotes.newest()

    def matching(self) -> QuoteQuerySet:
        """Return the quotes asked for, in no order."""
        quotes = Quote.objects.standing()
        if self.status:
            quotes = Quote.objects.present().with_status(*self.status)
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
            quotes = quotes.search(self.q)
        if self.counts_texts_once:
            quotes = quotes.once_per_text()
        return quotes.published(self.since, self.until)

    def find_ids_with_words(self) -> NDArray[np.int64]:
        """Return the ids of all quotes that have the words asked for, whatever else is
        asked for.
        """
        quotes = Quote.objects.search(self.q).order_by().values("pk")
        sql, parameters = quotes.query.sql_with_params()
        return read_binary_copy(sql, {"id": ">i8"}, parameters)["id"].astype(np.int64)

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with some changes.

        What is as by default is left out.
        """
        state = {name: getattr(self, name) for name in FILTER_PARAMETERS} | changes
        pairs: list[tuple[str, str]] = []
        for name in LIST_PARAMETERS:
            pairs += [(name, value) for value in state[name]]
        for name in ("since", "until"):
            if state[name]:
                pairs.append((name, state[name].isoformat()))
        q, order = state["q"], state["order"]
        if q:
            pairs.append(("q", q))
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
            return replace(self, q="", order=order)
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


def get_default_order(q: str) -> QuoteOrder:
    return "relevance" if q else "newest"


def parse_iso_day(text: str) -> date | None:
    """Return the date that is written as YYYY-MM-DD, or None; Python itself reads further forms."""
    if not ISO_DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class FilterReader:
    """Reads one query string, gathering what is wrong with it."""

    def __init__(self, query: QueryDict, also: Collection[str]):
        self.query = query
        self.also = also
        self.problems: list[QueryProblem] = []
        self.notices: list[QueryProblem] = []
        self.rows: dict[tuple[str, str], ChosenRow] = {}

    def read_filters(self) -> Filters:
        self.note_unknown_parameters()
        self.problems += list_repeated_problems(self.query, [*SINGLE_PARAMETERS, *self.also])
        values = {name: self.read_known_values(name) for name in VALUES_OF_PARAMETER}
        values |= self.read_slugs()
        since = self.read_day("since")
        until = self.read_day("until")
        if since and until and since > until:
            message = f"“until” ({until}) is before “since” ({since})."
            self.add_problem("until", str(until), message)
            until = None
        q = self.read_words()
        copies = self.read_copies()
        order = self.read_order(q)
        return Filters(
            **values,
            since=since,
            until=until,
            q=q,
            copies=copies,
            order=order,
            problems=tuple(self.problems),
            notices=tuple(self.notices),
            rows=self.rows,
        )

    def add_problem(self, name: str, value: str, message: str) -> None:
        problem = QueryProblem(shorten_query_value(name), shorten_query_value(value), message)
        self.problems.append(problem)

    def note_unknown_parameters(self) -> None:
        for name in self.query:
            if name not in FILTER_PARAMETERS and name not in self.also:
                message = f"There is no filter “{shorten_query_value(name)}”."
                self.add_problem(name, str(self.query[name]), message)

    def read_values(self, name: str) -> list[str]:
        """Return the values of a repeatable parameter, each once.

        The empty one of a form's unused field is none.
        """
        values = list(dict.fromkeys(value for value in self.query.getlist(name) if value))
        if len(values) > MOST_VALUES_OF_PARAMETER:
            most = MOST_VALUES_OF_PARAMETER
            message = f"“{name}” is given more than {most} times; the rest is left out."
            self.add_problem(name, "", message)
        return values[:MOST_VALUES_OF_PARAMETER]

    def read_known_values(self, name: str) -> tuple[str, ...]:
        """Return the values of a parameter that takes only some."""
        known = VALUES_OF_PARAMETER[name]
        values = self.read_values(name)
        for value in values:
            if value not in known:
                shown = shorten_query_value(value)
                message = f"There is no {name} “{shown}”; there are {', '.join(known)}."
                self.add_problem(name, value, message)
        return tuple(value for value in values if value in known)

    def read_slugs(self) -> dict[str, tuple[str, ...]]:
        """Return the actors and outlets named that there are, each in the place of those
        merged into it.

        It takes one query for all.
        """
        asked = {name: self.read_values(name) for name in SLUG_PARAMETERS}
        known = {}
        for row in list(find_slugs(asked["actor"] + asked["about"], asked["outlet"])):
            known[row.kind, row.slug_now] = ChosenRow(row.number, row.label)
            if row.slug != row.slug_now:
                self.follow_merged(asked, row)
        for name, slugs in asked.items():
            kind = "outlet" if name == "outlet" else "actor"
            for slug in slugs:
                if (kind, slug) in known:
                    self.rows[name, slug] = known[kind, slug]
                elif name == "actor" and slug == UNKNOWN_SLUG:
                    self.rows[name, slug] = ChosenRow(UNKNOWN_SPEAKER_NUMBER, UNKNOWN_SPEAKER_LABEL)
                else:
                    message = f"There is no {kind} “{shorten_query_value(slug)}”."
                    self.add_problem(name, slug, message)
        chosen = {}
        for name, slugs in asked.items():
            chosen[name] = tuple(slug for slug in slugs if (name, slug) in self.rows)
        return chosen

    def follow_merged(self, asked: dict[str, list[str]], row: SlugRow) -> None:
        """Ask for the actor or outlet that another one was merged into, and say so."""
        names = ("outlet",) if row.kind == "outlet" else ("actor", "about")
        for name in names:
            if row.slug in asked[name]:
                slugs = [row.slug_now if slug == row.slug else slug for slug in asked[name]]
                asked[name] = list(dict.fromkeys(slugs))
                message = (
                    f"“{row.slug}” is “{row.label}” now: the two were found to be one {row.kind}."
                )
                self.notices.append(QueryProblem(name, row.slug, message))

    def read_day(self, name: str) -> date | None:
        value = self.query.get(name, "").strip()
        if not value:
            return None
        day = parse_iso_day(value)
        if day is None:
            shown = shorten_query_value(value)
            message = f"“{name}” should be a date as YYYY-MM-DD, not “{shown}”."
            self.add_problem(name, value, message)
        return day

    def read_words(self) -> str:
        value = self.query.get("q", "").strip()
        if "\0" in value:
            message = "“q” holds a character that no text has (NUL)."
        elif len(value) > LONGEST_SEARCH_TEXT:
            message = f"“q” is longer than {LONGEST_SEARCH_TEXT} characters."
        else:
            message = why_unsearchable(value, by_phrases=True)
        if message:
            self.add_problem("q", value, message)
            return ""
        return value

    def read_copies(self) -> CopiesChosen:
        value = self.query.get("copies", "")
        if value in COPIES_COUNTED:
            return value
        if value:
            shown = shorten_query_value(value)
            message = f"“copies” should be {' or '.join(COPIES_COUNTED)}, not “{shown}”."
            self.add_problem("copies", value, message)
        return ""

    def read_order(self, q: str) -> QuoteOrder:
        value = self.query.get("order", "")
        if value == "relevance" and not q:
            message = "The order “relevance” needs words to search for (“q”)."
            self.add_problem("order", value, message)
            return "newest"
        orders = get_args(QuoteOrder)
        if value in orders:
            return cast("QuoteOrder", value)
        if value:
            shown = shorten_query_value(value)
            message = f"There is no order “{shown}”; there are {', '.join(orders)}."
            self.add_problem("order", value, message)
        return get_default_order(q)
