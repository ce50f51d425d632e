"""The review desk as curators use it without JavaScript, and all rows that a decision may touch."""

import re
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client

from claims.desk.quote_values import compute_quote_state
from claims.models import About, Actor, ActorName, Quote, Report, Span, Wording
from tests.factories import make_article, make_quote

DESK = "/admin/claims/quote/desk/"
SPOKEN = (
    "The bridge, built in May, is safe, Veldania said on Monday. Ana Bell denied it."
    " Veldania said the ferry is late."
)


def make_doubtful(**values: Any) -> Quote:
    """Store a quote that waits at the desk, in an article with much to correct it to."""
    article = values.pop("article", None) or make_article(SPOKEN)
    return make_quote(
        article=article, **{"content": ("The bridge", "is safe"), "confidence": 0.4, **values}
    )


def format_desk_span(words: str, text: str = SPOKEN) -> str:
    """Return where these words stand, as the desk sends it."""
    start = text.index(words)
    return f"{start}-{start + len(words)}"


def get_quote_state(quote: Quote) -> str:
    return compute_quote_state(Quote.objects.get(pk=quote.pk))


def send_decision(client: Client, quote: Quote, what: str, **values: Any) -> Any:
    """Send a decision from a page that shows the quote as it is; return the response."""
    sent = {"what": what, "state": get_quote_state(quote), **values}
    response = client.post(f"{DESK}{quote.pk}/decide/", sent)
    connection.check_constraints()
    return response


def decide_quote(client: Client, quote: Quote, what: str, **values: Any) -> Quote:
    """Return the quote as it is stored after a decision, which must have been taken."""
    response = send_decision(client, quote, what, **values)
    assert response.status_code == 302, read_desk_message(response)
    return Quote.objects.get(pk=quote.pk)


def send_undo(client: Client) -> Any:
    response = client.post(f"{DESK}undo/")
    connection.check_constraints()
    return response


def read_desk_message(response: Any) -> str:
    """Return what the desk says of what was done or refused."""
    page = response.content.decode()
    found = re.findall(r'<div class="desk-told \w+">(.*?)</div>', page, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>|\s+", " ", " ".join(found)))


def get_quote_on_desk(client: Client, asked: str = "") -> int | None:
    """Return the primary key of the quote that the desk shows, if any."""
    response = client.get(DESK + asked)
    assert response.status_code == 200
    return response.context["quote"].pk if "quote" in response.context else None


def dump_decision_rows() -> dict[str, list[Any]]:
    """Return all rows that a decision may touch."""
    models: tuple[Any, ...] = (Quote, Span, About, Wording, Actor, ActorName, Report)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
