import pytest
from django.test import Client

from claims.models import Actor, Quote
from tests.claims.admin_client import QUOTES, correct_quote, decide_in_bulk, read_stored_quote
from tests.claims.intake.test_ingest import DENIAL, SAYING, TEXT, at, attribution, store
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


# Bulk decisions


@pytest.mark.parametrize(
    ("action", "status"),
    [("accept", "accepted"), ("reject", "rejected"), ("unreview", "unreviewed")],
)
def test_many_quotes_are_decided_at_once(curator: Client, action: str, status: str) -> None:
    chosen = [make_quote(status="corrected"), make_quote(), make_quote(status="rejected")]
    other = make_quote(status="corrected")

    shown = decide_in_bulk(curator, action, chosen)

    assert f"{sum(quote.status != status for quote in chosen)} quotes are decided." in shown
    assert {quote.status for quote in Quote.objects.exclude(pk=other.pk)} == {status}
    other.refresh_from_db()
    assert other.status == "corrected"


def test_all_that_a_search_finds_is_decided_at_once(curator: Client) -> None:
    for number in range(3):
        make_quote(actor=f"Speaker {number}", content="the bridge is safe")
    other = make_quote(content="the ferry is late")
    some = Quote.objects.exclude(pk=other.pk)[:1]

    decide_in_bulk(curator, "reject", some, "?q=bridge&o=1", select_across=1)

    assert list(Quote.objects.exclude(status="rejected")) == [other]


def test_a_decision_without_a_choice_decides_nothing(curator: Client) -> None:
    quote = make_quote()
    before = read_stored_quote(quote)

    curator.post(QUOTES, {"action": "reject", "index": 0})

    assert read_stored_quote(quote) == before


# Re-extraction


def test_a_corrected_quote_survives_re_extraction(curator: Client) -> None:
    store(DENIAL, SAYING)
    quote, berg = Quote.objects.get(cue="denied"), Actor.objects.get(name="Anna Berg")
    shorter = at(TEXT, "any plan")
    corrected = correct_quote(
        curator,
        quote,
        actor=berg.pk,
        act="warn",
        **{"spans-0-start": shorter.start, "spans-0-end": shorter.end},
    )
    before = read_stored_quote(corrected)

    store(DENIAL, SAYING, version="2")
    store(attribution("Ukraine", "denied", "plan to attack", act="claim"), version="3")

    assert read_stored_quote(quote) == before
    assert (corrected.actor, corrected.act, corrected.content) == (berg, "warn", "any plan")
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("action", ["accept", "reject"])
def test_a_decision_survives_re_extraction(curator: Client, action: str) -> None:
    store(DENIAL)
    quote = Quote.objects.get()
    decide_in_bulk(curator, action, [quote])
    before = read_stored_quote(quote)

    store(version="2")
    store(DENIAL, SAYING, version="3")

    assert read_stored_quote(quote) == before
    assert Quote.objects.count() == 2


def test_a_quote_put_back_to_unreviewed_is_extractions_again(curator: Client) -> None:
    store(DENIAL)
    quote = Quote.objects.get()
    correct_quote(curator, quote, act="warn")
    decide_in_bulk(curator, "unreview", [quote])

    store(DENIAL, version="2")

    quote.refresh_from_db()
    assert (quote.act, quote.status, quote.extractor) == ("deny", "unreviewed", "2")
