"""A stretch of the quotes that a state of the filters asks for, with what each is there for."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import numpy as np
from django.http import QueryDict

from claims.models import ActorName, Quote, is_name_in_text
from claims.models.places import WORDS_ALONE
from claims.passages.marking import HIT_MARKED
from claims.search import columns
from claims.search.copies import (
    CopiesChoice,
    build_copies_choice,
    find_other_places_of_quotes,
)
from claims.search.facets import (
    Facet,
    MatchingQuotes,
    UnfoldedFacet,
    list_facets,
    read_unfolded_facet,
)
from claims.search.filters import FilterChip, Filters
from claims.search.histogram import Histogram, build_histogram
from claims.search.places import (
    LABEL_OF_PLACE,
    MOST_ROWS_LOOKED_THROUGH,
    PlaceCount,
    count_places,
    find_places,
    list_places_of_quotes,
)
from claims.search.problems import QueryProblem, shorten_query_value
from claims.search.suggesting import Suggestion, suggest_words

QUOTES_PER_PAGE = 25
MOST_PAGES_SHOWN = 8  # as one
MOST_QUOTES_RANKED = 2000  # the newest, which are sorted by how well they fit the words
PAGE_RANGE = re.compile(r"([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?")
PARAMETERS_BESIDE_FILTERS = ("page", "more", "find")  # what a page of quotes reads, too
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
        """Return what shows the next page after these.

        It is empty if there is no next page, or if so much is shown that it begins a list
        of its own.
        """
        is_last = self.last >= self.number
        is_full = self.last - self.first + 1 >= MOST_PAGES_SHOWN
        if is_last or is_full:
            return ""
        return f"{self.first}-{self.last + 1}"

    @property
    def following(self) -> str:
        return "" if self.last >= self.number else str(self.last + 1)

    @property
    def before(self) -> str:
        return "" if self.first == 1 else str(self.first - 1)


def read_pages_asked(query: QueryDict, total: int) -> tuple[PagesShown, list[QueryProblem]]:
    """Return the pages that an address asks for, “3” or “1-3”, else the nearest there are and
    a problem that says so.
    """
    asked = query.get("page", "1")
    first_asked = last_asked = 1
    match = PAGE_RANGE.fullmatch(asked)
    if match:
        first_asked = int(match[1])
        last_asked = int(match[2] or first_asked)
    number = max(-(-total // QUOTES_PER_PAGE), 1)
    first = min(first_asked, number)
    last = min(max(last_asked, first_asked), number, first + MOST_PAGES_SHOWN - 1)
    pages = PagesShown(first, last, number)
    if match and (first, last) == (first_asked, last_asked):
        return pages, []
    pages_in_words = f"page {first}" if first == last else f"pages {first} to {last}"
    shown = shorten_query_value(asked)
    message = f"There is no page “{shown}”: this is {pages_in_words}."
    return pages, [QueryProblem("page", shown, message)]


@dataclass(frozen=True, slots=True)
class QuoteStream:
    """What a page of quotes shows.

    `total` is of all quotes that fit, of which `quotes` are those of `pages`.

    Its properties are query strings of other pages, but for those that say otherwise.
    """

    filters: Filters
    matching: MatchingQuotes
    total: int
    pages: PagesShown
    quotes: list[Quote]
    facets: list[Facet]
    histogram: Histogram
    unfolded: UnfoldedFacet
    chips: list[FilterChip]
    copies: CopiesChoice
    problems: list[QueryProblem]
    ranked: bool  # whether only some of the quotes are sorted by how well they fit
    places: list[PlaceCount]
    suggestion: Suggestion | None
    looked_through: int | None  # how many of the latest rows, where all would take too long

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """Return each order there is, with its query string and whether it is the one shown."""
        names = ["newest", "oldest", "arrived"]
        if self.filters.q:
            names.insert(0, "relevance")
        return [
            (name, self.filters.query(order=name), name == self.filters.order) for name in names
        ]

    @property
    def most_ranked(self) -> int:
        """Return how many quotes are sorted by how well they fit, where not all are."""
        return MOST_QUOTES_RANKED

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Return the parameters that the search form carries along."""
        parameters = parse_qsl(self.filters.query(since=None, until=None))
        return [(name, value) for name, value in parameters if name != "q"]

    @property
    def state(self) -> list[tuple[str, str]]:
        """Return the parameters of the whole state, for a form that adds to it."""
        return parse_qsl(self.filters.query())

    @property
    def undated(self) -> str:
        """Return what shows all days again; empty if they are shown."""
        if not self.filters.since and not self.filters.until:
            return ""
        return self.filters.query(since=None, until=None) or "?"

    @property
    def unfolded_facet(self) -> Facet | None:
        """Return the facet that is asked for in full."""
        for facet in self.facets:
            if facet.parameter == self.unfolded.parameter:
                return facet
        return None

    @property
    def query(self) -> str:
        return self.filters.query()

    @property
    def more(self) -> str:
        return self.build_page_query(self.pages.more)

    @property
    def following(self) -> str:
        return self.build_page_query(self.pages.following)

    @property
    def before(self) -> str:
        return self.build_page_query(self.pages.before)

    def build_page_query(self, page: str) -> str:
        if not page:
            return ""
        return urlencode([*self.state, ("page", page)])


def build_stream(
    query: QueryDict, filters: Filters, fixed: str = "", only_last: bool = False
) -> QuoteStream:
    """Return what a page of quotes shows.

    With `only_last`, the quotes of the last of its pages alone.

    `fixed` is the filter that the page itself stands for, and does not offer.
    """
    known = columns.get_current_columns()
    looked_through = None
    if filters.q:
        found = find_places(known, filters, may_be_partial=True)
        if found.partial.intersection(filters.places):
            looked_through = MOST_ROWS_LOOKED_THROUGH
    matching = MatchingQuotes(known, filters, may_be_partial=True)
    pages, page_problems = read_pages_asked(query, matching.total)
    unfolded, facet_problems = read_unfolded_facet(query, fixed)
    start = pages.start_of_last if only_last else pages.start
    return QuoteStream(
        filters=filters,
        matching=matching,
        total=matching.total,
        pages=pages,
        quotes=list_quotes_shown(matching, start, pages.stop),
        facets=list_facets(matching, fixed, unfolded),
        histogram=build_histogram(matching),
        unfolded=unfolded,
        chips=[chip for chip in filters.list_chips() if chip.parameter != fixed],
        copies=build_copies_choice(matching),
        problems=[*filters.problems, *page_problems, *facet_problems],
        ranked=filters.order == "relevance" and matching.total > MOST_QUOTES_RANKED,
        places=count_places(matching),
        suggestion=suggest_words(known, filters, matching.total),
        looked_through=looked_through,
    )


def list_quotes_shown(matching: MatchingQuotes, start: int, stop: int) -> list[Quote]:
    """Return a stretch of the quotes, with what each is there for as `why` and where else its
    words stand as `elsewhere`.
    """
    ids = list_ids_in_order(matching, start, stop)
    return fetch_quotes_shown(
        matching.columns, ids, matching.filters, may_be_partial=matching.may_be_partial
    )


def fetch_quotes_shown(
    known: columns.Columns, ids: Sequence[int], filters: Filters, *, may_be_partial: bool = False
) -> list[Quote]:
    """Return these quotes in their order, as `list_quotes_shown` does."""
    quotes = get_quotes_by_id(ids, filters)
    places = find_other_places_of_quotes(known, ids)
    found_in = list_places_of_quotes(known, filters, ids, may_be_partial=may_be_partial)
    for pk, quote in quotes.items():
        quote.elsewhere = places.get(pk)
        if "words" not in found_in.get(pk, WORDS_ALONE):
            quote.why += [(f"found in {LABEL_OF_PLACE[place]}", []) for place in found_in[pk]]
    return [quotes[pk] for pk in ids if pk in quotes]


def get_quotes_by_id(ids: Collection[int], filters: Filters) -> dict[int, Quote]:
    """Return quotes as lists show them, by their ids, with what each is there for as `why`."""
    rows = Quote.objects.for_list().filter(pk__in=ids).order_by()
    if filters.q:
        rows = rows.with_hits(filters.q)
    quotes = {quote.pk: quote for quote in rows}
    names = get_names_of_actors(filters.numbers("about"))
    for quote in quotes.values():
        quote.why = list(list_reasons_listed(quote, filters, names))
    return quotes


def list_ids_in_order(matching: MatchingQuotes, start: int, stop: int) -> list[int]:
    """Return the ids of a stretch of the quotes, in the order that is asked for."""
    return [int(pk) for pk in select_ids_in_order(matching, stop)[start:stop]]


def select_ids_in_order(matching: MatchingQuotes, stop: int) -> columns.ColumnValues:
    """Return the ids of the first quotes in the order that is asked for, and perhaps of more."""
    all_ids = matching.columns["id"]
    order = matching.filters.order
    if order == "oldest":
        return all_ids[select_oldest_rows(matching.columns, matching.rows, stop)]
    if order == "arrived":
        return select_highest(all_ids[matching.rows], stop)
    most = max(stop, MOST_QUOTES_RANKED)
    if order != "relevance":
        return all_ids[matching.rows[:most]]
    ids = all_ids[put_words_first(matching)[:most]]
    ranked = Quote.objects.filter(pk__in=ids[:MOST_QUOTES_RANKED].tolist())
    best = matching.filters.sort(ranked).values_list("pk", flat=True)
    return np.concatenate([np.array(list(best), np.int64), ids[MOST_QUOTES_RANKED:]])


def put_words_first(matching: MatchingQuotes) -> columns.RowNumbers:
    """Return the rows that fit, those of quotes that have the words themselves before the others."""
    rows = matching.rows
    if matching.filters.places == WORDS_ALONE:
        return rows
    found = find_places(
        matching.columns,
        matching.filters,
        WORDS_ALONE,
        may_be_partial=matching.may_be_partial,
    )
    has_words = found.masks["words"][rows]
    return np.concatenate([rows[has_words], rows[~has_words]])


def select_highest(ids: columns.ColumnValues, number: int) -> columns.ColumnValues:
    """Return so many of the ids, the highest first: those of the quotes that came in last."""
    if number < len(ids):
        ids = np.partition(ids, len(ids) - number)[len(ids) - number :]
    return np.sort(ids)[::-1]


def select_oldest_rows(
    known: columns.Columns, rows: columns.RowNumbers, number: int
) -> columns.RowNumbers:
    """Return so many of the rows, and perhaps more: the oldest article first, those without a
    date last.

    The quotes of an article are in the order of its text.
    """
    dated = known.select_dated(rows)
    oldest = select_last_articles(known, dated, number)
    if number <= len(dated):
        return oldest
    undated = rows[len(dated) :]
    return np.concatenate([oldest, select_last_articles(known, undated, number - len(dated))])


def select_last_articles(
    known: columns.Columns, rows: columns.RowNumbers, number: int
) -> columns.RowNumbers:
    """Return so many of the rows from their end, and the rest of the article that this would
    cut, oldest first.
    """
    articles = known["article"]
    start = max(len(rows) - number, 0)
    while start and articles[rows[start - 1]] == articles[rows[start]]:
        start -= 1
    last = rows[start:]
    order = np.lexsort((known["id"][last], known["cue"][last], articles[last], known["day"][last]))
    return last[order]


def get_names_of_actors(actors: Sequence[int]) -> dict[int, list[str]]:
    """Return all names of some actors, the longest first."""
    if not actors:
        return {}
    names: dict[int, list[str]] = {}
    rows = ActorName.objects.filter(actor__in=actors).values_list("actor", "name")
    for actor, name in rows:
        names.setdefault(actor, []).append(name)
    for names_of_actor in names.values():
        names_of_actor.sort(key=len, reverse=True)
    return names


def list_reasons_listed(
    quote: Quote, filters: Filters, names: dict[int, list[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Yield why a quote is in the list, where that is not plain to see: the kind of reason,
    and words of the article.
    """
    words = list_other_words_hit(quote, filters.q)
    if words:
        yield "has", words[:MOST_WORDS_TOLD]
    for slug, actor in zip(filters.about, filters.numbers("about"), strict=True):
        name = find_name_in_content(quote, names.get(actor, ()))
        if name and name != filters.label("about", slug):
            yield "names", [name]
    name_in_article = quote.source_text
    if filters.actor and quote.actor and name_in_article not in quote.actor.name:
        yield "said by", [name_in_article]


def list_other_words_hit(quote: Quote, q: str) -> list[str]:
    """Return the words that a search found in a quote, once each, but those that were asked
    for as they stand.
    """
    asked = set(re.findall(r"\w+", q.casefold()))
    hits = HIT_MARKED.findall(getattr(quote, "hits", ""))
    words = dict.fromkeys(hit.casefold() for hit in hits)
    return [word for word in words if word not in asked]


def find_name_in_content(quote: Quote, names: Sequence[str]) -> str:
    """Return the first of the names that a quote's content has; empty if it has none."""
    for name in names:
        if is_name_in_text(quote.content, name):
            return name
    return ""
