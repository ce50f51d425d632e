"""Fact-checks as JSON."""

import pytest
from django.test import Client

from tests.claims.api_client import API, get_json
from tests.factories import make_factcheck, make_quote

pytestmark = pytest.mark.django_db


def test_a_fact_check_tells_what_was_found_by_whom_and_of_which_claims(client: Client) -> None:
    quote = make_quote()
    check = make_factcheck(quote, rating="Mostly false", said_by="Ana Bell")

    row = get_json(client, f"{API}/factchecks/{check.pk}/")

    assert (row["rating"], row["reviewer"], row["said_by"]) == (
        "Mostly false",
        "Harbour Checks",
        "Ana Bell",
    )
    assert row["claims"] == [
        {
            "wording": quote.wording_id,
            "claim": quote.wording.claim_id,
            "status": "sure",
            "score": 0.9,
        }
    ]


def test_those_of_a_claim_are_found_and_none_that_is_only_proposed(client: Client) -> None:
    first, second = make_quote(), make_quote(content="the ferry is late again")
    shown = make_factcheck(first)
    make_factcheck(second, status="proposed")

    def list_ids(query: str = "") -> list[int]:
        return [row["id"] for row in get_json(client, f"{API}/factchecks/{query}")["results"]]

    assert list_ids(f"?claim={first.wording.claim_id}") == [shown.pk]
    assert list_ids(f"?claim={second.wording.claim_id}") == []
    assert len(list_ids()) == 2
    assert get_json(client, f"{API}/factchecks/?claim=one", 400)
