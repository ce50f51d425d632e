"""Outlets: what they are called, where they publish, and those that are one."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse

from claims.admin.logged import LoggedAdmin
from claims.admin.merging import add_undo_message, read_token, render_merge_page
from claims.admin.requests import (
    get_permitted_user,
    read_reason,
    read_submitted,
    read_text,
    require_get_or_post,
)
from claims.intake.merging_outlets import merge_outlets, plan_outlet_merge
from claims.models import FormerOutletSlug, Outlet, OutletHost, OutletNameOrigin
from claims.models.refusals import Refused
from newsroom.row_numbers import read_row_numbers

MERGE_OUTLETS_PERMISSION = "claims.merge_outlet"
MOST_OUTLETS_MERGED = 20  # at once
OUTLETS_OFFERED = 20
LONGEST_NAME_SOUGHT = 100  # characters


@require_get_or_post
def merge(request: HttpRequest) -> HttpResponse:
    """Let outlets be chosen; once there are two, show what merging them would do; by POST, do it."""
    user = get_permitted_user(request, MERGE_OUTLETS_PERMISSION)
    values = read_submitted(request)
    outlets = find_outlets_chosen(values)
    if len(outlets) < 2:
        return render_choice_of_outlets(request, values, outlets)
    kept = choose_kept(values, outlets)
    gone = [outlet for outlet in outlets if outlet != kept]
    refused = ""
    if request.method == "POST":
        try:
            others = [outlet.pk for outlet in gone]
            done = merge_outlets(kept.pk, others, user, read_reason(values), read_token(values))
        except Refused as error:
            refused = str(error)
        else:
            add_undo_message(request, "{} is merged.", done)
            return HttpResponseRedirect(reverse("admin:claims_outlet_change", args=[kept.pk]))
    return render_merge_page(
        request,
        "outlet/merge",
        "Merge outlets",
        plan=plan_outlet_merge(kept, gone),
        outlets=outlets,
        refused=refused,
        reason=read_reason(values),
        opts=Outlet._meta,
    )


def find_outlets_chosen(values: QueryDict) -> list[Outlet]:
    pks = read_row_numbers(values.getlist("outlet"))[:MOST_OUTLETS_MERGED]
    rows = Outlet.objects.counted().in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def choose_kept(values: QueryDict, outlets: list[Outlet]) -> Outlet:
    """Return the outlet that is kept: the one asked for, else the one with most articles."""
    wanted = read_row_numbers(values.getlist("into"))
    for outlet in outlets:
        if wanted and outlet.pk == wanted[0]:
            return outlet
    return max(outlets, key=lambda outlet: (getattr(outlet, "article_count", 0), -outlet.pk))


def render_choice_of_outlets(
    request: HttpRequest, values: QueryDict, outlets: list[Outlet]
) -> HttpResponse:
    """Let more outlets be looked for by a part of their name."""
    name = read_text(values, "name").strip()[:LONGEST_NAME_SOUGHT]
    offers: list[Outlet] = []
    if name:
        chosen = [outlet.pk for outlet in outlets]
        found = Outlet.objects.counted().filter(name__icontains=name).exclude(pk__in=chosen)
        offers = list(found.order_by("name", "pk")[:OUTLETS_OFFERED])
    return render_merge_page(
        request,
        "outlet/choose",
        "Merge outlets",
        outlets=outlets,
        name=name,
        offers=offers,
        opts=Outlet._meta,
    )


class HostInline(admin.TabularInline):
    model = OutletHost
    extra = 0
    verbose_name = "host"
    verbose_name_plural = "hosts, for the articles that come in from now on"


@admin.register(Outlet)
class OutletAdmin(LoggedAdmin):
    list_display = ("name", "named_by", "first_hosts", "slug", "article_count")
    list_filter = ("named_by",)
    search_fields = ("name", "hosts__host")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    inlines = (HostInline,)
    actions = ("merge",)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(merge)
        return [path("merge/", view, name="claims_outlet_merge"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        # Rows that are counted have lost the model's order.
        return Outlet.objects.counted().prefetch_related("hosts").order_by("name", "pk")

    def save_model(self, request: HttpRequest, outlet: Outlet, form: Any, change: bool) -> None:
        """Save what a curator calls an outlet; its former address leads to the new one."""
        if "name" in form.changed_data:
            outlet.named_by = OutletNameOrigin.CURATOR
        super().save_model(request, outlet, form, change)
        slug_before = form.initial.get("slug")
        FormerOutletSlug.objects.filter(slug=outlet.slug).delete()
        if change and slug_before and slug_before != outlet.slug:
            FormerOutletSlug.objects.create(slug=slug_before, outlet=outlet)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MERGE_OUTLETS_PERMISSION)

    @admin.action(description="Merge the chosen outlets…", permissions=["merge"])
    def merge(self, request: HttpRequest, outlets: QuerySet[Outlet]) -> HttpResponse:
        chosen = urlencode([("outlet", pk) for pk in outlets.values_list("pk", flat=True)])
        return HttpResponseRedirect(f"{reverse('admin:claims_outlet_merge')}?{chosen}")

    @admin.display(description="hosts")
    def first_hosts(self, outlet: Outlet) -> str:
        return ", ".join(row.host for row in outlet.hosts.all())

    @admin.display(description="articles", ordering="article_count")
    def article_count(self, outlet: Outlet) -> int:
        return getattr(outlet, "article_count", 0)
