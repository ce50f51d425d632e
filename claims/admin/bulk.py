"""Many quotes decided at once: shown first, row by row; then done, and undone, as one."""

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

from claims.admin.decision_forms import read_chosen_actor
from claims.admin.requests import (
    BULK_PERMISSION,
    build_decider,
    check_permission,
    read_text,
    require_curator,
)
from claims.desk.correcting import CURATOR_METHOD
from claims.desk.deciding import STATUS_OF_ACTION, DeskAction, DeskDecision
from claims.desk.quote_values import compute_quote_state
from claims.desk.refusals import DecisionRefused
from claims.extraction.schema import ACTS
from claims.models import Actor, Quote
from newsroom.row_numbers import read_row_number

BULK_TEMPLATE = "admin/claims/quote/bulk.html"
MOST_BULK_QUOTES = 500  # quotes at once
BULK_ACTION_LABELS = {
    "accept": "Accept",
    "reject": "Reject",
    "unreview": "Put back to unreviewed",
    "speaker": "Give another speaker",
    "act": "Give another act",
}
BULK_ACTORS_OFFERED = 20  # actors


def list_bulk_urls() -> list[URLPattern]:
    view = admin.site.admin_view(require_curator(decide_in_bulk))
    return [path("bulk/", view, name="claims_quote_bulk")]


# What is to be done


@dataclass(frozen=True)
class BulkChoice:
    """What is to be done with all of the quotes, by a word of `BULK_ACTION_LABELS`.

    `nobody`: the speaker is to be unknown.
    """

    what: str
    act: str = ""
    actor: Actor | None = None
    nobody: bool = False

    @property
    def ready(self) -> bool:
        """Tell whether the act or speaker that this needs is chosen."""
        if self.what == "act":
            return bool(self.act)
        if self.what == "speaker":
            return self.nobody or self.actor is not None
        return self.what in BULK_ACTION_LABELS

    def build_decision(self) -> DeskDecision:
        """Return the decision on each of the quotes."""
        if self.what == "act":
            return DeskDecision(DeskAction.GIVE_ACT, act=self.act)
        if self.what == "speaker":
            return DeskDecision(DeskAction.GIVE_SPEAKER, actor=self.actor)
        return DeskDecision(DeskAction(self.what))

    def describe_change(self, quote: Quote) -> str:
        """Return in words what of a quote would become another; empty if it is so already."""
        if self.what == "act":
            return self.describe_change_of_act(quote)
        if self.what == "speaker":
            return self.describe_change_of_speaker(quote)
        status = STATUS_OF_ACTION[DeskAction(self.what)]
        return "" if quote.status == status else f"review: {quote.status} → {status}"

    def describe_change_of_act(self, quote: Quote) -> str:
        if quote.act == self.act:
            return ""
        return f"act: {quote.get_act_display()} → {self.act.replace('_', ' ')}"

    def describe_change_of_speaker(self, quote: Quote) -> str:
        chosen = self.actor.pk if self.actor else None
        if quote.actor_id == chosen and quote.actor_method == CURATOR_METHOD:
            return ""
        return f"speaker: {quote.actor or 'unknown'} → {self.actor or 'unknown'}"


def read_bulk_choice(values: QueryDict) -> BulkChoice:
    """Return what was chosen. Raise `DecisionRefused` where there is no such action or actor."""
    what = values.get("what", "")
    if what not in BULK_ACTION_LABELS:
        raise DecisionRefused("Choose what to do.")
    act = values.get("act", "")
    if act not in ACTS:
        act = ""
    if values.get("actor") == "unknown":
        return BulkChoice(what, act=act, nobody=True)
    actor = read_chosen_actor(values) if values.get("actor") else None
    return BulkChoice(what, act=act, actor=actor)


def read_quote_keys(text: str) -> list[int]:
    """Return the primary keys in a list with commas.

    Raise `PermissionDenied` where there is none or there are too many.
    """
    numbers = [read_row_number(part) for part in text.split(",")]
    pks = [number for number in numbers if number is not None]
    if not 0 < len(pks) <= MOST_BULK_QUOTES:
        raise PermissionDenied
    return pks


# The quotes


def select_chosen_quotes(pks: Sequence[int]) -> QuerySet[Quote]:
    quotes = Quote.objects.filter(pk__in=pks).order_by("pk")
    related = quotes.select_related("article", "actor", "wording", "within")
    unread = ("search_content", "article__search", "wording__search")
    return related.prefetch_related("spans").defer(*unread)


def compute_quotes_state(quotes: Sequence[Quote]) -> str:
    """Return a short text that is another as soon as one of the quotes is."""
    states = " ".join(compute_quote_state(quote) for quote in quotes)
    return hashlib.sha256(states.encode()).hexdigest()[:32]


def apply_bulk_decision(request: HttpRequest, choice: BulkChoice, pks: Sequence[int]) -> int:
    """Decide on the quotes that the choice would change; return how many these are.

    Raise `DecisionRefused`, with nothing written, if one is no longer as the preview showed it.
    """
    with transaction.atomic():
        quotes = list(select_chosen_quotes(pks).select_for_update(of=("self",)))
        if compute_quotes_state(quotes) != request.POST.get("state"):
            raise DecisionRefused(
                "Some of these quotes changed since the preview. Nothing was written; this is how"
                " they are now."
            )
        decider = build_decider(request)
        changing = [quote for quote in quotes if choice.describe_change(quote)]
        for quote in changing:
            decider.carry_out(quote, choice.build_decision())
        return len(changing)


# The pages


def begin_bulk_decision(request: HttpRequest, quotes: QuerySet[Quote], what: str) -> HttpResponse:
    """Show the first page of a bulk decision, for quotes chosen from their list."""
    chosen = quotes.order_by("pk").values_list("pk", flat=True).distinct()
    pks = list(chosen[: MOST_BULK_QUOTES + 1])
    if len(pks) > MOST_BULK_QUOTES:
        messages.error(
            request, f"At most {MOST_BULK_QUOTES} quotes can be decided at once: choose fewer."
        )
        return HttpResponseRedirect(request.get_full_path())
    return render_bulk_preview(request, BulkChoice(what), pks)


@require_POST
def decide_in_bulk(request: HttpRequest) -> HttpResponse:
    """Show what the choice would change or, once that is confirmed, do it."""
    check_permission(request, BULK_PERMISSION)
    pks = read_quote_keys(request.POST.get("quotes", ""))
    try:
        choice = read_bulk_choice(request.POST)
        if not choice.ready or "confirm" not in request.POST:
            return render_bulk_preview(request, choice, pks)
        number = apply_bulk_decision(request, choice, pks)
    except DecisionRefused as refused:
        messages.error(request, str(refused))
        unfinished = BulkChoice(request.POST.get("what", ""))
        return render_bulk_preview(request, unfinished, pks, status=409)
    decided = "1 quote is" if number == 1 else f"{number} quotes are"
    messages.success(request, f"{decided} decided. The review desk undoes it, as a whole.")
    return HttpResponseRedirect(reverse("admin:claims_quote_changelist"))


def render_bulk_preview(
    request: HttpRequest, choice: BulkChoice, pks: Sequence[int], status: int = 200
) -> HttpResponse:
    """Show what the choice would change; before that, let its speaker or act be chosen."""
    quotes = list(select_chosen_quotes(pks))
    name_sought = read_text(request.POST, "find").strip()
    changes = []
    if choice.ready:
        changes = [(quote, choice.describe_change(quote)) for quote in quotes]
    pks_joined = ",".join(str(pk) for pk in pks)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": BULK_ACTION_LABELS.get(choice.what, "Decide on the chosen quotes"),
        "opts": Quote._meta,
        "choice": choice,
        "quotes": pks_joined,
        "number": len(quotes),
        "state": compute_quotes_state(quotes),
        "rows": changes,
        "touched": sum(quote.touched for quote in quotes),
        "changing": sum(bool(change) for _, change in changes),
        "acts": ACTS,
        "find": name_sought,
        "actors": find_speakers_offered(quotes, name_sought),
    }
    return TemplateResponse(request, BULK_TEMPLATE, context, status=status)


def find_speakers_offered(quotes: Sequence[Quote], name_sought: str) -> list[Actor]:
    """Return the actors of this name who may speak in all of the quotes; none for no name.

    An actor who is known in one article alone may speak in the quotes of that article only.
    """
    if not name_sought:
        return []
    may_speak = Q(article__isnull=True)
    articles = {quote.article_id for quote in quotes}
    if len(articles) == 1:
        may_speak |= Q(article__in=articles)
    actors = Actor.objects.beginning_with(name_sought).filter(may_speak)
    return list(actors.most_quoted().for_list()[:BULK_ACTORS_OFFERED])
