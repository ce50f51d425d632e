"""Fact-checks, and the claims that they are about: found by their words, decided on by curators."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from claims.admin.found import (
    DecidedAdmin,
    FoundAdmin,
    find_next_address,
    format_number_decided,
)
from claims.admin.logged import LoggedAdmin
from claims.admin.requests import get_permitted_user, get_user
from claims.gathering.factchecks import decide_subjects, take_back_subjects
from claims.models import FactCheck, FactCheckMatch, MatchStatus

JUDGE_PERMISSION = "claims.change_factcheckmatch"
WORDS = {MatchStatus.CONFIRMED: "of this claim", MatchStatus.REFUSED: "of another claim"}
LIST = "admin:claims_factcheckmatch_changelist"


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a fact-check is about a claim, or take that back, and go where the form says."""
    user = get_permitted_user(request, JUDGE_PERMISSION)
    match = get_object_or_404(FactCheckMatch.objects.select_related("factcheck"), pk=pk)
    status = str(request.POST.get("status", ""))
    if status in WORDS:
        decide_subjects([pk], MatchStatus(status), user)
        messages.success(request, f"“{match.factcheck}” is {WORDS[MatchStatus(status)]}.")
    elif status == "taken back":
        take_back_subjects([pk])
        messages.success(request, "Undone.")
    return HttpResponseRedirect(find_next_address(request, LIST))


@admin.register(FactCheck)
class FactCheckAdmin(FoundAdmin, LoggedAdmin):
    """What others found of claims; it is taken in by `manage.py factchecks` and with articles."""

    list_display = ("rating", "who", "claim", "said_by", "reviewed_on")
    search_fields = ("claim", "reviewer", "rating", "said_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FactCheck]:
        return FactCheck.objects.defer("runs").order_by("-pk")

    @admin.display(description="reviewer", ordering="reviewer")
    def who(self, factcheck: FactCheck) -> SafeString:
        return render_factcheck(factcheck)


@admin.register(FactCheckMatch)
class FactCheckMatchAdmin(DecidedAdmin):
    """Which claims fact-checks are about; the actions of the list decide on it."""

    list_display = ("rating", "who", "reviewed", "ours", "likeness", "standing")
    list_filter = ("status",)
    search_fields = ("factcheck__claim", "factcheck__reviewer", "wording__text")
    actions = ("confirm", "refuse", "take_back")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        decided = path("<int:pk>/decide/", wrap(decide), name="claims_factcheckmatch_decide")
        return [decided, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FactCheckMatch]:
        """Return those whose wording is there; a decision on one that is gone waits for it."""
        matches = FactCheckMatch.objects.filter(wording__key__isnull=False)
        matches = matches.select_related("factcheck", "wording", "decided_by")
        return matches.defer("factcheck__runs", "wording__search").order_by("-score", "pk")

    @admin.display(description="rating", ordering="factcheck__rating")
    def rating(self, match: FactCheckMatch) -> str:
        return match.factcheck.rating

    @admin.display(description="reviewer", ordering="factcheck__reviewer")
    def who(self, match: FactCheckMatch) -> SafeString:
        return render_factcheck(match.factcheck)

    @admin.display(description="claim reviewed", ordering="factcheck__claim")
    def reviewed(self, match: FactCheckMatch) -> str:
        return match.factcheck.claim

    @admin.display(description="claim here", ordering="wording__text")
    def ours(self, match: FactCheckMatch) -> SafeString:
        wording = match.wording
        return format_html('<a href="{}"><bdi>{}</bdi></a>', wording.claim_address, wording.text)

    @admin.action(description="The chosen are of these claims", permissions=["bulk"])
    def confirm(self, request: HttpRequest, matches: QuerySet[FactCheckMatch]) -> None:
        self.decide_chosen(request, matches, MatchStatus.CONFIRMED)

    @admin.action(description="The chosen are of other claims", permissions=["bulk"])
    def refuse(self, request: HttpRequest, matches: QuerySet[FactCheckMatch]) -> None:
        self.decide_chosen(request, matches, MatchStatus.REFUSED)

    def decide_chosen(
        self, request: HttpRequest, matches: QuerySet[FactCheckMatch], status: MatchStatus
    ) -> None:
        chosen = list(matches.values_list("pk", flat=True))
        number = decide_subjects(chosen, status, get_user(request))
        self.message_user(request, f"{format_number_decided(number)} {status.value} now.")

    @admin.action(description="Take back what was decided of them", permissions=["bulk"])
    def take_back(self, request: HttpRequest, matches: QuerySet[FactCheckMatch]) -> None:
        number = take_back_subjects(list(matches.values_list("pk", flat=True)))
        self.message_user(request, f"{format_number_decided(number)} as found again.")


def render_factcheck(factcheck: FactCheck) -> SafeString:
    return format_html(
        '<a href="{}" rel="external noopener"><bdi>{}</bdi></a>',
        factcheck.address,
        factcheck.reviewer,
    )
