"""The page of the API, on which it can be tried without a script."""

import re

import pytest
from django.test import Client

from tests.claims.api_client import API, get_json
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("list_quotes/?act=deny&q=&since=", f"{API}/quotes/?act=deny"),
        ("list_quotes/?act=&q=", f"{API}/quotes/"),
        ("list_quotes/?q=a%26b&act=deny", f"{API}/quotes/?q=a%26b&act=deny"),
        ("get_quote/?id=12&fields=", f"{API}/quotes/12/"),
        ("get_actor/?slug=..%2F..%2Fadmin", f"{API}/actors/..%2F..%2Fadmin/"),
        ("get_quote/?id=", f"{API}/quotes/-/"),
    ],
)
def test_a_form_leads_to_what_it_was_filled_in_with(
    client: Client, asked: str, address: str
) -> None:
    response = client.get(f"/api/docs/try/{asked}")

    assert (response.status_code, response["Location"]) == (302, address)


@pytest.mark.parametrize("name", ["decide_quote", "nothing"])
def test_what_writes_cannot_be_tried(client: Client, name: str) -> None:
    assert client.get(f"/api/docs/try/{name}/").status_code == 404


def test_every_reading_operation_has_a_form_that_leads_to_json(client: Client) -> None:
    make_quote(actor="Veldania")
    page = client.get("/api/docs/").content.decode()

    forms = re.findall(r'<form action="(/api/docs/try/\w+/)">', page)

    assert len(forms) > 20
    assert len(page) < 60_000
    assert "<script>" not in page
    for name in ("list_quotes", "get_facets", "get_trust", "list_changes"):
        form = f"/api/docs/try/{name}/"
        assert form in forms
        get_json(client, client.get(form)["Location"])
