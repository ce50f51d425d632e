from typing import Any

from django.http import QueryDict

from claims.search import columns
from claims.search.facets import Facet, MatchingQuotes, list_facets
from claims.search.filters import Filters


def read_filters(query: str, **more: Any) -> Filters:
    return Filters.read(QueryDict(query), **more)


def match_quotes(filters: Filters) -> MatchingQuotes:
    return MatchingQuotes(columns.get_current_columns(), filters)


def list_facets_of(filters: Filters, **more: Any) -> list[Facet]:
    return list_facets(match_quotes(filters), **more)
