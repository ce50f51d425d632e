"""Many quotes decided at once: first shown, row by row, what that would change; then done, and undone, as one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from claims.admin import desk
from claims.desk import deciding
from claims.desk.deciding import Decider, DecisionRefused
from claims.extraction.schema import ACTS
from claims.models import Actor, Quote, QuoteStatus
from newsroom.row_numbers import read_row_number

BULK_TEMPLATE = "admin/claims/quote/bulk.html"
MOST_BULK_QUOTES = 500  # quotes at once
BULK_PERMISSION = "claims.bulk_quote"
STATUS_OF_BULK_ACTION = {
    "accept": QuoteStatus.ACCEPTED,
    "reject": QuoteStatus.REJECTED,
    "unreview": QuoteStatus.UNREVIEWED,
}
BULK_ACTION_LABELS = {
    "accept": "Accept",
    "reject": "Reject",
    "unreview": "Put back to unreviewed",
    "speaker": "Give another speaker",
    "act": "Give another act",
}
BULK_ACTORS_OFFERED = 20  # actors


def list_bulk_urls() -> list[URLPattern]:
    return [
        path("bulk/", admin.site.admin_view(desk.require_curator(bulk)), name="claims_quote_bulk")
    ]


@dataclass(frozen=True)
class BulkChoice:
    """What is to be done with all of the quotes; `ready` once its value is chosen."""

    what: str
    act: str = ""
    actor: Actor | None = None
    nobody: bool = False

    @classmethod
    def read(cls, values: QueryDict) -> "BulkChoice":
        what, actor = values.get("what", ""), values.get("actor", "")
        if what not in BULK_ACTION_LABELS:
            raise DecisionRefused("Choose what to do.")
        act = values.get("act", "")
        return cls(
            what,
            act=act if act in ACTS else "",
            actor=desk.read_chosen_actor(values) if actor and actor != "unknown" else None,
            nobody=actor == "unknown",
        )

    @property
    def ready(self) -> bool:
        return self.what in STATUS_OF_BULK_ACTION or bool(
            self.act if self.what == "act" else self.actor or self.nobody
        )

    def change(self, quote: Quote) -> str:
        """What would become another, in words; empty if it is so already."""
        if status := STATUS_OF_BULK_ACTION.get(self.what):
            return f"review: {quote.status} → {status}" if quote.status != status else ""
        if self.what == "act":
            return (
                f"act: {quote.get_act_display()} → {self.act.replace('_', ' ')}"
                if quote.act != self.act
                else ""
            )
        same = (
            quote.actor_id == (self.actor.pk if self.actor else None)
            and quote.actor_method == deciding.CURATOR_METHOD
        )
        return "" if same else f"speaker: {quote.actor or 'unknown'} → {self.actor or 'unknown'}"

    def apply(self, by: Decider, quote: Quote) -> None:
        if status := STATUS_OF_BULK_ACTION.get(self.what):
            by.set_status(quote, status)
        elif self.what == "act":
            by.give_act(quote, self.act)
        else:
            by.give_speaker(quote, self.actor)


def begin_bulk_decision(request: HttpRequest, quotes: QuerySet[Quote], what: str) -> HttpResponse:
    """From the list of quotes: the first page of a bulk decision."""
    pks = list(
        quotes.order_by("pk").values_list("pk", flat=True).distinct()[: MOST_BULK_QUOTES + 1]
    )
    if len(pks) > MOST_BULK_QUOTES:
        messages.error(
            request, f"At most {MOST_BULK_QUOTES} quotes can be decided at once: choose fewer."
        )
        return HttpResponseRedirect(request.get_full_path())
    return render_bulk_preview(request, BulkChoice(what), pks)


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    desk.check_permission(request, BULK_PERMISSION)
    pks = read_quote_keys(request.POST.get("quotes", ""))
    try:
        choice = BulkChoice.read(request.POST)
        if not choice.ready or "confirm" not in request.POST:
            return render_bulk_preview(request, choice, pks)
        done = apply_bulk_decision(request, choice, pks)
    except DecisionRefused as refused:
        messages.error(request, str(refused))
        return render_bulk_preview(
            request, BulkChoice(request.POST.get("what", "")), pks, status=409
        )
    messages.success(
        request,
        f"{done} quote{' is' if done == 1 else 's are'} decided. The review desk undoes it, as a whole.",
    )
    return HttpResponseRedirect(reverse("admin:claims_quote_changelist"))


def read_quote_keys(text: str) -> list[int]:
    pks = [number for part in text.split(",") if (number := read_row_number(part)) is not None]
    if not 0 < len(pks) <= MOST_BULK_QUOTES:
        raise PermissionDenied
    return pks


def find_chosen_quotes(pks: Sequence[int]) -> QuerySet[Quote]:
    rows = (
        Quote.objects.filter(pk__in=pks)
        .select_related("article", "actor", "claim", "within")
        .order_by("pk")
    )
    return rows.prefetch_related("spans").defer(
        "search_content", "article__search", "claim__search"
    )


def apply_bulk_decision(request: HttpRequest, choice: BulkChoice, pks: Sequence[int]) -> int:
    """How many quotes are another now; none, if one of them is no longer as the preview showed it."""
    with transaction.atomic():
        quotes = list(find_chosen_quotes(pks).select_for_update(of=("self",)))
        if compute_quotes_state(quotes) != request.POST.get("state"):
            raise DecisionRefused(
                "Some of these quotes changed since the preview. Nothing was written; this is how they are now."
            )
        by = Decider(desk.get_curator(request), desk.get_sitting(request))
        changing = [quote for quote in quotes if choice.change(quote)]
        for quote in changing:
            choice.apply(by, quote)
        return len(changing)


def compute_quotes_state(quotes: Sequence[Quote]) -> str:
    return hashlib.sha256(
        " ".join(deciding.compute_quote_state(quote) for quote in quotes).encode()
    ).hexdigest()[:32]


def render_bulk_preview(
    request: HttpRequest, choice: BulkChoice, pks: Sequence[int], status: int = 200
) -> HttpResponse:
    """The preview, or before it the choice of a speaker or act."""
    quotes = list(find_chosen_quotes(pks))
    find = request.POST.get("find", "").replace("\0", "").strip()
    articles = {quote.article_id for quote in quotes}
    known = Q(article__isnull=True) | Q(article__in=articles if len(articles) == 1 else [])
    actors = (
        Actor.objects.beginning_with(find)
        .filter(known)
        .most_quoted()
        .for_list()[:BULK_ACTORS_OFFERED]
        if find
        else []
    )
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": BULK_ACTION_LABELS.get(choice.what, "Decide on the chosen quotes"),
        "opts": Quote._meta,
        "choice": choice,
        "quotes": ",".join(str(pk) for pk in pks),
        "number": len(quotes),
        "state": compute_quotes_state(quotes),
        "rows": [(quote, choice.change(quote)) for quote in quotes] if choice.ready else [],
        "touched": sum(quote.touched for quote in quotes),
        "changing": sum(bool(choice.change(quote)) for quote in quotes) if choice.ready else 0,
        "acts": ACTS,
        "find": find,
        "actors": actors,
    }
    return TemplateResponse(request, BULK_TEMPLATE, context, status=status)
