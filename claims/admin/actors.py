"""Actors and the names that articles give them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from claims.admin.logged import LoggedAdmin
from claims.admin.merging import merge
from claims.admin.requests import MERGE_PERMISSION
from claims.admin.splitting import split
from claims.models import Actor, ActorName, ExternalId, Merge, find_unused_slug
from newsroom.row_numbers import read_row_number


class NameInline(admin.TabularInline):
    model = ActorName
    extra = 0


class ExternalIdInline(admin.TabularInline):
    model = ExternalId
    extra = 0
    fields = ("scheme", "value", "set_by", "set_at")
    readonly_fields = ("set_by", "set_at")
    verbose_name = "number elsewhere"
    verbose_name_plural = "numbers elsewhere"


@admin.register(Actor)
class ActorAdmin(LoggedAdmin):
    list_display = ("name", "kind", "slug", "quote_count", "known_only_in")
    list_filter = ("kind",)
    search_fields = ("name", "names__name")
    list_select_related = ("article__outlet",)
    list_per_page = 50
    readonly_fields = ("slug",)
    autocomplete_fields = ("article",)
    inlines = (NameInline, ExternalIdInline)
    actions = ("merge",)
    object_history_template = "admin/claims/actor/object_history.html"

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("merge/", wrap(merge), name="claims_actor_merge"),
            path("<int:pk>/split/", wrap(split), name="claims_actor_split"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
        return Actor.objects.counted().for_list().order_by("name", "pk")

    def save_model(self, request: HttpRequest, actor: Actor, form: Any, change: bool) -> None:
        actor.slug = actor.slug or find_unused_slug(Actor, actor.name)
        super().save_model(request, actor, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            if isinstance(row, ExternalId):
                row.set_by_id = request.user.pk
        super().save_formset(request, form, formset, change)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MERGE_PERMISSION)

    @admin.action(description="Merge the chosen actors…", permissions=["merge"])
    def merge(self, request: HttpRequest, actors: QuerySet[Actor]) -> HttpResponse:
        chosen = urlencode([("actor", pk) for pk in actors.values_list("pk", flat=True)])
        return HttpResponseRedirect(f"{reverse('admin:claims_actor_merge')}?{chosen}")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        number = read_row_number(object_id)
        merges = Merge.objects.none() if number is None else Merge.objects.of(number)
        context = {"merges": merges.select_related("made_by", "undone_by")}
        context.update(extra_context or {})
        return super().history_view(request, object_id, context)

    @admin.display(description="quotes", ordering="quote_count")
    def quote_count(self, actor: Actor) -> int:
        return getattr(actor, "quote_count", 0)

    @admin.display(description="known only in")
    def known_only_in(self, actor: Actor) -> str:
        return str(actor.article or "")
