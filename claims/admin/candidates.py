"""The desk at which pairs of actors that may be one are judged, one by one or several at once."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from claims.actors import pairs
from claims.actors.joining import join_when_stored
from claims.admin.logged import LoggedAdmin
from claims.admin.merging import render_merge_page
from claims.admin.requests import (
    BULK_PERMISSION,
    MERGE_PERMISSION,
    check_permission,
    get_permitted_user,
    get_user,
    require_get_or_post,
)
from claims.models import Judgement, MergeCandidate
from claims.models.candidates import MergeCandidateQuerySet

JUDGE_PERMISSION = "claims.change_mergecandidate"


@require_get_or_post
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one pair; by POST, judge it and go on to what comes next."""
    user = get_permitted_user(request, JUDGE_PERMISSION)
    candidate = get_object_or_404(MergeCandidate.objects.for_list(), pk=pk)
    judgement = str(request.POST.get("judgement", ""))
    if request.method == "POST" and judgement in Judgement.values:
        MergeCandidate.objects.filter(pk=pk).judge(judgement, user)
        join_when_stored((candidate.first_id, candidate.second_id))
        messages.success(request, f"{candidate} are judged {judgement} now.")
        return redirect_after_judgement(candidate, judgement, user)
    return render_merge_page(
        request,
        "mergecandidate/judge",
        "Are they one?",
        opts=MergeCandidate._meta,
        pair=pairs.build_candidate_pair(candidate),
        following=pairs.find_next_candidate(candidate),
        choices=Judgement.choices,
    )


def redirect_after_judgement(
    candidate: MergeCandidate, judgement: str, user: User
) -> HttpResponseRedirect:
    """Lead to the next pair; but of two that are the same, to what merging them would do."""
    if judgement == Judgement.SAME and user.has_perm(MERGE_PERMISSION):
        both = f"actor={candidate.first_id}&actor={candidate.second_id}"
        return HttpResponseRedirect(f"{reverse('admin:claims_actor_merge')}?{both}")
    return HttpResponseRedirect(reverse("admin:claims_mergecandidate_desk"))


@require_get_or_post
def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the likeliest pair that nobody has judged; to the list, once all are."""
    check_permission(request, JUDGE_PERMISSION)
    first = pairs.find_next_candidate()
    if first is None:
        messages.info(request, "All pairs are judged.")
        return HttpResponseRedirect(reverse("admin:claims_mergecandidate_changelist"))
    return HttpResponseRedirect(reverse("admin:claims_mergecandidate_judge", args=[first.pk]))


class JudgementFilter(admin.SimpleListFilter):
    title = "judgement"
    parameter_name = "judged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        judged = [(value, f"judged {value}") for value in Judgement.values]
        return [("no", "not judged yet"), *judged]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[MergeCandidate]
    ) -> QuerySet[MergeCandidate]:
        if self.value() == "no":
            return cast("MergeCandidateQuerySet", queryset).waiting()
        if self.value():
            return queryset.filter(judgement=self.value())
        return queryset


@admin.register(MergeCandidate)
class MergeCandidateAdmin(LoggedAdmin):
    """Pairs of actors that may be one.

    A judgement by itself leaves the actors as they are; merging them is a step of its own.
    """

    list_display = ("pair", "likeness", "why", "judged", "desk")
    list_display_links = None
    list_filter = (JudgementFilter, "first__kind")
    search_fields = ("first__name", "second__name")
    actions = ("same", "different", "unsure")
    show_full_result_count = False

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("desk/", wrap(begin), name="claims_mergecandidate_desk"),
            path("<int:pk>/judge/", wrap(judge), name="claims_mergecandidate_judge"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[MergeCandidate]:
        return MergeCandidate.objects.for_list().order_by("-score", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a pair is found when an article brings a new actor

    def has_change_permission(
        self, request: HttpRequest, obj: MergeCandidate | None = None
    ) -> bool:
        """Pairs are judged by the desk and by the actions of the list alone."""
        return obj is None and super().has_change_permission(request)

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and request.user.has_perm(BULK_PERMISSION)

    @admin.display(description="actors", ordering="first__name")
    def pair(self, candidate: MergeCandidate) -> SafeString:
        rows = [
            (actor.get_absolute_url(), str(actor), actor.get_kind_display())
            for actor in (candidate.first, candidate.second)
        ]
        return format_html_join(mark_safe("<br>"), '<a href="{}"><bdi>{}</bdi></a>, {}', rows)

    @admin.display(description="score", ordering="score")
    def likeness(self, candidate: MergeCandidate) -> str:
        return f"{candidate.score:.0%}"

    @admin.display(description="why")
    def why(self, candidate: MergeCandidate) -> SafeString:
        rows = [(reason,) for reason in candidate.reasons]
        return format_html_join(mark_safe("<br>"), "<bdi>{}</bdi>", rows)

    @admin.display(description="judged", ordering="judged_at")
    def judged(self, candidate: MergeCandidate) -> str:
        if candidate.judged_at is None:
            return "-"
        who = candidate.judged_by or "an account since deleted"
        return f"{candidate.judgement}, {who}, {date_format(candidate.judged_at, 'j F Y')}"

    @admin.display(description="desk")
    def desk(self, candidate: MergeCandidate) -> SafeString:
        address = reverse("admin:claims_mergecandidate_judge", args=[candidate.pk])
        return format_html('<a href="{}">Look…</a>', address)

    @admin.action(description="The chosen pairs are the same actor", permissions=["bulk"])
    def same(
        self, request: HttpRequest, candidates: QuerySet[MergeCandidate]
    ) -> HttpResponse | None:
        return self.judge_chosen(request, candidates, Judgement.SAME)

    @admin.action(description="The chosen pairs are different actors", permissions=["bulk"])
    def different(
        self, request: HttpRequest, candidates: QuerySet[MergeCandidate]
    ) -> HttpResponse | None:
        return self.judge_chosen(request, candidates, Judgement.DIFFERENT)

    @admin.action(description="Nobody can tell of the chosen pairs", permissions=["bulk"])
    def unsure(
        self, request: HttpRequest, candidates: QuerySet[MergeCandidate]
    ) -> HttpResponse | None:
        return self.judge_chosen(request, candidates, Judgement.UNSURE)

    def judge_chosen(
        self, request: HttpRequest, candidates: QuerySet[MergeCandidate], judgement: Judgement
    ) -> HttpResponse | None:
        """Show the chosen pairs; once that is confirmed, judge them."""
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": f"Judge {judgement.label}",
                "opts": self.opts,
                "candidates": candidates,
                "action": judgement.value,
            }
            return TemplateResponse(request, "admin/claims/mergecandidate/several.html", context)
        user = get_user(request)
        pairs_judged = list(candidates.values_list("first", "second"))
        number = cast("MergeCandidateQuerySet", candidates).judge(judgement, user)
        join_when_stored(actor for pair in pairs_judged for actor in pair)
        judged = "1 pair is" if number == 1 else f"{number} pairs are"
        self.message_user(request, f"{judged} judged {judgement.label} now.")
        return None
