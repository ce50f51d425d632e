"""One set of filters for every list of quotes: read from a query string, applied to rows, written back as links."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, cast, get_args
from urllib.parse import urlencode

import numpy as np
from django.db.models import DateField, F, TextField, Value
from django.http import QueryDict
from numpy.typing import NDArray

from claims.extraction.schema import ACTS, KINDS, STANCES
from claims.models import Actor, FormerSlug, Outlet, Quote, QuoteStatus
from claims.models.actors import SPEAKER_VALUES, UNKNOWN_SLUG
from claims.models.naming import NO_DATE
from claims.models.quote_queryset import QuoteQuerySet
from claims.models.text_search import why_unsearchable
from claims.search.columns import read_binary_copy

QuoteOrder = Literal["newest", "oldest", "relevance"]
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
    "order",
)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # Python reads further forms
LONGEST_SEARCH_TEXT = 500  # characters
MOST_VALUES_OF_PARAMETER = 50  # of one parameter
UNKNOWN_SPEAKER_NUMBER = 0  # the number of an unknown speaker


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """A part of a query string that cannot be used, in a sentence."""

    parameter: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class FilterChip:
    """An active filter, with the query string that is left without it."""

    parameter: str
    value: str
    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Filters:
    """The whole state of a list of quotes. `problems` holds what of the query string was left out, and why.

    `notices` are of actors that the query string names as they were before they were merged into another one.
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
    order: QuoteOrder = "newest"
    problems: tuple[QueryProblem, ...] = ()
    notices: tuple[QueryProblem, ...] = ()
    rows: dict[tuple[str, str], tuple[int, str]] = field(
        default_factory=dict, compare=False
    )  # (parameter, slug): number, name

    @classmethod
    def read(cls, query: QueryDict, *, also: Collection[str] = ()) -> "Filters":
        """The filters a query string asks for; `also` are further parameters that the caller reads. Never raises."""
        return FilterReader(query, also).filters()

    def quotes(self) -> QuoteQuerySet:
        """The quotes asked for, in the order asked for; rejected ones only when asked for by status."""
        found = self.matching()
        if self.order == "relevance" and self.q:
            return found.by_relevance(self.q)
        return found.oldest() if self.order == "oldest" else found.newest()

    def matching(self) -> QuoteQuerySet:
        found = (
            Quote.objects.present().with_status(*self.status)
            if self.status
            else Quote.objects.standing()
        )
        if self.actor:
            found = found.by(*self.actor)
        if self.speaker:
            found = found.with_speaker(*self.speaker)
        if self.about:
            found = found.about(*self.about)
        if self.act:
            found = found.doing(*self.act)
        if self.kind:
            found = found.of_kind(*self.kind)
        if self.stance:
            found = found.taking(*self.stance)
        if self.outlet:
            found = found.in_outlets(*self.outlet)
        if self.q:
            found = found.search(self.q)
        return found.published(self.since, self.until)

    def query(self, **changes: Any) -> str:
        """The query string of this state with some changes; what is as by default is left out."""
        state = {name: getattr(self, name) for name in FILTER_PARAMETERS} | changes
        pairs = [(name, value) for name in LIST_PARAMETERS for value in state[name]]
        pairs += [(name, day.isoformat()) for name in ("since", "until") if (day := state[name])]
        q, order = state["q"], state["order"]
        if q:
            pairs.append(("q", q))
        if order != get_default_order(q) and (q or order != "relevance"):
            pairs.append(("order", order))
        return urlencode(pairs)

    def with_value(self, name: str, value: str) -> "Filters":
        return self.changed(name, (*getattr(self, name), value))

    def without(self, name: str, value: str = "") -> "Filters":
        if name in LIST_PARAMETERS:
            return self.changed(name, tuple(v for v in getattr(self, name) if v != value))
        if name == "q":
            return replace(self, q="", order="newest" if self.order == "relevance" else self.order)
        return self.changed(name, None)

    def changed(self, name: str, value: Any) -> "Filters":
        state: dict[str, Any] = {name: value}
        return replace(self, **state)

    def active(self) -> list[FilterChip]:
        chips = [
            FilterChip(name, value, self.label(name, value), self.without(name, value).query())
            for name in LIST_PARAMETERS
            for value in getattr(self, name)
        ]
        for name in ("since", "until", "q"):
            if value := getattr(self, name):
                chips.append(FilterChip(name, str(value), str(value), self.without(name).query()))
        return chips

    def label(self, name: str, value: str) -> str:
        return self.rows[name, value][1] if (name, value) in self.rows else value.replace("_", " ")

    def numbers(self, name: str) -> list[int]:
        """The primary keys of the actors or outlets that are chosen."""
        return [self.rows[name, value][0] for value in getattr(self, name)]

    def worded(self) -> NDArray[np.int64]:
        """The ids of all quotes that have the words asked for."""
        query, parameters = (
            Quote.objects.search(self.q).order_by().values("pk").query.sql_with_params()
        )
        return read_binary_copy(query, {"id": ">i8"}, parameters)["id"].astype(np.int64)


def get_default_order(q: str) -> QuoteOrder:
    return "relevance" if q else "newest"


class FilterReader:
    """Reads one query string, gathering what is wrong with it."""

    def __init__(self, query: QueryDict, also: Collection[str]):
        self.query, self.also = query, also
        self.problems: list[QueryProblem] = []
        self.notices: list[QueryProblem] = []
        self.rows: dict[tuple[str, str], tuple[int, str]] = {}

    def filters(self) -> Filters:
        for name in self.query:
            if name not in FILTER_PARAMETERS and name not in self.also:
                self.problem(
                    name,
                    str(self.query[name]),
                    f"There is no filter “{shorten_query_value(name)}”.",
                )
        self.problems += list_repeated_problems(
            self.query,
            [*(name for name in FILTER_PARAMETERS if name not in LIST_PARAMETERS), *self.also],
        )
        values = {name: self.closed(name) for name in VALUES_OF_PARAMETER} | self.slugs()
        since, until = self.day("since"), self.day("until")
        if since and until and since > until:
            self.problem("until", str(until), f"“until” ({until}) is before “since” ({since}).")
            until = None
        q = self.words()
        order = self.order(q)
        return Filters(
            **values,
            since=since,
            until=until,
            q=q,
            order=order,
            problems=tuple(self.problems),
            notices=tuple(self.notices),
            rows=self.rows,
        )

    def problem(self, name: str, value: str, message: str) -> None:
        self.problems.append(
            QueryProblem(shorten_query_value(name), shorten_query_value(value), message)
        )

    def listed(self, name: str) -> list[str]:
        """The values of a repeatable parameter, each once; the empty one of a form's unused field is none."""
        values = list(dict.fromkeys(value for value in self.query.getlist(name) if value))
        if len(values) > MOST_VALUES_OF_PARAMETER:
            self.problem(
                name,
                "",
                f"“{name}” is given more than {MOST_VALUES_OF_PARAMETER} times; the rest is left out.",
            )
        return values[:MOST_VALUES_OF_PARAMETER]

    def closed(self, name: str) -> tuple[str, ...]:
        values = self.listed(name)
        known = [value for value in values if value in VALUES_OF_PARAMETER[name]]
        for value in values:
            if value not in known:
                self.problem(
                    name,
                    value,
                    f"There is no {name} “{shorten_query_value(value)}”; there are {', '.join(VALUES_OF_PARAMETER[name])}.",
                )
        return tuple(known)

    def slugs(self) -> dict[str, tuple[str, ...]]:
        """The actors and outlets named that there are, an actor in the place of those merged into it; one query for all."""
        asked = {name: self.listed(name) for name in SLUG_PARAMETERS}
        rows_named = list(find_slugs(asked["actor"] + asked["about"], asked["outlet"]))
        known = {(kind, slug): (pk, name) for kind, _, pk, name, slug in rows_named}
        for kind, old, _, name, slug in rows_named:
            if old != slug:
                self.follow(asked, kind, old, slug, name)
        found: dict[str, tuple[str, ...]] = {}
        for name, values in asked.items():
            kind = "outlet" if name == "outlet" else "actor"
            rows = {(name, value): known[kind, value] for value in values if (kind, value) in known}
            if name == "actor" and UNKNOWN_SLUG in values:
                rows[name, UNKNOWN_SLUG] = (UNKNOWN_SPEAKER_NUMBER, "Unknown speaker")
            found[name] = tuple(value for value in values if (name, value) in rows)
            self.rows |= rows
            for value in values:
                if value not in found[name]:
                    self.problem(name, value, f"There is no {kind} “{shorten_query_value(value)}”.")
        return found

    def follow(
        self, asked: dict[str, list[str]], kind: str, old: str, slug: str, label: str
    ) -> None:
        """Ask for the actor that another one was merged into, and say so."""
        for name in ("actor", "about"):
            if old in asked[name]:
                asked[name] = list(
                    dict.fromkeys(slug if value == old else value for value in asked[name])
                )
                self.notices.append(
                    QueryProblem(
                        name, old, f"“{old}” is “{label}” now: the two were found to be one {kind}."
                    )
                )

    def day(self, name: str) -> date | None:
        value = self.query.get(name, "").strip()
        try:
            return date.fromisoformat(value if ISO_DAY.fullmatch(value) else "") if value else None
        except ValueError:
            self.problem(
                name,
                value,
                f"“{name}” should be a date as YYYY-MM-DD, not “{shorten_query_value(value)}”.",
            )
            return None

    def words(self) -> str:
        value = self.query.get("q", "").strip()
        if "\0" in value:
            self.problem("q", value, "“q” holds a character that no text has (NUL).")
            return ""
        if len(value) > LONGEST_SEARCH_TEXT:
            self.problem("q", value, f"“q” is longer than {LONGEST_SEARCH_TEXT} characters.")
            return ""
        if unsearchable := why_unsearchable(value, by_phrases=True):
            self.problem("q", value, unsearchable)
            return ""
        return value

    def order(self, q: str) -> QuoteOrder:
        value = self.query.get("order", "")
        if value == "relevance" and not q:
            self.problem("order", value, "The order “relevance” needs words to search for (“q”).")
            return "newest"
        if not value:
            return get_default_order(q)
        if value in get_args(QuoteOrder):
            return cast("QuoteOrder", value)
        self.problem(
            "order",
            value,
            f"There is no order “{shorten_query_value(value)}”; there are {', '.join(get_args(QuoteOrder))}.",
        )
        return get_default_order(q)


def find_slugs(actors: list[str], outlets: list[str]) -> Iterator[tuple[str, str, int, str, str]]:
    """The actors and outlets of these slugs: "actor" or "outlet", slug, number, name, and the slug that they have now.

    With an actor's name stands where it is known, if that is in one article alone.
    """
    actors, outlets = ([slug for slug in slugs if "\0" not in slug] for slugs in (actors, outlets))
    if not actors and not outlets:
        return
    who = Actor.objects.filter(slug__in=actors).order_by()
    merged = FormerSlug.objects.filter(slug__in=actors).order_by()
    where = Outlet.objects.filter(slug__in=outlets).order_by()
    nowhere = Value("", TextField()), Value(None, DateField())
    rows = who.values_list(
        Value("actor"), "slug", "pk", "name", F("slug"), *get_known_in_fields()
    ).union(
        merged.values_list(
            Value("actor"),
            "slug",
            "actor__pk",
            "actor__name",
            "actor__slug",
            *get_known_in_fields("actor__"),
        ),
        where.values_list(Value("outlet"), "slug", "pk", "name", F("slug"), *nowhere),
    )
    for kind, slug, pk, name, now, outlet, day in rows:
        when = f"{day:%-d %B %Y}" if day else NO_DATE
        yield kind, slug, pk, f"{name} ({outlet}, {when})" if outlet else name, now


def get_known_in_fields(actor: str = "") -> tuple[str, str]:
    """Outlet and day of the article that an actor is known in alone; `actor` is the way to it, with its `__`."""
    return f"{actor}article__outlet__name", f"{actor}article__published_on"


def list_repeated_problems(query: QueryDict, names: Iterable[str]) -> list[QueryProblem]:
    """A problem for each of these parameters that is given several times although it takes one value."""
    several = {
        name: given
        for name in names
        if len(given := [value for value in query.getlist(name) if value]) > 1
    }
    return [
        QueryProblem(
            name,
            value := shorten_query_value(given[-1]),
            f"“{name}” is given more than once; “{value}” is taken.",
        )
        for name, given in several.items()
    ]


def shorten_query_value(value: str) -> str:
    shown = value.replace("\0", "�")
    return shown if len(shown) <= 60 else shown[:59] + "…"
