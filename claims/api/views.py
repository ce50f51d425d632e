"""The REST API, read only: the pages' verbs, as JSON."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.paging import PAGING_PARAMETERS, CountedCursorPagination
from claims.api.parameters import (
    COPIES_PARAMETER,
    COUNTED_COPIES_PARAMETER,
    OUTLET_COPIES_PARAMETER,
    QUOTE_PARAMETERS,
    WORDS_PARAMETER,
    build_parameter,
)
from claims.api.serializers import (
    ActorSerializer,
    ArticleListSerializer,
    ArticleSerializer,
    ClaimSerializer,
    MatchSerializer,
    OutletSerializer,
    QuoteSerializer,
    WordingSerializer,
)
from claims.api.viewsets import CountedViewSet, ListAndDetailViewSet, redirect_to_row
from claims.extraction.schema import ACTOR_KINDS
from claims.models import (
    Actor,
    Article,
    Claim,
    FormerArticle,
    FormerOutletSlug,
    FormerQuote,
    FormerSlug,
    Match,
    MatchKind,
    Outlet,
    Quote,
    Wording,
)
from claims.search import columns
from claims.search.copies import attach_copies
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters, counts_texts_once
from claims.search.parameters import FILTER_PARAMETERS
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
        actors = Actor.objects.with_items().prefetch_related("names")
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

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The claim of this id; the number of another of its wordings leads to it."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            number = read_row_number(self.kwargs["pk"]) or 0
            claim = Wording.objects.find_claim(number)
            return redirect_to_row("claim", claim.pk if claim else None, request)

    def get_queryset(self) -> QuerySet[Claim]:
        wordings = Wording.objects.only("claim").order_by("pk")
        claims = Claim.objects.defer("search").prefetch_related(Prefetch("wordings", wordings))
        if self.action == "retrieve":
            return claims
        claims = claims.standing().exclude(pk__in=self.counts.list_unquoted())
        words = self.read_words()
        return claims.search(words) if words else claims


@extend_schema_view(
    list=extend_schema(
        summary="Wordings",
        parameters=[WORDS_PARAMETER, build_parameter("claim", "number of a claim")],
    ),
    retrieve=extend_schema(summary="One wording"),
)
class WordingViewSet(ListAndDetailViewSet[Wording]):
    """The words of claims, whatever their case and marks."""

    parameters = ("q", "claim")
    serializer_class = WordingSerializer
    queryset = Wording.objects.none()
    order = ("-id",)

    def get_queryset(self) -> QuerySet[Wording]:
        wordings = Wording.objects.defer("search")
        if self.action == "retrieve":
            return wordings
        if self.read_parameter("claim"):
            wordings = wordings.filter(claim=self.read_row_parameter("claim"))
        words = self.read_words()
        return wordings.search(words) if words else wordings


@extend_schema_view(
    list=extend_schema(
        summary="Matches",
        parameters=[
            build_parameter("claim", "number of a claim, one of whose wordings it is of"),
            build_parameter("wording", "number of a wording that it is of"),
            build_parameter(
                "kind", "how the second wording relates to the first", MatchKind.values
            ),
        ],
    ),
    retrieve=extend_schema(summary="One match"),
)
class MatchViewSet(ListAndDetailViewSet[Match]):
    """How two wordings relate, where that is sure or a person confirmed it."""

    parameters = ("claim", "wording", "kind")
    serializer_class = MatchSerializer
    queryset = Match.objects.none()
    order = ("-id",)

    def get_queryset(self) -> QuerySet[Match]:
        matches = Match.objects.public()
        kind = self.read_parameter("kind")
        if kind and kind not in MatchKind.values:
            message = f"There is no kind “{kind}”; there are {', '.join(MatchKind.values)}."
            raise ValidationError({"kind": [message]})
        if kind:
            matches = matches.filter(kind=kind)
        if self.read_parameter("wording"):
            matches = matches.of(self.read_row_parameter("wording"))
        if self.read_parameter("claim"):
            claim = self.read_row_parameter("claim")
            matches = matches.of(*Wording.objects.of_claim(claim))
        return matches


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
            outlet.article_count = per_outlet.get(outlet.pk, 0)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The outlet of this slug; one that was merged into another leads to that one."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            rows = FormerOutletSlug.objects.filter(slug=self.kwargs["slug"])
            slug = rows.values_list("outlet__slug", flat=True).first()
            return redirect_to_row("outlet", slug, request)


# The resources, each by the word for one, with the name of its list.
RESOURCES = {
    "quote": "quotes",
    "actor": "actors",
    "claim": "claims",
    "wording": "wordings",
    "match": "matches",
    "article": "articles",
    "outlet": "outlets",
}


@extend_schema(exclude=True)
@api_view(["GET"])
def index(request: Request) -> Response:
    """Return the address of each list."""
    lists = {}
    for name, plural in RESOURCES.items():
        lists[plural] = reverse(f"api-{name}-list", request=request)
    return Response(lists)
