"""The claims that quotes make."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.logged import LoggedAdmin
from claims.models import Claim


@admin.register(Claim)
class ClaimAdmin(LoggedAdmin):
    list_display = ("text", "quote_count")
    search_fields = ("text",)
    readonly_fields = ("key",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return Claim.objects.counted().defer("search")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a claim is made by its first quote

    @admin.display(description="quotes", ordering="quote_count")
    def quote_count(self, claim: Claim) -> int:
        return getattr(claim, "quote_count", 0)
