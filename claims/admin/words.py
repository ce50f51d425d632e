"""Limits, splitting and adding by plain forms: where the parts of a quote stand is told by their words, and checked here."""

from typing import Any

from django.contrib import admin
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from claims.admin import desk
from claims.desk import deciding
from claims.desk import queue as queues
from claims.desk.deciding import Decider, DecisionRefused, StaleQuote
from claims.desk.wording import QuotePart, find_quote_part, list_places_to_choose
from claims.extraction.schema import ACTS, Span
from claims.history.quotes import get_history_position
from claims.models import Quote
from claims.models.marks import list_marks

WORDS_TEMPLATE = "admin/claims/quote/words.html"
WORDS_PAGE_TITLES = {
    "spans": "Adjust the limits",
    "split": "Split in two",
    "add": "Add a missed quote",
}
MOST_CONTENT_PARTS = 50  # parts of a content


def list_words_urls() -> list[URLPattern]:
    view = admin.site.admin_view(desk.require_curator(by_words))
    return [path("desk/<int:pk>/words/<slug:what>/", view, name="claims_quote_desk_words")]


@require_http_methods(["GET", "HEAD", "POST"])
def by_words(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    if what not in WORDS_PAGE_TITLES:
        raise Http404
    if permission := desk.EXTRA_PERMISSIONS.get(what):
        desk.check_permission(request, permission)
    quote = desk.select_desk_quotes().filter(pk=pk).first()
    if quote is None:
        raise Http404
    if request.method != "POST":
        return render_words_page(request, quote, what, get_initial_words(quote, what))
    parts = read_parts_by_words(
        request.POST, quote.article.text, get_known_spans(quote) if what != "add" else {}
    )
    if wrong := [each.wrong for each in parts if each.wrong] or list_missing_parts(parts):
        return render_words_page(request, quote, what, request.POST.dict(), wrong, parts)
    queue = desk.read_queue(request.POST)
    try:
        with transaction.atomic():
            locked = desk.lock_quote_as_shown(pk, request)
            by = Decider(desk.get_curator(request), desk.get_sitting(request))
            made = desk.DESK_ACTIONS[what](by, locked, build_editor_values(parts, request.POST))
    except StaleQuote as stale:
        return desk.render_changed_quote(request, queue, pk, str(stale))
    except (DecisionRefused, IntegrityError) as refused:
        why = str(refused) if isinstance(refused, DecisionRefused) else "The database refused this."
        return render_words_page(request, quote, what, request.POST.dict(), [why], parts)
    told = f"{desk.describe_last_decision(request)}: “{(made or locked).content[:80]}”."
    return (
        desk.show_same_quote(request, queue, made.pk, told)
        if what == "add" and made
        else desk.show_next_quote(request, queue, told)
    )


def get_initial_words(quote: Quote, what: str) -> dict[str, str]:
    """What the fields have at first: of limits that are adjusted, the words as they are."""
    source = quote.source_text if what != "add" else ""
    limits = {
        "cue": quote.cue,
        "contents": "\n".join(" ".join(each.split()) for each in quote.content_parts),
    }
    return {"source": source, **(limits if what == "spans" else {"cue": "", "contents": ""})}


def read_parts_by_words(
    values: QueryDict, text: str, known: dict[str, list[Span]]
) -> list[QuotePart]:
    """The parts that were sent; what a quote has already is meant where it stands, however often it stands elsewhere."""
    lines = [
        line for line in values.get("contents", "").replace("\0", "").splitlines() if line.strip()
    ][:MOST_CONTENT_PARTS]
    wanted = [("source", 1, values.get("source", "")), ("cue", 1, values.get("cue", ""))]
    wanted += [("content", number, line) for number, line in enumerate(lines, 1)]
    return [
        find_quote_part(
            role, number, words, text, known.get(role, []), values.get(f"at-{role}-{number}", "")
        )
        for role, number, words in wanted
        if words.strip()
    ]


def get_known_spans(quote: Quote) -> dict[str, list[Span]]:
    source = quote.source_span
    return {
        "source": [source] if source else [],
        "cue": [quote.cue_span],
        "content": quote.content_spans,
    }


def list_missing_parts(parts: list[QuotePart]) -> list[str]:
    given = {each.role for each in parts}
    needed = {
        "cue": "Give the cue: the reporting words.",
        "content": "Give the content: what is said.",
    }
    return [told for role, told in needed.items() if role not in given]


def build_editor_values(parts: list[QuotePart], values: QueryDict) -> QueryDict:
    """What the desk's own editor would send: the parts as offsets."""
    spans: dict[str, list[str]] = {"source": [], "cue": [], "content": []}
    for each in parts:
        if each.span:
            spans[each.role].append(f"{each.span.start}-{each.span.end}")
    found = values.copy()
    found["source"], found["cue"], found["contents"] = (
        ",".join(spans[role]) for role in ("source", "cue", "content")
    )
    return found


def render_words_page(
    request: HttpRequest,
    quote: Quote,
    what: str,
    values: dict[str, str],
    wrong: list[str] | None = None,
    parts: list[QuotePart] | None = None,
) -> HttpResponse:
    queue = desk.read_queue(request.POST or request.GET)
    context = {
        "article": quote.article,
        "what": what,
        "state": values.get("state") or deciding.compute_quote_state(quote),
        "seen": values.get("seen") or get_history_position(quote),
        "queue": queue,
        "text": queues.build_quote_context(quote.article.text, list_marks(quote), whole=True),
        "back": reverse("admin:claims_quote_desk_one", args=[quote.pk]) + queue.asked,
    }
    return render_words_form(
        request, quote.article.text, values, context, wrong, parts, 422 if wrong else 200
    )


def render_words_form(
    request: HttpRequest,
    text: str,
    values: dict[str, str],
    context: dict[str, Any],
    wrong: list[str] | None,
    parts: list[QuotePart] | None,
    status: int,
) -> HttpResponse:
    """The fields as they were sent, what is wrong with them, and the places to choose from."""
    sent = parts or []
    whole = {
        **admin.site.each_context(request),
        "title": WORDS_PAGE_TITLES[context["what"]],
        "opts": Quote._meta,
        "values": {"act": "say", **values},
        "wrong": wrong or [],
        "unclear": [
            (each, list_places_to_choose(text, each, sent))
            for each in sent
            if not each.span and each.places
        ],
        "settled": [each for each in sent if each.span and len(each.places) > 1],
        "acts": ACTS,
        **context,
    }
    return TemplateResponse(request, WORDS_TEMPLATE, whole, status=status)
