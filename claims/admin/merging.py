"""Merging, splitting and undoing: each is shown first, needs its permission and a reason, and is done by POST alone."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from claims.actors import merging, splitting, undoing
from claims.actors.merging import MergeRefused
from claims.admin.logged import LoggedAdmin
from claims.extraction.schema import ACTOR_KINDS
from claims.models import Actor, ActorName, Merge
from claims.models.names import build_name_key
from claims.models.naming import qualify_actors
from newsroom.row_numbers import read_row_numbers

ACTORS_OFFERED_TO_MERGE, QUOTES_OFFERED_TO_SPLIT = 20, 100
MERGE_PERMISSION = "claims.merge_actor"
require_get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def get_merging_user(request: HttpRequest) -> User:
    """The user, who must be one of those that may merge, split and undo."""
    if not request.user.has_perm(MERGE_PERMISSION):
        raise PermissionDenied
    return cast("User", request.user)


def render_merge_page(
    request: HttpRequest, template: str, title: str, **context: Any
) -> HttpResponse:
    status = 409 if context.get("refused") else 200
    shown = {**admin.site.each_context(request), "title": title, "opts": Actor._meta, **context}
    return TemplateResponse(request, f"admin/claims/{template}.html", shown, status=status)


def read_keys(query: QueryDict, name: str) -> list[int]:
    """The values of a parameter that are primary keys, each once."""
    return read_row_numbers(query.getlist(name))


def reason_in(values: QueryDict) -> str:
    """Return why it is done, as it was typed; no text that is stored holds NUL."""
    return str(values.get("reason", "")).replace("\0", "")


# Merging


@require_get_or_post
def merge(request: HttpRequest) -> HttpResponse:
    user = get_merging_user(request)
    asked = request.POST if request.method == "POST" else request.GET
    rows = (
        Actor.objects.counted()
        .for_list()
        .in_bulk(read_keys(asked, "actor")[: merging.MOST_ACTORS_MERGED])
    )
    actors = qualify_actors(rows.values())
    if len(actors) < 2:
        return render_merge_page(
            request,
            "actor/choose",
            "Merge actors",
            actors=actors,
            **find_actors_to_merge(asked, actors),
        )
    chosen = read_keys(asked, "into")
    survivor = rows.get(chosen[0]) if chosen else None
    survivor = survivor or max(
        actors, key=lambda actor: (actor.article_id is None, get_quote_count(actor), -actor.pk)
    )
    others = [actor for actor in actors if actor != survivor]
    refused, reason = "", reason_in(asked)
    if request.method == "POST":
        try:
            plan = merging.plan_merge(survivor, others)
            if plan.doubts and "sure" not in asked:
                raise MergeRefused("Say that you have looked at the doubts.")
            done = merging.merge_actors(
                survivor.pk,
                [actor.pk for actor in others],
                user,
                reason,
                str(asked.get("token", "-")),
            )
            messages.success(
                request,
                format_html(
                    '{} is merged. <a href="{}">Undo…</a>', done.title, get_undo_address(done)
                ),
            )
            return HttpResponseRedirect(reverse("admin:claims_actor_change", args=[survivor.pk]))
        except MergeRefused as error:
            refused = str(error)
    plan = merging.plan_merge(survivor, others)
    return render_merge_page(
        request,
        "actor/merge",
        "Merge actors",
        plan=plan,
        actors=actors,
        refused=refused,
        reason=reason,
    )


def get_quote_count(actor: Actor) -> int:
    return int(getattr(actor, "quote_count", 0))


def find_actors_to_merge(asked: QueryDict, actors: list[Actor]) -> dict[str, Any]:
    """Actors of a name that is looked for, to be merged with those there are."""
    name = str(asked.get("name", "")).replace("\0", "").strip()[:100]
    rows = (
        Actor.objects.called(name)
        .exclude(pk__in=[actor.pk for actor in actors])
        .most_quoted()
        .for_list()
    )
    return {"name": name, "offers": qualify_actors(rows[:ACTORS_OFFERED_TO_MERGE]) if name else []}


# Splitting


@require_get_or_post
def split(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_merging_user(request)
    actor = get_object_or_404(Actor.objects.for_list(), pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    slug = str(asked.get("target", "")).strip()
    target = (
        Actor.objects.filter(slug=slug.replace("\0", "")).values_list("pk", flat=True).first()
        if slug
        else None
    )
    wanted = splitting.SplitRequest(
        tuple(read_keys(asked, "name_row")),
        tuple(read_keys(asked, "quote")),
        target or (-1 if slug else None),
        str(asked.get("name", "")).strip(),
        str(asked.get("kind", "")),
    )
    refused, plan = "", None
    if request.method == "POST":
        plan = splitting.plan_split(actor, wanted)
        if "confirm" in asked:
            try:
                done = splitting.split_actor(
                    pk, wanted, user, reason_in(asked), str(asked.get("token", "-"))
                )
                messages.success(
                    request,
                    format_html(
                        '{} is split off. <a href="{}">Undo…</a>',
                        done.title,
                        get_undo_address(done),
                    ),
                )
                return HttpResponseRedirect(
                    reverse("admin:claims_actor_change", args=[done.survivor])
                )
            except MergeRefused as error:
                refused = str(error)
    words = str(asked.get("q", "")).replace("\0", "")[:200]
    own = actor.quotes.filter(content__icontains=words) if words else actor.quotes.all()
    context = {
        "actor": actor,
        "wanted": wanted,
        "slug": slug,
        "plan": plan,
        "refused": refused,
        "reason": reason_in(asked),
        "kinds": ACTOR_KINDS,
        "names": count_quotes_by_name(actor),
        "quotes": own.select_related("article__outlet").defer(
            "article__text", "article__search", "search_content"
        )[:QUOTES_OFFERED_TO_SPLIT],
        "total": own.count(),
        "q": words,
    }
    return render_merge_page(request, "actor/split", f"Split {actor}", **context)


def count_quotes_by_name(actor: Actor) -> list[tuple[ActorName, int]]:
    """The actor's names but its own, each with how many quotes have it as their source."""
    sources = [
        build_name_key(source)
        for source in actor.quotes.order_by().values_list("source_text", flat=True)
    ]
    return [(name, sources.count(name.key)) for name in actor.names.exclude(name=actor.name)]


# Undoing


def get_undo_address(done: Merge) -> str:
    return reverse("admin:claims_merge_undo", args=[done.pk])


@require_get_or_post
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_merging_user(request)
    done = get_object_or_404(Merge, pk=pk)
    refused, reason = "", reason_in(request.POST)
    if request.method == "POST":
        try:
            undone = undoing.undo_merge(pk, user, reason, str(request.POST.get("token", "-")))
            left = f" {len(undone.left)} rows are left as they are since." if undone.left else ""
            messages.success(request, f"{done.title} is undone.{left}")
            return HttpResponseRedirect(get_undo_address(done))
        except MergeRefused as error:
            refused = str(error)
            done.refresh_from_db()
    plan = None if done.undone_at else undoing.plan_undo(done)
    return render_merge_page(
        request,
        "merge/undo",
        f"Undo: {done}",
        done=done,
        plan=plan,
        refused=refused,
        reason=reason,
        opts=Merge._meta,
    )


@admin.register(Merge)
class MergeAdmin(LoggedAdmin):
    """What was merged and split, by whom, when and why; each can be undone."""

    list_display = ("what", "reason", "made_by", "made_at", "state")
    list_display_links = None
    list_filter = ("work", ("undone_at", admin.EmptyFieldListFilter))
    search_fields = ("title", "reason")
    list_select_related = ("made_by", "undone_by")

    def get_urls(self) -> list[Any]:
        own = [path("<int:pk>/undo/", self.admin_site.admin_view(undo), name="claims_merge_undo")]
        return own + super().get_urls()

    def has_view_permission(self, request: HttpRequest, obj: Merge | None = None) -> bool:
        return super().has_view_permission(request, obj) or request.user.has_perm(MERGE_PERMISSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # it is done where the actors are

    def has_change_permission(self, request: HttpRequest, obj: Merge | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Merge | None = None) -> bool:
        return False  # what was done stays told; undoing is told beside it

    @admin.display(description="what", ordering="title")
    def what(self, done: Merge) -> str:
        return f"{done.get_work_display()}: {done.title}"

    @admin.display(description="undone", ordering="undone_at")
    def state(self, done: Merge) -> SafeString:
        if done.undone_at:
            who = done.undone_by or "an account since deleted"
            return format_html(
                '<a href="{}">undone by {}</a>: {}',
                get_undo_address(done),
                who,
                done.undone_because,
            )
        return format_html('<a href="{}">Undo…</a>', get_undo_address(done))
