"""Tokens: what is kept of them, what they may, how they end, and who sees them."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from claims.models import ApiToken
from tests.claims.api_client import API
from tests.claims.api_tokens import build_header, make_token, make_user, send
from tests.factories import make_quote

pytestmark = pytest.mark.django_db

OWN_PAGE = "/admin/claims/apitoken/own/"
FORM = {"name": "nightly import", "scopes": ["read", "write:articles"], "days": "90"}


def read(client: Client, token: str) -> Any:
    return client.get(f"{API}/quotes/", headers=build_header(token))


def test_a_token_is_kept_as_a_digest_alone() -> None:
    token = make_token()

    (row,) = ApiToken.objects.values()

    assert token not in str(row)
    assert len(token) > len("newsroom_") + 40
    assert token.startswith(row["beginning"])
    assert len(row["beginning"]) < 16


def test_a_token_notes_when_it_was_used_last(client: Client) -> None:
    token = make_token()

    assert read(client, token).status_code == 200
    used_at = ApiToken.objects.get().used_at
    assert used_at
    assert timezone.now() - used_at < timedelta(minutes=1)


@pytest.mark.parametrize("end", ["unknown", "revoked", "expired", "owner gone"])
def test_a_token_that_is_no_more_is_refused_even_for_reading(client: Client, end: str) -> None:
    token = make_token()
    assert read(client, token).status_code == 200
    if end == "unknown":
        token += "x"
    elif end == "revoked":
        ApiToken.objects.all().revoke()
    elif end == "expired":
        ApiToken.objects.update(expires_at=timezone.now())
    else:
        owner = ApiToken.objects.get().owner
        type(owner).objects.filter(pk=owner.pk).update(is_active=False)

    response = read(client, token)

    assert (response.status_code, response.json()["type"]) == (401, "/api/docs/#not-signed-in")
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_token_without_the_scope_to_read_does_not_read(client: Client) -> None:
    assert read(client, make_token("write:articles")).status_code == 403


def test_a_token_does_no_more_than_its_scopes_say(client: Client) -> None:
    quote = make_quote()
    token = make_token("read", "write:articles", user=make_user("change_quote", "add_article"))

    response = send(client, f"{API}/quotes/{quote.pk}/decisions/", {"what": "accept"}, token)

    assert response.status_code == 403
    assert "write:decisions" in response.json()["detail"]


def test_a_token_does_no_more_than_its_owner_may(client: Client) -> None:
    token = make_token("write:decisions", user=make_user("add_article"))

    response = send(client, f"{API}/quotes/{make_quote().pk}/decisions/", {}, token)

    assert response.status_code == 403


def test_no_token_comes_into_a_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    token = make_token("read")
    client.raise_request_exception = False

    with caplog.at_level(logging.DEBUG):
        read(client, token)
        read(client, f"{token}x")
        send(client, f"{API}/deliveries/", {"url": "https://news.example/"}, token)

    assert token not in caplog.text


# The page of their owner


def test_a_token_is_made_on_a_page_that_shows_it_once(staff: Any) -> None:
    browser = staff("add_apitoken")

    page = browser.post(OWN_PAGE, FORM).content.decode()

    token = page.split("<code>newsroom_")[1].split("<")[0]
    assert read(Client(), f"newsroom_{token}").status_code == 200
    again = browser.get(OWN_PAGE)
    assert token not in again.content.decode()
    assert "nightly import" in again.content.decode()
    assert "no-store" in again["Cache-Control"]


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["write:all"]}, {"days": "100000"}]
)
def test_a_token_that_makes_no_sense_is_not_made(staff: Any, wrong: dict[str, Any]) -> None:
    response = staff("add_apitoken").post(OWN_PAGE, {**FORM, **wrong})

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert not ApiToken.objects.exists()


def test_their_owner_revokes_a_token_and_nobody_elses(client: Client, staff: Any) -> None:
    others = make_token(user=make_user(name="Ruth"))
    browser = staff("add_apitoken")
    browser.post(OWN_PAGE, FORM)
    own = ApiToken.objects.get(owner__username="Sam")

    for token in ApiToken.objects.all():
        browser.post(OWN_PAGE, {"revoke": str(token.pk)})

    assert ApiToken.objects.get(pk=own.pk).state == "revoked"
    assert read(Client(), others).status_code == 200


def test_an_administrator_sees_and_revokes_all_and_others_see_their_own(
    curator: Client, staff: Any
) -> None:
    make_token(user=make_user(name="Ruth"))
    call_command("roles", verbosity=0)
    token = ApiToken.objects.get()
    listed = "/admin/claims/apitoken/"
    chosen = {"action": "revoke", "_selected_action": [token.pk]}

    seen = curator.get(listed).content.decode()
    curator.post(listed, chosen)

    assert token.beginning in seen
    assert token.digest not in seen
    assert ApiToken.objects.get().state == "revoked"
    assert token.beginning not in staff("view_apitoken").get(listed).content.decode()
