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
from claims.desk.deciding import Deciding, Refused
from claims.extraction.schema import ACTS
from claims.models import Actor, Quote, QuoteStatus
from newsroom.row_numbers import read_row_number

PAGE = "admin/claims/quote/bulk.html"
MOST = 500  # quotes at once
PERMISSION = "claims.bulk_quote"
STATUSES = {"accept": QuoteStatus.ACCEPTED, "reject": QuoteStatus.REJECTED, "unreview": QuoteStatus.UNREVIEWED}
WORDS = {
    "accept": "Accept",
    "reject": "Reject",
    "unreview": "Put back to unreviewed",
    "speaker": "Give another speaker",
    "act": "Give another act",
}
OFFERED = 20  # actors


def urls() -> list[URLPattern]:
    return [path("bulk/", admin.site.admin_view(desk.curators_only(bulk)), name="claims_quote_bulk")]


@dataclass(frozen=True)
class Choice:
    """What is to be done with all of the quotes; `ready` once its value is chosen."""

    what: str
    act: str = ""
    actor: Actor | None = None
    nobody: bool = False

    @classmethod
    def read(cls, values: QueryDict) -> "Choice":
        what, actor = values.get("what", ""), values.get("actor", "")
        if what not in WORDS:
            raise Refused("Choose what to do.")
        act = values.get("act", "")
        return cls(
            what,
            act=act if act in ACTS else "",
            actor=desk.chosen_actor(values) if actor and actor != "unknown" else None,
            nobody=actor == "unknown",
        )

    @property
    def ready(self) -> bool:
        return self.what in STATUSES or bool(self.act if self.what == "act" else self.actor or self.nobody)

    def change(self, quote: Quote) -> str:
        """What would become another, in words; empty if it is so already."""
        if status := STATUSES.get(self.what):
            return f"review: {quote.status} → {status}" if quote.status != status else ""
        if self.what == "act":
            return f"act: {quote.get_act_display()} → {self.act.replace('_', ' ')}" if quote.act != self.act else ""
        same = quote.actor_id == (self.actor.pk if self.actor else None) and quote.actor_method == deciding.CURATOR
        return "" if same else f"speaker: {quote.actor or 'unknown'} → {self.actor or 'unknown'}"

    def apply(self, by: Deciding, quote: Quote) -> None:
        if status := STATUSES.get(self.what):
            by.set_status(quote, status)
        elif self.what == "act":
            by.give_act(quote, self.act)
        else:
            by.give_speaker(quote, self.actor)


def begin(request: HttpRequest, quotes: QuerySet[Quote], what: str) -> HttpResponse:
    """From the list of quotes: the first page of a bulk decision."""
    pks = list(quotes.order_by("pk").values_list("pk", flat=True).distinct()[: MOST + 1])
    if len(pks) > MOST:
        messages.error(request, f"At most {MOST} quotes can be decided at once: choose fewer.")
        return HttpResponseRedirect(request.get_full_path())
    return asked(request, Choice(what), pks)


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    desk.need(request, PERMISSION)
    pks = numbers(request.POST.get("quotes", ""))
    try:
        choice = Choice.read(request.POST)
        if not choice.ready or "confirm" not in request.POST:
            return asked(request, choice, pks)
        done = confirmed(request, choice, pks)
    except Refused as refused:
        messages.error(request, str(refused))
        return asked(request, Choice(request.POST.get("what", "")), pks, status=409)
    messages.success(request, f"{done} quote{' is' if done == 1 else 's are'} decided. The review desk undoes it, as a whole.")
    return HttpResponseRedirect(reverse("admin:claims_quote_changelist"))


def numbers(text: str) -> list[int]:
    pks = [number for part in text.split(",") if (number := read_row_number(part)) is not None]
    if not 0 < len(pks) <= MOST:
        raise PermissionDenied
    return pks


def chosen(pks: Sequence[int]) -> QuerySet[Quote]:
    rows = Quote.objects.filter(pk__in=pks).select_related("article", "actor", "claim", "within").order_by("pk")
    return rows.prefetch_related("spans").defer("search_content", "article__search", "claim__search")


def confirmed(request: HttpRequest, choice: Choice, pks: Sequence[int]) -> int:
    """How many quotes are another now; none, if one of them is no longer as the preview showed it."""
    with transaction.atomic():
        quotes = list(chosen(pks).select_for_update(of=("self",)))
        if state_of(quotes) != request.POST.get("state"):
            raise Refused("Some of these quotes changed since the preview. Nothing was written; this is how they are now.")
        by = Deciding(desk.curator_of(request), desk.sitting(request))
        changing = [quote for quote in quotes if choice.change(quote)]
        for quote in changing:
            choice.apply(by, quote)
        return len(changing)


def state_of(quotes: Sequence[Quote]) -> str:
    return hashlib.sha256(" ".join(deciding.state(quote) for quote in quotes).encode()).hexdigest()[:32]


def asked(request: HttpRequest, choice: Choice, pks: Sequence[int], status: int = 200) -> HttpResponse:
    """The preview, or before it the choice of a speaker or act."""
    quotes = list(chosen(pks))
    find = request.POST.get("find", "").replace("\0", "").strip()
    articles = {quote.article_id for quote in quotes}
    known = Q(article__isnull=True) | Q(article__in=articles if len(articles) == 1 else [])
    actors = Actor.objects.beginning_with(find).filter(known).most_quoted().for_list()[:OFFERED] if find else []
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": WORDS.get(choice.what, "Decide on the chosen quotes"),
        "opts": Quote._meta,
        "choice": choice,
        "quotes": ",".join(str(pk) for pk in pks),
        "number": len(quotes),
        "state": state_of(quotes),
        "rows": [(quote, choice.change(quote)) for quote in quotes] if choice.ready else [],
        "touched": sum(quote.touched for quote in quotes),
        "changing": sum(bool(choice.change(quote)) for quote in quotes) if choice.ready else 0,
        "acts": ACTS,
        "find": find,
        "actors": actors,
    }
    return TemplateResponse(request, PAGE, context, status=status)
