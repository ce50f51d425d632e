"""What all lists of the REST API have in common: what they refuse, how they count, where they lead."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from django.db.models import Model
from django.http import Http404
from rest_framework import mixins, viewsets
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.paging import PAGING_PARAMETERS, RowCursorPagination
from claims.api.parameters import LONGEST_PARAMETER_VALUE
from claims.api.shaping import FIELDS_PARAMETER, keep_fields, read_keys, read_names
from claims.models.text_search import why_unsearchable
from claims.search import columns
from claims.search.filters import Filters
from claims.search.parameters import COPIES_COUNTED
from claims.search.problems import QueryProblem, list_repeated_problems, shorten_query_value
from claims.search.quoted import QuoteCounts, Quoted, count_quotes
from claims.search.reading import parse_iso_day
from newsroom.row_numbers import read_row_number

Row = TypeVar("Row", bound=Model)
# Parameters that take a day, a number or one of some words, which an empty text is not.
NEVER_EMPTY = (
    "since",
    "until",
    "copies",
    "order",
    "published__gte",
    "published__lte",
    "ordering",
    "language",
    "claim",
    "wording",
    "page",
)


def refuse_unknown_parameters(request: Request, known: Sequence[str]) -> None:
    """Refuse parameters that are not known, and those known that come several times."""
    messages = {
        name: [f"There is no parameter “{name}” here."]
        for name in request.query_params
        if name not in known
    }
    for problem in [*list_repeated_problems(request.query_params, known), *list_empty(request)]:
        messages[problem.parameter] = [problem.message]
    if messages:
        raise ValidationError(messages)


def list_empty(request: Request) -> list[QueryProblem]:
    """Return a problem for each parameter that is given without the day or word that it needs."""
    empty = [name for name in NEVER_EMPTY if request.query_params.get(name) == ""]
    return [QueryProblem(name, "", f"“{name}” is empty.") for name in empty]


def read_filters(request: Request, also: Sequence[str] = ()) -> Filters:
    """Return the filters that a request asks for; refuse what of them makes no sense.

    `also` are further parameters, which the caller reads.
    """
    filters = Filters.read(request.query_params, also=also)
    refuse_problems([*filters.problems, *list_empty(request)])
    return filters


def refuse_problems(problems: Iterable[QueryProblem]) -> None:
    messages: dict[str, list[str]] = {}
    for problem in problems:
        messages.setdefault(problem.parameter, []).append(problem.message)
    if messages:
        raise ValidationError(messages)


class ListAndDetailViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Row]
):
    """Lists refuse parameters that they do not know, each by name."""

    pagination_class = RowCursorPagination
    one: ClassVar[str]  # what a row is called, and several of them
    many: ClassVar[str]
    moved_statuses: ClassVar[tuple[str, ...]] = ()  # with which a row leads to another one
    parameters: ClassVar[tuple[str, ...]] = ("q",)
    parameters_of_one: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("pk",)

    def cursor_ordering(self, request: Request) -> tuple[str, ...]:
        return self.order

    @property
    def keys_parameter(self) -> str:
        """The parameter that takes several ids or slugs."""
        return f"{'id' if self.lookup_field == 'pk' else self.lookup_field}__in"

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.check_parameters(request)
        return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown_parameters(request, (*self.parameters_of_one, FIELDS_PARAMETER))
        return super().retrieve(request, *args, **kwargs)

    def filter_queryset(self, queryset: Any) -> Any:
        """Narrow a list to the rows whose ids or slugs are asked for."""
        if self.action != "list" or self.keys_parameter not in self.request.query_params:
            return queryset
        keys: list[Any] = read_keys(self.request, self.keys_parameter)
        if self.lookup_field == "pk":
            keys = [self.read_number(self.keys_parameter, key) for key in keys]
        return queryset.filter(**{f"{self.lookup_field}__in": keys})

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """Return what makes JSON of rows, with those fields alone that are asked for, if any are."""
        serializer = super().get_serializer(*args, **kwargs)
        if self.request and FIELDS_PARAMETER in self.request.query_params:
            of_row: Any = getattr(serializer, "child", serializer)
            known = list(of_row.fields)
            keep_fields(serializer, read_names(self.request, FIELDS_PARAMETER, known))
        return serializer

    def get_object(self) -> Row:
        if "\0" in self.kwargs[self.lookup_field]:
            raise NotFound
        return super().get_object()

    def check_parameters(self, request: Request) -> None:
        refuse_unknown_parameters(request, (*self.parameters, *self.list_common_parameters()))

    def list_common_parameters(self) -> tuple[str, ...]:
        """Return the parameters that a list takes besides those that only it takes."""
        return (self.keys_parameter, FIELDS_PARAMETER, *PAGING_PARAMETERS)

    def read_parameter(self, name: str) -> str:
        """Return the value of a parameter, empty where it is not given; refuse one that no row can have."""
        value = self.request.query_params.get(name, "")
        if "\0" in value or len(value) > LONGEST_PARAMETER_VALUE:
            message = f"“{name}” is longer than {LONGEST_PARAMETER_VALUE} characters, or holds NUL."
            raise ValidationError({name: [message]})
        return value

    def read_row_parameter(self, name: str) -> int:
        """Return the number of a row that a parameter gives; refuse what is none."""
        return self.read_number(name, self.read_parameter(name))

    def read_number(self, name: str, value: str) -> int:
        number = read_row_number(value)
        if number is None:
            shown = shorten_query_value(value)
            raise ValidationError({name: [f"“{name}” should be a number, not “{shown}”."]})
        return number

    def read_day(self, name: str) -> date | None:
        """Return the day that a parameter gives, None where it is not given; refuse what is none."""
        value = self.read_parameter(name)
        if not value:
            return None
        day = parse_iso_day(value)
        if day is None:
            message = f"“{name}” should be a day such as 2024-03-05, not “{value}”."
            raise ValidationError({name: [message]})
        return day

    def read_words(self) -> str:
        """Return the words to search for; refuse those that cannot be searched for."""
        words = self.read_parameter("q")
        if unsearchable := why_unsearchable(words):
            raise ValidationError({"q": [unsearchable]})
        return words

    def read_copies(self) -> str:
        copies = self.read_parameter("copies")
        if copies and copies not in COPIES_COUNTED:
            message = f"“copies” should be {' or '.join(COPIES_COUNTED)}, not “{copies}”."
            raise ValidationError({"copies": [message]})
        return copies


class CountedViewSet(ListAndDetailViewSet[Row]):
    """Rows with the numbers of their quotes, with each text counted once or every copy."""

    counted: ClassVar[Quoted]
    is_once_by_default: ClassVar[bool] = True
    parameters_of_one = ("copies",)

    @cached_property
    def counts(self) -> QuoteCounts:
        default = "once" if self.is_once_by_default else "all"
        is_once = (self.read_copies() or default) == "once"
        return count_quotes(columns.get_current_columns(), self.counted, is_once=is_once)

    def attach_counts(self, rows: Sequence[Row]) -> None:
        self.counts.attach(rows)

    def paginate_queryset(self, queryset: Any) -> Any:
        rows = super().paginate_queryset(queryset)
        self.attach_counts(rows or [])
        return rows

    def get_object(self) -> Row:
        row = super().get_object()
        self.attach_counts([row])
        return row


def redirect_to_row(
    name: str, key: int | str | None, request: Request, *, status: int = 301
) -> Response:
    """Redirect to the row that another one was merged into. Raises `Http404` if there is none."""
    if key is None:
        raise Http404
    address = reverse(f"api-{name}-detail", args=[key], request=request)
    return Response(status=status, headers={"Location": address, "Cache-Control": "no-cache"})
