"""What became of a delivery: each document in it, with the reason where it is not in."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.db.models.fields.json import KT
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from claims.api.views.curation import get_user, read_body
from claims.api.viewsets import refuse_unknown_parameters
from claims.intake.arriving import LONGEST_TEXT, deliver_address, deliver_text
from claims.intake.arriving.delivering import LONGEST_TITLE
from claims.models import Arrival, ArrivalState, Delivery, TokenScope
from claims.pages.arrivals import KEEPING_TIME
from newsroom.web_addresses import LONGEST_ADDRESS


class ArrivalSerializer(serializers.ModelSerializer[Arrival]):
    state = serializers.ChoiceField(choices=ArrivalState.choices)
    title = serializers.SerializerMethodField(help_text="as it was read; empty until then")
    article = serializers.SerializerMethodField(
        help_text="address of the article here, once it is kept; else null"
    )

    class Meta:
        model = Arrival
        fields = ("where", "state", "reason", "title", "outcome", "article", "changed_at")

    def get_title(self, arrival: Any) -> str:
        if arrival.article:
            return str(arrival.article.title)
        return getattr(arrival, "title_read", "") or ""

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_article(self, arrival: Arrival) -> str | None:
        if arrival.article_id is None:
            return None
        return reverse(
            "api-article-detail", args=[arrival.article_id], request=self.context["request"]
        )


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    is_settled = serializers.SerializerMethodField(help_text="whether nothing waits any more")
    documents = ArrivalSerializer(source="arrivals", many=True)

    class Meta:
        model = Delivery
        fields = ("token", "made_at", "keeps_itself", "is_settled", "documents")

    def get_is_settled(self, delivery: Delivery) -> bool:
        waiting = {ArrivalState.QUEUED, ArrivalState.READING}
        for arrival in delivery.arrivals.all():
            if arrival.state in waiting or is_about_to_be_kept(arrival, delivery):
                return False
        return True


def is_about_to_be_kept(arrival: Arrival, delivery: Delivery) -> bool:
    """Return whether a document is read, and becomes an article by itself in a moment."""
    if arrival.state != ArrivalState.READ or not delivery.keeps_itself or arrival.reason:
        return False
    return arrival.changed_at > timezone.now() - KEEPING_TIME


class HandInSerializer(serializers.Serializer[Any]):
    """An address, or a text with what is known of it."""

    url = serializers.CharField(
        required=False, max_length=LONGEST_ADDRESS, help_text="of the page of an article"
    )
    text = serializers.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        trim_whitespace=False,
        help_text="an article, one paragraph a line; in the place of `url`",
    )
    title = serializers.CharField(required=False, max_length=LONGEST_TITLE, help_text="of a text")
    date = serializers.DateField(required=False, help_text="on which a text was published")
    keep = serializers.BooleanField(
        default=True, help_text="whether it becomes an article by itself once it is read"
    )

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if ("url" in values) == ("text" in values):
            message = "Give an address or a text, and not both."
            raise serializers.ValidationError({"url": [message]})
        return values


class DeliveriesView(APIView):
    """Hands in an article, by its address or as a text; what becomes of it is told at the address
    that is given back.
    """

    tag = "deliveries"
    scope, permission = TokenScope.ARTICLES, "claims.add_article"

    @extend_schema(
        operation_id="add_article",
        summary="Add an article",
        request=HandInSerializer,
        responses={202: DeliverySerializer},
    )
    def post(self, request: Request) -> Response:
        refuse_unknown_parameters(request, ())
        delivery = hand_in(read_body(HandInSerializer, request), get_user(request))
        row = Delivery.objects.prefetch_related("arrivals__article").get(pk=delivery.pk)
        described = DeliverySerializer(row, context={"request": request}).data
        address = reverse("api-delivery", args=[delivery.token], request=request)
        return Response(described, status=202, headers={"Location": address})


def hand_in(values: dict[str, Any], user: User) -> Delivery:
    if "url" in values:
        return deliver_address(values["url"], user=user, keeps_itself=values["keep"])
    date = values["date"].isoformat() if "date" in values else ""
    title = values.get("title", "")
    return deliver_text(
        values["text"], title=title, date=date, user=user, keeps_itself=values["keep"]
    )


class DeliveryView(generics.RetrieveAPIView[Delivery]):
    """What somebody handed in, by the secret name that its page has: what became of each document."""

    one, tag = "delivery", "deliveries"
    serializer_class = DeliverySerializer
    lookup_field = "token"

    @extend_schema(operation_id="get_delivery", summary="One delivery")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown_parameters(request, ())
        if "\0" in kwargs["token"]:
            raise NotFound
        response = super().get(request, *args, **kwargs)
        # Whoever has its address sees it: caches and search engines are not to.
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def get_queryset(self) -> Any:
        arrivals: Any = Arrival.objects.select_related("article").only(
            "delivery", "where", "state", "reason", "outcome", "changed_at", "article__title"
        )
        documents: Any = Prefetch("arrivals", arrivals.annotate(title_read=KT("document__title")))
        return Delivery.objects.not_discarded().prefetch_related(documents)
