"""The desk at which pairs of actors that may be one are judged, one after another or several at once."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from claims.actors import pairs
from claims.admin.bulk import BULK_PERMISSION as BULK
from claims.admin.logged import LoggedAdmin
from claims.admin.merging import MERGE_PERMISSION, render_merge_page, require_get_or_post
from claims.models import Judgement, MergeCandidate
from claims.models.candidates import MergeCandidateQuerySet


def get_judging_user(request: HttpRequest) -> User:
    if not request.user.has_perm("claims.change_mergecandidate"):
        raise PermissionDenied
    return cast("User", request.user)


@require_get_or_post
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair: looked at, and judged by POST; then the next, or, of two that are the same, what merging them would do."""
    user = get_judging_user(request)
    candidate = get_object_or_404(MergeCandidate.objects.for_list(), pk=pk)
    judgement = str(request.POST.get("judgement", ""))
    if request.method == "POST" and judgement in Judgement.values:
        MergeCandidate.objects.filter(pk=pk).judge(judgement, user)
        messages.success(request, f"{candidate} are judged {judgement} now.")
        if judgement == Judgement.SAME and user.has_perm(MERGE_PERMISSION):
            both = f"actor={candidate.first_id}&actor={candidate.second_id}"
            return HttpResponseRedirect(f"{reverse('admin:claims_actor_merge')}?{both}")
        return HttpResponseRedirect(reverse("admin:claims_mergecandidate_desk"))
    context = {
        "pair": pairs.build_candidate_pair(candidate),
        "following": pairs.find_next_candidate(candidate),
        "choices": Judgement.choices,
    }
    return render_merge_page(
        request, "mergecandidate/judge", "Are they one?", opts=MergeCandidate._meta, **context
    )


@require_get_or_post
def begin(request: HttpRequest) -> HttpResponse:
    """The likeliest pair that nobody has judged; the list, once all are."""
    get_judging_user(request)
    first = pairs.find_next_candidate()
    if first is None:
        messages.info(request, "All pairs are judged.")
        return HttpResponseRedirect(reverse("admin:claims_mergecandidate_changelist"))
    return HttpResponseRedirect(reverse("admin:claims_mergecandidate_judge", args=[first.pk]))


class JudgementFilter(admin.SimpleListFilter):
    title, parameter_name = "judgement", "judged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("no", "not judged yet"),
            *((value, f"judged {value}") for value in Judgement.values),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[MergeCandidate]
    ) -> QuerySet[MergeCandidate]:
        if self.value() == "no":
            return cast("MergeCandidateQuerySet", queryset).unjudged()
        return queryset.filter(judgement=self.value()) if self.value() else queryset


@admin.register(MergeCandidate)
class MergeCandidateAdmin(LoggedAdmin):
    """Actors that may be one. A judgement by itself leaves the actors as they are; merging them is a step of its own."""

    list_display = ("pair", "likeness", "why", "judged", "desk")
    list_display_links = None
    list_filter = (JudgementFilter, "first__kind")
    search_fields = ("first__name", "second__name")
    actions = ("same", "different", "unsure")
    show_full_result_count = False

    def get_urls(self) -> list[Any]:
        own = [
            path("desk/", self.admin_site.admin_view(begin), name="claims_mergecandidate_desk"),
            path(
                "<int:pk>/judge/",
                self.admin_site.admin_view(judge),
                name="claims_mergecandidate_judge",
            ),
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[MergeCandidate]:
        return MergeCandidate.objects.for_list().order_by("-score", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a pair is found when an article brings a new actor

    def has_change_permission(
        self, request: HttpRequest, obj: MergeCandidate | None = None
    ) -> bool:
        return obj is None and super().has_change_permission(
            request
        )  # by the desk and the actions of the list alone

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and request.user.has_perm(BULK)

    @admin.display(description="actors", ordering="first__name")
    def pair(self, candidate: MergeCandidate) -> SafeString:
        actors = (candidate.first, candidate.second)
        rows = (
            (actor.get_absolute_url(), str(actor), actor.get_kind_display()) for actor in actors
        )
        return format_html_join(mark_safe("<br>"), '<a href="{}"><bdi>{}</bdi></a>, {}', rows)

    @admin.display(description="score", ordering="score")
    def likeness(self, candidate: MergeCandidate) -> str:
        return f"{candidate.score:.0%}"

    @admin.display(description="why")
    def why(self, candidate: MergeCandidate) -> SafeString:
        return format_html_join(
            mark_safe("<br>"), "<bdi>{}</bdi>", ((reason,) for reason in candidate.reasons)
        )

    @admin.display(description="judged", ordering="judged_at")
    def judged(self, candidate: MergeCandidate) -> str:
        if candidate.judged_at is None:
            return "-"
        who = candidate.judged_by or "an account since deleted"
        return f"{candidate.judgement}, {who}, {date_format(candidate.judged_at, 'j F Y')}"

    @admin.display(description="desk")
    def desk(self, candidate: MergeCandidate) -> SafeString:
        return format_html(
            '<a href="{}">Look…</a>',
            reverse("admin:claims_mergecandidate_judge", args=[candidate.pk]),
        )

    @admin.action(description="The chosen pairs are the same actor", permissions=["bulk"])
    def same(
        self, request: HttpRequest, candidates: QuerySet[MergeCandidate]
    ) -> HttpResponse | None:
        return self.judge(request, candidates, Judgement.SAME)

    @admin.action(description="The chosen pairs are different actors", permissions=["bulk"])
    def different(
        self, request: HttpRequest, candidates: QuerySet[MergeCandidate]
    ) -> HttpResponse | None:
        return self.judge(request, candidates, Judgement.DIFFERENT)

    @admin.action(description="Nobody can tell of the chosen pairs", permissions=["bulk"])
    def unsure(
        self, request: HttpRequest, candidates: QuerySet[MergeCandidate]
    ) -> HttpResponse | None:
        return self.judge(request, candidates, Judgement.UNSURE)

    def judge(
        self, request: HttpRequest, candidates: QuerySet[MergeCandidate], judgement: Judgement
    ) -> HttpResponse | None:
        """Judged at once when that is confirmed, else shown first."""
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": f"Judge {judgement.label}",
                "opts": self.opts,
                "candidates": candidates,
                "action": judgement.value,
            }
            return TemplateResponse(request, "admin/claims/mergecandidate/several.html", context)
        assert request.user.is_authenticated
        number = cast("MergeCandidateQuerySet", candidates).judge(judgement, request.user)
        self.message_user(
            request,
            f"{number} pair{' is' if number == 1 else 's are'} judged {judgement.label} now.",
        )
        return None
