"""Tokens of the REST API: made, shown once and revoked by their owners, and revoked by administrators."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.cache import never_cache

from claims.admin.requests import get_permitted_user, get_user, require_get_or_post
from claims.models import ApiToken, TokenScope
from claims.models.tokens import ApiTokenQuerySet
from newsroom.admin import DiscreetAdmin
from newsroom.row_numbers import read_row_number

TOKEN_PERMISSION = "claims.add_apitoken"
LIFETIMES = {30: "30 days", 90: "90 days", 365: "a year"}
MOST_TOKENS = 50  # usable ones of one person


class TokenForm(forms.Form):
    name = forms.CharField(label="What for", max_length=100)
    scopes = forms.MultipleChoiceField(
        label="It may",
        choices=TokenScope.choices,
        initial=[TokenScope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label="Expires after", choices=list(LIFETIMES.items()), coerce=int, initial=90
    )


@never_cache
@require_get_or_post
def own_tokens(request: HttpRequest) -> HttpResponse:
    """Show somebody their own tokens; make one, or revoke one, as a form of the page asks."""
    user = get_permitted_user(request, TOKEN_PERMISSION)
    own = ApiToken.objects.filter(owner=user)
    if request.method == "POST" and "revoke" in request.POST:
        number = read_row_number(request.POST["revoke"])
        if own.filter(pk=number or 0).revoke():
            messages.success(request, "The token is revoked.")
        return redirect("admin:claims_apitoken_own")
    form = TokenForm(request.POST if request.method == "POST" else None)
    written = ""
    if request.method == "POST" and form.is_valid():
        if own.usable().count() >= MOST_TOKENS:
            form.add_error(None, f"You have {MOST_TOKENS} tokens; revoke one first.")
        else:
            written = make_token(form.cleaned_data, request)
    context = {
        **admin.site.each_context(request),
        "title": "API tokens",
        "form": form,
        "written": written,
        "tokens": own,
    }
    status = 400 if form.is_bound and not form.is_valid() else 200
    return TemplateResponse(request, "admin/claims/apitoken/own.html", context, status=status)


def make_token(values: dict[str, Any], request: HttpRequest) -> str:
    expires_at = timezone.now() + timedelta(days=values["days"])
    user = get_user(request)
    return ApiToken.make(user, values["name"], values["scopes"], expires_at)[1]


@admin.register(ApiToken)
class ApiTokenAdmin(DiscreetAdmin):
    """All tokens, for whoever may change them; to others their own."""

    list_display = (
        "name",
        "beginning",
        "owner",
        "scopes",
        "made_at",
        "used_at",
        "expires_at",
        "state",
    )
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("owner",)
    search_fields = ("name", "beginning", "owner__username")
    search_help_text = "its name or beginning, or its owner"
    fields = list_display
    actions = ("revoke",)

    def get_urls(self) -> list[URLPattern]:
        own = admin.site.admin_view(own_tokens)
        return [path("own/", own, name="claims_apitoken_own"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        tokens = super().get_queryset(request)
        if request.user.has_perm("claims.change_apitoken"):
            return tokens
        return tokens.filter(owner=get_user(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # whoever owns a token makes it, on a page that shows it once

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """Let nobody change a token; an action of the list revokes it."""
        return obj is None and super().has_change_permission(request)

    @admin.action(description="Revoke", permissions=["change"])
    def revoke(self, request: HttpRequest, tokens: ApiTokenQuerySet) -> None:
        number = tokens.revoke()
        self.message_user(request, f"{number} revoked.")
