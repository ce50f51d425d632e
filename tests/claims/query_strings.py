from typing import Any

from django.http import QueryDict

from claims.search import columns
from claims.search.facets import Facet, Matching, facets
from claims.search.filters import Filters


def read(query: str, **more: Any) -> Filters:
    return Filters.read(QueryDict(query), **more)


def matching(filters: Filters) -> Matching:
    return Matching(columns.current(), filters)


def facets_of(filters: Filters, **more: Any) -> list[Facet]:
    return facets(matching(filters), **more)
