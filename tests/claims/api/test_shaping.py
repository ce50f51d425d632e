"""Fields alone, rows in full, and rows by several keys, days and orders."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.api.views import RESOURCES
from tests.claims.api_client import API, get_detail_addresses, get_json, get_refusals
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db


def test_the_fields_asked_for_are_sent_alone(client: Client) -> None:
    quote = make_quote()

    page = get_json(client, f"{API}/quotes/?fields=id,act")
    row = get_json(client, f"{API}/quotes/{quote.pk}/?fields=content")

    assert page["results"] == [{"id": quote.pk, "act": "say"}]
    assert list(row) == ["content"]


@pytest.mark.parametrize("name", RESOURCES)
def test_every_resource_takes_fields_and_refuses_unknown_ones(client: Client, name: str) -> None:
    address = get_detail_addresses(make_quote(actor="Veldania"))[name]
    field = next(iter(get_json(client, address)))

    assert list(get_json(client, f"{address}?fields={field}")) == [field]
    for asked in (address, f"{API}/{RESOURCES[name]}/"):
        assert list(get_refusals(client, f"{asked}?fields={field},colour")) == ["fields"]


def test_the_rows_behind_a_quote_are_as_at_their_own_addresses(client: Client) -> None:
    quote = make_quote(actor="Veldania")
    unknown = make_quote(actor=None)
    addresses = get_detail_addresses(quote)

    asked = f"{API}/quotes/{{}}?expand=actor,claim,article"
    row = get_json(client, asked.format(f"{quote.pk}/"))
    rows = get_json(client, asked.format(""))["results"]

    for name in ("actor", "claim", "article"):
        assert row["expanded"][name] == get_json(client, addresses[name]), name
    by_id = {each["id"]: each["expanded"] for each in rows}
    assert by_id[quote.pk] == row["expanded"]
    assert by_id[unknown.pk]["actor"] is None
    assert list(get_json(client, f"{API}/quotes/?expand=claim")["results"][0]["expanded"]) == [
        "claim"
    ]


def test_expanding_takes_the_same_queries_whatever_it_holds(client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            get_json(client, f"{API}/quotes/?expand=actor,claim,article")
        return len(queries)

    for number in range(2):
        make_quote(actor=f"Speaker {number}", content=f"that number {number} is safe")
    few = cost()
    for number in range(2, 12):
        make_quote(actor=f"Speaker {number}", content=f"that number {number} is safe")

    assert cost() == few <= 17


def test_several_rows_are_asked_for_by_their_keys(client: Client) -> None:
    first, _, third = (
        make_quote(actor=make_actor(name)) for name in ("Veldania", "Norland", "Ana")
    )

    quotes = get_json(client, f"{API}/quotes/?id__in={first.pk},{third.pk},404")
    actors = get_json(client, f"{API}/actors/?slug__in=norland,nobody")

    assert {row["id"] for row in quotes["results"]} == {first.pk, third.pk}
    assert quotes["count"] == 2
    assert [row["slug"] for row in actors["results"]] == ["norland"]


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("published__gte=2024-03-02", [4, 3, 2]),
        ("published__lte=2024-03-02", [2, 1]),
        ("published__gte=2024-03-02&published__lte=2024-03-03", [3, 2]),
        ("ordering=published", [1, 2, 3, 4]),
        ("ordering=-published", [4, 3, 2, 1]),
        ("ordering=id", [2, 1, 4, 3]),
        ("ordering=-id", [3, 4, 1, 2]),
        ("language=EN", [3]),
    ],
)
def test_articles_are_narrowed_and_ordered(client: Client, query: str, days: list[int]) -> None:
    for day in (2, 1, 4, 3):
        language = "en" if day == 3 else "cs"
        make_article(f"Day {day}.", published_on=date(2024, 3, day), language=language)

    seen = []
    address = f"{API}/articles/?{query}&page_size=2"
    while address:
        page = get_json(client, address)
        seen += [int(row["published_on"][-2:]) for row in page["results"]]
        address = page["next"]

    assert seen == days


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("articles/?published__gte=yesterday", "published__gte"),
        ("articles/?ordering=title", "ordering"),
        ("articles/?id__in=one", "id__in"),
        ("quotes/?id__in=", "id__in"),
        ("quotes/?id__in=" + ",".join(["1"] * 201), "id__in"),
        ("quotes/?since=", "since"),
        ("claims/?copies=", "copies"),
        ("outlets/herald/?copies=", "copies"),
        ("articles/?published__lte=", "published__lte"),
        ("timeline/?until=", "until"),
        ("quotes/?expand=speaker", "expand"),
        ("quotes/?expand=", "expand"),
        ("actors/?expand=article", "expand"),
        ("actors/?slug__in=a%00b", "slug__in"),
        ("outlets/?slug__in=", "slug__in"),
        ("articles/?language=", "language"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_name(client: Client, query: str, name: str) -> None:
    assert list(get_refusals(client, f"{API}/{query}")) == [name]
