import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from claims.models import Quote
from tests.claims.admin_client import (
    build_span_fields,
    correct_quote,
    decide_in_bulk,
    get_change_address,
    get_page,
    make_spoken,
)
from tests.factories import make_actor, make_detail, make_quote

pytestmark = pytest.mark.django_db


def read_history(client: Client, quote: Quote) -> list[tuple[str, str]]:
    """Return who and what, for each line of a quote's history."""
    table = get_page(client, get_change_address(quote).replace("change", "history")).split(
        "<tbody>"
    )[1]
    cells = re.findall(r"<td>([^<]*)</td>\s*<td>(.*?)</td>", table, re.DOTALL)
    return [(who, unescape(re.sub(r"<[^>]+>", " ", what))) for who, what in cells]


def read_lines(client: Client, quote: Quote, who: str) -> str:
    return " | ".join(what for name, what in read_history(client, quote) if name == who)


def test_history_shows_who_changed_what_from_what_to_what(curator: Client) -> None:
    quote = make_spoken(actor="Veldania")
    actor = make_actor("Norland")

    correct_quote(
        curator, quote, actor=actor.pk, act="deny", **build_span_fields("built in May", "spans-1-")
    )

    told = read_lines(curator, quote, "Clara")
    for words in (
        "actor: Veldania → Norland",
        "act: say → deny",
        "review: unreviewed → corrected",
        "content: The bridge … is safe → The bridge … built in May",
        "content span 12–24 changed",
    ):
        assert words in told
    assert "cue" not in told


def test_history_shows_what_reading_again_changed_beyond_the_words(curator: Client) -> None:
    outer, quote = make_quote(), make_spoken()
    inner = make_quote(article=quote.article, actor="Ana Bell", cue="denied", content="it")
    detail = make_detail(quote, "occasion", "on Monday")

    Quote.objects.filter(pk=quote.pk).update(said_on="2024-03-04", within=inner)
    detail.delete()

    told = read_lines(curator, quote, "no user (a command)")
    for words in (
        "said on: none → 2024-03-04",
        f"within quote: none → {inner.pk}",
        "occasion “on Monday” made",
        "occasion “on Monday” deleted",
    ):
        assert words in told
    assert "said on" not in read_lines(curator, outer, "no user (a command)")


def test_history_starts_with_what_was_extracted(curator: Client) -> None:
    told = read_lines(curator, make_spoken(), "no user (a command)")

    assert "made" in told
    assert "by extractor test: said “The bridge … is safe”" in told


@pytest.mark.django_db(transaction=True)  # whose a write is holds to the end of its transaction
def test_history_tells_what_raw_sql_did_from_what_a_curator_did(curator: Client) -> None:
    quote = make_spoken()
    correct_quote(curator, quote, act="warn")

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_quote SET act = 'deny', stance = 'denies' WHERE id = %s", [quote.pk]
        )

    changes = read_history(curator, quote)
    assert [who for who, _ in changes[:2]] == ["no user (a command)", "Clara"]
    assert "act: warn → deny" in changes[0][1]
    assert "act: say → warn" in changes[1][1]


def test_history_shows_bulk_decisions(curator: Client) -> None:
    quote = make_quote()

    decide_in_bulk(curator, "reject", [quote])

    assert "review: unreviewed → rejected" in read_lines(curator, quote, "Clara")


@pytest.mark.django_db(transaction=True)
def test_history_tells_of_an_actor_that_is_gone(curator: Client) -> None:
    quote, actor = make_quote(actor="Veldania"), make_actor("Norland")
    correct_quote(curator, quote, actor=actor.pk)
    gone = f"actor {actor.pk}, since deleted"

    actor.delete()

    assert f"actor: Veldania → {gone}" in read_lines(curator, quote, "Clara")
    assert f"actor: {gone} → unknown" in read_lines(curator, quote, "no user (a command)")


def test_history_outlives_the_user(curator: Client) -> None:
    quote = make_quote()
    correct_quote(curator, quote, act="deny")
    User.objects.get(username="Clara").delete()
    curator.force_login(User.objects.create_superuser("Olga"))

    assert "act: say → deny" in read_lines(curator, quote, "no user (a command)")
