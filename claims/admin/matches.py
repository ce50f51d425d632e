"""The desk at which pairs of wordings are judged: whether they say the same, deny or answer."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from claims.admin.found import DecidedAdmin, find_next_address, format_number_decided
from claims.admin.requests import get_permitted_user, get_user, require_get_or_post
from claims.gathering.deciding import (
    EarlierDecision,
    build_match_sides,
    decide_matches,
    find_next_match,
    restore_decision,
    select_waiting,
    take_back_decisions,
)
from claims.models import Match, MatchKind, MatchStatus
from claims.models.matches import DISPUTING_KINDS, SAME_KINDS
from claims.pages.reasons import describe_reasons
from newsroom.row_numbers import read_row_number

JUDGE_PERMISSION = "claims.change_match"
DESK = "admin:claims_match_desk"
LAST_DECISION = "last_matches_decided"  # in the session: what “Undo” takes back
DECISIONS = (MatchStatus.CONFIRMED, MatchStatus.REFUSED)
MOST_COUNTED = 1000  # of the pairs that wait
MOST_AT_ONCE = 200  # pairs that are decided together
# What the desk asks of a pair, by what was found of it.
QUESTIONS: dict[str, str] = {
    MatchKind.COPY: "Are these the same words?",
    MatchKind.PARAPHRASE: "Do they say the same?",
    MatchKind.DENIES: "Does the second deny the first?",
    MatchKind.ANSWERS: "Does the second answer the first?",
    MatchKind.NARROWS: "Does the second say part of the first?",
    MatchKind.CONFLICTS: "Do they tell one thing otherwise?",
}
# The sorts of pairs that a curator can ask for, by their name in the address.
CHOICE_LABELS = {
    "": "all",
    "same": "the same?",
    "disputed": "denied, or told otherwise?",
    "answers": "answered?",
}
KINDS_OF_CHOICE = {
    "same": SAME_KINDS,
    "disputed": DISPUTING_KINDS,
    "answers": (MatchKind.ANSWERS,),
}
ACTION_QUESTIONS = {
    "confirm": "Is what was found of these pairs right?",
    "refuse": "Is what was found of these pairs wrong?",
    "take_back": "Take back what was decided of these pairs?",
}


@require_get_or_post
def judge(request: HttpRequest) -> HttpResponse:
    """Show the likeliest pair that waits, or the one asked for; by POST, skip it or undo."""
    get_permitted_user(request, JUDGE_PERMISSION)
    if request.method == "POST" and "undo" in request.POST:
        undo_last(request)
        return HttpResponseRedirect(request.get_full_path())
    claim = read_row_number(request.GET.get("claim", ""))
    kind = request.GET.get("kind", "")
    kinds = KINDS_OF_CHOICE.get(kind, ())
    rows = Match.objects.with_wordings()
    asked = read_row_number(request.GET.get("match", ""))
    left = read_row_number(request.GET.get("skip", ""))
    skipped = rows.filter(pk=left).first() if left else None
    match = rows.filter(pk=asked).first() if asked else find_next_match(skipped, claim, kinds)
    chosen = kind if kinds else ""
    state = {"claim": claim or "", "kind": chosen}
    context = {
        **admin.site.each_context(request),
        "title": QUESTIONS[match.kind] if match else "Do they say the same?",
        "opts": Match._meta,
        "match": match,
        "sides": build_match_sides(match) if match else [],
        "waiting": select_waiting(claim, kinds)[:MOST_COUNTED].count(),
        "most_counted": MOST_COUNTED,
        "claim": claim,
        "is_asked": bool(asked),
        "is_left": skipped is not None,
        "choices": list_choices(claim, chosen),
        "skip": build_desk_address(**state, skip=match.pk) if match else "",
        "here": build_desk_address(**state, skip=skipped.pk if skipped else ""),
        "undone": LAST_DECISION in request.session,
    }
    return TemplateResponse(request, "admin/claims/match/judge.html", context)


def build_desk_address(**values: int | str) -> str:
    query = urlencode({name: value for name, value in values.items() if value})
    address = reverse(DESK)
    return f"{address}?{query}" if query else address


def list_choices(claim: int | None, chosen: str) -> list[tuple[str, str, bool]]:
    """Return the sorts of pairs that can be asked for: label, address, and whether it is chosen."""
    choices = []
    for name, label in CHOICE_LABELS.items():
        address = build_desk_address(claim=claim or "", kind=name)
        choices.append((label, address, name == chosen))
    return choices


def undo_last(request: HttpRequest) -> None:
    """Return the pairs decided last in this session to what stood of them before, as a whole."""
    kept = request.session.pop(LAST_DECISION, None)
    if kept is None:
        messages.info(request, "There is nothing to undo.")
        return
    before = [read_what_stood(each) for each in kept]
    own = Match.objects.decided().filter(decided_by=get_user(request))
    still_own = set(own.filter(pk__in=[each.match for each in before]).values_list("pk", flat=True))
    if not still_own:
        messages.info(request, "There is nothing to undo: somebody else has decided since.")
        return
    with transaction.atomic():
        for each in before:
            if each.match in still_own:
                restore_decision(each)
    others = len(before) - len(still_own)
    left = f" Of {others} somebody else has decided since." if others else ""
    messages.success(request, f"Undone.{left}")


def write_what_stands(match: Match) -> list[Any]:
    """Return what stands of a match, for the session to keep until it is undone."""
    decided_at = match.decided_at.isoformat() if match.decided_at else ""
    return [match.pk, match.status, match.decided_by_id, decided_at]


def read_what_stood(kept: list[Any]) -> EarlierDecision:
    number, status, curator, decided_at = kept
    moment = datetime.fromisoformat(decided_at) if decided_at else None
    return EarlierDecision(number, status, curator, moment)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or refuse a match, or take that back, and go where the form says."""
    user = get_permitted_user(request, JUDGE_PERMISSION)
    match = get_object_or_404(Match.objects.with_wordings(), pk=pk)
    status = str(request.POST.get("status", ""))
    if status in DECISIONS:
        before = write_what_stands(match)
        decide_matches([pk], MatchStatus(status), user)
        request.session[LAST_DECISION] = [before]
        word = "confirmed" if status == MatchStatus.CONFIRMED else "refused"
        messages.success(request, f"{word.capitalize()}: {match}.")
    elif status == "taken back":
        take_back_decisions([pk])
        messages.success(request, "Undone.")
    return HttpResponseRedirect(find_next_address(request, DESK))


@admin.register(Match)
class MatchAdmin(DecidedAdmin):
    """How wordings relate; the desk and the actions of the list decide on it."""

    list_display = ("one", "relation", "other", "likeness", "why", "standing", "desk")
    list_filter = ("status", "kind")
    search_fields = ("first__text", "second__text")
    actions = ("confirm", "refuse", "take_back")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("desk/", wrap(judge), name="claims_match_desk"),
            path("<int:pk>/decide/", wrap(decide), name="claims_match_decide"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        titled = {"title": "How wordings relate", **(extra_context or {})}
        return super().changelist_view(request, titled)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Match]:
        return Match.objects.with_wordings().order_by("-score", "pk")

    @admin.display(description="first wording", ordering="first__text")
    def one(self, match: Match) -> SafeString:
        return render_wording(match.first.claim_address, match.first.text)

    @admin.display(description="the second", ordering="kind")
    def relation(self, match: Match) -> str:
        return match.get_kind_display()

    @admin.display(description="second wording", ordering="second__text")
    def other(self, match: Match) -> SafeString:
        return render_wording(match.second.claim_address, match.second.text)

    @admin.display(description="why")
    def why(self, match: Match) -> str:
        return describe_reasons(match.evidence)

    @admin.display(description="desk")
    def desk(self, match: Match) -> SafeString:
        address = f"{reverse(DESK)}?match={match.pk}"
        return format_html('<a href="{}">Look…</a>', address)

    @admin.action(description="What was found of the chosen pairs is right", permissions=["bulk"])
    def confirm(self, request: HttpRequest, matches: QuerySet[Match]) -> HttpResponse | None:
        return self.decide_chosen(request, matches, "confirm")

    @admin.action(description="What was found of the chosen pairs is wrong", permissions=["bulk"])
    def refuse(self, request: HttpRequest, matches: QuerySet[Match]) -> HttpResponse | None:
        return self.decide_chosen(request, matches, "refuse")

    @admin.action(description="Take back what was decided of them", permissions=["bulk"])
    def take_back(self, request: HttpRequest, matches: QuerySet[Match]) -> HttpResponse | None:
        return self.decide_chosen(request, matches, "take_back")

    def decide_chosen(
        self, request: HttpRequest, matches: QuerySet[Match], action: str
    ) -> HttpResponse | None:
        """Show the chosen pairs; once that is confirmed, decide them."""
        chosen = list(matches[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            message = f"At most {MOST_AT_ONCE} pairs can be decided at once."
            self.message_user(request, message, messages.ERROR)
            return None
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": ACTION_QUESTIONS[action],
                "opts": self.opts,
                "matches": chosen,
                "action": action,
            }
            return TemplateResponse(request, "admin/claims/match/several.html", context)
        numbers = [match.pk for match in chosen]
        if action == "take_back":
            take_back_decisions(numbers)
            self.message_user(
                request, f"{format_number_decided(len(numbers), 'pair')} as found again."
            )
            return None
        status = MatchStatus.CONFIRMED if action == "confirm" else MatchStatus.REFUSED
        number = decide_matches(numbers, status, get_user(request))
        request.session[LAST_DECISION] = [write_what_stands(match) for match in chosen]
        message = f"{format_number_decided(number, 'pair')} {status.value} now. The desk undoes it, as a whole."
        self.message_user(request, message)
        return None


def render_wording(address: str, text: str) -> SafeString:
    shown = text if len(text) <= 160 else f"{text[:160]}…"
    return format_html('<a href="{}"><bdi>{}</bdi></a>', address, shown)
