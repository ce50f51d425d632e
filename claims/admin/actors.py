"""Actors and the names that articles give them."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from claims.models import Actor, ActorName, Judgement, MergeCandidate, unused_slug
from claims.querysets import MergeCandidateQuerySet


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


class JudgementFilter(admin.SimpleListFilter):
    title, parameter_name = "judgement", "judged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "not judged yet"), *((value, f"judged {value}") for value in Judgement.values)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[MergeCandidate]) -> QuerySet[MergeCandidate]:
        if self.value() == "no":
            return cast("MergeCandidateQuerySet", queryset).unjudged()
        return queryset.filter(judgement=self.value()) if self.value() else queryset


@admin.register(MergeCandidate)
class MergeCandidateAdmin(admin.ModelAdmin):
    """Actors that may be one. A judgement is only recorded here; the actors stay as they are."""

    list_display = ("pair", "likeness", "why", "judged")
    list_display_links = None
    list_filter = (JudgementFilter, "first__kind")
    search_fields = ("first__name", "second__name")
    actions = ("same", "different", "unsure")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[MergeCandidate]:
        return MergeCandidate.objects.for_list().order_by("-score", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a pair is found when an article brings a new actor

    def has_change_permission(self, request: HttpRequest, obj: MergeCandidate | None = None) -> bool:
        return obj is None and super().has_change_permission(request)  # by the actions of the list alone

    @admin.display(description="actors", ordering="first__name")
    def pair(self, candidate: MergeCandidate) -> SafeString:
        actors = (candidate.first, candidate.second)
        rows = ((actor.get_absolute_url(), str(actor), actor.get_kind_display()) for actor in actors)
        return format_html_join(mark_safe("<br>"), '<a href="{}"><bdi>{}</bdi></a>, {}', rows)

    @admin.display(description="score", ordering="score")
    def likeness(self, candidate: MergeCandidate) -> str:
        return f"{candidate.score:.0%}"

    @admin.display(description="why")
    def why(self, candidate: MergeCandidate) -> SafeString:
        return format_html_join(mark_safe("<br>"), "<bdi>{}</bdi>", ((reason,) for reason in candidate.reasons))

    @admin.display(description="judged", ordering="judged_at")
    def judged(self, candidate: MergeCandidate) -> str:
        if candidate.judged_at is None:
            return "-"
        who = candidate.judged_by or "an account since deleted"
        return f"{candidate.judgement}, {who}, {date_format(candidate.judged_at, 'j F Y')}"

    @admin.action(description="The chosen pairs are the same actor", permissions=["change"])
    def same(self, request: HttpRequest, candidates: QuerySet[MergeCandidate]) -> None:
        self.judge(request, candidates, Judgement.SAME)

    @admin.action(description="The chosen pairs are different actors", permissions=["change"])
    def different(self, request: HttpRequest, candidates: QuerySet[MergeCandidate]) -> None:
        self.judge(request, candidates, Judgement.DIFFERENT)

    @admin.action(description="Nobody can tell of the chosen pairs", permissions=["change"])
    def unsure(self, request: HttpRequest, candidates: QuerySet[MergeCandidate]) -> None:
        self.judge(request, candidates, Judgement.UNSURE)

    def judge(self, request: HttpRequest, candidates: QuerySet[MergeCandidate], judgement: Judgement) -> None:
        assert request.user.is_authenticated
        number = cast("MergeCandidateQuerySet", candidates).judge(judgement, request.user)
        self.message_user(request, f"{number} pair{' is' if number == 1 else 's are'} judged {judgement.label} now.")
