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
from claims.desk.conflicts import conflicting
from claims.desk.deciding import Deciding, Refused, Stale
from claims.desk.queue import Queue
from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS, Span
from claims.history.quotes import Change, changes_of, seen
from claims.models import Actor, Decision, Quote, QuoteStatus
from claims.models.doubt import REVIEW_BELOW
from claims.passages.marking import marks_of
from claims.trust import judging
from newsroom import htmx
from newsroom.row_numbers import read_row_number

PAGE = "admin/claims/quote/desk.html"
FOUND = 9  # actors offered for what is typed
SKIPPED = 500  # quotes that a sitting remembers as skipped
View = Callable[..., HttpResponse]
Act = Callable[[Deciding, Quote, QueryDict], Quote | None]


def urls() -> list[URLPattern]:
    views: list[tuple[str, View, str]] = [
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
        path(f"desk/{address}", admin.site.admin_view(curators_only(view)), name=f"claims_quote_{name}")
        for address, view, name in views
    ]


def curators_only(view: View) -> View:
    """Whoever may not change quotes learns nothing, not even which there are."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        need(request, "claims.change_quote")
        return view(request, *args, **kwargs)

    return checked


def need(request: HttpRequest, permission: str) -> None:
    if not curator_of(request).has_perm(permission):
        raise PermissionDenied


def curator_of(request: HttpRequest) -> User:
    return cast("User", request.user)


def queue_of(values: QueryDict) -> Queue:
    return Queue.read(values.get("reason", ""), values.get("outlet", "").replace("\0", ""))


def found_by(request: HttpRequest) -> str:
    """Return what is typed to find an actor."""
    return request.GET.get("find", "").replace("\0", "")


def sitting(request: HttpRequest) -> str:
    """What is decided in one session of the browser; undoing goes back no further."""
    if "desk_sitting" not in request.session:
        request.session["desk_sitting"] = uuid.uuid4().hex
    return str(request.session["desk_sitting"])


# Showing


@require_safe
def show(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    queue, curator = queue_of(request.GET), curator_of(request)
    if pk is not None:
        if not Quote.objects.filter(pk=pk).exists():
            raise Http404
        if desk.holder(pk, curator) == "":
            desk.release(curator)
            desk.lease(pk, curator)
        return shown(request, queue, pk)
    before = desk.held(curator)
    if before and queue.holds(before) and desk.lease(before.pk, curator):
        return shown(request, queue, before.pk)
    return shown(request, queue, following(request, queue))


def following(request: HttpRequest, queue: Queue) -> int | None:
    """The next quote for the curator, who gives back the one before."""
    desk.release(curator_of(request))
    return queue.next_for(curator_of(request), request.session.get("desk_skipped", []))


def shown(request: HttpRequest, queue: Queue, pk: int | None, told: list[Any] | None = None, status: int = 200) -> HttpResponse:
    """A quote to decide on, or that nothing is left; for htmx without the page around it."""
    curator = curator_of(request)
    values = request.POST or request.GET
    context = {
        "queue": queue,
        "counts": queue.counts(),
        "samples": judging.waiting(curator) if curator.has_perm("claims.add_samplejudgement") else [],
        "outlets": queue.outlets(),
        "told": told or [],
        "skipped": len(request.session.get("desk_skipped", [])),
        "undoable": last_decision(request),
        "stay": bool(values.get("stay")),
        **(item(pk, curator, found_by(request)) if pk else {}),
    }
    if not htmx.wants_fragment(request):
        context |= {**admin.site.each_context(request), "title": "Review desk", "opts": Quote._meta}
        context["is_nav_sidebar_enabled"] = False  # the room is for the text
    return htmx.render(request, PAGE, context, fragment="desk", status=status)


def item(pk: int, curator: User, find: str = "") -> dict[str, Any]:
    """All that is shown of a quote, in a constant number of queries."""
    if (quote := loaded().filter(pk=pk).first()) is None:
        return {}  # it went a moment ago
    marks = marks_of(quote)
    following = deciding.next_of(quote)
    return {
        "quote": quote,
        "state": deciding.state(quote),
        "seen": seen(quote),
        "why": [each.words for each in reasons_of(quote)],
        "text": desk.context(quote.article.text, marks),
        "reports": quote.reports.unsettled().order_by("made_at"),
        "joins": following if following and deciding.same_source(quote, following) else None,
        "holder": desk.holder(pk, curator),
        "acts": ACTS,
        "kinds": KINDS,
        "actor_kinds": ACTOR_KINDS,
        "find": find,
        "found": found(quote, find) if find else [],
        "may_add": curator.has_perm("claims.add_quote"),
        "may_add_actor": curator.has_perm("claims.add_actor"),
    }


def loaded() -> QuerySet[Quote]:
    around = ("search_content", "within__search_content", "article__search", "claim__search")
    elsewhere = ("actor__article__text", "actor__article__search")
    related = Quote.objects.select_related("article__outlet", "actor__article__outlet", "claim", "within__actor")
    return related.prefetch_related("spans", "details").defer(*around, *elsewhere)


def reasons_of(quote: Quote) -> list[desk.Reason]:
    """Why it waits, told from the row alone but for reports, which are shown by themselves."""
    doubts = {
        "quote": quote.confidence < REVIEW_BELOW,
        "unknown": quote.actor_id is None and quote.source_start is not None,
        "speaker": quote.actor_id is not None and (quote.actor_confidence or 1) < REVIEW_BELOW,
        "conflict": quote.pk in conflicting(),
    }
    return [each for each in desk.REASONS if not quote.touched and doubts.get(each.name)]


def found(quote: Quote, typed: str) -> list[Actor]:
    """Actors for what is typed, those of the article first; for nothing typed, these alone."""
    here = Q(quotes__article=quote.article_id) | Q(named_in__quote__article=quote.article_id)
    in_article = Actor.objects.filter(here).filter(pk=OuterRef("pk"))
    actors = Actor.objects.beginning_with(typed) if typed.strip() else Actor.objects.filter(Exists(in_article))
    everywhere = actors.filter(Q(article__isnull=True) | Q(article=quote.article_id))
    counted = everywhere.annotate(here=Exists(in_article), quote_count=Count("quotes"))
    return list(counted.for_list().order_by("-here", "-quote_count", "name", "pk")[:FOUND])


@require_safe
def actors(request: HttpRequest, pk: int) -> HttpResponse:
    quote = existing(pk)
    desk.lease(pk, curator_of(request))
    typed = found_by(request)
    return render(request, f"{PAGE}#found", {"found": found(quote, typed), "find": typed})


@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole article, to mark a missed quote in."""
    quote = existing(pk)
    marks = [
        mark
        for each in Quote.objects.standing().filter(article=quote.article_id).prefetch_related("spans")
        for mark in marks_of(each)
    ]
    return render(request, f"{PAGE}#text", {"text": desk.context(quote.article.text, marks, whole=True), "whole": True})


def existing(pk: int) -> Quote:
    if (quote := Quote.objects.select_related("article").filter(pk=pk).first()) is None:
        raise Http404
    return quote


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever is at work on a quote keeps it."""
    existing(pk)
    return HttpResponse(status=204 if desk.lease(pk, curator_of(request)) else 409)


# Deciding


def spans_in(values: QueryDict, name: str) -> list[Span]:
    """Spans as the page sends them: "12-34,56-78"."""
    try:
        pairs = [part.split("-") for part in values.get(name, "").split(",") if part.strip()]
        return [Span(int(start), int(end)) for start, end in pairs]
    except ValueError as wrong:
        raise Refused(f"The {name} is not understood: choose words of the text.") from wrong


def parts_in(values: QueryDict) -> tuple[Span | None, Span, list[Span]]:
    source, cue, contents = (spans_in(values, name) for name in ("source", "cue", "contents"))
    if len(source) > 1 or len(cue) != 1 or not contents:
        raise Refused("A quote has at most one source, one cue, and words that it says.")
    return (source[0] if source else None), cue[0], contents


def one_of(values: QueryDict, name: str, known: tuple[str, ...]) -> str:
    if (value := values.get(name, "")) not in known:
        raise Refused(f"Choose the {name.replace('_', ' ')} from the list.")
    return value


def chosen_actor(values: QueryDict) -> Actor:
    number = read_row_number(values.get("actor", ""))
    found = Actor.objects.filter(pk=number).first() if number is not None else None
    if found is None:
        raise Refused("There is no such actor any more: choose another.")
    return found


def other_quote(quote: Quote, values: QueryDict) -> Quote:
    following = deciding.next_of(quote)
    if following is None or str(following.pk) != values.get("other"):
        raise Stale("Another quote follows this one now.")
    return Quote.objects.select_for_update(of=("self",)).get(pk=following.pk)


ACTIONS: dict[str, Act] = {
    "accept": lambda by, quote, _: by.set_status(quote, QuoteStatus.ACCEPTED),
    "reject": lambda by, quote, _: by.set_status(quote, QuoteStatus.REJECTED),
    "actor": lambda by, quote, values: by.give_speaker(quote, chosen_actor(values)),
    "unknown": lambda by, quote, _: by.give_speaker(quote, None),
    "runner": lambda by, quote, values: by.give_runner_up(quote, int(one_of(values, "runner", tuple("0123456789")))),
    "new": lambda by, quote, values: by.give_speaker_called(
        quote, values.get("name", ""), one_of(values, "kind_of_actor", ACTOR_KINDS)
    ),
    "act": lambda by, quote, values: by.give_act(quote, one_of(values, "act", ACTS)),
    "kind": lambda by, quote, values: by.give_kind(quote, one_of(values, "kind", KINDS)),
    "spans": lambda by, quote, values: by.give_spans(quote, *parts_in(values)),
    "split": lambda by, quote, values: by.split(quote, *parts_in(values)),
    "join": lambda by, quote, values: by.join(quote, other_quote(quote, values)),
    "add": lambda by, quote, values: by.add(quote.article, *parts_in(values), act=one_of(values, "act", ACTS)),
}
ALSO_NEEDED = {"add": "claims.add_quote", "split": "claims.add_quote", "new": "claims.add_actor"}
KEEP = {"accept", "reject"}  # after these the quote is done with, whether the curator stays at corrected ones or not


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    queue, what = queue_of(request.POST), request.POST.get("what", "")
    # A button may carry its choice with it: "actor:12", "runner:0".
    what, _, choice = what.partition(":")
    values = request.POST.copy()
    if choice:
        values[what] = choice
    if permission := ALSO_NEEDED.get(what):
        need(request, permission)
    try:
        with transaction.atomic():
            quote = as_shown(pk, request)
            if what not in ACTIONS:
                raise Refused("Choose what to do.")
            made = ACTIONS[what](Deciding(curator_of(request), sitting(request)), quote, values)
    except Stale as stale:
        return changed(request, queue, pk, str(stale))
    except (Refused, IntegrityError) as refused:
        why = str(refused) if isinstance(refused, Refused) else "The database refused this."
        return shown(request, queue, pk, [{"kind": "wrong", "words": why}], status=422)
    told = f"{last_decision(request)}: “{quote.content[:80]}”."
    if what == "add" and made:
        return stayed(request, queue, made.pk, told)
    if values.get("stay") and what not in KEEP:
        return stayed(request, queue, pk, told)
    return moved_on(request, queue, told)


def as_shown(pk: int, request: HttpRequest) -> Quote:
    """The quote, locked, if it is still as the page showed it and nobody else has it before them."""
    quote = Quote.objects.select_for_update(of=("self",)).select_related("article", "claim", "actor", "within")
    found = quote.defer("article__search", "claim__search", "search_content").filter(pk=pk).first()
    if found is None:
        raise Stale("This quote is gone: its article was read again, and it was not found any more.")
    if deciding.state(found) != request.POST.get("state"):
        raise Stale("This quote was changed while you looked at it. Nothing of yours was written.")
    if who := desk.holder(pk, curator_of(request)):
        raise Stale(f"{who} is looking at this quote now. Nothing of yours was written.")
    return found


def changed(request: HttpRequest, queue: Queue, pk: int, why: str) -> HttpResponse:
    """What changed meanwhile, and the quote as it is now."""
    told = [{"kind": "stale", "words": why, "lines": changes_since(pk, request.POST.get("seen", ""))}]
    there = Quote.objects.filter(pk=pk).exists()
    return shown(request, queue, pk if there else following(request, queue), told, status=409)


def changes_since(pk: int, seen: str) -> list[Change]:
    """The quote's changes since the page was made, or the last where that is not clear."""
    quote = Quote(pk=pk)
    first, _, second = seen.partition("-")
    last_change, last_of_spans = read_row_number(first), read_row_number(second)
    if last_change is None or last_of_spans is None:
        return changes_of(quote)[:1]
    return changes_of(quote, (last_change, last_of_spans)) or changes_of(quote)[:1]


def moved_on(request: HttpRequest, queue: Queue, told: str = "") -> HttpResponse:
    """The next quote; without htmx by way of an address that can be loaded again."""
    if htmx.wants_fragment(request):
        done = [{"kind": "done", "words": told}] if told else []
        return shown(request, queue, following(request, queue), done)
    if told:
        messages.success(request, told)
    desk.release(curator_of(request))
    return HttpResponseRedirect(reverse("admin:claims_quote_desk") + queue.asked)


def stayed(request: HttpRequest, queue: Queue, pk: int, told: str) -> HttpResponse:
    if desk.holder(pk, curator_of(request)):
        return moved_on(request, queue, told)
    desk.release(curator_of(request))
    desk.lease(pk, curator_of(request))
    if htmx.wants_fragment(request):
        return shown(request, queue, pk, [{"kind": "done", "words": told}])
    messages.success(request, told)
    return HttpResponseRedirect(reverse("admin:claims_quote_desk_one", args=[pk]) + queue.asked)


@require_POST
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """For now: it waits for others, and for the curator's next sitting."""
    skipped = [each for each in request.session.get("desk_skipped", []) if each != pk]
    request.session["desk_skipped"] = [*skipped, pk][-SKIPPED:]
    return moved_on(request, queue_of(request.POST))


@require_POST
def unskip(request: HttpRequest) -> HttpResponse:
    request.session["desk_skipped"] = []
    return moved_on(request, queue_of(request.POST))


# Undoing


def last_decision(request: HttpRequest) -> str:
    """What undoing would undo, in words; empty if there is nothing."""
    last = last_of(request)
    return last.get_what_display().capitalize() if last else ""


def last_of(request: HttpRequest) -> Decision | None:
    decisions = Decision.objects.last_of(curator_of(request), sitting(request)).defer("before", "after")
    return decisions.exclude(group__in=request.session.get("desk_aside", [])).first()


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """What was decided last is as it was before. What cannot be undone is set aside, so that what was before it can."""
    queue, last = queue_of(request.POST), last_of(request)
    try:
        if last is None:
            raise Refused("There is nothing to undo in this sitting.")
        undone = deciding.undo(last.group, curator_of(request))
    except Refused as refused:
        if last:
            request.session["desk_aside"] = [*request.session.get("desk_aside", []), str(last.group)]
        held = desk.held(curator_of(request))
        why = [{"kind": "wrong", "words": str(refused)}]
        return shown(request, queue, held.pk if held else following(request, queue), why, status=409)
    told = f"Undone: {undone.what}. All is as it was before."
    return stayed(request, queue, undone.quotes[0], told) if len(undone.quotes) == 1 else moved_on(request, queue, told)
