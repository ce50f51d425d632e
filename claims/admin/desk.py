"""The review desk's pages: one quote at a time, decided by keys or by plain forms."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from claims.desk import deciding
from claims.desk import queue as desk
from claims.desk.conflicts import list_conflicting_quotes
from claims.desk.deciding import Decider, DecisionRefused, StaleQuote
from claims.desk.queue import ReviewQueue
from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS, Span
from claims.history.quotes import HistoryChange, get_history_position, list_history_changes
from claims.models import Actor, Decision, Quote, QuoteStatus
from claims.models.doubt import is_unsure
from claims.models.marks import list_marks
from claims.trust import judging
from newsroom import htmx
from newsroom.row_numbers import read_row_number

DESK_TEMPLATE = "admin/claims/quote/desk.html"
MOST_ACTORS_OFFERED = 9  # actors offered for what is typed
MOST_SKIPPED_REMEMBERED = 500  # quotes that a sitting remembers as skipped
DeskView = Callable[..., HttpResponse]
DeskAction = Callable[[Decider, Quote, QueryDict], Quote | None]


def list_desk_urls() -> list[URLPattern]:
    views: list[tuple[str, DeskView, str]] = [
        ("", show, "desk"),
        ("undo/", undo, "desk_undo"),
        ("skipped/", unskip, "desk_unskip"),
        ("<int:pk>/", show, "desk_one"),
        ("<int:pk>/decide/", decide, "desk_decide"),
        ("<int:pk>/skip/", skip, "desk_skip"),
        ("<int:pk>/lease/", renew, "desk_lease"),
        ("<int:pk>/actors/", actors, "desk_actors"),
        ("<int:pk>/text/", text, "desk_text"),
    ]
    return [
        path(
            f"desk/{address}",
            admin.site.admin_view(require_curator(view)),
            name=f"claims_quote_{name}",
        )
        for address, view, name in views
    ]


def require_curator(view: DeskView) -> DeskView:
    """Whoever may not change quotes learns nothing, not even which there are."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_permission(request, "claims.change_quote")
        return view(request, *args, **kwargs)

    return checked


def check_permission(request: HttpRequest, permission: str) -> None:
    if not get_curator(request).has_perm(permission):
        raise PermissionDenied


def get_curator(request: HttpRequest) -> User:
    return cast("User", request.user)


def read_queue(values: QueryDict) -> ReviewQueue:
    return ReviewQueue.read(values.get("reason", ""), values.get("outlet", "").replace("\0", ""))


def found_by(request: HttpRequest) -> str:
    """Return what is typed to find an actor."""
    return request.GET.get("find", "").replace("\0", "")


def get_sitting(request: HttpRequest) -> str:
    """What is decided in one session of the browser; undoing goes back no further."""
    if "desk_sitting" not in request.session:
        request.session["desk_sitting"] = uuid.uuid4().hex
    return str(request.session["desk_sitting"])


# Showing


@require_safe
def show(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    queue, curator = read_queue(request.GET), get_curator(request)
    if pk is not None:
        if not Quote.objects.filter(pk=pk).exists():
            raise Http404
        if desk.find_other_holder(pk, curator) == "":
            desk.release_lease(curator)
            desk.lease_quote(pk, curator)
        return render_desk(request, queue, pk)
    before = desk.find_leased_quote(curator)
    if before and queue.holds(before) and desk.lease_quote(before.pk, curator):
        return render_desk(request, queue, before.pk)
    return render_desk(request, queue, lease_next_quote(request, queue))


def lease_next_quote(request: HttpRequest, queue: ReviewQueue) -> int | None:
    """The next quote for the curator, who gives back the one before."""
    desk.release_lease(get_curator(request))
    return queue.next_for(get_curator(request), request.session.get("desk_skipped", []))


def render_desk(
    request: HttpRequest,
    queue: ReviewQueue,
    pk: int | None,
    told: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A quote to decide on, or that nothing is left; for htmx without the page around it."""
    curator = get_curator(request)
    values = request.POST or request.GET
    context = {
        "queue": queue,
        "counts": queue.counts(),
        "samples": judging.list_samples_waiting(curator)
        if curator.has_perm("claims.add_samplejudgement")
        else [],
        "outlets": queue.outlets(),
        "told": told or [],
        "skipped": len(request.session.get("desk_skipped", [])),
        "undoable": describe_last_decision(request),
        "stay": bool(values.get("stay")),
        **(build_desk_item(pk, curator, found_by(request)) if pk else {}),
    }
    if not htmx.is_fragment_wanted(request):
        context |= {**admin.site.each_context(request), "title": "Review desk", "opts": Quote._meta}
        context["is_nav_sidebar_enabled"] = False  # the room is for the text
    return htmx.render(request, DESK_TEMPLATE, context, fragment="desk", status=status)


def build_desk_item(pk: int, curator: User, find: str = "") -> dict[str, Any]:
    """All that is shown of a quote, in a constant number of queries."""
    if (quote := select_desk_quotes().filter(pk=pk).first()) is None:
        return {}  # it went a moment ago
    marks = list_marks(quote)
    following = deciding.find_next_quote(quote)
    return {
        "quote": quote,
        "state": deciding.compute_quote_state(quote),
        "seen": get_history_position(quote),
        "why": [each.words for each in list_reasons_waiting(quote)],
        "text": desk.build_quote_context(quote.article.text, marks),
        "reports": quote.reports.unsettled().order_by("made_at"),
        "joins": following if following and deciding.has_same_speaker(quote, following) else None,
        "holder": desk.find_other_holder(pk, curator),
        "acts": ACTS,
        "kinds": KINDS,
        "actor_kinds": ACTOR_KINDS,
        "find": find,
        "found": find_actors_offered(quote, find) if find else [],
        "may_add": curator.has_perm("claims.add_quote"),
        "may_add_actor": curator.has_perm("claims.add_actor"),
    }


def select_desk_quotes() -> QuerySet[Quote]:
    around = ("search_content", "within__search_content", "article__search", "claim__search")
    elsewhere = ("actor__article__text", "actor__article__search")
    related = Quote.objects.select_related(
        "article__outlet", "actor__article__outlet", "claim", "within__actor"
    )
    return related.prefetch_related("spans", "details").defer(*around, *elsewhere)


def list_reasons_waiting(quote: Quote) -> list[desk.ReviewReason]:
    """Why it waits, told from the row alone but for reports, which are shown by themselves."""
    doubts = {
        "quote": is_unsure(quote.confidence),
        "unknown": quote.actor_id is None and quote.source_start is not None,
        "speaker": quote.actor_id is not None and is_unsure(quote.actor_confidence),
        "conflict": quote.pk in list_conflicting_quotes(),
    }
    return [each for each in desk.REVIEW_REASONS if not quote.touched and doubts.get(each.name)]


def find_actors_offered(quote: Quote, typed: str) -> list[Actor]:
    """Actors for what is typed, those of the article first; for nothing typed, these alone."""
    here = Q(quotes__article=quote.article_id) | Q(named_in__quote__article=quote.article_id)
    in_article = Actor.objects.filter(here).filter(pk=OuterRef("pk"))
    actors = (
        Actor.objects.beginning_with(typed)
        if typed.strip()
        else Actor.objects.filter(Exists(in_article))
    )
    everywhere = actors.filter(Q(article__isnull=True) | Q(article=quote.article_id))
    counted = everywhere.annotate(here=Exists(in_article), quote_count=Count("quotes"))
    return list(
        counted.for_list().order_by("-here", "-quote_count", "name", "pk")[:MOST_ACTORS_OFFERED]
    )


@require_safe
def actors(request: HttpRequest, pk: int) -> HttpResponse:
    quote = get_quote_or_404(pk)
    desk.lease_quote(pk, get_curator(request))
    typed = found_by(request)
    return render(
        request,
        f"{DESK_TEMPLATE}#found",
        {"found": find_actors_offered(quote, typed), "find": typed},
    )


@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole article, to mark a missed quote in."""
    quote = get_quote_or_404(pk)
    marks = [
        mark
        for each in Quote.objects.standing()
        .filter(article=quote.article_id)
        .prefetch_related("spans")
        for mark in list_marks(each)
    ]
    return render(
        request,
        f"{DESK_TEMPLATE}#text",
        {"text": desk.build_quote_context(quote.article.text, marks, whole=True), "whole": True},
    )


def get_quote_or_404(pk: int) -> Quote:
    if (quote := Quote.objects.select_related("article").filter(pk=pk).first()) is None:
        raise Http404
    return quote


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever is at work on a quote keeps it."""
    get_quote_or_404(pk)
    return HttpResponse(status=204 if desk.lease_quote(pk, get_curator(request)) else 409)


# Deciding


def read_spans(values: QueryDict, name: str) -> list[Span]:
    """Spans as the page sends them: "12-34,56-78"."""
    try:
        pairs = [part.split("-") for part in values.get(name, "").split(",") if part.strip()]
        return [Span(int(start), int(end)) for start, end in pairs]
    except ValueError as wrong:
        raise DecisionRefused(f"The {name} is not understood: choose words of the text.") from wrong


def read_parts(values: QueryDict) -> tuple[Span | None, Span, list[Span]]:
    source, cue, contents = (read_spans(values, name) for name in ("source", "cue", "contents"))
    if len(source) > 1 or len(cue) != 1 or not contents:
        raise DecisionRefused("A quote has at most one source, one cue, and words that it says.")
    return (source[0] if source else None), cue[0], contents


def read_choice(values: QueryDict, name: str, known: tuple[str, ...]) -> str:
    if (value := values.get(name, "")) not in known:
        raise DecisionRefused(f"Choose the {name.replace('_', ' ')} from the list.")
    return value


def read_chosen_actor(values: QueryDict) -> Actor:
    number = read_row_number(values.get("actor", ""))
    found = Actor.objects.filter(pk=number).first() if number is not None else None
    if found is None:
        raise DecisionRefused("There is no such actor any more: choose another.")
    return found


def lock_following_quote(quote: Quote, values: QueryDict) -> Quote:
    following = deciding.find_next_quote(quote)
    if following is None or str(following.pk) != values.get("other"):
        raise StaleQuote("Another quote follows this one now.")
    return Quote.objects.select_for_update(of=("self",)).get(pk=following.pk)


DESK_ACTIONS: dict[str, DeskAction] = {
    "accept": lambda by, quote, _: by.set_status(quote, QuoteStatus.ACCEPTED),
    "reject": lambda by, quote, _: by.set_status(quote, QuoteStatus.REJECTED),
    "actor": lambda by, quote, values: by.give_speaker(quote, read_chosen_actor(values)),
    "unknown": lambda by, quote, _: by.give_speaker(quote, None),
    "runner": lambda by, quote, values: by.give_runner_up(
        quote, int(read_choice(values, "runner", tuple("0123456789")))
    ),
    "new": lambda by, quote, values: by.give_speaker_called(
        quote, values.get("name", ""), read_choice(values, "kind_of_actor", ACTOR_KINDS)
    ),
    "act": lambda by, quote, values: by.give_act(quote, read_choice(values, "act", ACTS)),
    "kind": lambda by, quote, values: by.give_kind(quote, read_choice(values, "kind", KINDS)),
    "spans": lambda by, quote, values: by.give_spans(quote, *read_parts(values)),
    "split": lambda by, quote, values: by.split(quote, *read_parts(values)),
    "join": lambda by, quote, values: by.join(quote, lock_following_quote(quote, values)),
    "add": lambda by, quote, values: by.add(
        quote.article, *read_parts(values), act=read_choice(values, "act", ACTS)
    ),
}
EXTRA_PERMISSIONS = {
    "add": "claims.add_quote",
    "split": "claims.add_quote",
    "new": "claims.add_actor",
}
FINISHING_ACTIONS = {
    "accept",
    "reject",
}  # after these the quote is done with, whether the curator stays at corrected ones or not


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    queue, what = read_queue(request.POST), request.POST.get("what", "")
    # A button may carry its choice with it: "actor:12", "runner:0".
    what, _, choice = what.partition(":")
    values = request.POST.copy()
    if choice:
        values[what] = choice
    if permission := EXTRA_PERMISSIONS.get(what):
        check_permission(request, permission)
    try:
        with transaction.atomic():
            quote = lock_quote_as_shown(pk, request)
            if what not in DESK_ACTIONS:
                raise DecisionRefused("Choose what to do.")
            made = DESK_ACTIONS[what](
                Decider(get_curator(request), get_sitting(request)), quote, values
            )
    except StaleQuote as stale:
        return render_changed_quote(request, queue, pk, str(stale))
    except (DecisionRefused, IntegrityError) as refused:
        why = str(refused) if isinstance(refused, DecisionRefused) else "The database refused this."
        return render_desk(request, queue, pk, [{"kind": "wrong", "words": why}], status=422)
    told = f"{describe_last_decision(request)}: “{quote.content[:80]}”."
    if what == "add" and made:
        return show_same_quote(request, queue, made.pk, told)
    if values.get("stay") and what not in FINISHING_ACTIONS:
        return show_same_quote(request, queue, pk, told)
    return show_next_quote(request, queue, told)


def lock_quote_as_shown(pk: int, request: HttpRequest) -> Quote:
    """The quote, locked, if it is still as the page showed it and nobody else has it before them."""
    quote = Quote.objects.select_for_update(of=("self",)).select_related(
        "article", "claim", "actor", "within"
    )
    found = quote.defer("article__search", "claim__search", "search_content").filter(pk=pk).first()
    if found is None:
        raise StaleQuote(
            "This quote is gone: its article was read again, and it was not found any more."
        )
    if deciding.compute_quote_state(found) != request.POST.get("state"):
        raise StaleQuote(
            "This quote was changed while you looked at it. Nothing of yours was written."
        )
    if who := desk.find_other_holder(pk, get_curator(request)):
        raise StaleQuote(f"{who} is looking at this quote now. Nothing of yours was written.")
    return found


def render_changed_quote(
    request: HttpRequest, queue: ReviewQueue, pk: int, why: str
) -> HttpResponse:
    """What changed meanwhile, and the quote as it is now."""
    told = [
        {
            "kind": "stale",
            "words": why,
            "lines": list_changes_since(pk, request.POST.get("seen", "")),
        }
    ]
    there = Quote.objects.filter(pk=pk).exists()
    return render_desk(
        request, queue, pk if there else lease_next_quote(request, queue), told, status=409
    )


def list_changes_since(pk: int, seen: str) -> list[HistoryChange]:
    """The quote's changes since the page was made, or the last where that is not clear."""
    quote = Quote(pk=pk)
    first, _, second = seen.partition("-")
    last_change, last_of_spans = read_row_number(first), read_row_number(second)
    if last_change is None or last_of_spans is None:
        return list_history_changes(quote)[:1]
    return (
        list_history_changes(quote, (last_change, last_of_spans)) or list_history_changes(quote)[:1]
    )


def show_next_quote(request: HttpRequest, queue: ReviewQueue, told: str = "") -> HttpResponse:
    """The next quote; without htmx by way of an address that can be loaded again."""
    if htmx.is_fragment_wanted(request):
        done = [{"kind": "done", "words": told}] if told else []
        return render_desk(request, queue, lease_next_quote(request, queue), done)
    if told:
        messages.success(request, told)
    desk.release_lease(get_curator(request))
    return HttpResponseRedirect(reverse("admin:claims_quote_desk") + queue.asked)


def show_same_quote(request: HttpRequest, queue: ReviewQueue, pk: int, told: str) -> HttpResponse:
    if desk.find_other_holder(pk, get_curator(request)):
        return show_next_quote(request, queue, told)
    desk.release_lease(get_curator(request))
    desk.lease_quote(pk, get_curator(request))
    if htmx.is_fragment_wanted(request):
        return render_desk(request, queue, pk, [{"kind": "done", "words": told}])
    messages.success(request, told)
    return HttpResponseRedirect(reverse("admin:claims_quote_desk_one", args=[pk]) + queue.asked)


@require_POST
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """For now: it waits for others, and for the curator's next sitting."""
    skipped = [each for each in request.session.get("desk_skipped", []) if each != pk]
    request.session["desk_skipped"] = [*skipped, pk][-MOST_SKIPPED_REMEMBERED:]
    return show_next_quote(request, read_queue(request.POST))


@require_POST
def unskip(request: HttpRequest) -> HttpResponse:
    request.session["desk_skipped"] = []
    return show_next_quote(request, read_queue(request.POST))


# Undoing


def describe_last_decision(request: HttpRequest) -> str:
    """What undoing would undo, in words; empty if there is nothing."""
    last = find_last_decision(request)
    return last.get_what_display().capitalize() if last else ""


def find_last_decision(request: HttpRequest) -> Decision | None:
    decisions = Decision.objects.last_of(get_curator(request), get_sitting(request)).defer(
        "before", "after"
    )
    return decisions.exclude(group__in=request.session.get("desk_aside", [])).first()


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """What was decided last is as it was before. What cannot be undone is set aside, so that what was before it can."""
    queue, last = read_queue(request.POST), find_last_decision(request)
    try:
        if last is None:
            raise DecisionRefused("There is nothing to undo in this sitting.")
        undone = deciding.undo_decisions(last.group, get_curator(request))
    except DecisionRefused as refused:
        if last:
            request.session["desk_aside"] = [
                *request.session.get("desk_aside", []),
                str(last.group),
            ]
        held = desk.find_leased_quote(get_curator(request))
        why = [{"kind": "wrong", "words": str(refused)}]
        return render_desk(
            request, queue, held.pk if held else lease_next_quote(request, queue), why, status=409
        )
    told = f"Undone: {undone.what}. All is as it was before."
    return (
        show_same_quote(request, queue, undone.quotes[0], told)
        if len(undone.quotes) == 1
        else show_next_quote(request, queue, told)
    )
