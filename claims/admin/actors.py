"""Actors and the names that articles give them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.models import Actor, ActorName, unused_slug


class NameInline(admin.TabularInline):
    model = ActorName
    extra = 0


@admin.register(Actor)
class ActorAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "slug", "quote_count", "known_only_in")
    list_filter = ("kind",)
    search_fields = ("name", "names__name")
    list_select_related = ("article__outlet",)
    readonly_fields = ("slug",)
    autocomplete_fields = ("article",)
    inlines = (NameInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
        return Actor.objects.counted().for_list().order_by("name", "pk")

    def save_model(self, request: HttpRequest, actor: Actor, form: Any, change: bool) -> None:
        actor.slug = actor.slug or unused_slug(Actor, actor.name)
        super().save_model(request, actor, form, change)

    @admin.display(description="quotes", ordering="quote_count")
    def quote_count(self, actor: Actor) -> int:
        return getattr(actor, "quote_count", 0)

    @admin.display(description="known only in")
    def known_only_in(self, actor: Actor) -> str:
        return str(actor.article or "")
