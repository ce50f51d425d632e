"""Saved searches and large files, to be looked at and removed; no address of a reader is shown in full."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.following.alerts import MOST_FAILURES
from claims.following.large_files import remove
from claims.models import Follower, MadeFile, SavedSearch
from newsroom.admin import DiscreetAdmin


@admin.register(SavedSearch)
class SavedSearchAdmin(DiscreetAdmin):
    list_display = (
        "described",
        "trigger",
        "pace",
        "whose",
        "asked_at",
        "confirmed_at",
        "sent_at",
        "sent",
        "problem",
    )
    list_filter = (("confirmed_at", admin.EmptyFieldListFilter), "trigger", "pace")
    list_select_related = ("follower",)
    search_fields = ("=follower__email", "described")
    search_help_text = "the whole address of a reader, or words of what is followed"
    fields = (*list_display, "query", "looked_at", "next_at", "failures")
    actions = ("try_again",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # whoever has the address confirms it

    def has_change_permission(self, request: HttpRequest, obj: SavedSearch | None = None) -> bool:
        """Let nobody change what a reader asked for."""
        return obj is None and super().has_change_permission(request)

    @admin.display(description="address", ordering="follower")
    def whose(self, search: SavedSearch) -> str:
        return search.follower.masked

    @admin.action(description="Try again", permissions=["change"])
    def try_again(self, request: HttpRequest, searches: QuerySet[SavedSearch]) -> None:
        number = searches.filter(failures__gte=MOST_FAILURES).update(failures=0, problem="")
        self.message_user(request, f"{number} tried again.")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        Follower.forget_idle()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        Follower.forget_idle()


@admin.register(MadeFile)
class MadeFileAdmin(DiscreetAdmin):
    list_display = (
        "described",
        "ending",
        "state",
        "done",
        "total",
        "size",
        "asked_at",
        "ready_at",
        "reason",
    )
    list_filter = ("state", "ending")
    search_fields = ("described",)
    fields = (*list_display, "query", "name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # readers ask for them

    def has_change_permission(self, request: HttpRequest, obj: MadeFile | None = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        remove(obj.path)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for file in queryset:
            remove(file.path)
        super().delete_queryset(request, queryset)
