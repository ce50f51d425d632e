import json
from base64 import b64encode
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from claims.models import Outlet
from claims.search.filters import Filters
from tests.claims.api_client import API, LISTS, get_json, get_refusals, list_all_results
from tests.factories import make_article, make_factcheck, make_match, make_outlet, make_quote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("size", [1, 3, 5, 50])
def test_following_the_pages_meets_every_row_once(client: Client, address: str, size: int) -> None:
    quotes = []
    for number in range(11):
        quotes.append(make_quote(actor=f"Speaker {number}", content=f"number {number}"))
        make_outlet(f"Outlet {number}")
    for number, quote in enumerate(quotes):
        make_match(quotes[number - 1], quote)
        make_factcheck(quote)

    met = list_all_results(client, f"{address}?page_size={size}")

    every_row = get_json(client, f"{address}?page_size=200")["results"]
    everything = {name_row(row) for row in every_row}
    assert len(everything) == len(met) == {f"{API}/outlets/": 12}.get(address, 11)
    assert {name_row(row) for row in met} == everything


def name_row(row: dict[str, Any]) -> Any:
    """What is a row's own: the address of its page, else its number."""
    return row.get("page", row["id"]) if "id" in row else row["page"]


ORDERED = [
    "order=newest",
    "order=oldest",
    "q=ferry+bridge",
    "q=bridge",
    "q=bridge&order=newest",
    "q=bridge&order=oldest",
]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_articles_are_followed_to_their_end_those_without_a_date_last(
    client: Client, size: int
) -> None:
    days = [date(2024, 3, 5), None, date(2024, 3, 7), None, date(2024, 3, 5)]
    articles = [make_article(published_on=day) for day in days]

    met = turned(client, f"{API}/articles/?page_size={size}")

    assert [row["id"] for rows in met for row in rows] == [
        articles[at].pk for at in (2, 4, 0, 3, 1)
    ]
    assert [row["published_on"] for rows in met for row in rows] == [
        "2024-03-07",
        "2024-03-05",
        "2024-03-05",
        None,
        None,
    ]


@pytest.mark.parametrize(
    "position", [[None, "1"], ["2024-03-05", None], ["None", "1"], [1, "1"], [None]]
)
def test_a_cursor_without_a_value_is_of_a_column_that_may_have_none(
    client: Client, position: list[object]
) -> None:
    make_article(published_on=None)
    cursor = b64encode(urlencode({"p": json.dumps(position)}).encode()).decode()

    response = client.get(f"{API}/articles/", {"cursor": cursor})

    assert response.status_code == (200 if position == [None, "1"] else 404)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("query", ORDERED)
def test_each_order_is_followed_to_its_end_whatever_ties_there_are(
    client: Client, query: str, size: int
) -> None:
    for number in range(7):
        day = date(2024, 3, 5) + timedelta(days=number // 3) if number % 3 else None
        apart = f"ferry {'slow ' * (number // 2)}bridge"
        article = make_article(
            f"Veldania said {apart}. Ana Bell said the bridge.", published_on=day
        )
        make_quote(article=article, content=apart)
        make_quote(article=article, actor="Ana Bell", content="the bridge")
    expected = list(Filters.read(QueryDict(query)).quotes())

    met = turned(client, f"{API}/quotes/?{query}&page_size={size}")

    assert [row["id"] for rows in met for row in rows] == [quote.pk for quote in expected]
    assert [len(rows) for rows in met[:-1]] == [size] * (len(met) - 1)


def turned(client: Client, address: str) -> list[list[dict[str, Any]]]:
    """The rows of each page, when one turns back from each to the one before and forth again; both must be as they were.

    And so must be all of them, when one turns back from the last to the first.
    """
    page = get_json(client, address)
    met = [page["results"]]
    while page["next"]:
        following = get_json(client, page["next"])
        before = get_json(client, following["previous"])
        assert before["results"] == page["results"]
        assert get_json(client, before["next"])["results"] == following["results"]
        met.append(following["results"])
        page = following
    assert back(client, page) == met
    return met


def back(client: Client, page: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The rows of each page from this one back to the first, in the order of the list."""
    met = [page["results"]]
    while page["previous"]:
        page = get_json(client, page["previous"])
        met.insert(0, page["results"])
    return met


def test_pages_and_api_show_the_same_quotes_in_the_same_order(client: Client) -> None:
    text = "Veldania said it rains and Veldania added it pours and Veldania warned it snows."
    for number in range(3):
        article = make_article(text, published_on=date(2024, 3, 5 - number // 2))
        for cue, content in [("warned", "it snows"), ("said", "it rains"), ("added", "it pours")]:
            make_quote(article=article, cue=cue, content=content)

    for query in ("", "order=oldest", "q=it+rains+or+snows"):
        shown = [quote.pk for quote in client.get(f"/?{query}").context["stream"].quotes]
        assert [row["id"] for row in get_json(client, f"{API}/quotes/?{query}")["results"]] == shown


def test_a_page_leads_back_to_the_one_before(client: Client) -> None:
    for number in range(5):
        make_quote(content=f"number {number}", article=None)
    first = get_json(client, f"{API}/claims/?page_size=2")

    second = get_json(client, first["next"])

    assert first["previous"] is None
    assert get_json(client, second["previous"])["results"] == first["results"]


def test_articles_that_come_in_while_one_reads_shift_nothing(client: Client) -> None:
    for number in range(4):
        article = make_article("Veldania said it rains.", published_on=date(2024, 3, 1 + number))
        make_quote(article=article, content="it rains")
    first = get_json(client, f"{API}/quotes/?page_size=2")

    make_quote(
        article=make_article("Veldania said it pours.", published_on=date(2024, 3, 9)),
        content="it pours",
    )
    second = get_json(client, first["next"])

    days = [row["article"]["published_on"] for row in first["results"] + second["results"]]
    assert days == ["2024-03-04", "2024-03-03", "2024-03-02", "2024-03-01"]


@pytest.mark.parametrize(
    ("query", "rows"), [("", 50), ("?page_size=3", 3), ("?page_size=200", 200)]
)
def test_the_size_of_a_page_is_the_readers(client: Client, query: str, rows: int) -> None:
    Outlet.objects.bulk_create([Outlet(name=name, slug=name) for name in map(str, range(201))])

    page = get_json(client, f"{API}/outlets/{query}")

    assert len(page["results"]) == rows
    assert page["next"]


@pytest.mark.parametrize(
    "size", ["0", "-1", "201", "1000000000000", "0000001999999", "x", "", "²", "%00"]
)
@pytest.mark.parametrize("address", LISTS)
def test_the_size_of_a_page_has_its_limits(client: Client, address: str, size: str) -> None:
    refusal = get_refusals(client, f"{address}?page_size={size}")

    assert refusal == {"page_size": ["“page_size” should be a number from 1 to 200."]}


def cursor(state: str) -> str:
    return b64encode(state.encode()).decode().replace("=", "%3D")


@pytest.mark.parametrize("address", [f"{each}?" for each in LISTS] + [f"{API}/quotes/?q=bridge&"])
@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("", id="empty"),
        pytest.param("x", id="not Base64"),
        pytest.param("%C3%A9", id="not ASCII"),
        pytest.param("%00", id="NUL"),
        pytest.param(cursor("é"), id="not ASCII within"),
        pytest.param(cursor("p=%00"), id="a position with NUL"),
        pytest.param(cursor("o=1"), id="an offset"),
        pytest.param(cursor("o=-1"), id="a negative offset"),
        pytest.param(cursor("o=many"), id="an offset in words"),
        pytest.param(cursor("p=[]"), id="no values"),
        pytest.param(cursor("p=1"), id="a number"),
        pytest.param(cursor("p=[1]"), id="a number in a list"),
        pytest.param(cursor('p=["\\u0000"]'), id="NUL in a list"),
        pytest.param(cursor('p=["a","b","c","d","e"]'), id="too many values"),
        pytest.param(cursor("p=" + "[" * 100_000), id="deep"),
        pytest.param(cursor("r=maybe"), id="a direction in words"),
    ],
)
def test_a_broken_cursor_is_not_found(client: Client, address: str, broken: str) -> None:
    make_quote(actor="Veldania")

    problem = get_json(client, f"{address}cursor={broken}", status=404)

    assert (problem["title"], problem["detail"]) == ("Not Found", "Invalid cursor")


@pytest.mark.parametrize("position", ["2024-99-99", "yesterday", "", "9" * 5000])
@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("claims/?", 1),
        ("articles/?", 2),
        ("quotes/?", 4),
        ("quotes/?order=oldest&", 4),
        ("quotes/?q=bridge&", 2),
    ],
)
def test_a_cursor_whose_values_are_none_in_its_order_is_not_found(
    client: Client, query: str, columns: int, position: str
) -> None:
    make_quote(content="the bridge is safe")
    broken = cursor(f"p={json.dumps([position] * columns)}")

    assert "detail" in get_json(client, f"{API}/{query}cursor={broken}", status=404)


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("claims/", ["0"]),
        ("claims/", ["-" + "9" * 40]),
        ("actors/", ["zz"]),
        ("outlets/", ["zz"]),
        ("articles/", ["1900-01-01", "1"]),
        ("quotes/", ["1900-01-01", "1", "1", "1"]),
    ],
)
def test_a_cursor_past_the_end_is_an_empty_page(
    client: Client, query: str, values: list[str]
) -> None:
    make_quote(actor="Veldania")

    page = get_json(client, f"{API}/{query}?cursor={cursor(f'p={json.dumps(values)}')}")

    assert (page["results"], page["next"], page["previous"]) == ([], None, None)


def test_a_cursor_of_another_order_is_not_found(client: Client) -> None:
    for number in range(3):
        article = make_article(
            "Veldania said the bridge is safe.", published_on=date(2024, 3, 5 + number)
        )
        make_quote(article=article, content="the bridge is safe")
    following = get_json(client, f"{API}/quotes/?page_size=1&order=newest&q=bridge")["next"]

    get_json(client, following.replace("order=newest", "order=relevance"), status=404)
