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
from claims.desk.deciding import Deciding, Refused, Stale
from claims.desk.wording import Part, around, part
from claims.extraction.schema import ACTS, Span
from claims.history.quotes import seen
from claims.models import Quote
from claims.passages.marking import marks_of

PAGE = "admin/claims/quote/words.html"
TITLES = {"spans": "Adjust the limits", "split": "Split in two", "add": "Add a missed quote"}
MOST = 50  # parts of a content


def urls() -> list[URLPattern]:
    view = admin.site.admin_view(desk.curators_only(by_words))
    return [path("desk/<int:pk>/words/<slug:what>/", view, name="claims_quote_desk_words")]


@require_http_methods(["GET", "HEAD", "POST"])
def by_words(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    if what not in TITLES:
        raise Http404
    if permission := desk.ALSO_NEEDED.get(what):
        desk.need(request, permission)
    quote = desk.loaded().filter(pk=pk).first()
    if quote is None:
        raise Http404
    if request.method != "POST":
        return shown(request, quote, what, before(quote, what))
    parts = parts_in(request.POST, quote.article.text, known_of(quote) if what != "add" else {})
    if wrong := [each.wrong for each in parts if each.wrong] or missing(parts):
        return shown(request, quote, what, request.POST.dict(), wrong, parts)
    queue = desk.queue_of(request.POST)
    try:
        with transaction.atomic():
            locked = desk.as_shown(pk, request)
            by = Deciding(desk.curator_of(request), desk.sitting(request))
            made = desk.ACTIONS[what](by, locked, sent(parts, request.POST))
    except Stale as stale:
        return desk.changed(request, queue, pk, str(stale))
    except (Refused, IntegrityError) as refused:
        why = str(refused) if isinstance(refused, Refused) else "The database refused this."
        return shown(request, quote, what, request.POST.dict(), [why], parts)
    told = f"{desk.last_decision(request)}: “{(made or locked).content[:80]}”."
    return desk.stayed(request, queue, made.pk, told) if what == "add" and made else desk.moved_on(request, queue, told)


def before(quote: Quote, what: str) -> dict[str, str]:
    """What the fields have at first: of limits that are adjusted, the words as they are."""
    source = quote.source_text if what != "add" else ""
    limits = {"cue": quote.cue, "contents": "\n".join(" ".join(each.split()) for each in quote.content_parts)}
    return {"source": source, **(limits if what == "spans" else {"cue": "", "contents": ""})}


def parts_in(values: QueryDict, text: str, known: dict[str, list[Span]]) -> list[Part]:
    """The parts that were sent; what a quote has already is meant where it stands, however often it stands elsewhere."""
    lines = [line for line in values.get("contents", "").replace("\0", "").splitlines() if line.strip()][:MOST]
    wanted = [("source", 1, values.get("source", "")), ("cue", 1, values.get("cue", ""))]
    wanted += [("content", number, line) for number, line in enumerate(lines, 1)]
    return [
        part(role, number, words, text, known.get(role, []), values.get(f"at-{role}-{number}", ""))
        for role, number, words in wanted
        if words.strip()
    ]


def known_of(quote: Quote) -> dict[str, list[Span]]:
    source = deciding.source_of(quote)
    return {
        "source": [source] if source else [],
        "cue": [deciding.cue_of(quote)],
        "content": deciding.contents_of(quote),
    }


def missing(parts: list[Part]) -> list[str]:
    given = {each.role for each in parts}
    needed = {"cue": "Give the cue: the reporting words.", "content": "Give the content: what is said."}
    return [told for role, told in needed.items() if role not in given]


def sent(parts: list[Part], values: QueryDict) -> QueryDict:
    """What the desk's own editor would send: the parts as offsets."""
    spans: dict[str, list[str]] = {"source": [], "cue": [], "content": []}
    for each in parts:
        if each.span:
            spans[each.role].append(f"{each.span.start}-{each.span.end}")
    found = values.copy()
    found["source"], found["cue"], found["contents"] = (",".join(spans[role]) for role in ("source", "cue", "content"))
    return found


def shown(
    request: HttpRequest,
    quote: Quote,
    what: str,
    values: dict[str, str],
    wrong: list[str] | None = None,
    parts: list[Part] | None = None,
) -> HttpResponse:
    queue = desk.queue_of(request.POST or request.GET)
    context = {
        "article": quote.article,
        "what": what,
        "state": values.get("state") or deciding.state(quote),
        "seen": values.get("seen") or seen(quote),
        "queue": queue,
        "text": queues.context(quote.article.text, marks_of(quote), whole=True),
        "back": reverse("admin:claims_quote_desk_one", args=[quote.pk]) + queue.asked,
    }
    return form(request, quote.article.text, values, context, wrong, parts, 422 if wrong else 200)


def form(
    request: HttpRequest,
    text: str,
    values: dict[str, str],
    context: dict[str, Any],
    wrong: list[str] | None,
    parts: list[Part] | None,
    status: int,
) -> HttpResponse:
    """The fields as they were sent, what is wrong with them, and the places to choose from."""
    sent = parts or []
    whole = {
        **admin.site.each_context(request),
        "title": TITLES[context["what"]],
        "opts": Quote._meta,
        "values": {"act": "say", **values},
        "wrong": wrong or [],
        "unclear": [(each, around(text, each, sent)) for each in sent if not each.span and each.places],
        "settled": [each for each in sent if each.span and len(each.places) > 1],
        "acts": ACTS,
        **context,
    }
    return TemplateResponse(request, PAGE, whole, status=status)
