"""The REST API, read only: the pages' verbs, as JSON."""

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, pagination, serializers, viewsets
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.serializers import (
    ActorSerializer,
    ArticleListSerializer,
    ArticleSerializer,
    ClaimSerializer,
    OutletSerializer,
    QuoteSerializer,
)
from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS, STANCES
from claims.models import Actor, Article, Claim, FormerSlug, Outlet, Quote, QuoteStatus
from claims.models.actors import SPEAKER_VALUES
from claims.models.text_search import why_unsearchable
from claims.search import columns
from claims.search.facets import MatchingQuotes
from claims.search.filters import FILTER_PARAMETERS, Filters
from claims.search.problems import list_repeated_problems
from newsroom.row_numbers import read_row_number

Row = TypeVar("Row", bound=Model)
PAGING_PARAMETERS = ("cursor", "page_size")
NULLABLE = ("published_on",)  # of the columns of an order
LONGEST_PARAMETER_VALUE = 200


def build_parameter(
    name: str, description: str, values: Sequence[str] = (), many: bool = False
) -> OpenApiParameter:
    return OpenApiParameter(
        name, OpenApiTypes.STR, description=description, enum=values or None, many=many
    )


QUOTE_PARAMETERS = [
    build_parameter("actor", "who said it: slug of an actor", many=True),
    build_parameter("speaker", "what is known of who speaks", SPEAKER_VALUES, many=True),
    build_parameter("about", "slug of an actor that the content names", many=True),
    build_parameter("act", "what the cue does", ACTS, many=True),
    build_parameter("kind", "direct, mixed or indirect", KINDS, many=True),
    build_parameter("stance", "towards the claim", STANCES, many=True),
    build_parameter("outlet", "slug of an outlet", many=True),
    build_parameter(
        "status", "of review; without it, all but rejected", QuoteStatus.values, many=True
    ),
    OpenApiParameter(
        "since", OpenApiTypes.DATE, description="article published on this day or later"
    ),
    OpenApiParameter(
        "until", OpenApiTypes.DATE, description="article published on this day or earlier"
    ),
    build_parameter("q", 'words in the content: words, "phrases", -not, or'),
    build_parameter(
        "order", "newest by default, relevance when q is given", ("newest", "oldest", "relevance")
    ),
]
WORDS_PARAMETER = build_parameter("q", "words to find")


class RowCursorPagination(pagination.CursorPagination):
    """Pages by a cursor: what the row where a page ends has of each column of the order, and which way to go from there.

    REST framework's own knows the first column alone and counts the rows that share its value; whoever turns back among
    them, such as the quotes of one day, misses some.
    """

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int:
        asked = read_row_number(request.query_params.get("page_size", str(self.page_size)))
        if asked is not None and 1 <= asked <= self.max_page_size:
            return asked
        raise ValidationError(
            {"page_size": [f"“page_size” should be a number from 1 to {self.max_page_size}."]}
        )

    def paginate_queryset(
        self, queryset: QuerySet[Any, Any], request: Request, view: Any = None
    ) -> list[Any] | None:
        self.base_url, self.order = (
            request.build_absolute_uri(),
            tuple(view.cursor_ordering(request)),
        )
        size, cursor = self.get_page_size(request), self.decode_cursor(request)
        back = bool(cursor and cursor.reverse)
        order = reverse_order(self.order) if back else self.order
        try:
            rows = (
                queryset.filter(
                    build_beyond_condition(order, json.loads(str(cursor.position)), back)
                )
                if cursor
                else queryset
            )
            found = list(rows.order_by(*(sorted_by(name, back) for name in order))[: size + 1])
        except (ValueError, RecursionError, DjangoValidationError) as error:
            if cursor is None:
                raise
            raise NotFound(
                self.invalid_cursor_message
            ) from error  # what it holds are no values of the order's columns
        self.page = found[size - 1 :: -1] if back else found[:size]
        self.has_next, self.has_previous = (
            (back, len(found) > size) if back else (len(found) > size, cursor is not None)
        )
        return self.page

    def get_next_link(self) -> str | None:
        return self.link(self.page[-1], back=False) if self.has_next and self.page else None

    def get_previous_link(self) -> str | None:
        return self.link(self.page[0], back=True) if self.has_previous and self.page else None

    def link(self, row: Any, back: bool) -> str:
        found = [getattr(row, name.lstrip("-")) for name in self.order]
        values: Any = json.dumps([None if value is None else str(value) for value in found])
        return self.encode_cursor(pagination.Cursor(offset=0, reverse=back, position=values))


class CountedCursorPagination(RowCursorPagination):
    """Pages that say how many rows there are in all; whoever pages sets `count`."""

    count = 0

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"count": self.count, **super().get_paginated_response(data).data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        described: dict[str, Any] = super().get_paginated_response_schema(schema)
        described["required"] = ["count", *described["required"]]
        described["properties"] = {
            "count": {"type": "integer", "example": 123},
            **described["properties"],
        }
        return described


def reverse_order(order: Sequence[str]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)


def sorted_by(name: str, back: bool) -> OrderBy:
    """Return what sorts rows by a column; those without a value come last, and first on the way back."""
    column, falling = name.lstrip("-"), name.startswith("-")
    where: dict[str, Any] = {"nulls_first": True} if back else {"nulls_last": True}
    return F(column).desc(**where) if falling else F(column).asc(**where)


def build_beyond_condition(
    order: Sequence[str], values: Sequence[str | None], back: bool = False
) -> Q:
    """The rows that come after the one with these values. Raises `ValueError` when they are none of this order."""
    if not isinstance(values, list) or not all(
        fits(name, value) for name, value in zip(order, values, strict=True)
    ):
        raise ValueError(values)
    found, same = Q(), Q()
    for name, value in zip(order, values, strict=True):
        found |= same & further(name, value, back)
        same &= (
            Q(**{f"{name.lstrip('-')}__isnull": True})
            if value is None
            else Q(**{name.lstrip("-"): value})
        )
    return found


def fits(name: str, value: object) -> bool:
    """Whether a cursor may have a value for this column."""
    if value is None:
        return name.lstrip("-") in NULLABLE
    return isinstance(value, str) and "\0" not in value


def further(name: str, value: str | None, back: bool) -> Q:
    """The rows that come after a value of one column, those without a value last, and first on the way back."""
    column, side = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
    if value is None:
        return Q(**{f"{column}__isnull": False}) if back else Q(pk__in=[])
    after = Q(**{f"{column}__{side}": value})
    if column in NULLABLE and not back:
        after |= Q(**{f"{column}__isnull": True})
    return after


class ListAndDetailViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Row]
):
    """Lists refuse parameters that they do not know, each by name."""

    pagination_class = RowCursorPagination
    parameters: ClassVar[tuple[str, ...]] = ("q",)
    order: ClassVar[tuple[str, ...]] = ("pk",)

    def cursor_ordering(self, request: Request) -> tuple[str, ...]:
        return self.order

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.check_parameters(request)
        return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.refuse_unknown(request, ())
        return super().retrieve(request, *args, **kwargs)

    def get_object(self) -> Row:
        if "\0" in self.kwargs[self.lookup_field]:
            raise NotFound
        return super().get_object()

    def check_parameters(self, request: Request) -> None:
        self.refuse_unknown(request, (*self.parameters, *PAGING_PARAMETERS))

    def refuse_unknown(self, request: Request, known: Sequence[str]) -> None:
        unknown = {
            name: [f"There is no parameter “{name}” here."]
            for name in request.query_params
            if name not in known
        }
        several = {
            problem.parameter: [problem.message]
            for problem in list_repeated_problems(request.query_params, known)
        }
        if unknown or several:
            raise ValidationError(unknown | several)

    def asked(self, name: str) -> str:
        value = self.request.query_params.get(name, "")
        if "\0" in value or len(value) > LONGEST_PARAMETER_VALUE:
            raise ValidationError(
                {
                    name: [
                        f"“{name}” is longer than {LONGEST_PARAMETER_VALUE} characters, or holds NUL."
                    ]
                }
            )
        return value

    def asked_words(self) -> str:
        value = self.asked("q")
        if unsearchable := why_unsearchable(value):
            raise ValidationError({"q": [unsearchable]})
        return value


@extend_schema_view(
    list=extend_schema(summary="Quotes", parameters=QUOTE_PARAMETERS),
    retrieve=extend_schema(summary="One quote"),
)
class QuoteViewSet(ListAndDetailViewSet[Quote]):
    """Attributed quotes. The parameters are those of the front page; a repeatable one may be given several times."""

    serializer_class = QuoteSerializer
    pagination_class = CountedCursorPagination
    queryset = Quote.objects.none()
    parameters = FILTER_PARAMETERS

    @cached_property
    def filters(self) -> Filters:
        return Filters.read(self.request.query_params, also=PAGING_PARAMETERS)

    def check_parameters(self, request: Request) -> None:
        problems = self.filters.problems
        if problems:
            said: dict[str, list[str]] = {}
            for problem in problems:
                said.setdefault(problem.parameter, []).append(problem.message)
            raise ValidationError(said)

    def cursor_ordering(self, request: Request) -> tuple[str, ...]:
        order = self.filters.order
        if order == "relevance":
            return ("-rank", "-id")
        newest = ("-published_on", "-article_id", "cue_start", "id")
        return ("published_on", "article_id", "cue_start", "id") if order == "oldest" else newest

    def get_queryset(self) -> QuerySet[Quote]:
        shown = (
            "search_content",
            "article__text",
            "article__search",
            "claim__text",
            "claim__search",
        )
        if self.action == "retrieve":
            return Quote.objects.for_display().with_version().defer(*shown, "version__text")
        filters = self.filters
        if isinstance(self.paginator, CountedCursorPagination):
            self.paginator.count = MatchingQuotes(columns.get_current_columns(), filters).total
        found = filters.quotes().for_display().defer(*shown)
        return found.annotate(published_on=F("article__published_on"))


@extend_schema_view(
    list=extend_schema(
        summary="Actors",
        parameters=[WORDS_PARAMETER, build_parameter("kind", "of actor", ACTOR_KINDS)],
    ),
    retrieve=extend_schema(summary="One actor"),
)
class ActorViewSet(ListAndDetailViewSet[Actor]):
    """People, organizations, states, groups and documents that say things."""

    serializer_class = ActorSerializer
    queryset = Actor.objects.none()
    lookup_field = "slug"
    parameters = ("q", "kind")
    order = ("slug",)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The actor of this slug; one that was merged into another leads to that one."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            former = (
                FormerSlug.objects.filter(slug=self.kwargs["slug"]).select_related("actor").first()
            )
            if former is None:
                raise
            there = reverse("api-actor-detail", args=[former.actor.slug], request=request)
            return Response(status=301, headers={"Location": there, "Cache-Control": "no-cache"})

    def get_queryset(self) -> QuerySet[Actor]:
        rows = Actor.objects.all() if self.action == "retrieve" else Actor.objects.standing()
        found = rows.counted().prefetch_related("names")
        kind, q = self.asked("kind"), self.asked("q")
        if kind and kind not in ACTOR_KINDS:
            raise ValidationError(
                {"kind": [f"There is no kind “{kind}”; there are {', '.join(ACTOR_KINDS)}."]}
            )
        found = found.filter(kind=kind) if kind else found
        return found.called(q) if q else found


@extend_schema_view(
    list=extend_schema(summary="Claims", parameters=[WORDS_PARAMETER]),
    retrieve=extend_schema(summary="One claim"),
)
class ClaimViewSet(ListAndDetailViewSet[Claim]):
    """Propositions that quotes assert, deny or question."""

    serializer_class = ClaimSerializer
    queryset = Claim.objects.none()
    order = ("-id",)

    def get_queryset(self) -> QuerySet[Claim]:
        rows = Claim.objects.all() if self.action == "retrieve" else Claim.objects.standing()
        found = rows.counted().defer("search")
        return found.search(q) if (q := self.asked_words()) else found


@extend_schema_view(
    list=extend_schema(
        summary="Articles",
        parameters=[WORDS_PARAMETER, build_parameter("outlet", "slug of an outlet")],
    ),
    retrieve=extend_schema(summary="One article, with its text"),
)
class ArticleViewSet(ListAndDetailViewSet[Article]):
    """Articles. The detail carries the text that the offsets of quotes point into."""

    queryset = Article.objects.none()
    parameters = ("q", "outlet")
    order = ("-published_on", "-id")

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Article]]:
        return ArticleSerializer if self.action == "retrieve" else ArticleListSerializer

    def get_queryset(self) -> QuerySet[Article]:
        hidden = ("search",) if self.action == "retrieve" else ("search", "text")
        found = Article.objects.counted().select_related("outlet").defer(*hidden)
        q, outlet = self.asked_words(), self.asked("outlet")
        if outlet and not Outlet.objects.filter(slug=outlet).exists():
            raise ValidationError({"outlet": [f"There is no outlet “{outlet}”."]})
        found = found.filter(outlet__slug=outlet) if outlet else found
        return found.search(q) if q else found


@extend_schema_view(
    list=extend_schema(summary="Outlets"), retrieve=extend_schema(summary="One outlet")
)
class OutletViewSet(ListAndDetailViewSet[Outlet]):
    """Who publishes."""

    serializer_class = OutletSerializer
    queryset = Outlet.objects.none()
    lookup_field = "slug"
    parameters = ()
    order = ("slug",)

    def get_queryset(self) -> QuerySet[Outlet]:
        return Outlet.objects.counted()


RESOURCES = ("quote", "actor", "claim", "article", "outlet")


@extend_schema(exclude=True)
@api_view(["GET"])
def index(request: Request) -> Response:
    """Where everything is."""
    return Response(
        {f"{name}s": reverse(f"api-{name}-list", request=request) for name in RESOURCES}
    )


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return render(
        request,
        "api_docs.html",
        {"section": "api", "schema": schema, "operations": list_operations(schema)},
    )


def list_operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The API's addresses with what each takes, in the order of the schema."""
    return [
        {
            **operation,
            "path": path,
            "method": method.upper(),
            "parameters": [describe_parameter(p) for p in operation["parameters"]],
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if "/v1/" in path
    ]


def describe_parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter with the closed set of its values, if it has one, wherever the schema keeps it."""
    schema = parameter["schema"]
    return {**parameter, "values": schema.get("enum") or schema.get("items", {}).get("enum")}
