"""Pages of a list by cursors, which hold true while rows come and go."""

import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import F, OrderBy, Q, QuerySet
from rest_framework import pagination
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from newsroom.row_numbers import read_row_number

PAGING_PARAMETERS = ("cursor", "page_size")
NULLABLE_COLUMNS = ("published_on",)  # of the columns that rows are ordered by


class RowCursorPagination(pagination.CursorPagination):
    """Pages by a cursor: what the row where a page ends has of each column of the order, and which
    way to go from there.

    REST framework's own knows the first column alone and counts the rows that share its value;
    whoever turns back among them, such as the quotes of one day, misses some.
    """

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int:
        size = read_row_number(request.query_params.get("page_size", str(self.page_size)))
        if size is not None and 1 <= size <= self.max_page_size:
            return size
        message = f"“page_size” should be a number from 1 to {self.max_page_size}."
        raise ValidationError({"page_size": [message]})

    def paginate_queryset(
        self, queryset: QuerySet[Any, Any], request: Request, view: Any = None
    ) -> list[Any] | None:
        self.base_url = request.build_absolute_uri()
        self.order = tuple(view.cursor_ordering(request))
        size = self.get_page_size(request)
        cursor = self.decode_cursor(request)
        back = cursor is not None and bool(cursor.reverse)
        rows = queryset.order_by(*(build_ordering(name, back) for name in self.order))
        found = self.read_rows(rows, cursor, size + 1)
        has_beyond = len(found) > size
        self.page = found[:size]
        if back:
            self.page.reverse()
            self.has_next = True
            self.has_previous = has_beyond
        else:
            self.has_next = has_beyond
            self.has_previous = cursor is not None
        return self.page

    def read_rows(self, rows: QuerySet[Any, Any], cursor: Any, most: int) -> list[Any]:
        """Return the first rows, or those beyond a cursor if there is one.

        Raises `NotFound` where the cursor holds no values of the order's columns.
        """
        if cursor is None:
            return list(rows[:most])
        try:
            values = json.loads(str(cursor.position))
            found: list[Any] = []
            for beyond in list_beyond_conditions(self.order, values, cursor.reverse):
                if len(found) < most:
                    found += rows.filter(beyond)[: most - len(found)]
            return found
        except (ValueError, RecursionError, DjangoValidationError) as error:
            raise NotFound(self.invalid_cursor_message) from error

    def get_next_link(self) -> str | None:
        if not (self.has_next and self.page):
            return None
        return self.build_link(self.page[-1], back=False)

    def get_previous_link(self) -> str | None:
        if not (self.has_previous and self.page):
            return None
        return self.build_link(self.page[0], back=True)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] |= {"minimum": 1, "maximum": self.max_page_size}
        return parameters

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": address, "previous": address, "results": schema},
        }

    def build_link(self, row: Any, back: bool) -> str:
        """Return the address of the page that begins beyond a row."""
        values = []
        for name in self.order:
            value = getattr(row, name.lstrip("-"))
            values.append(None if value is None else str(value))
        position: Any = json.dumps(values)
        return self.encode_cursor(pagination.Cursor(offset=0, reverse=back, position=position))


class CountedCursorPagination(RowCursorPagination):
    """Pages that say how many rows there are in all; whoever pages sets `count`."""

    count = 0

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"count": self.count, **super().get_paginated_response(data).data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        described: dict[str, Any] = super().get_paginated_response_schema(schema)
        described["required"] = ["count", *described["required"]]
        count = {"type": "integer", "example": 123}
        described["properties"] = {"count": count, **described["properties"]}
        return described


def build_ordering(name: str, back: bool) -> OrderBy:
    """Return what sorts rows by a column of the order, or the other way round on the way `back`.

    Rows without a value come last, and so first on the way back. Of a column that always has one
    nothing is said of that: PostgreSQL would take its index for one of another order, and sort all
    rows for each page.
    """
    column = F(name.lstrip("-"))
    nulls: dict[str, Any] = {}
    if name.lstrip("-") in NULLABLE_COLUMNS:
        nulls = {"nulls_first": True} if back else {"nulls_last": True}
    is_falling = name.startswith("-") != back
    return column.desc(**nulls) if is_falling else column.asc(**nulls)


def list_beyond_conditions(order: Sequence[str], values: object, back: bool) -> list[Q]:
    """Return the conditions of the rows that come beyond the one with these values: one after the
    other, each of which PostgreSQL begins to read in its index where those rows begin.

    Of one condition that takes rows without a value, too, it reads all rows from the first on, so
    that a page would cost more the deeper it is. Raises `ValueError` as `build_beyond_condition`.
    """
    beyond = build_beyond_condition(order, values, back)
    column = order[0].lstrip("-")
    value = values[0] if isinstance(values, list) else None
    if column not in NULLABLE_COLUMNS or value is None:
        return [beyond]
    is_falling = order[0].startswith("-") != back
    bound = Q(**{f"{column}__lte" if is_falling else f"{column}__gte": value})
    without = [] if back else [Q(**{f"{column}__isnull": True})]
    return [bound & beyond, *without]


def build_beyond_condition(order: Sequence[str], values: object, back: bool = False) -> Q:
    """Return the condition of the rows that come after the one with these values, or before it on
    the way `back`.

    Raises `ValueError` when they are no values of this order's columns.
    """
    if not isinstance(values, list):
        raise ValueError(values)
    beyond = Q()
    same = Q()
    for name, value in zip(order, values, strict=True):
        if not is_value_of_column(name, value):
            raise ValueError(values)
        beyond |= same & build_further_condition(name, value, back)
        column = name.lstrip("-")
        same &= Q(**{f"{column}__isnull": True}) if value is None else Q(**{column: value})
    return beyond


def is_value_of_column(name: str, value: object) -> bool:
    """Tell whether a cursor may have a value for this column."""
    if value is None:
        return name.lstrip("-") in NULLABLE_COLUMNS
    return isinstance(value, str) and "\0" not in value


def build_further_condition(name: str, value: str | None, back: bool) -> Q:
    """Return the condition of the rows that come after a value of one column, or before it on the
    way `back`.

    Rows without a value come last, and so first on the way back.
    """
    column = name.lstrip("-")
    if value is None:
        return Q(**{f"{column}__isnull": False}) if back else Q(pk__in=[])
    is_falling = name.startswith("-") != back
    further = Q(**{f"{column}__lt" if is_falling else f"{column}__gt": value})
    if column in NULLABLE_COLUMNS and not back:
        further |= Q(**{f"{column}__isnull": True})
    return further
