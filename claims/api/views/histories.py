"""What happened to a quote, and which texts an article had."""

from typing import Any, ClassVar

from django.db.models import Manager
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


class PastView(APIView):
    """What became of a row, by its number; that of one merged into another leads to the survivor's."""

    moved_statuses = ("301",)
    address_name: ClassVar[str]  # of its address, without "api-"
    rows: ClassVar[Manager[Any]]
    former: ClassVar[Manager[Any]]
    survivor: ClassVar[str]  # the column of `former` that has its number
    deferred: ClassVar[str]  # what is not read of the row

    def answer(self, request: Request, pk: str) -> Response:
        """Return what became of a row. Raises `Http404` where there is and was none."""
        refuse_unknown_parameters(request, ())
        number = read_row_number(pk) or 0
        row = self.rows.defer(self.deferred).filter(pk=number).first()
        if row is not None:
            return Response(self.describe(row))
        former = self.former.filter(number=number)
        return redirect_to(self.address_name, former.values_list(self.survivor, flat=True), request)

    def describe(self, row: Any) -> Any:
        raise NotImplementedError


class QuoteHistoryView(PastView):
    """What was done to a quote, and the state that this led to."""

    tag = "quotes"
    one = "quote_history"
    address_name, survivor = "quote-history", "quote"
    rows, former = Quote.objects, FormerQuote.objects
    deferred = "search_content"

    @extend_schema(
        operation_id="get_quote_history",
        summary="History of a quote",
        parameters=[ID_PARAMETER],
        responses=HistorySerializer,
    )
    def get(self, request: Request, pk: str) -> Response:
        return self.answer(request, pk)

    def describe(self, row: Quote) -> Any:
        changes = [describe_change(change) for change in list_history_changes(row)]
        return HistorySerializer({"state": compute_quote_state(row), "changes": changes}).data


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


class ArticleVersionsView(PastView):
    """The texts that an article has had."""

    tag = "articles"
    one = "article_versions"
    address_name, survivor = "article-versions", "article"
    rows, former = Article.objects, FormerArticle.objects
    deferred = "search"

    @extend_schema(
        operation_id="list_article_versions",
        summary="Versions of an article",
        parameters=[ID_PARAMETER],
        responses=VersionsSerializer,
    )
    def get(self, request: Request, pk: str) -> Response:
        return self.answer(request, pk)

    def describe(self, row: Article) -> Any:
        return VersionsSerializer({"results": list_text_versions(row)}).data


def redirect_to(name: str, keys: Any, request: Request) -> Response:
    """Redirect to the same of the row that another one was merged into, or raise `Http404`."""
    key = keys.first()
    if key is None:
        raise Http404
    address = reverse(f"api-{name}", args=[key], request=request)
    return Response(status=301, headers={"Location": address, "Cache-Control": "no-cache"})
