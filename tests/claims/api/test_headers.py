"""What answers carry beside their bodies: who may keep them, who may read them, how often one may ask."""

from typing import Any

import pytest
from django.test import Client

from claims.models import ApiUsage
from tests.claims.api_client import API
from tests.claims.api_tokens import build_header, make_token
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


def test_what_is_read_is_the_same_for_everybody_and_may_be_kept(curator: Client) -> None:
    quote = make_quote()

    response = curator.get(f"{API}/quotes/{quote.pk}/")
    again = curator.get(f"{API}/quotes/{quote.pk}/", headers={"if-none-match": response["ETag"]})

    assert "Cookie" not in response["Vary"]
    assert response["Cache-Control"] == "public, no-cache"
    assert (again.status_code, again.content) == (304, b"")


def test_what_has_not_changed_is_told_with_the_same_headers(client: Client, settings: Any) -> None:
    settings.API_LIMIT = 9
    tag = client.get(f"{API}/trust/")["ETag"]

    response = client.get(f"{API}/trust/", headers={"if-none-match": tag})

    assert response.status_code == 304
    assert response["RateLimit"].startswith('"address";r=7;')
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, no-cache"


def test_a_changed_row_has_another_tag(client: Client) -> None:
    quote = make_quote()
    before = client.get(f"{API}/quotes/{quote.pk}/")["ETag"]

    type(quote).objects.filter(pk=quote.pk).update(status="accepted")

    response = client.get(f"{API}/quotes/{quote.pk}/", headers={"if-none-match": before})
    assert response.status_code == 200


def test_what_is_read_by_a_token_is_for_its_owner(client: Client) -> None:
    response = client.get(f"{API}/quotes/", headers=build_header(make_token()))

    assert response["Cache-Control"] == "private, no-cache"
    assert "Authorization" in response["Vary"]


def test_errors_are_not_kept(client: Client) -> None:
    assert client.get(f"{API}/quotes/404/")["Cache-Control"] == "no-store"


def test_every_page_of_the_web_may_read_and_none_may_write(client: Client) -> None:
    origin = {"origin": "https://news.example"}
    asked = {**origin, "access-control-request-method": "POST"}

    read = client.get(f"{API}/quotes/", headers=origin)
    missing = client.get(f"{API}/quotes/404/", headers=origin)
    preflight = client.options(f"{API}/deliveries/", headers=asked)
    written = client.post(f"{API}/deliveries/", {}, "application/json", headers=origin)

    for response in (read, missing):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in response["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in response
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Authorization" in preflight["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in written


def test_pages_for_people_carry_none_of_it(client: Client) -> None:
    response = client.get("/", headers={"origin": "https://news.example"})

    assert "Access-Control-Allow-Origin" not in response


def test_whoever_asks_too_often_is_told_how_long_to_wait(client: Client, settings: Any) -> None:
    settings.API_LIMIT = 2

    answers = [client.get(f"{API}/quotes/") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    left = [answer["RateLimit"].split(";")[1] for answer in answers]
    assert left == ["r=1", "r=0", "r=0"]
    assert answers[0]["RateLimit-Policy"] == '"address";q=2;w=60'
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert answers[2].json()["type"] == "/api/docs/#too-many"


def test_each_address_and_each_token_has_a_limit_of_its_own(client: Client, settings: Any) -> None:
    settings.API_LIMIT = 1
    token = build_header(make_token())

    answers = [
        client.get(f"{API}/quotes/", REMOTE_ADDR="192.0.2.1"),
        client.get(f"{API}/quotes/", REMOTE_ADDR="192.0.2.2"),
        client.get(f"{API}/quotes/", REMOTE_ADDR="192.0.2.1", headers=token),
        client.get(f"{API}/quotes/", REMOTE_ADDR="192.0.2.2", headers=token),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert not ApiUsage.objects.filter(name__contains="192.0.2").exists()


def test_whoever_tries_tokens_has_the_limit_of_their_address(client: Client, settings: Any) -> None:
    settings.API_LIMIT = 2

    answers = [client.get(f"{API}/quotes/", headers=build_header("no")) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [401, 401, 429]


def test_a_new_minute_begins_anew(client: Client, settings: Any) -> None:
    settings.API_LIMIT = 1
    client.get(f"{API}/quotes/")
    ApiUsage.objects.update(minute=1)

    assert client.get(f"{API}/quotes/").status_code == 200
