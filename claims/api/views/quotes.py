"""Quotes over the REST API."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.paging import CountedCursorPagination
from claims.api.parameters import QUOTE_PARAMETERS
from claims.api.serializers import QuoteSerializer
from claims.api.shaping import EXPAND_PARAMETER, EXPANSIONS, attach_expansions, read_names
from claims.api.viewsets import (
    ListAndDetailViewSet,
    list_empty,
    redirect_to_row,
    refuse_problems,
)
from claims.models import FormerQuote, Quote
from claims.search import columns
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters
from claims.search.parameters import FILTER_PARAMETERS
from claims.search.places import list_places_of_quotes
from newsroom.row_numbers import read_row_number

# Columns behind a quote that are long and that its JSON does not show.
UNUSED_QUOTE_COLUMNS = (
    "search_content",
    "article__text",
    "article__search",
    "wording__text",
    "wording__search",
)


@extend_schema_view(
    list=extend_schema(summary="Quotes", parameters=QUOTE_PARAMETERS),
    retrieve=extend_schema(summary="One quote"),
)
class QuoteViewSet(ListAndDetailViewSet[Quote]):
    """Attributed quotes. The parameters are those of the front page; a repeatable one may be given several times."""

    one, many = "quote", "quotes"
    moved_statuses = ("301",)
    serializer_class = QuoteSerializer
    pagination_class = CountedCursorPagination
    queryset = Quote.objects.none()
    count = 0
    parameters = FILTER_PARAMETERS
    parameters_of_one = (EXPAND_PARAMETER,)
    expandable = EXPANSIONS

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The quote of this id; one that is one with another now leads to that one."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            number = read_row_number(self.kwargs["pk"]) or 0
            rows = FormerQuote.objects.filter(number=number)
            pk = rows.values_list("quote", flat=True).first()
            return redirect_to_row("quote", pk, request)

    @cached_property
    def filters(self) -> Filters:
        also = (*self.list_common_parameters(), EXPAND_PARAMETER)
        return Filters.read(self.request.query_params, also=also)

    def paginate_queryset(self, queryset: Any) -> Any:
        names = read_names(self.request, EXPAND_PARAMETER, EXPANSIONS)
        if self.keys_parameter in self.request.query_params:
            self.count = queryset.count()
        if isinstance(self.paginator, CountedCursorPagination):
            self.paginator.count = self.count
        quotes = super().paginate_queryset(queryset)
        if self.filters.where:
            self.attach_places(quotes or [])
        if names:
            attach_expansions(quotes or [], names)
        return quotes

    def attach_places(self, quotes: Sequence[Quote]) -> None:
        """Give each quote its `found_in`: where the words stand that are asked for."""
        known = columns.get_current_columns()
        places = list_places_of_quotes(known, self.filters, [quote.pk for quote in quotes])
        for quote in quotes:
            quote.found_in = places.get(quote.pk, [])  # type: ignore[attr-defined]

    def get_object(self) -> Quote:
        names = read_names(self.request, EXPAND_PARAMETER, EXPANSIONS)
        quote = super().get_object()
        if names:
            attach_expansions([quote], names)
        return quote

    def check_parameters(self, request: Request) -> None:
        refuse_problems([*self.filters.problems, *list_empty(request)])

    def cursor_ordering(self, request: Request) -> tuple[str, ...]:
        order = self.filters.order
        if order == "relevance":
            return ("-rank", "-id")
        if order == "oldest":
            return ("published_on", "article_id", "cue_start", "id")
        if order == "arrived":
            return ("-id",)
        return ("-published_on", "-article_id", "cue_start", "id")

    def get_queryset(self) -> QuerySet[Quote]:
        if self.action == "retrieve":
            quotes = Quote.objects.for_display().with_version()
            return quotes.defer(*UNUSED_QUOTE_COLUMNS, "version__text")
        filters = self.filters
        matching = MatchingQuotes(columns.get_current_columns(), filters)
        self.count = matching.total
        quotes = filters.quotes()
        if filters.where:  # by their numbers, since no index has words in several places at once
            numbers = matching.columns["id"][matching.rows]
            quotes = filters.sort(Quote.objects.numbered(numbers.tolist()))
        quotes = quotes.for_display().defer(*UNUSED_QUOTE_COLUMNS)
        return quotes.annotate(published_on=F("article__published_on"))
