"""Webhooks of one's own: made, listed, stopped, resumed and removed."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from claims.api.views.curation import get_user, read_body
from claims.api.viewsets import refuse_unknown_parameters
from claims.following.followed import LONGEST_QUERY
from claims.following.links import find_site_of
from claims.following.webhooks import MOST_WEBHOOKS, check_webhook
from claims.models import DeliveryState, TokenScope, Webhook, WebhookDelivery
from claims.models.refusals import Refused
from claims.models.webhooks import STOPPED_BY_OWNER, WANTED_STATES, WEBHOOK_STATES
from newsroom.row_numbers import read_row_number
from newsroom.web_addresses import LONGEST_ADDRESS

DELIVERIES_SHOWN = 20
ID_PARAMETER = OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH)


class WebhookDeliverySerializer(serializers.ModelSerializer[WebhookDelivery]):
    message = serializers.UUIDField(help_text="its `webhook-id`")
    state = serializers.ChoiceField(choices=DeliveryState.choices)
    entries = serializers.IntegerField(help_text="changes in it")
    status = serializers.IntegerField(allow_null=True, help_text="number of the last answer")
    reason = serializers.CharField(help_text="why it was not taken; empty if it was")

    class Meta:
        model = WebhookDelivery
        fields = (
            "message",
            "state",
            "entries",
            "attempts",
            "status",
            "reason",
            "made_at",
            "tried_at",
        )


class WebhookSerializer(serializers.ModelSerializer[Webhook]):
    query = serializers.CharField(help_text="query string of the filters; empty: all rows")
    state = serializers.ChoiceField(choices=WEBHOOK_STATES)
    problem = serializers.CharField(help_text="why it is failing or stopped")
    deliveries = serializers.SerializerMethodField(
        help_text=f"the last {DELIVERIES_SHOWN}, the newest first"
    )

    class Meta:
        model = Webhook
        fields = (
            "id",
            "name",
            "address",
            "query",
            "state",
            "problem",
            "made_at",
            "told_at",
            "deliveries",
        )

    @extend_schema_field(WebhookDeliverySerializer(many=True))
    def get_deliveries(self, webhook: Webhook) -> Any:
        latest = webhook.deliveries.order_by("-pk")[:DELIVERIES_SHOWN]
        return WebhookDeliverySerializer(latest, many=True).data


class MadeWebhookSerializer(WebhookSerializer):
    secret = serializers.CharField(help_text="by which you check signatures; it is not told again")

    class Meta:
        model = Webhook
        fields = (*WebhookSerializer.Meta.fields, "secret")


class WebhooksSerializer(serializers.Serializer[Any]):
    results = WebhookSerializer(many=True)


class NewWebhookSerializer(serializers.Serializer[Any]):
    """Where to post what changes, and of what."""

    name = serializers.CharField(max_length=100, help_text="what it is for")
    address = serializers.CharField(
        max_length=LONGEST_ADDRESS, help_text="to which changes are posted"
    )
    query = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=LONGEST_QUERY,
        help_text="query string of the filters, of whose quotes alone it is told",
    )


class WebhookChangeSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=WANTED_STATES, help_text="as it is to be")


class WebhooksView(APIView):
    """Webhooks of whoever shows a token: what changes is posted to an address of theirs, signed."""

    tag = "webhooks"
    scope, permission = TokenScope.WEBHOOKS, "claims.add_webhook"

    @extend_schema(
        operation_id="list_webhooks", summary="Your webhooks", responses=WebhooksSerializer
    )
    def get(self, request: Request) -> Response:
        refuse_unknown_parameters(request, ())
        own = select_own(request)
        return Response({"results": WebhookSerializer(own, many=True).data})

    @extend_schema(
        operation_id="add_webhook",
        summary="Make a webhook",
        request=NewWebhookSerializer,
        responses={201: MadeWebhookSerializer},
    )
    def post(self, request: Request) -> Response:
        refuse_unknown_parameters(request, ())
        values = read_body(NewWebhookSerializer, request)
        query = values["query"].removeprefix("?")
        if select_own(request).count() >= MOST_WEBHOOKS:
            raise ValidationError({"name": [f"You have {MOST_WEBHOOKS}; remove one first."]})
        try:
            check_webhook(values["address"], query)
        except Refused as refusal:
            raise ValidationError({"address": [f"{refusal}."]}) from None
        webhook = Webhook.make(
            get_user(request), values["name"], values["address"], query, find_site_of(request)
        )
        address = reverse("api-webhook", args=[webhook.pk], request=request)
        described = MadeWebhookSerializer(webhook).data
        return Response(described, status=201, headers={"Location": address})


class WebhookView(APIView):
    """A webhook of whoever shows a token."""

    one, tag = "webhook", "webhooks"
    scope, permission = TokenScope.WEBHOOKS, "claims.add_webhook"

    @extend_schema(
        operation_id="get_webhook",
        summary="One webhook",
        parameters=[ID_PARAMETER],
        responses=WebhookSerializer,
    )
    def get(self, request: Request, pk: str) -> Response:
        refuse_unknown_parameters(request, ())
        return Response(WebhookSerializer(find_own(request, pk)).data)

    @extend_schema(
        operation_id="change_webhook",
        summary="Stop or resume a webhook",
        parameters=[ID_PARAMETER],
        request=WebhookChangeSerializer,
        responses=WebhookSerializer,
    )
    def patch(self, request: Request, pk: str) -> Response:
        refuse_unknown_parameters(request, ())
        webhook = find_own(request, pk)
        if read_body(WebhookChangeSerializer, request)["state"] == "active":
            try:
                webhook.resume_for_owner()
            except Refused as refusal:
                raise ValidationError({"state": [str(refusal)]}) from None
        else:
            webhook.stop(STOPPED_BY_OWNER)
        return Response(WebhookSerializer(find_own(request, pk)).data)

    @extend_schema(
        operation_id="remove_webhook",
        summary="Remove a webhook",
        parameters=[ID_PARAMETER],
        responses={204: None},
    )
    def delete(self, request: Request, pk: str) -> Response:
        refuse_unknown_parameters(request, ())
        find_own(request, pk).delete()
        return Response(status=204)


def select_own(request: Request) -> QuerySet[Webhook]:
    """Return the webhooks of whoever asks. Raises `NotAuthenticated`."""
    if request.user is None or not request.user.is_authenticated:
        raise NotAuthenticated
    return Webhook.objects.filter(owner=get_user(request))


def find_own(request: Request, pk: str) -> Webhook:
    """Return a webhook of whoever asks. Raises `NotFound`, also of somebody else's."""
    webhook = select_own(request).filter(pk=read_row_number(pk) or 0).first()
    if webhook is None:
        raise NotFound
    return webhook
