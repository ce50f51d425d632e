"""The review desk: one quote at a time, decided by keys or by plain forms."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import admin
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from claims.admin.decision_forms import (
    check_action_permission,
    read_action,
    read_decision,
    split_button_value,
)
from claims.admin.desk_page import (
    DESK_TEMPLATE,
    DeskNotice,
    find_actors_offered,
    find_last_decision,
    lease_next_quote,
    read_name_sought,
    read_queue,
    render_desk,
    show_after_decision,
    show_changed_quote,
    show_next_quote,
    show_same_quote,
)
from claims.admin.requests import (
    AdminView,
    build_decider,
    get_user,
    require_curator,
)
from claims.desk.context import build_quote_context
from claims.desk.leases import (
    find_leased_quote,
    find_other_holder,
    lease_quote,
    release_lease,
)
from claims.desk.quote_values import compute_quote_state
from claims.desk.refusals import DecisionRefused, StaleQuote
from claims.desk.undoing import undo_decisions
from claims.models import Decision, Quote
from claims.models.marks import list_marks

MOST_SKIPPED_REMEMBERED = 500  # quotes that a sitting remembers as skipped


def list_desk_urls() -> list[URLPattern]:
    views: list[tuple[str, AdminView, str]] = [
        ("", show, "desk"),
        ("undo/", undo, "desk_undo"),
        ("skipped/", unskip, "desk_unskip"),
        ("<int:pk>/", show, "desk_one"),
        ("<int:pk>/decide/", decide, "desk_decide"),
        ("<int:pk>/skip/", skip, "desk_skip"),
        ("<int:pk>/lease/", renew, "desk_lease"),
        ("<int:pk>/actors/", show_actors, "desk_actors"),
        ("<int:pk>/text/", show_text, "desk_text"),
    ]
    urls = []
    for address, view, name in views:
        checked = admin.site.admin_view(require_curator(view))
        urls.append(path(f"desk/{address}", checked, name=f"claims_quote_{name}"))
    return urls


# Showing


@require_safe
def show(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show the quote that is asked for; else the one that the curator had last, or the next."""
    queue = read_queue(request.GET)
    curator = get_user(request)
    if pk is not None:
        if not Quote.objects.filter(pk=pk).exists():
            raise Http404
        if not find_other_holder(pk, curator):
            release_lease(curator)
            lease_quote(pk, curator)
        return render_desk(request, queue, pk)
    held = find_leased_quote(curator)
    if held and queue.includes(held) and lease_quote(held.pk, curator):
        return render_desk(request, queue, held.pk)
    return render_desk(request, queue, lease_next_quote(request, queue))


@require_safe
def show_actors(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the actors that are offered for what is typed."""
    quote = get_quote_or_404(pk)
    lease_quote(pk, get_user(request))
    typed = read_name_sought(request)
    context = {"found": find_actors_offered(quote, typed), "find": typed}
    return render(request, f"{DESK_TEMPLATE}#found", context)


@require_safe
def show_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole article, to mark a missed quote in."""
    article = get_quote_or_404(pk).article
    marks = []
    quotes = Quote.objects.standing().filter(article=article.pk)
    for quote in quotes.prefetch_related("spans"):
        marks.extend(list_marks(quote))
    context = {"text": build_quote_context(article.text, marks, whole=True), "whole": True}
    return render(request, f"{DESK_TEMPLATE}#text", context)


def get_quote_or_404(pk: int) -> Quote:
    quote = Quote.objects.select_related("article").filter(pk=pk).first()
    if quote is None:
        raise Http404
    return quote


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a curator who is at work on a quote keep it."""
    get_quote_or_404(pk)
    is_renewed = lease_quote(pk, get_user(request))
    return HttpResponse(status=204 if is_renewed else 409)


# Deciding


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out what a form of the desk asks for."""
    queue = read_queue(request.POST)
    values = split_button_value(request.POST)
    action = read_action(values)
    check_action_permission(request, action)
    try:
        with refuse_what_breaks_rules():
            quote = lock_quote_as_shown(pk, request)
            decision = read_decision(action, values)
            added = build_decider(request).carry_out(quote, decision)
    except StaleQuote as stale:
        return show_changed_quote(request, queue, pk, str(stale))
    except DecisionRefused as refused:
        return render_desk(request, queue, pk, DeskNotice("wrong", str(refused)), status=422)
    return show_after_decision(request, decision.action, quote, added)


@contextmanager
def refuse_what_breaks_rules() -> Iterator[None]:
    """Run the block in one transaction, and refuse what breaks a rule of the database."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise DecisionRefused("The database refused this.") from error


def lock_quote_as_shown(pk: int, request: HttpRequest) -> Quote:
    """Return the quote, locked.

    Raise `StaleQuote` if it is not as the page showed it, or if somebody else has it before them.
    """
    locked = Quote.objects.select_for_update(of=("self",))
    related = locked.select_related("article", "wording", "actor", "within")
    unread = ("article__search", "wording__search", "search_content")
    quote = related.defer(*unread).filter(pk=pk).first()
    if quote is None:
        raise StaleQuote(
            "This quote is gone: its article was read again, and it was not found any more."
        )
    if compute_quote_state(quote) != request.POST.get("state"):
        raise StaleQuote(
            "This quote was changed while you looked at it. Nothing of yours was written."
        )
    holder = find_other_holder(pk, get_user(request))
    if holder:
        raise StaleQuote(f"{holder} is looking at this quote now. Nothing of yours was written.")
    return quote


# Skipping


@require_POST
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass over a quote for now: it waits for others, and for the curator's next sitting."""
    skipped = [other for other in request.session.get("desk_skipped", []) if other != pk]
    request.session["desk_skipped"] = [*skipped, pk][-MOST_SKIPPED_REMEMBERED:]
    return show_next_quote(request, read_queue(request.POST))


@require_POST
def unskip(request: HttpRequest) -> HttpResponse:
    request.session["desk_skipped"] = []
    return show_next_quote(request, read_queue(request.POST))


# Undoing


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Undo what was decided last in this sitting.

    What cannot be undone is set aside, so that what was decided before it can.
    """
    queue = read_queue(request.POST)
    last = find_last_decision(request)
    if last is None:
        return show_undo_refused(request, "There is nothing to undo in this sitting.")
    try:
        undone = undo_decisions(last.group, get_user(request))
    except DecisionRefused as refused:
        set_decision_aside(request, last)
        return show_undo_refused(request, str(refused))
    told = f"Undone: {undone.what}. All is as it was before."
    if len(undone.quotes) == 1:
        return show_same_quote(request, queue, undone.quotes[0], told)
    return show_next_quote(request, queue, told)


def set_decision_aside(request: HttpRequest, decision: Decision) -> None:
    set_aside = request.session.get("desk_aside", [])
    request.session["desk_aside"] = [*set_aside, str(decision.group)]


def show_undo_refused(request: HttpRequest, why: str) -> HttpResponse:
    """Show why nothing was undone, with the quote that the curator had before them."""
    queue = read_queue(request.POST)
    held = find_leased_quote(get_user(request))
    shown = held.pk if held else lease_next_quote(request, queue)
    return render_desk(request, queue, shown, DeskNotice("wrong", why), status=409)
