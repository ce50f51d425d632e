"""A stretch of the quotes that a state of the filters asks for, with what each is there for."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import numpy as np
from django.http import QueryDict

from claims.models import ActorName, Quote, is_name_in_text
from claims.passages.marking import HIT_END, HIT_START
from claims.search import columns
from claims.search.facets import (
    Facet,
    MatchingQuotes,
    UnfoldedFacet,
    list_facets,
    read_unfolded_facet,
)
from claims.search.filters import FilterChip, Filters, QueryProblem, shorten_query_value
from claims.search.histogram import Histogram, build_histogram

QUOTES_PER_PAGE = 25  # quotes
MOST_PAGES_SHOWN = 8  # shown as one
MOST_QUOTES_RANKED = 2000  # quotes, the newest, that are sorted by how well they fit the words
PAGE_RANGE = re.compile(r"([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?")
PARAMETERS_BESIDE_FILTERS = (
    "page",
    "more",
    "find",
)  # what a page of quotes reads besides the filters
HIT_MARKED = re.compile(f"{HIT_START}(.*?){HIT_END}", re.S)
MOST_WORDS_TOLD = 6


@dataclass(frozen=True, slots=True)
class PagesShown:
    """The pages shown, `first` to `last` of `number`, both included."""

    first: int
    last: int
    number: int

    @property
    def start(self) -> int:
        return (self.first - 1) * QUOTES_PER_PAGE

    @property
    def stop(self) -> int:
        return self.last * QUOTES_PER_PAGE

    @property
    def start_of_last(self) -> int:
        """Return how many quotes come before the last of the pages."""
        return (self.last - 1) * QUOTES_PER_PAGE

    @property
    def more(self) -> str:
        """What shows the next page after these: empty if there is none, or so much is shown that it starts anew."""
        if self.last >= self.number or self.last - self.first + 1 >= MOST_PAGES_SHOWN:
            return ""
        return f"{self.first}-{self.last + 1}"

    @property
    def following(self) -> str:
        return "" if self.last >= self.number else str(self.last + 1)

    @property
    def before(self) -> str:
        return "" if self.first == 1 else str(self.first - 1)


def read_pages_asked(query: QueryDict, total: int) -> tuple[PagesShown, list[QueryProblem]]:
    """The pages that an address asks for, “3” or “1-3”, else the nearest there are and a problem that says so."""
    asked, number = query.get("page", "1"), max(-(-total // QUOTES_PER_PAGE), 1)
    found = PAGE_RANGE.fullmatch(asked)
    first = int(found[1]) if found else 1
    last = int(found[2] or first) if found else 1
    shown = PagesShown(
        min(first, number),
        min(max(last, first), number, min(first, number) + MOST_PAGES_SHOWN - 1),
        number,
    )
    if found and (shown.first, shown.last) == (first, last):
        return shown, []
    told = (
        f"page {shown.first}"
        if shown.first == shown.last
        else f"pages {shown.first} to {shown.last}"
    )
    return shown, [
        QueryProblem(
            "page",
            shorten_query_value(asked),
            f"There is no page “{shorten_query_value(asked)}”: this is {told}.",
        )
    ]


@dataclass(frozen=True, slots=True)
class QuoteStream:
    """What a page of quotes shows. `total` is of all quotes that fit, of which `quotes` are those of `pages`."""

    filters: Filters
    total: int
    pages: PagesShown
    quotes: list[Quote]
    facets: list[Facet]
    histogram: Histogram
    unfolded: UnfoldedFacet
    chips: list[FilterChip]
    problems: list[QueryProblem]
    ranked: bool  # whether only some of the quotes are sorted by how well they fit

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """Each order there is, with its query string and whether it is the one shown."""
        names = ["relevance", "newest", "oldest"] if self.filters.q else ["newest", "oldest"]
        return [
            (name, self.filters.query(order=name), name == self.filters.order) for name in names
        ]

    @property
    def most_ranked(self) -> int:
        """Return how many quotes are sorted by how well they fit, where not all are."""
        return MOST_QUOTES_RANKED

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search form carries along."""
        return [
            (name, value)
            for name, value in parse_qsl(self.filters.query(since=None, until=None))
            if name != "q"
        ]

    @property
    def state(self) -> list[tuple[str, str]]:
        """The whole state, for a form that adds to it."""
        return parse_qsl(self.filters.query())

    @property
    def undated(self) -> str:
        """The query string that shows all days again; empty if they are shown."""
        return (
            self.filters.query(since=None, until=None) or "?"
            if self.filters.since or self.filters.until
            else ""
        )

    @property
    def unfolded_facet(self) -> Facet | None:
        """The one that is asked for in full."""
        return next(
            (facet for facet in self.facets if facet.parameter == self.unfolded.parameter), None
        )

    @property
    def query(self) -> str:
        return self.filters.query()

    def turned(self, page: str) -> str:
        return urlencode([*parse_qsl(self.filters.query()), ("page", page)]) if page else ""

    @property
    def more(self) -> str:
        return self.turned(self.pages.more)

    @property
    def following(self) -> str:
        return self.turned(self.pages.following)

    @property
    def before(self) -> str:
        return self.turned(self.pages.before)


def build_stream(
    query: QueryDict, filters: Filters, fixed: str = "", only_last: bool = False
) -> QuoteStream:
    """`fixed` is the filter that the page itself stands for, and is not offered; `only_last`: the quotes of the last page."""
    matching = MatchingQuotes(columns.get_current_columns(), filters)
    pages, misses = read_pages_asked(query, matching.total)
    unfolded, others = read_unfolded_facet(query, fixed)
    return QuoteStream(
        filters,
        matching.total,
        pages,
        list_quotes_shown(
            matching, pages.stop - QUOTES_PER_PAGE if only_last else pages.start, pages.stop
        ),
        list_facets(matching, fixed, unfolded),
        build_histogram(matching),
        unfolded,
        [chip for chip in filters.active() if chip.parameter != fixed],
        [*filters.problems, *misses, *others],
        filters.order == "relevance" and matching.total > MOST_QUOTES_RANKED,
    )


def list_quotes_shown(matching: MatchingQuotes, start: int, stop: int) -> list[Quote]:
    """A stretch of the quotes, with what each is there for as `why`."""
    ids = list_ids_in_order(matching, start, stop)
    rows = get_quotes_by_id(ids, matching.filters)
    return [rows[pk] for pk in ids if pk in rows]


def get_quotes_by_id(ids: Collection[int], filters: Filters) -> dict[int, Quote]:
    """Quotes as lists show them, by their ids, with what each is there for as `why`."""
    rows = Quote.objects.for_list().filter(pk__in=ids).order_by()
    found = {quote.pk: quote for quote in (rows.with_hits(filters.q) if filters.q else rows)}
    names = get_names_of_actors(filters.numbers("about"))
    for quote in found.values():
        quote.why = list(list_reasons_listed(quote, filters, names))
    return found


def list_ids_in_order(matching: MatchingQuotes, start: int, stop: int) -> list[int]:
    """The ids of a stretch of the quotes, in the order that is asked for."""
    all_columns, rows, order = matching.columns, matching.rows, matching.filters.order
    if order == "oldest":
        return [
            int(pk)
            for pk in all_columns["id"][select_oldest_rows(all_columns, rows, stop)][start:stop]
        ]
    ids = all_columns["id"][rows[: max(stop, MOST_QUOTES_RANKED)]]
    if order == "relevance":
        best = Quote.objects.filter(pk__in=ids[:MOST_QUOTES_RANKED].tolist()).by_relevance(
            matching.filters.q
        )
        ids = np.concatenate(
            [np.array(list(best.values_list("pk", flat=True)), np.int64), ids[MOST_QUOTES_RANKED:]]
        )
    return [int(pk) for pk in ids[start:stop]]


def select_oldest_rows(
    known: columns.Columns, rows: columns.RowNumbers, number: int
) -> columns.RowNumbers:
    """So many of the rows, and perhaps more, the oldest article first, each from its beginning; those without a date last."""
    dated = known.dated(rows)
    first = taken_from_end(known, dated, number)
    if number <= len(dated):
        return first
    return np.concatenate([first, taken_from_end(known, rows[len(dated) :], number - len(dated))])


def taken_from_end(
    known: columns.Columns, rows: columns.RowNumbers, number: int
) -> columns.RowNumbers:
    at = max(len(rows) - number, 0)
    while at and known["article"][rows[at - 1]] == known["article"][rows[at]]:
        at -= 1
    last = rows[at:]
    return last[
        np.lexsort(
            (known["id"][last], known["cue"][last], known["article"][last], known["day"][last])
        )
    ]


def get_names_of_actors(actors: Sequence[int]) -> dict[int, list[str]]:
    """All names of some actors, the longest first."""
    found: dict[int, list[str]] = {}
    for pk, name in (
        ActorName.objects.filter(actor__in=actors).values_list("actor", "name") if actors else ()
    ):
        found.setdefault(pk, []).append(name)
    return {pk: sorted(names, key=len, reverse=True) for pk, names in found.items()}


def list_reasons_listed(
    quote: Quote, filters: Filters, names: dict[int, list[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Why a quote is in the list, where that is not plain to see: the kind of reason, and words of the article."""
    asked = set(re.findall(r"\w+", filters.q.casefold()))
    words = dict.fromkeys(
        word.casefold() for word in HIT_MARKED.findall(getattr(quote, "hits", ""))
    )
    if found := [word for word in words if word not in asked][:MOST_WORDS_TOLD]:
        yield "has", found
    for slug, pk in zip(filters.about, filters.numbers("about"), strict=True):
        name = next(
            (name for name in names.get(pk, ()) if is_name_in_text(quote.content, name)), ""
        )
        if name and name != filters.label("about", slug):
            yield "names", [name]
    if (
        filters.actor
        and quote.actor
        and quote.source_text
        and quote.source_text != quote.actor.name
    ):
        yield "said by", [quote.source_text]
