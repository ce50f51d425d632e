"""Claims, wordings and matches as JSON."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import FormerClaim, Quote, Wording
from tests.claims.api_client import API, get_json, get_refusals
from tests.claims.reads import count_rows_read
from tests.factories import make_match, make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def quotes() -> list[Quote]:
    """Two wordings of one claim, and who denies it."""
    first = make_quote(content="the bridge is safe for wagons")
    second = make_quote(content="the old bridge is safe for all wagons")
    denial = make_quote(content="any such safety of it", cue="denied", act="deny")
    make_match(first, second, kind="paraphrase", evidence=["run of 4 words"])
    make_match(first, denial)
    make_match(second, denial, status="proposed")
    Wording.objects.filter(pk=second.wording_id).update(claim=first.wording_id)
    return [first, second, denial]


def list_ids(client: Client, address: str) -> list[int]:
    return sorted(row["id"] for row in get_json(client, f"{API}/{address}")["results"])


def test_a_claim_has_its_wordings_and_counts_their_quotes(
    client: Client, quotes: list[Quote]
) -> None:
    first, second, _ = quotes

    row = get_json(client, f"{API}/claims/{first.wording_id}/")

    assert row["wordings"] == [first.wording_id, second.wording_id]
    assert row["quote_count"] == 2
    quote = get_json(client, f"{API}/quotes/{second.pk}/")
    assert (quote["claim"], quote["wording"]) == (first.wording_id, second.wording_id)


def test_the_number_of_another_wording_leads_to_the_claim(
    client: Client, quotes: list[Quote]
) -> None:
    first, second, _ = quotes
    FormerClaim.objects.create(number=987_654, wording=second.wording_id)

    for number in (second.wording_id, 987_654):
        response = client.get(f"{API}/claims/{number}/")

        assert response.status_code == 301
        assert response["Location"].endswith(f"/claims/{first.wording_id}/")
    assert client.get(f"{API}/claims/987655/").status_code == 404


def test_wordings_are_found_by_claim_and_words(client: Client, quotes: list[Quote]) -> None:
    first, second, denial = (quote.wording_id for quote in quotes)

    assert list_ids(client, "wordings/") == sorted([first, second, denial])
    assert list_ids(client, f"wordings/?claim={first}") == [first, second]
    assert list_ids(client, "wordings/?q=old") == [second]
    row = get_json(client, f"{API}/wordings/{second}/")
    assert (row["text"], row["claim"]) == ("the old bridge is safe for all wagons", first)


def test_matches_that_are_sure_or_confirmed_are_told_and_no_others(
    client: Client, quotes: list[Quote]
) -> None:
    first, second, denial = (quote.wording_id for quote in quotes)
    refused = make_quote(content="the ferry is late again")
    make_match(quotes[0], refused, status="refused", decided_at=timezone.now())

    rows: list[dict[str, Any]] = get_json(client, f"{API}/matches/")["results"]

    told = {(row["first"], row["second"], row["kind"], row["status"]) for row in rows}
    assert told == {(first, second, "paraphrase", "sure"), (first, denial, "denies", "sure")}
    assert get_json(client, f"{API}/matches/?kind=denies")["results"][0]["second"] == denial
    assert len(list_ids(client, f"matches/?wording={denial}")) == 1
    assert len(list_ids(client, f"matches/?claim={first}")) == 2


def test_the_matches_of_a_claim_are_looked_up_and_not_looked_for(
    client: Client, quotes: list[Quote]
) -> None:
    for number in range(30):
        told = make_quote(content=f"that the ferry number {number} is late")
        make_match(told, make_quote(content=f"any delay of ferry {number}", act="deny"))

    with count_rows_read("claims_match") as read:
        found = list_ids(client, f"matches/?claim={quotes[0].wording_id}")

    assert len(found) == 2
    assert read[0] < 20


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("matches/?kind=like", "kind"),
        ("matches/?wording=one", "wording"),
        ("wordings/?claim=-1", "claim"),
        ("wordings/?status=sure", "status"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_name(
    client: Client, address: str, parameter: str
) -> None:
    assert list(get_refusals(client, f"{API}/{address}")) == [parameter]


def test_claims_are_narrowed_to_those_that_are_disputed_in_some_way(
    client: Client, quotes: list[Quote]
) -> None:
    other = make_quote(content="it hails in the south")

    assert list_ids(client, "claims/?disputed=yes") == [quotes[0].wording_id]
    assert list_ids(client, "claims/?disputed=denied") == [quotes[0].wording_id]
    assert list_ids(client, "claims/?disputed=figures") == []
    assert other.wording_id in list_ids(client, "claims/")
    assert "disputed" in get_refusals(client, f"{API}/claims/?disputed=perhaps")
