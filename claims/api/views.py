"""The REST API, read only: the pages' verbs, as JSON."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from django.db.models import F, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.paging import PAGING_PARAMETERS, CountedCursorPagination, RowCursorPagination
from claims.api.serializers import (
    ActorSerializer,
    ArticleListSerializer,
    ArticleSerializer,
    ClaimSerializer,
    OutletSerializer,
    QuoteSerializer,
)
from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS, STANCES
from claims.models import (
    Actor,
    Article,
    Claim,
    FormerArticle,
    FormerOutletSlug,
    FormerQuote,
    FormerSlug,
    Outlet,
    Quote,
    QuoteStatus,
)
from claims.models.actors import SPEAKER_VALUES
from claims.models.text_search import why_unsearchable
from claims.search import columns
from claims.search.copies import attach_copies
from claims.search.facets import MatchingQuotes
from claims.search.filters import (
    COPIES_COUNTED,
    FILTER_PARAMETERS,
    Filters,
    counts_texts_once,
)
from claims.search.problems import list_repeated_problems
from claims.search.quoted import QuoteCounts, Quoted, count_quotes
from newsroom.row_numbers import read_row_number

Row = TypeVar("Row", bound=Model)
LONGEST_PARAMETER_VALUE = 200  # characters


def build_parameter(
    name: str, description: str, values: Sequence[str] = (), many: bool = False
) -> OpenApiParameter:
    return OpenApiParameter(
        name, OpenApiTypes.STR, description=description, enum=values or None, many=many
    )


COPIES_PARAMETER = build_parameter(
    "copies",
    "whether copies of one text count once or all; without it once, but all where an outlet is given",
    COPIES_COUNTED,
)
COUNTED_COPIES_PARAMETER = build_parameter(
    "copies", "whether copies of one text count once or all; without it once", COPIES_COUNTED
)
OUTLET_COPIES_PARAMETER = build_parameter(
    "copies",
    "whether an outlet has only what it published first, once, or all; without it all",
    COPIES_COUNTED,
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
    COPIES_PARAMETER,
    build_parameter(
        "order", "newest by default, relevance when q is given", ("newest", "oldest", "relevance")
    ),
]
WORDS_PARAMETER = build_parameter("q", "words to find")

# Columns behind a quote that are long and that its JSON does not show.
UNUSED_QUOTE_COLUMNS = (
    "search_content",
    "article__text",
    "article__search",
    "claim__text",
    "claim__search",
)


class ListAndDetailViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Row]
):
    """Lists refuse parameters that they do not know, each by name."""

    pagination_class = RowCursorPagination
    parameters: ClassVar[tuple[str, ...]] = ("q",)
    parameters_of_one: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("pk",)

    def cursor_ordering(self, request: Request) -> tuple[str, ...]:
        return self.order

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.check_parameters(request)
        return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.refuse_unknown(request, self.parameters_of_one)
        return super().retrieve(request, *args, **kwargs)

    def get_object(self) -> Row:
        if "\0" in self.kwargs[self.lookup_field]:
            raise NotFound
        return super().get_object()

    def check_parameters(self, request: Request) -> None:
        self.refuse_unknown(request, (*self.parameters, *PAGING_PARAMETERS))

    def refuse_unknown(self, request: Request, known: Sequence[str]) -> None:
        """Refuse parameters that are not known, and those known that come several times."""
        messages = {
            name: [f"There is no parameter “{name}” here."]
            for name in request.query_params
            if name not in known
        }
        for problem in list_repeated_problems(request.query_params, known):
            messages[problem.parameter] = [problem.message]
        if messages:
            raise ValidationError(messages)

    def read_parameter(self, name: str) -> str:
        """Return the value of a parameter, empty where it is not given; refuse one that no row can have."""
        value = self.request.query_params.get(name, "")
        if "\0" in value or len(value) > LONGEST_PARAMETER_VALUE:
            message = f"“{name}” is longer than {LONGEST_PARAMETER_VALUE} characters, or holds NUL."
            raise ValidationError({name: [message]})
        return value

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
        return Filters.read(self.request.query_params, also=PAGING_PARAMETERS)

    def check_parameters(self, request: Request) -> None:
        messages: dict[str, list[str]] = {}
        for problem in self.filters.problems:
            messages.setdefault(problem.parameter, []).append(problem.message)
        if messages:
            raise ValidationError(messages)

    def cursor_ordering(self, request: Request) -> tuple[str, ...]:
        order = self.filters.order
        if order == "relevance":
            return ("-rank", "-id")
        if order == "oldest":
            return ("published_on", "article_id", "cue_start", "id")
        return ("-published_on", "-article_id", "cue_start", "id")

    def get_queryset(self) -> QuerySet[Quote]:
        if self.action == "retrieve":
            quotes = Quote.objects.for_display().with_version()
            return quotes.defer(*UNUSED_QUOTE_COLUMNS, "version__text")
        filters = self.filters
        if isinstance(self.paginator, CountedCursorPagination):
            self.paginator.count = MatchingQuotes(columns.get_current_columns(), filters).total
        quotes = filters.quotes().for_display().defer(*UNUSED_QUOTE_COLUMNS)
        return quotes.annotate(published_on=F("article__published_on"))


@extend_schema_view(
    list=extend_schema(
        summary="Actors",
        parameters=[
            WORDS_PARAMETER,
            build_parameter("kind", "of actor", ACTOR_KINDS),
            COUNTED_COPIES_PARAMETER,
        ],
    ),
    retrieve=extend_schema(summary="One actor", parameters=[COUNTED_COPIES_PARAMETER]),
)
class ActorViewSet(CountedViewSet[Actor]):
    """People, organizations, states, groups and documents that say things."""

    counted = "actor"
    serializer_class = ActorSerializer
    queryset = Actor.objects.none()
    lookup_field = "slug"
    parameters = ("q", "kind", "copies")
    order = ("slug",)
    taken_for: str | None = None  # the slug of the actor that the one asked for is taken for

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The actor of this slug; one that was merged into another, or is taken for it, leads to that one."""
        try:
            response = super().retrieve(request, *args, **kwargs)
        except Http404:
            rows = FormerSlug.objects.filter(slug=self.kwargs["slug"])
            slug = rows.values_list("actor__slug", flat=True).first()
            return redirect_to_row("actor", slug, request)
        if self.taken_for:
            return redirect_to_row("actor", self.taken_for, request, status=302)
        return response

    def get_object(self) -> Actor:
        actor = super().get_object()
        self.taken_for = getattr(actor, "taken_for", None)
        return actor

    def get_queryset(self) -> QuerySet[Actor]:
        actors = Actor.objects.prefetch_related("names")
        if self.action == "retrieve":
            return actors.with_head()
        actors = actors.standing().exclude(pk__in=self.counts.list_unquoted())
        kind = self.read_parameter("kind")
        name = self.read_parameter("q")
        if kind and kind not in ACTOR_KINDS:
            message = f"There is no kind “{kind}”; there are {', '.join(ACTOR_KINDS)}."
            raise ValidationError({"kind": [message]})
        if kind:
            actors = actors.filter(kind=kind)
        return actors.called(name) if name else actors


@extend_schema_view(
    list=extend_schema(summary="Claims", parameters=[WORDS_PARAMETER, COUNTED_COPIES_PARAMETER]),
    retrieve=extend_schema(summary="One claim", parameters=[COUNTED_COPIES_PARAMETER]),
)
class ClaimViewSet(CountedViewSet[Claim]):
    """Propositions that quotes assert, deny or question."""

    counted = "claim"
    parameters = ("q", "copies")
    serializer_class = ClaimSerializer
    queryset = Claim.objects.none()
    order = ("-id",)

    def get_queryset(self) -> QuerySet[Claim]:
        claims = Claim.objects.defer("search")
        if self.action == "retrieve":
            return claims
        claims = claims.standing().exclude(pk__in=self.counts.list_unquoted())
        words = self.read_words()
        return claims.search(words) if words else claims


@extend_schema_view(
    list=extend_schema(
        summary="Articles",
        parameters=[
            WORDS_PARAMETER,
            build_parameter("outlet", "slug of an outlet"),
            COPIES_PARAMETER,
        ],
    ),
    retrieve=extend_schema(summary="One article, with its text"),
)
class ArticleViewSet(ListAndDetailViewSet[Article]):
    """Articles. The detail carries the text that the offsets of quotes point into."""

    queryset = Article.objects.none()
    parameters = ("q", "outlet", "copies")
    order = ("-published_on", "-id")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The article of this id; one that was merged into another leads to that one."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            number = read_row_number(self.kwargs["pk"]) or 0
            rows = FormerArticle.objects.filter(number=number)
            pk = rows.values_list("article", flat=True).first()
            return redirect_to_row("article", pk, request)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Article]]:
        return ArticleSerializer if self.action == "retrieve" else ArticleListSerializer

    def get_queryset(self) -> QuerySet[Article]:
        hidden = ("search",) if self.action == "retrieve" else ("search", "text")
        articles = Article.objects.counted().with_shared_text()
        articles = articles.select_related("outlet").defer(*hidden)
        if self.action == "retrieve":
            return articles
        words = self.read_words()
        outlet = self.read_parameter("outlet")
        if outlet and not Outlet.objects.filter(slug=outlet).exists():
            raise ValidationError({"outlet": [f"There is no outlet “{outlet}”."]})
        if outlet:
            articles = articles.filter(outlet__slug=outlet)
        if counts_texts_once(self.read_copies(), outlet):
            articles = articles.once_per_text()
        return articles.search(words) if words else articles

    def get_object(self) -> Article:
        article = super().get_object()
        attach_copies([article])
        return article


@extend_schema_view(
    list=extend_schema(summary="Outlets", parameters=[OUTLET_COPIES_PARAMETER]),
    retrieve=extend_schema(summary="One outlet", parameters=[OUTLET_COPIES_PARAMETER]),
)
class OutletViewSet(CountedViewSet[Outlet]):
    """Who publishes."""

    counted = "outlet"
    is_once_by_default = False  # an outlet has all that it published
    serializer_class = OutletSerializer
    queryset = Outlet.objects.none()
    lookup_field = "slug"
    parameters = ("copies",)
    order = ("slug",)

    def get_queryset(self) -> QuerySet[Outlet]:
        return Outlet.objects.prefetch_related("hosts")

    def attach_counts(self, rows: Sequence[Outlet]) -> None:
        super().attach_counts(rows)
        articles = Article.objects.all()
        if self.counts.is_once:
            articles = articles.once_per_text()
        per_outlet = articles.count_per_outlet(rows)
        for outlet in rows:
            outlet.article_count = per_outlet.get(outlet.pk, 0)  # type: ignore[attr-defined]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The outlet of this slug; one that was merged into another leads to that one."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            rows = FormerOutletSlug.objects.filter(slug=self.kwargs["slug"])
            slug = rows.values_list("outlet__slug", flat=True).first()
            return redirect_to_row("outlet", slug, request)


RESOURCES = ("quote", "actor", "claim", "article", "outlet")


@extend_schema(exclude=True)
@api_view(["GET"])
def index(request: Request) -> Response:
    """Return the address of each list."""
    lists = {f"{name}s": reverse(f"api-{name}-list", request=request) for name in RESOURCES}
    return Response(lists)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    context = {"section": "api", "schema": schema, "operations": list_operations(schema)}
    return render(request, "api_docs.html", context)


def list_operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the API's addresses with what each takes, in the order of the schema."""
    operations = []
    for path, methods in schema["paths"].items():
        if "/v1/" not in path:
            continue
        for method, operation in methods.items():
            parameters = [describe_parameter(parameter) for parameter in operation["parameters"]]
            described = {"path": path, "method": method.upper(), "parameters": parameters}
            operations.append({**operation, **described})
    return operations


def describe_parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter with the closed set of its values, if it has one, wherever the schema keeps it."""
    schema = parameter["schema"]
    values = schema.get("enum") or schema.get("items", {}).get("enum")
    return {**parameter, "values": values}
