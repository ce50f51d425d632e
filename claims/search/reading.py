"""Reading the filters of a list of quotes from a query string, with what is wrong with it."""

import re
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple, cast, get_args

from django.http import QueryDict

from claims.models.actors import UNKNOWN_SLUG
from claims.models.places import WORDS_ALONE
from claims.models.text_search import why_unsearchable
from claims.search.parameters import (
    COPIES_COUNTED,
    FILTER_PARAMETERS,
    SINGLE_PARAMETERS,
    SLUG_PARAMETERS,
    VALUES_OF_PARAMETER,
    CopiesChosen,
    QuoteOrder,
    get_default_order,
)
from claims.search.problems import QueryProblem, list_repeated_problems, shorten_query_value
from claims.search.slugs import SlugRow, find_slugs

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_SEARCH_TEXT = 500  # characters
MOST_VALUES_OF_PARAMETER = 50
UNKNOWN_SPEAKER_NUMBER = 0  # stands where an actor's primary key does
UNKNOWN_SPEAKER_LABEL = "Unknown speaker"


class ChosenRow(NamedTuple):
    """An actor or outlet that is chosen, by its primary key, and what it is called."""

    number: int
    label: str


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

    def read_state(self) -> dict[str, Any]:
        """Return the fields of `Filters` that the query string asks for."""
        self.note_unknown_parameters()
        self.problems += list_repeated_problems(self.query, [*SINGLE_PARAMETERS, *self.also])
        values: dict[str, Any] = {
            name: self.read_known_values(name) for name in VALUES_OF_PARAMETER
        }
        values |= self.read_slugs()
        since = self.read_day("since")
        until = self.read_day("until")
        if since and until and since > until:
            message = f"“until” ({until}) is before “since” ({since})."
            self.add_problem("until", str(until), message)
            until = None
        q = self.read_words()
        values["where"] = self.read_where(values["where"], q)
        copies = self.read_copies()
        order = self.read_order(q)
        return {
            **values,
            "since": since,
            "until": until,
            "q": q,
            "copies": copies,
            "order": order,
            "problems": tuple(self.problems),
            "notices": tuple(self.notices),
            "rows": self.rows,
        }

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
                noun = "place for words" if name == "where" else name
                message = f"There is no {noun} “{shown}”; there are {', '.join(known)}."
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

    def read_where(self, places: tuple[str, ...], q: str) -> tuple[str, ...]:
        """Return where words are to be looked for; in quotes alone is as without it."""
        if places and not q and "q" not in self.query:
            self.add_problem("where", places[0], "“where” needs words to search for (“q”).")
        return places if q and places != WORDS_ALONE else ()

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
