"""Limits, splitting and adding by plain forms: the words of each part, found in the article."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from claims.admin.decision_forms import check_action_permission, read_decision_on_parts
from claims.admin.desk import lock_quote_as_shown, refuse_what_breaks_rules
from claims.admin.desk_page import (
    read_queue,
    select_desk_quotes,
    show_after_decision,
    show_changed_quote,
)
from claims.admin.requests import build_decider, read_text, require_curator, require_get_or_post
from claims.desk.context import build_quote_context
from claims.desk.deciding import (
    DeskAction,
)
from claims.desk.parts import QuoteParts
from claims.desk.quote_values import compute_quote_state
from claims.desk.refusals import DecisionRefused, StaleQuote
from claims.desk.wording import (
    TypedPart,
    build_place_field_name,
    find_typed_part,
    list_places_to_choose,
)
from claims.extraction.schema import ACTS, Span
from claims.history.quotes import get_history_position
from claims.models import Quote
from claims.models.marks import list_marks
from claims.passages.marking import MarkRole

WORDS_TEMPLATE = "admin/claims/quote/words.html"
WORDS_PAGE_TITLES = {
    DeskAction.GIVE_PARTS: "Adjust the limits",
    DeskAction.SPLIT: "Split in two",
    DeskAction.ADD: "Add a missed quote",
}
MOST_CONTENT_PARTS = 50  # parts of a content
MISSING_PART_MESSAGES: dict[MarkRole, str] = {
    "cue": "Give the cue: the reporting words.",
    "content": "Give the content: what is said.",
}
SpansByRole = dict[MarkRole, list[Span]]
FieldValues = dict[str, str]


def list_words_urls() -> list[URLPattern]:
    view = admin.site.admin_view(require_curator(decide_by_words))
    return [path("desk/<int:pk>/words/<slug:what>/", view, name="claims_quote_desk_words")]


@require_get_or_post
def decide_by_words(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show the form for the parts of a quote; by POST, carry out what it says."""
    if what not in WORDS_PAGE_TITLES:
        raise Http404
    action = DeskAction(what)
    check_action_permission(request, action)
    quote = select_desk_quotes().filter(pk=pk).first()
    if quote is None:
        raise Http404
    if request.method != "POST":
        return render_words_page(request, quote, action, get_initial_words(quote, action))
    known = {} if action is DeskAction.ADD else get_known_spans(quote)
    typed = read_typed_parts(request.POST, quote.article.text, known)
    problems = list_problems(typed)
    if problems:
        return render_words_page(request, quote, action, request.POST.dict(), problems, typed)
    try:
        with refuse_what_breaks_rules():
            locked = lock_quote_as_shown(pk, request)
            decision = read_decision_on_parts(action, build_parts(typed), request.POST)
            added = build_decider(request).carry_out(locked, decision)
    except StaleQuote as stale:
        return show_changed_quote(request, read_queue(request.POST), pk, str(stale))
    except DecisionRefused as refused:
        return render_words_page(request, quote, action, request.POST.dict(), [str(refused)], typed)
    return show_after_decision(request, action, added or locked, added)


# The parts, as they are typed


def get_initial_words(quote: Quote, action: DeskAction) -> FieldValues:
    """Return what the fields have at first: of limits that are adjusted, the words as they are."""
    if action is DeskAction.ADD:
        return {"source": "", "cue": "", "contents": ""}
    if action is DeskAction.SPLIT:
        return {"source": quote.source_text, "cue": "", "contents": ""}
    lines = [" ".join(part.split()) for part in quote.content_parts]
    return {"source": quote.source_text, "cue": quote.cue, "contents": "\n".join(lines)}


def get_known_spans(quote: Quote) -> SpansByRole:
    source = quote.source_span
    return {
        "source": [source] if source else [],
        "cue": [quote.cue_span],
        "content": quote.content_spans,
    }


def read_typed_parts(values: QueryDict, text: str, known: SpansByRole) -> list[TypedPart]:
    """Return the parts that were typed.

    Words that a quote has already (the spans `known`) are meant where they stand in it, however
    often they stand elsewhere.
    """
    wanted: list[tuple[MarkRole, int, str]] = [
        ("source", 1, values.get("source", "")),
        ("cue", 1, values.get("cue", "")),
    ]
    lines = [line for line in read_text(values, "contents").splitlines() if line.strip()]
    for number, line in enumerate(lines[:MOST_CONTENT_PARTS], 1):
        wanted.append(("content", number, line))
    parts = []
    for role, number, words in wanted:
        if words.strip():
            chosen = values.get(build_place_field_name(role, number), "")
            known_spans = known.get(role, [])
            parts.append(find_typed_part(role, number, words, text, known_spans, chosen))
    return parts


def list_problems(typed: Sequence[TypedPart]) -> list[str]:
    """Return what is unclear about the typed parts or, if nothing is, which ones are missing."""
    problems = [part.problem for part in typed if part.problem]
    if problems:
        return problems
    roles = {part.role for part in typed}
    return [message for role, message in MISSING_PART_MESSAGES.items() if role not in roles]


def build_parts(typed: Sequence[TypedPart]) -> QuoteParts:
    """Return the parts of a quote from typed ones with which there is no problem."""
    spans: SpansByRole = {"source": [], "cue": [], "content": []}
    for part in typed:
        if part.span:
            spans[part.role].append(part.span)
    source = spans["source"][0] if spans["source"] else None
    return QuoteParts(source, spans["cue"][0], spans["content"])


# The page


def render_words_page(
    request: HttpRequest,
    quote: Quote,
    action: DeskAction,
    values: FieldValues,
    problems: Sequence[str] = (),
    typed: Sequence[TypedPart] = (),
) -> HttpResponse:
    queue = read_queue(request.POST or request.GET)
    marks = list_marks(quote)
    address = reverse("admin:claims_quote_desk_one", args=[quote.pk])
    context = {
        "article": quote.article,
        "what": action,
        "state": values.get("state") or compute_quote_state(quote),
        "seen": values.get("seen") or get_history_position(quote),
        "queue": queue,
        "text": build_quote_context(quote.article.text, marks, whole=True),
        "back": address + queue.query_string,
        **build_form_context(quote.article.text, values, problems, typed),
    }
    return render_words_form(request, context, status=422 if problems else 200)


def build_form_context(
    text: str, values: FieldValues, problems: Sequence[str], typed: Sequence[TypedPart]
) -> dict[str, Any]:
    """Return the fields as they were sent, what is wrong, and the places to choose from."""
    unclear = [part for part in typed if part.places and not part.span]
    settled = [part for part in typed if part.span and len(part.places) > 1]
    return {
        "values": {"act": "say", **values},
        "wrong": problems,
        "unclear": [(part, list_places_to_choose(text, part, typed)) for part in unclear],
        "settled": settled,
        "acts": ACTS,
    }


def render_words_form(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    page = {
        **admin.site.each_context(request),
        "title": WORDS_PAGE_TITLES[context["what"]],
        "opts": Quote._meta,
        **context,
    }
    return TemplateResponse(request, WORDS_TEMPLATE, page, status=status)
