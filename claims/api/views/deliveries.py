"""What became of a delivery: each document in it, with the reason where it is not in."""

from typing import Any

from django.db.models import Prefetch
from django.db.models.fields.json import KT
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.models import Arrival, ArrivalState, Delivery
from claims.pages.arrivals import KEEPING_TIME


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
        return arrival.title_read or ""

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


class DeliveryView(generics.RetrieveAPIView[Delivery]):
    """What somebody handed in, by the secret name that its page has: what became of each document."""

    one, tag = "delivery", "deliveries"
    serializer_class = DeliverySerializer
    lookup_field = "token"

    @extend_schema(summary="One delivery")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if request.query_params:
            messages = {
                name: [f"There is no parameter “{name}” here."] for name in request.query_params
            }
            raise ValidationError(messages)
        if "\0" in kwargs["token"]:
            raise NotFound
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        arrivals: Any = Arrival.objects.select_related("article").only(
            "delivery", "where", "state", "reason", "outcome", "changed_at", "article__title"
        )
        documents: Any = Prefetch("arrivals", arrivals.annotate(title_read=KT("document__title")))
        return Delivery.objects.not_discarded().prefetch_related(documents)
