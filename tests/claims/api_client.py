"""The API as programs read it."""

from collections.abc import Iterator
from typing import Any

from django.test import Client

from claims.api.views import RESOURCES
from claims.models import FactCheck, Match, Quote, Wording
from tests.factories import make_factcheck

API = "/api/v1"
MOST_PAGES = 100
LISTS = [f"{API}/{plural}/" for plural in RESOURCES.values()]


def get_json(client: Client, address: str, status: int = 200) -> Any:
    """The JSON at an address; of an error it is problem details."""
    response = client.get(address)
    assert response.status_code == status, (address, response.content[:300])
    media_type = "application/json" if status < 400 else "application/problem+json"
    assert response["Content-Type"] == media_type
    return response.json()


def get_refusals(client: Client, address: str) -> dict[str, list[str]]:
    """What an address refuses of its parameters: messages by the parameters' names."""
    problem = get_json(client, address, status=400)
    messages: dict[str, list[str]] = {}
    for error in problem["errors"]:
        assert error["where"] == "query"
        messages.setdefault(error["name"], []).append(error["detail"])
    return messages


def get_detail_addresses(quote: Quote) -> dict[str, str]:
    """The address of a quote and of each row behind it, by resource."""
    assert quote.actor
    return {
        "quote": f"{API}/quotes/{quote.pk}/",
        "actor": f"{API}/actors/{quote.actor.slug}/",
        "claim": f"{API}/claims/{quote.claim_id}/",
        "wording": f"{API}/wordings/{quote.wording_id}/",
        "match": f"{API}/matches/{find_or_make_match(quote).pk}/",
        "factcheck": f"{API}/factchecks/{find_or_make_factcheck(quote).pk}/",
        "article": f"{API}/articles/{quote.article_id}/",
        "outlet": f"{API}/outlets/{quote.article.outlet.slug}/",
    }


def find_or_make_match(quote: Quote) -> Match:
    """How the wording of a quote relates to another, which nobody says."""
    found = Match.objects.of(quote.wording_id).first()
    if found:
        return found
    other = Wording.objects.create(text="it is not so", key=f"not {quote.pk}")
    return Match.objects.create(
        first=quote.wording, second=other, kind="denies", status="sure", found="sure", score=0.9
    )


def find_or_make_factcheck(quote: Quote) -> FactCheck:
    """What somebody found of what the quote says."""
    found = FactCheck.objects.filter(matches__wording__key=quote.wording.key).first()
    return found or make_factcheck(quote)


def list_result_pages(client: Client, address: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of each page of a list, from the first to the last."""
    following = address
    for _ in range(MOST_PAGES):
        page = get_json(client, following)
        following = page["next"]
        yield page["results"]
        if not following:
            return
    raise AssertionError("the pages have no end")


def list_all_results(client: Client, address: str) -> list[dict[str, Any]]:
    return [row for rows in list_result_pages(client, address) for row in rows]
