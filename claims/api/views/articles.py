"""Articles over the REST API."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.parameters import (
    COPIES_PARAMETER,
    NO_NUL,
    WORDS_PARAMETER,
    build_day_parameter,
    build_parameter,
    build_text_parameter,
)
from claims.api.serializers import ArticleListSerializer, ArticleSerializer
from claims.api.viewsets import ListAndDetailViewSet, redirect_to_row
from claims.models import Article, FormerArticle, Outlet
from claims.search.copies import attach_copies
from claims.search.filters import counts_texts_once
from newsroom.row_numbers import read_row_number

QUOTE_COUNT = "quote_count"  # as `counted` annotates it
ORDERS: dict[str, tuple[str, ...]] = {
    "-published": ("-published_on", "-id"),
    "published": ("published_on", "id"),
    "-id": ("-id",),  # in the order of arrival, the last first
    "id": ("id",),
}


@extend_schema_view(
    list=extend_schema(
        summary="Articles",
        parameters=[
            WORDS_PARAMETER,
            build_parameter("outlet", "slug of an outlet"),
            COPIES_PARAMETER,
            build_day_parameter("published__gte", "published on this day or later"),
            build_day_parameter("published__lte", "published on this day or earlier"),
            build_text_parameter(
                "language", "code of a language, such as en or en-GB", longest=200, pattern=NO_NUL
            ),
            build_parameter("ordering", "without it the newest first", tuple(ORDERS)),
        ],
    ),
    retrieve=extend_schema(summary="One article, with its text"),
)
class ArticleViewSet(ListAndDetailViewSet[Article]):
    """Articles. The detail carries the text that the offsets of quotes point into."""

    one, many = "article", "articles"
    moved_statuses = ("301",)
    queryset = Article.objects.none()
    parameters = (
        "q",
        "outlet",
        "copies",
        "published__gte",
        "published__lte",
        "language",
        "ordering",
    )

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The article of this id; one that was merged into another leads to that one."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            number = read_row_number(self.kwargs["pk"]) or 0
            rows = FormerArticle.objects.filter(number=number)
            pk = rows.values_list("article", flat=True).first()
            return redirect_to_row("article", pk, request)

    def cursor_ordering(self, request: Request) -> tuple[str, ...]:
        ordering = self.read_parameter("ordering") or "-published"
        if ordering not in ORDERS:
            message = f"There is no ordering “{ordering}”; there are {', '.join(ORDERS)}."
            raise ValidationError({"ordering": [message]})
        return ORDERS[ordering]

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Article]]:
        return ArticleSerializer if self.action == "retrieve" else ArticleListSerializer

    def get_queryset(self) -> QuerySet[Article]:
        hidden = ("search",) if self.action == "retrieve" else ("search", "text")
        articles = Article.objects.with_shared_text().select_related("outlet").defer(*hidden)
        if self.action == "retrieve":
            return articles.counted()
        words = self.read_words()
        outlet = self.read_parameter("outlet")
        if outlet and not Outlet.objects.filter(slug=outlet).exists():
            raise ValidationError({"outlet": [f"There is no outlet “{outlet}”."]})
        if outlet:
            articles = articles.filter(outlet__slug=outlet)
        for name in ("published__gte", "published__lte"):
            day = self.read_day(name)
            if day:
                articles = articles.filter(**{name.replace("published", "published_on"): day})
        language = self.read_parameter("language")
        if language:
            articles = articles.filter(language__iexact=language)
        if counts_texts_once(self.read_copies(), outlet):
            articles = articles.once_per_text()
        return articles.search(words) if words else articles

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the articles of a page, with the quotes of these counted and of no others."""
        articles = super().paginate_queryset(queryset) or []
        numbers = [article.pk for article in articles]
        counted = Article.objects.filter(pk__in=numbers).counted().order_by().only("pk")
        counts: dict[int, int] = {row.pk: getattr(row, QUOTE_COUNT) for row in counted}
        for article in articles:
            article.quote_count = counts.get(article.pk, 0)
        return articles

    def get_object(self) -> Article:
        article = super().get_object()
        attach_copies([article])
        return article
