from typing import Any

from django.http import QueryDict

from claims.search import Filters


def read(query: str, **more: Any) -> Filters:
    return Filters.read(QueryDict(query), **more)
