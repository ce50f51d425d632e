"""The page of the review desk: a quote with all that a curator may want to know of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from claims.admin.decision_forms import FINISHING_ACTIONS
from claims.admin.requests import get_sitting, get_user, read_text
from claims.desk.conflicts import list_conflicting_quotes
from claims.desk.context import build_quote_context
from claims.desk.deciding import DeskAction, find_next_quote, has_same_speaker
from claims.desk.leases import find_other_holder, lease_quote, release_lease
from claims.desk.queue import REVIEW_REASONS, ReviewQueue, ReviewReason, choose_queue
from claims.desk.quote_values import compute_quote_state
from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS
from claims.history.quotes import (
    HistoryChange,
    get_history_position,
    list_changes_after,
    list_history_changes,
)
from claims.models import Actor, Decision, Quote
from claims.models.doubt import is_unsure
from claims.models.marks import list_marks
from claims.models.text_search import has_beginning
from claims.trust.judging import list_samples_waiting
from newsroom import htmx
from newsroom.row_numbers import read_row_number

DESK_TEMPLATE = "admin/claims/quote/desk.html"
MOST_ACTORS_OFFERED = 9  # actors offered for what is typed
LONGEST_CONTENT_TOLD = 80  # characters of a quote in the message that it was decided on


@dataclass(frozen=True)
class DeskNotice:
    """What the desk tells about what was asked of it: `kind` is done, wrong or stale."""

    kind: str
    words: str
    lines: tuple[HistoryChange, ...] = ()


def read_queue(values: QueryDict) -> ReviewQueue:
    return choose_queue(values.get("reason", ""), read_text(values, "outlet"))


def read_name_sought(request: HttpRequest) -> str:
    """Return what is typed to find an actor."""
    return read_text(request.GET, "find")


# The page


def render_desk(
    request: HttpRequest,
    queue: ReviewQueue,
    pk: int | None,
    notice: DeskNotice | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a quote to decide on, or that nothing is left; for htmx without the page around it."""
    curator = get_user(request)
    may_judge = curator.has_perm("claims.add_samplejudgement")
    values = request.POST or request.GET
    context = {
        "queue": queue,
        "counts": queue.count_by_reason(),
        "samples": list_samples_waiting(curator) if may_judge else [],
        "outlets": queue.list_outlets(),
        "told": [notice] if notice else [],
        "skipped": len(request.session.get("desk_skipped", [])),
        "undoable": describe_last_decision(request),
        "stay": bool(values.get("stay")),
    }
    if pk:
        context |= build_desk_item(pk, curator, read_name_sought(request))
    if not htmx.is_fragment_wanted(request):
        context |= admin.site.each_context(request)
        context |= {"title": "Review desk", "opts": Quote._meta}
        context["is_nav_sidebar_enabled"] = False  # the room is for the text
    return htmx.render(request, DESK_TEMPLATE, context, fragment="desk", status=status)


def build_desk_item(pk: int, curator: User, name_sought: str = "") -> dict[str, Any]:
    """Return all that is shown of a quote, in a constant number of queries.

    Empty if the quote went a moment ago.
    """
    quote = select_desk_quotes().filter(pk=pk).first()
    if quote is None:
        return {}
    following = find_next_quote(quote)
    can_be_joined = following is not None and has_same_speaker(quote, following)
    return {
        "quote": quote,
        "state": compute_quote_state(quote),
        "seen": get_history_position(quote),
        "why": [reason.words for reason in list_reasons_waiting(quote)],
        "text": build_quote_context(quote.article.text, list_marks(quote)),
        "reports": quote.reports.unsettled().order_by("made_at"),
        "joins": following if can_be_joined else None,
        "holder": find_other_holder(pk, curator),
        "acts": ACTS,
        "kinds": KINDS,
        "actor_kinds": ACTOR_KINDS,
        "find": name_sought,
        "found": find_actors_offered(quote, name_sought) if name_sought else [],
        "may_add": curator.has_perm("claims.add_quote"),
        "may_add_actor": curator.has_perm("claims.add_actor"),
    }


def select_desk_quotes() -> QuerySet[Quote]:
    """Return all quotes with what the desk shows of them, without texts that it does not show."""
    quotes = Quote.objects.select_related(
        "article__outlet", "actor__article__outlet", "wording", "within__actor"
    )
    return quotes.prefetch_related("spans", "details").defer(
        "search_content",
        "within__search_content",
        "article__search",
        "wording__search",
        "actor__article__text",
        "actor__article__search",
    )


def list_reasons_waiting(quote: Quote) -> list[ReviewReason]:
    """Return why a quote waits, told by its row; readers' reports are shown by themselves."""
    if quote.touched:
        return []
    has_actor = quote.actor_id is not None
    is_reason_given = {
        "quote": is_unsure(quote.confidence),
        "unknown": not has_actor and quote.source_start is not None,
        "speaker": has_actor and is_unsure(quote.actor_confidence),
        "conflict": quote.pk in list_conflicting_quotes(),
    }
    return [reason for reason in REVIEW_REASONS if is_reason_given.get(reason.name)]


def find_actors_offered(quote: Quote, typed: str) -> list[Actor]:
    """Return actors for what is typed, the article's own first; for no word typed, these alone."""
    speaks_here = Q(quotes__article=quote.article_id)
    is_named_here = Q(named_in__quote__article=quote.article_id)
    same_actor = Actor.objects.filter(speaks_here | is_named_here).filter(pk=OuterRef("pk"))
    is_in_article = Exists(same_actor)
    actors = Actor.objects.filter(is_in_article)
    if has_beginning(typed):
        actors = Actor.objects.beginning_with(typed)
    known_here = actors.filter(Q(article__isnull=True) | Q(article=quote.article_id))
    counted = known_here.annotate(here=is_in_article, quote_count=Count("quotes"))
    ordered = counted.for_list().order_by("-here", "-quote_count", "name", "pk")
    return list(ordered[:MOST_ACTORS_OFFERED])


# After a decision


def show_after_decision(
    request: HttpRequest, action: DeskAction, quote: Quote, added: Quote | None
) -> HttpResponse:
    """Show a quote that was added, the same quote to whoever stays, or the next one."""
    queue = read_queue(request.POST)
    if action is DeskAction.ADD and added:
        return show_same_quote(request, queue, added.pk, describe_decided(request, quote))
    stays = request.POST.get("stay") and action not in FINISHING_ACTIONS
    if stays:
        return show_same_quote(request, queue, quote.pk, describe_decided(request, quote))
    return show_next_quote(request, queue, describe_decided(request, quote))


def describe_decided(request: HttpRequest, quote: Quote) -> str:
    return f"{describe_last_decision(request)}: “{quote.content[:LONGEST_CONTENT_TOLD]}”."


def show_next_quote(request: HttpRequest, queue: ReviewQueue, told: str = "") -> HttpResponse:
    """Show the next quote; without htmx by way of an address that can be loaded again."""
    if htmx.is_fragment_wanted(request):
        notice = DeskNotice("done", told) if told else None
        return render_desk(request, queue, lease_next_quote(request, queue), notice)
    if told:
        messages.success(request, told)
    release_lease(get_user(request))
    return HttpResponseRedirect(reverse("admin:claims_quote_desk") + queue.query_string)


def show_same_quote(request: HttpRequest, queue: ReviewQueue, pk: int, told: str) -> HttpResponse:
    """Show this quote again, unless somebody else has it now."""
    curator = get_user(request)
    if find_other_holder(pk, curator):
        return show_next_quote(request, queue, told)
    release_lease(curator)
    lease_quote(pk, curator)
    if htmx.is_fragment_wanted(request):
        return render_desk(request, queue, pk, DeskNotice("done", told))
    messages.success(request, told)
    address = reverse("admin:claims_quote_desk_one", args=[pk])
    return HttpResponseRedirect(address + queue.query_string)


def lease_next_quote(request: HttpRequest, queue: ReviewQueue) -> int | None:
    """Return the next quote for the curator, who gives back the one before."""
    release_lease(get_user(request))
    return queue.lease_next_quote(get_user(request), request.session.get("desk_skipped", []))


# What stood in the way


def show_changed_quote(request: HttpRequest, queue: ReviewQueue, pk: int, why: str) -> HttpResponse:
    """Show what changed meanwhile, and the quote as it is now; another one if it is gone."""
    changes = list_changes_since(pk, request.POST.get("seen", ""))
    notice = DeskNotice("stale", why, tuple(changes))
    is_there = Quote.objects.filter(pk=pk).exists()
    shown = pk if is_there else lease_next_quote(request, queue)
    return render_desk(request, queue, shown, notice, status=409)


def list_changes_since(pk: int, seen: str) -> list[HistoryChange]:
    """Return the changes of a quote since a page was made, the last one where that is not clear."""
    quote = Quote(pk=pk)
    of_quote, _, of_spans = seen.partition("-")
    last_of_quote = read_row_number(of_quote)
    last_of_spans = read_row_number(of_spans)
    if last_of_quote is not None and last_of_spans is not None:
        changes = list_changes_after(quote, last_of_quote, last_of_spans)
        if changes:
            return changes
    return list_history_changes(quote)[:1]


# What undoing would undo


def describe_last_decision(request: HttpRequest) -> str:
    """Return in words what undoing would undo; empty if there is nothing."""
    last = find_last_decision(request)
    return last.get_what_display().capitalize() if last else ""


def find_last_decision(request: HttpRequest) -> Decision | None:
    """Return the last decision of this sitting, but for those that could not be undone."""
    decisions = Decision.objects.last_of(get_user(request), get_sitting(request))
    set_aside = request.session.get("desk_aside", [])
    return decisions.defer("before", "after").exclude(group__in=set_aside).first()
