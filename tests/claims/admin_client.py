"""The admin as curators use it."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client

from claims.models import Quote, Span
from tests.factories import make_article, make_quote

QUOTES = "/admin/claims/quote/"
SPOKEN = "The bridge, built in May, is safe, Veldania said on Monday. Ana Bell denied it."


def get_page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def get_change_address(row: Any) -> str:
    return f"/admin/claims/{row._meta.model_name}/{row.pk}/change/"


def make_spoken(**values: Any) -> Quote:
    """Store a quote whose content is in two parts, with much in its article to correct it to."""
    return make_quote(article=make_article(SPOKEN), content=("The bridge", "is safe"), **values)


def build_form_values(quote: Quote) -> dict[str, Any]:
    """Return what the form of a quote sends when nothing is changed."""
    names = (
        "actor_id",
        "act",
        "kind",
        "status",
        "source_start",
        "source_end",
        "cue_start",
        "cue_end",
    )
    values = {name.removesuffix("_id"): getattr(quote, name) for name in names}
    spans = list(quote.spans.all())
    sent: dict[str, Any] = {name: "" if value is None else value for name, value in values.items()}
    sent |= {"spans-TOTAL_FORMS": len(spans), "spans-INITIAL_FORMS": len(spans)}
    for number, span in enumerate(spans):
        sent |= {f"spans-{number}-{name}": getattr(span, name) for name in ("start", "end")}
        sent |= {f"spans-{number}-id": span.pk, f"spans-{number}-quote": quote.pk}
    return sent


def build_span_fields(words: str, prefix: str) -> dict[str, int]:
    """Return the fields of the span that these words are in the text."""
    start = SPOKEN.index(words)
    return {f"{prefix}start": start, f"{prefix}end": start + len(words)}


def correct_quote(client: Client, quote: Quote, **changes: Any) -> Quote:
    """Return the quote as it is stored after its form was sent, which must have been taken."""
    response = client.post(get_change_address(quote), {**build_form_values(quote), **changes})
    assert response.status_code == 302, read_form_errors(response)
    connection.check_constraints()
    return Quote.objects.get(pk=quote.pk)


def decide_in_bulk(
    client: Client, action: str, quotes: Iterable[Quote], query: str = "", **choice: Any
) -> str:
    """Choose an action of the list of quotes and confirm its preview; return the page after it."""
    chosen = {"action": action, "_selected_action": [quote.pk for quote in quotes]}
    if "select_across" in choice:
        chosen["select_across"] = choice.pop("select_across")
    preview = client.post(QUOTES + query, chosen)
    if choice:
        preview = client.post(f"{QUOTES}bulk/", {**read_hidden_fields(preview), **choice})
    done = client.post(
        f"{QUOTES}bulk/", {**read_hidden_fields(preview), "confirm": "yes"}, follow=True
    )
    connection.check_constraints()
    return done.content.decode()


def read_hidden_fields(response: Any) -> dict[str, str]:
    """Return what the forms of a page send besides what is chosen in them."""
    fields = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)">', response.content.decode()
    )
    return {name: unescape(value) for name, value in fields}


def read_form_errors(response: Any) -> str:
    found = re.findall(
        r'<ul class="errorlist[^"]*"[^>]*>(.*?)</ul>', response.content.decode(), re.DOTALL
    )
    return unescape(re.sub(r"<[^>]+>|\s+", " ", " ".join(found)))


def read_stored_quote(quote: Quote) -> tuple[Any, ...]:
    """Return all that is stored of a quote and its spans."""
    return (
        Quote.objects.filter(pk=quote.pk).values().get(),
        list(Span.objects.filter(quote=quote).order_by("start").values()),
        Quote.pgh_event_model.objects.filter(pgh_obj_id=quote.pk).count(),  # type: ignore[attr-defined]
    )
