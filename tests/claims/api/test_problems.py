"""Every error of the API is told as problem details."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from claims.api.problems import PROBLEMS
from claims.api.views.quotes import QuoteViewSet
from tests.claims.api_client import API, get_json

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{API}/nothing/", 404),
        (f"{API}/nothing/at/all", 404),
        ("/api/", 404),
        ("/api/v2/quotes/", 404),
        (f"{API}/quotes/404/", 404),
        (f"{API}/quotes/?act=shout", 400),
        (f"{API}/quotes/?format=csv", 400),
        (f"{API}/comparison/?actor=veldania", 400),
        (f"{API}/changes/?since=yesterday", 400),
    ],
)
def test_an_error_says_what_it_is_where_and_why(client: Client, address: str, status: int) -> None:
    problem = get_json(client, address, status)

    assert (problem["type"], problem["status"]) == (f"/api/docs/#{PROBLEMS[status][0]}", status)
    assert address.startswith(problem["instance"].rstrip("/"))
    assert problem["title"]
    assert problem["detail"]
    assert ("errors" in problem) == (status == 400)


def test_an_unknown_format_is_named(client: Client) -> None:
    (error,) = get_json(client, f"{API}/quotes/?format=csv", status=400)["errors"]

    assert error == {
        "where": "query",
        "name": "format",
        "detail": "There is no filter “format”.",
    }


def test_another_media_type_is_refused_as_a_problem(client: Client) -> None:
    response = client.get(f"{API}/quotes/", headers={"accept": "text/csv"})

    assert (response.status_code, response.json()["type"]) == (406, "/api/docs/#no-such-format")
    assert response["Content-Type"] == "application/problem+json"


def test_a_wrong_method_is_told_with_those_that_are_taken(client: Client) -> None:
    response = client.post(f"{API}/quotes/", {}, content_type="application/json")

    assert (response.status_code, response.json()["status"]) == (405, 405)
    assert response["Content-Type"] == "application/problem+json"
    assert "GET" in response["Allow"]


def test_a_failure_of_ours_is_told_as_a_problem_without_its_cause(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("the secret cause")

    monkeypatch.setattr(QuoteViewSet, "get_queryset", fail)
    client.raise_request_exception = False

    problem = get_json(client, f"{API}/quotes/1/", status=500)

    assert (problem["type"], problem["title"]) == ("/api/docs/#failed", "Internal Server Error")
    assert "secret" not in str(problem)


def test_a_database_that_cannot_be_reached_is_told_as_that(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(QuoteViewSet, "get_queryset", fail)

    assert get_json(client, f"{API}/quotes/1/", status=503)["type"] == "/api/docs/#unavailable"


def test_the_page_of_the_api_tells_of_every_kind_of_problem(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()

    for anchor, sentence in PROBLEMS.values():
        assert f'id="{anchor}"' in page
        assert sentence in page


def test_the_slash_at_the_end_may_be_left_out(client: Client) -> None:
    assert get_json(client, f"{API}/quotes") == get_json(client, f"{API}/quotes/")
