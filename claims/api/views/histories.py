"""What happened to a quote, and which texts an article had."""

from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from claims.api.viewsets import refuse_unknown_parameters
from claims.desk.quote_values import compute_quote_state
from claims.history.quotes import HistoryChange, list_history_changes
from claims.intake.versions import list_text_versions
from claims.models import Article, FormerArticle, FormerQuote, Quote
from newsroom.row_numbers import read_row_number

ID_PARAMETER = OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH)


class HistoryChangeSerializer(serializers.Serializer[Any]):
    when = serializers.DateTimeField()
    by = serializers.ChoiceField(choices=("program", "curator"))
    word = serializers.CharField(help_text="made, changed or deleted")
    what = serializers.ListField(child=serializers.CharField(), help_text="a line for each value")


class HistorySerializer(serializers.Serializer[Any]):
    state = serializers.CharField(
        help_text="another one as soon as the quote is; it is sent with a decision"
    )
    changes = HistoryChangeSerializer(many=True, help_text="the newest first")


class QuoteHistoryView(APIView):
    """What was done to a quote, and the state that this led to."""

    tag = "quotes"
    one = "quote_history"
    moved_statuses = ("301",)

    @extend_schema(
        operation_id="get_quote_history",
        summary="History of a quote",
        parameters=[ID_PARAMETER],
        responses=HistorySerializer,
    )
    def get(self, request: Request, pk: str) -> Response:
        refuse_unknown_parameters(request, ())
        number = read_row_number(pk) or 0
        quote = Quote.objects.defer("search_content").filter(pk=number).first()
        if quote is None:
            former = FormerQuote.objects.filter(number=number)
            return redirect_to("quote-history", former.values_list("quote", flat=True), request)
        changes = [describe_change(change) for change in list_history_changes(quote)]
        history = {"state": compute_quote_state(quote), "changes": changes}
        return Response(HistorySerializer(history).data)


def describe_change(change: HistoryChange) -> dict[str, Any]:
    """Return a change as everybody may see it, without who of the curators made it."""
    return {
        "when": change.when,
        "by": "curator" if change.who else "program",
        "word": change.word,
        "what": change.what,
    }


class TextVersionSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(help_text="its id, or “now”")
    title = serializers.CharField()
    text = serializers.CharField()
    sha256 = serializers.CharField(help_text="of the text, as UTF-8")
    seen_at = serializers.DateTimeField(help_text="when it was first seen")
    superseded_at = serializers.DateTimeField(allow_null=True, help_text="null: it is the last")


class VersionsSerializer(serializers.Serializer[Any]):
    results = TextVersionSerializer(many=True, help_text="the first first, that of now last")


class ArticleVersionsView(APIView):
    """The texts that an article has had."""

    tag = "articles"
    one = "article_versions"
    moved_statuses = ("301",)

    @extend_schema(
        operation_id="list_article_versions",
        summary="Versions of an article",
        parameters=[ID_PARAMETER],
        responses=VersionsSerializer,
    )
    def get(self, request: Request, pk: str) -> Response:
        refuse_unknown_parameters(request, ())
        number = read_row_number(pk) or 0
        article = Article.objects.defer("search").filter(pk=number).first()
        if article is None:
            former = FormerArticle.objects.filter(number=number)
            return redirect_to(
                "article-versions", former.values_list("article", flat=True), request
            )
        versions = {"results": list_text_versions(article)}
        return Response(VersionsSerializer(versions).data)


def redirect_to(name: str, keys: Any, request: Request) -> Response:
    """Redirect to the same of the row that another one was merged into, or raise `Http404`."""
    key = keys.first()
    if key is None:
        raise Http404
    address = reverse(f"api-{name}", args=[key], request=request)
    return Response(status=301, headers={"Location": address, "Cache-Control": "no-cache"})
