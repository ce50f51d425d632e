"""Webhooks: made, stopped and removed by their owners, and stopped by administrators; and what was sent."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from claims.admin.requests import get_permitted_user, get_user, require_get_or_post
from claims.following.followed import LONGEST_QUERY
from claims.following.links import find_site_of
from claims.following.webhooks import MOST_WEBHOOKS, WEBHOOK_PERMISSION, check_webhook
from claims.models import Webhook, WebhookDelivery
from claims.models.refusals import Refused
from claims.models.webhooks import STOPPED_BY_OWNER
from newsroom.admin import DiscreetAdmin
from newsroom.row_numbers import read_row_number
from newsroom.web_addresses import LONGEST_ADDRESS

DELIVERIES_SHOWN = 20


class WebhookForm(forms.Form):
    name = forms.CharField(label="What for", max_length=100)
    address = forms.CharField(label="Address", max_length=LONGEST_ADDRESS)
    query = forms.CharField(
        label="Query string of the filters", required=False, max_length=LONGEST_QUERY
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values["query"] = values.get("query", "").removeprefix("?")
        if "address" in values:
            try:
                check_webhook(values["address"], values["query"])
            except Refused as refusal:
                self.add_error("address", str(refusal))
        return values


@never_cache
@require_get_or_post
def own_webhooks(request: HttpRequest) -> HttpResponse:
    """Show somebody their own webhooks; make, stop, resume or remove one, as a form asks."""
    user = get_permitted_user(request, WEBHOOK_PERMISSION)
    own = Webhook.objects.filter(owner=user)
    if request.method == "POST" and request.POST.get("what", "make") != "make":
        change(own, request)
        return redirect("admin:claims_webhook_own")
    form = WebhookForm(request.POST if request.method == "POST" else None)
    made = None
    if request.method == "POST" and form.is_valid():
        if own.count() >= MOST_WEBHOOKS:
            form.add_error(None, f"You have {MOST_WEBHOOKS} webhooks; remove one first.")
        else:
            values = form.cleaned_data
            site = find_site_of(request)
            made = Webhook.make(user, values["name"], values["address"], values["query"], site)
    deliveries = WebhookDelivery.objects.filter(webhook__owner=user).select_related("webhook")
    context = {
        **admin.site.each_context(request),
        "title": "Webhooks",
        "form": form,
        "made": made,
        "webhooks": own,
        "deliveries": deliveries.defer("body")[:DELIVERIES_SHOWN],
    }
    status = 400 if form.is_bound and not form.is_valid() else 200
    return TemplateResponse(request, "admin/claims/webhook/own.html", context, status=status)


def change(own: QuerySet[Webhook], request: HttpRequest) -> None:
    """Stop, resume or remove one of somebody's own webhooks."""
    webhook = own.filter(pk=read_row_number(request.POST.get("webhook", "")) or 0).first()
    match (request.POST["what"], webhook):
        case (_, None):
            messages.error(request, "There is no such webhook of yours.")
        case ("stop", Webhook()):
            webhook.stop(STOPPED_BY_OWNER)
            messages.success(request, f"{webhook} is stopped.")
        case ("resume", Webhook()):
            try:
                webhook.resume_for_owner()
                messages.success(request, f"{webhook} goes on where it was stopped.")
            except Refused as refusal:
                messages.error(request, str(refusal))
        case ("remove", Webhook()):
            webhook.delete()
            messages.success(request, f"{webhook} is removed.")
        case _:
            messages.error(request, "Nothing was changed.")


class OwnAdmin(DiscreetAdmin):
    """Shows all rows to whoever may change webhooks; to others their own."""

    owner = "owner"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if request.user.has_perm("claims.change_webhook"):
            return rows
        return rows.filter(**{self.owner: get_user(request)})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # whoever owns a webhook makes it, on a page that shows its secret once

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody change one; actions of the list stop and resume it."""
        return obj is None and super().has_change_permission(request)


@admin.register(Webhook)
class WebhookAdmin(OwnAdmin):
    list_display = (
        "name",
        "owner",
        "address",
        "query",
        "state",
        "problem",
        "made_at",
        "told_at",
        "next_at",
        "stopped_at",
    )
    list_filter = (("stopped_at", admin.EmptyFieldListFilter),)
    list_select_related = ("owner",)
    search_fields = ("name", "address", "owner__username")
    search_help_text = "what it is for, its address, or its owner"
    fields = list_display
    actions = ("stop", "resume")

    def get_urls(self) -> list[URLPattern]:
        own = admin.site.admin_view(own_webhooks)
        return [path("own/", own, name="claims_webhook_own"), *super().get_urls()]

    @admin.action(description="Stop", permissions=["change"])
    def stop(self, request: HttpRequest, webhooks: QuerySet[Webhook]) -> None:
        for webhook in webhooks:
            webhook.stop_for_site()
        self.message_user(request, f"{len(webhooks)} stopped.")

    @admin.action(description="Resume", permissions=["change"])
    def resume(self, request: HttpRequest, webhooks: QuerySet[Webhook]) -> None:
        for webhook in webhooks:
            webhook.resume()
        self.message_user(request, f"{len(webhooks)} go on where they were stopped.")


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(OwnAdmin):
    """What was sent to webhooks, and what came of it."""

    owner = "webhook__owner"
    list_display = (
        "message",
        "webhook",
        "state",
        "entries",
        "attempts",
        "status",
        "reason",
        "made_at",
        "tried_at",
    )
    list_filter = ("state",)
    list_select_related = ("webhook",)
    search_fields = ("webhook__name", "reason")
    fields = (*list_display, "body")
