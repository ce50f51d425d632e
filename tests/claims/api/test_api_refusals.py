import pytest
from django.test import Client

from claims.api.views import RESOURCES
from claims.models import Quote
from tests.claims.api_client import API, LISTS, get_detail_addresses, get_json, get_refusals
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", LISTS)
def test_an_unknown_parameter_is_refused_by_name(client: Client, address: str) -> None:
    told = get_refusals(client, f"{address}?colour=red&page=2")

    assert set(told) == {"colour", "page"}
    assert "colour" in told["colour"][0]


@pytest.mark.parametrize("name", RESOURCES)
def test_one_row_takes_no_parameters(client: Client, name: str) -> None:
    address = get_detail_addresses(make_quote(actor="Veldania"))[name]

    assert set(get_refusals(client, f"{address}?colour=red&q=nothing")) == {"colour", "q"}


@pytest.mark.parametrize(
    ("query", "parameter", "told"),
    [
        ("quotes/?act=shout", "act", "shout"),
        ("quotes/?act=deny&act=shout", "act", "shout"),
        ("quotes/?kind=sung", "kind", "sung"),
        ("quotes/?stance=doubts", "stance", "doubts"),
        ("quotes/?status=lost", "status", "lost"),
        ("quotes/?actor=nobody", "actor", "nobody"),
        ("quotes/?about=nobody", "about", "nobody"),
        ("quotes/?outlet=none", "outlet", "none"),
        ("quotes/?since=yesterday", "since", "yesterday"),
        ("quotes/?until=2024-02-30", "until", "2024-02-30"),
        ("quotes/?since=2024-03-01&until=2024-01-01", "until", "2024-01-01"),
        ("quotes/?q=a%00b", "q", "NUL"),
        ("quotes/?q=" + "a" * 501, "q", "500"),
        ("quotes/?order=best", "order", "best"),
        ("quotes/?order=relevance", "order", "relevance"),
        ("actors/?kind=robot", "kind", "robot"),
        ("actors/?kind=a%00b", "kind", "NUL"),
        ("actors/?q=a%00b", "q", "NUL"),
        ("actors/?q=" + "a" * 201, "q", "200"),
        ("claims/?q=a%00b", "q", "NUL"),
        ("articles/?q=" + "a" * 201, "q", "200"),
        ("articles/?outlet=none", "outlet", "none"),
        ("articles/?outlet=a%00b", "outlet", "NUL"),
        ("outlets/?q=herald", "q", "q"),
        ("quotes/?more=actor", "more", "more"),
        ("quotes/?since=20160101", "since", "20160101"),
        ("quotes/?since=2016-01-01&since=2016-01-02", "since", "more than once"),
        ("quotes/?page_size=1&page_size=2", "page_size", "more than once"),
        ("actors/?kind=bogus&kind=person", "kind", "more than once"),
        ("actors/?page_size=1&page_size=2", "page_size", "more than once"),
        ("claims/?q=bridge&q=ferry", "q", "more than once"),
        ("articles/?outlet=harbour-herald&outlet=none", "outlet", "more than once"),
        ("quotes/?q=to+be", "q", "too common"),
        ("claims/?q=the", "q", "too common"),
        ("articles/?q=%22it+is%22", "q", "too common"),
    ],
)
def test_an_unknown_value_is_refused_by_name(
    client: Client, query: str, parameter: str, told: str
) -> None:
    refusal = get_refusals(client, f"{API}/{query}")

    assert list(refusal) == [parameter]
    assert told in refusal[parameter][0]


def test_all_that_is_wrong_is_told_at_once(client: Client) -> None:
    refusal = get_refusals(client, f"{API}/quotes/?act=shout&act=sing&colour=red&since=x")

    assert {name: len(messages) for name, messages in refusal.items()} == {
        "act": 2,
        "colour": 1,
        "since": 1,
    }


@pytest.mark.parametrize(
    "address",
    [
        "quotes/404/",
        "quotes/0/",
        "quotes/-1/",
        "quotes/one/",
        "quotes/99999999999999999999999999/",
        "quotes/%00/",
        "actors/nobody/",
        "actors/Veldania/",
        "actors/a%00b/",
        "actors/%F0%9F%A6%8A/",
        "claims/404/",
        "claims/99999999999999999999999999/",
        "articles/404/",
        "articles/one/",
        "outlets/none/",
        "outlets/%00/",
    ],
)
def test_what_does_not_exist_is_not_found_in_json(client: Client, address: str) -> None:
    make_quote(actor="Veldania")

    assert "detail" in get_json(client, f"{API}/{address}", status=404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_everything_is_only_read(client: Client, method: str) -> None:
    quote = make_quote(actor="Veldania")

    for address in [*LISTS, *get_detail_addresses(quote).values(), f"{API}/"]:
        response = getattr(client, method)(
            address, data={"act": "deny"}, content_type="application/json"
        )
        assert response.status_code == 405, address
        assert "detail" in response.json()

    assert Quote.objects.get().act == "say"
