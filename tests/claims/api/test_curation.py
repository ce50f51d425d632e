"""What curators write by a token: decisions, merges, articles, and taking them back."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from claims.desk.leases import lease_quote
from claims.history.quotes import list_history_changes
from claims.models import Actor, Article, ArticleVersion, Delivery, Quote
from tests.claims.api_client import API, get_json
from tests.claims.api_tokens import make_token, make_user, send
from tests.claims.desk_client import SPOKEN, make_doubtful
from tests.factories import make_actor, make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def token() -> str:
    permissions = ("change_quote", "add_quote", "add_actor", "merge_actor", "add_article")
    scopes = ("read", "write:decisions", "write:merges", "write:articles")
    return make_token(*scopes, user=make_user(*permissions))


def get_state(client: Client, quote: Quote) -> str:
    return str(get_json(client, f"{API}/quotes/{quote.pk}/history/")["state"])


def decide(client: Client, quote: Quote, token: str, what: str, **values: Any) -> Any:
    body = {"what": what, "state": get_state(client, quote), **values}
    return send(client, f"{API}/quotes/{quote.pk}/decisions/", body, token)


def find(words: str) -> dict[str, int]:
    start = SPOKEN.index(words)
    return {"start": start, "end": start + len(words)}


PARTS = {"who": find("Ana Bell"), "cue": find("denied"), "contents": [find("it")]}


@pytest.mark.parametrize(
    ("what", "values", "field", "expected"),
    [
        ("accept", {}, "status", "accepted"),
        ("reject", {}, "status", "rejected"),
        ("actor", {"actor": "norland"}, "actor", {"slug": "norland"}),
        ("unknown", {}, "actor", None),
        (
            "new",
            {"name": "Ruth Okafor", "kind_of_actor": "person"},
            "actor",
            {"name": "Ruth Okafor"},
        ),
        ("act", {"act": "deny"}, "stance", "denies"),
        ("kind", {"kind": "direct"}, "kind", "direct"),
        ("spans", PARTS, "cue", {"text": "denied"}),
    ],
)
def test_a_quote_is_decided_on_as_at_the_desk(
    client: Client, token: str, what: str, values: dict[str, Any], field: str, expected: Any
) -> None:
    make_actor("Norland")
    quote = make_doubtful()

    response = decide(client, quote, token, what, **values)

    assert response.status_code == 201, response.content
    told = response.json()["quote"][field]
    assert (told.items() >= expected.items()) if isinstance(expected, dict) else told == expected
    assert response.json()["state"] == get_state(client, quote)


def test_a_missed_quote_is_added(client: Client, token: str) -> None:
    quote = make_doubtful()

    added = decide(client, quote, token, "add", act="deny", **PARTS).json()["added"]

    assert (added["cue"]["text"], added["status"]) == ("denied", "accepted")
    assert get_json(client, f"{API}/quotes/{added['id']}/")["act"] == "deny"


def test_a_decision_is_kept_with_who_took_it_and_why(client: Client, token: str) -> None:
    quote = make_doubtful()

    decide(client, quote, token, "accept", why="It stands in the minutes.")

    (change,) = [each for each in list_history_changes(quote) if each.who]
    assert (change.who, change.why) == ("Sam", "It stands in the minutes.")
    history = get_json(client, f"{API}/quotes/{quote.pk}/history/")
    told = {each["by"]: each["what"] for each in history["changes"]}
    assert told["curator"] == ["review: unreviewed → accepted"]
    assert "Sam" not in str(history)


def test_a_decision_is_undone_by_whoever_took_it(client: Client, token: str) -> None:
    quote = make_doubtful()
    decision = decide(client, quote, token, "reject").json()["decision"]
    address = f"{API}/decisions/{decision}/undo/"
    other = make_token("write:decisions", user=make_user("change_quote", name="Ruth"))

    refused = send(client, address, {}, other)
    undone = send(client, address, {}, token)
    again = send(client, address, {}, token)

    assert [each.status_code for each in (refused, undone, again)] == [422, 200, 422]
    assert undone.json()["quotes"] == [quote.pk]
    assert Quote.objects.get().status == "unreviewed"


def test_what_has_changed_since_it_was_read_is_not_decided(client: Client, token: str) -> None:
    quote = make_doubtful()
    state = get_state(client, quote)
    Quote.objects.update(act="deny")

    body = {"what": "accept", "state": state}
    response = send(client, f"{API}/quotes/{quote.pk}/decisions/", body, token)

    assert (response.status_code, response.json()["type"]) == (409, "/api/docs/#changed")
    assert Quote.objects.get().status == "unreviewed"


def test_what_another_curator_looks_at_is_left_alone(client: Client, token: str) -> None:
    quote = make_doubtful()
    lease_quote(quote.pk, User.objects.create_user("Ruth"))

    response = decide(client, quote, token, "accept")

    assert (response.status_code, Quote.objects.get().status) == (409, "unreviewed")
    assert "Ruth" in response.json()["detail"]


@pytest.mark.parametrize(
    ("values", "status", "name"),
    [
        ({"what": "shout"}, 400, "what"),
        ({"what": "act"}, 400, "act"),
        ({"what": "spans"}, 400, "cue"),
        ({"what": "accept", "colour": "red"}, 400, "colour"),
        ({"what": "actor", "actor": "nobody"}, 422, ""),
        ({"what": "runner", "runner_up": 3}, 422, ""),
        ({"what": "spans", **PARTS, "cue": {"start": 9, "end": 3}}, 400, "cue.end"),
        ({"what": "spans", **PARTS, "cue": {"start": 9, "end": 9999}}, 422, ""),
        ({"what": "spans", **PARTS, "contents": []}, 422, ""),
        ({"what": "join", "following": 404}, 409, ""),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_written(
    client: Client, token: str, values: dict[str, Any], status: int, name: str
) -> None:
    quote = make_doubtful()
    before = Quote.objects.values().get()

    response = decide(client, quote, token, **values)

    assert response.status_code == status, response.content
    problem = response.json()
    assert [error["name"] for error in problem.get("errors", [])][:1] == ([name] if name else [])
    assert all(error["where"] == "body" for error in problem.get("errors", []))
    assert Quote.objects.values().get() == before


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", '"accept"', "null", "[" * 100_000, '{"what": "\\ud800"}', '{"\\ud800": 1}'],
)
def test_a_body_that_is_none_is_refused(client: Client, token: str, body: str) -> None:
    response = send(client, f"{API}/quotes/{make_doubtful().pk}/decisions/", body, token)

    assert response.status_code == 400


@pytest.mark.parametrize("what", ["spans", "split"])
def test_places_in_an_earlier_text_are_no_places_in_the_text_of_now(
    client: Client, token: str, what: str
) -> None:
    quote = make_doubtful()
    with transaction.atomic():
        Article.objects.filter(pk=quote.article_id).update(
            text="Ana Bell denied it. It is another."
        )
        version = ArticleVersion.objects.get(article=quote.article_id)
        Quote.objects.filter(pk=quote.pk).update(version=version)

    response = decide(client, quote, token, what, **PARTS)

    assert response.status_code == 422, response.content
    assert "no longer has these words" in response.json()["detail"]
    assert Quote.objects.count() == 1


def test_a_body_that_is_too_large_is_not_read(client: Client, token: str) -> None:
    response = send(client, f"{API}/deliveries/", {"text": "It is safe. " * 420_000}, token)

    assert (response.status_code, response.json()["type"]) == (413, "/api/docs/#too-large")


@pytest.mark.parametrize("what", ["add", "split", "new"])
def test_what_makes_a_row_needs_its_permission(client: Client, what: str) -> None:
    token = make_token("write:decisions", user=make_user("change_quote"))
    values = {**PARTS, "act": "deny", "name": "Ruth Okafor", "kind_of_actor": "person"}

    assert decide(client, make_doubtful(), token, what, **values).status_code == 403


# Merges


def test_actors_are_merged_and_that_undone(client: Client, token: str) -> None:
    make_quote(actor=make_actor("Ruth Okafor", "person"))
    make_quote(actor=make_actor("R. Okafor", "person"))
    body = {"others": ["r-okafor"], "reason": "one person", "sure": True}

    merged = send(client, f"{API}/actors/ruth-okafor/merges/", body, token)
    followed = client.get(f"{API}/actors/r-okafor/")
    why = {"reason": "they are two"}
    undone = send(client, f"{API}/merges/{merged.json()['id']}/undo/", why, token)

    assert (merged.status_code, undone.status_code) == (201, 200), merged.content
    assert followed.status_code == 301
    assert followed["Location"].endswith("/actors/ruth-okafor/")
    assert undone.json()["undone_at"]
    assert Actor.objects.filter(slug="r-okafor").exists()


def test_doubts_about_a_merge_have_to_be_looked_at(client: Client, token: str) -> None:
    make_quote(actor=make_actor("Ruth Okafor", "person"))
    make_quote(actor=make_actor("Okafor Bridge Company", "organization"))
    body = {"others": ["okafor-bridge-company"], "reason": "one"}

    response = send(client, f"{API}/actors/ruth-okafor/merges/", body, token)

    assert (response.status_code, response.json()["type"]) == (422, "/api/docs/#refused")
    assert "doubts" in response.json()["detail"]
    assert Actor.objects.filter(slug="okafor-bridge-company").exists()


@pytest.mark.parametrize(
    ("slug", "others", "status"),
    [("ruth-okafor", ["nobody"], 400), ("nobody", ["ruth-okafor"], 404), ("ruth-okafor", [], 400)],
)
def test_only_actors_that_there_are_are_merged(
    client: Client, token: str, slug: str, others: list[str], status: int
) -> None:
    make_actor("Ruth Okafor", "person")
    body = {"others": others, "reason": "one"}

    assert send(client, f"{API}/actors/{slug}/merges/", body, token).status_code == status


# Articles


def test_an_article_is_added_and_its_delivery_told(client: Client, token: str) -> None:
    body = {"text": "Ruth Okafor said the bridge is safe.", "title": "Safe", "date": "2024-03-05"}

    response = send(client, f"{API}/deliveries/", body, token)

    assert response.status_code == 202, response.content
    assert client.get(response["Location"])["Cache-Control"] == "private, no-store"
    told = get_json(client, response["Location"])
    assert [document["state"] for document in told["documents"]] == ["queued"]
    assert (told["keeps_itself"], Delivery.objects.get().added_by.username) == (True, "Sam")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"url": "https://news.example/", "text": "It is safe."}, 400),
        ({"url": "not an address"}, 422),
        ({"text": "   "}, 422),
        ({"text": "It is safe.", "date": "yesterday"}, 400),
    ],
)
def test_what_is_no_article_is_refused(
    client: Client, token: str, body: dict[str, str], status: int
) -> None:
    response = send(client, f"{API}/deliveries/", body, token)

    assert response.status_code == status, response.content
    assert not Delivery.objects.exists()


# By a session


def test_whoever_is_signed_in_writes_without_a_token(staff: Any) -> None:
    quote = make_doubtful()
    browser = staff("change_quote")

    assert decide(browser, quote, "", "accept").status_code == 201


def test_whoever_is_not_is_asked_for_a_token(client: Client) -> None:
    response = decide(client, make_doubtful(), "", "accept")

    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
