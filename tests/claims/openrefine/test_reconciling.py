"""A client of the Reconciliation Service API 0.2 that asks what OpenRefine asks, in its order."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.api import reconciling
from claims.models import ActorJoin, ExternalId, FormerSlug
from claims.models.names import build_name_key
from claims.openrefine import bearers, candidates
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

SERVICE = "/api/reconcile/"
NAMES = ("Ambassador Volker", "Volker", "Ambassador Kurt Volker", "Special Envoy")


def ask(client: Client, queries: dict[str, Any], *, by_post: bool = True) -> dict[str, Any]:
    values = {"queries": json.dumps(queries)}
    response = client.post(SERVICE, values) if by_post else client.get(SERVICE, values)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def find_match(client: Client, **query: Any) -> str:
    """Return the id of what a query is taken for without a look; nothing where a person must look."""
    results = ask(client, {"q0": query})["q0"]["result"]
    matches = [each["id"] for each in results if each["match"]]
    assert len(matches) <= 1
    return matches[0] if matches else ""


@pytest.fixture
def people() -> None:
    """Actors with what makes names hard: other names, an initial, a son, a namesake of a body."""
    for number, day in enumerate((date(2019, 11, 20), date(2021, 3, 4))):
        article = make_article(
            f"Kurt Volker said the bridge {number} is safe.",
            outlet=("CBS News", "Harbour Herald")[number],
            published_on=day,
        )
        volker = make_actor("Kurt Volker", "person", names=NAMES)
        make_quote(actor=volker, article=article, content=f"the bridge {number} is safe")
    ExternalId.objects.create(actor=volker, value="Q6446749")
    make_actor("Ana Bell", "person")
    make_actor("Ana Bell Jr", "person")
    make_actor("George W. Bush", "person", names=("George Bush",))
    make_actor("George H. W. Bush", "person")
    make_actor("North Atlantic Council", "organization")
    make_actor("Georgia", "state")
    make_actor("Foreign Ministry (Iran)", "organization")
    make_actor("Supreme Court", "organization")


# The order in which OpenRefine asks: what the service is, a sample for the type, the column, what is
# typed for one cell, a preview, and further columns.


def test_a_client_goes_the_whole_way(client: Client, people: None) -> None:
    manifest = client.get(SERVICE, headers={"origin": "http://127.0.0.1:3333"})
    assert manifest["Access-Control-Allow-Origin"] == "*"
    service = manifest.json()
    assert "0.2" in service["versions"]
    assert {"id": "person", "name": "Person"} in service["defaultTypes"]

    sample = ask(client, {"q0": {"query": "Kurt Volker", "limit": 3}}, by_post=False)
    assert sample["q0"]["result"][0]["type"] == [{"id": "person", "name": "Person"}]

    column = {
        "q0": {"query": "Kurt Volker", "type": "person", "type_strict": "should", "limit": 5},
        "q1": {"query": "Nobody Whatsoever", "type": "person", "type_strict": "should"},
    }
    found = ask(client, column)
    assert [each["id"] for each in found["q0"]["result"] if each["match"]] == ["kurt-volker"]
    assert found["q1"] == {"result": []}

    suggest = service["suggest"]["entity"]
    typed = client.get(suggest["service_url"] + suggest["service_path"], {"prefix": "kurt vol"})
    (offered,) = typed.json()["result"]
    assert (offered["id"], offered["description"]) == ("kurt-volker", "person, 2 quotes")
    path = suggest["flyout_service_path"].replace("${id}", offered["id"])
    assert "Kurt Volker" in client.get(suggest["flyout_service_url"] + path).json()["html"]

    preview = client.get(service["preview"]["url"].replace("{{id}}", "kurt-volker"))
    assert "20 November 2019" in preview.content.decode()
    assert "frame-ancestors *" in preview["Content-Security-Policy"]
    assert "X-Frame-Options" not in preview
    assert client.get(service["view"]["url"].replace("{{id}}", "kurt-volker")).status_code == 200

    proposed = service["extend"]["propose_properties"]
    address = proposed["service_url"] + proposed["service_path"]
    columns = [each["id"] for each in client.get(address, {"type": "person"}).json()["properties"]]
    wanted = {"ids": ["kurt-volker", "no-one"], "properties": [{"id": key} for key in columns]}
    extended = client.post(SERVICE, {"extend": json.dumps(wanted)}).json()
    assert [each["id"] for each in extended["meta"]] == columns
    assert extended["rows"]["kurt-volker"] == {
        "wikidata": [{"str": "Q6446749"}],
        "kind": [{"str": "person"}],
        "aliases": [{"str": name} for name in sorted(NAMES)],
        "quotes": [{"int": 2}],
        "first_quoted": [{"date": "2019-11-20T00:00:00Z"}],
        "last_quoted": [{"date": "2021-03-04T00:00:00Z"}],
        "outlets": [{"str": "Harbour Herald"}, {"str": "CBS News"}],
        "name": [{"str": "Kurt Volker"}],
    }
    assert extended["rows"]["no-one"] == {key: [] for key in columns}


@pytest.mark.parametrize("what", ["property", "type"])
def test_properties_and_types_are_suggested_with_a_word_on_each(client: Client, what: str) -> None:
    suggest = client.get(SERVICE).json()["suggest"][what]

    found = client.get(suggest["service_url"] + suggest["service_path"]).json()["result"]

    assert found
    for each in found:
        path = suggest["flyout_service_path"].replace("${id}", each["id"])
        flyout = client.get(suggest["flyout_service_url"] + path).json()
        assert each["name"] in flyout["html"]


@pytest.mark.parametrize("prefix", ["...", "-----", "“”‘"])
def test_nobody_is_suggested_for_marks_alone(client: Client, people: None, prefix: str) -> None:
    found = client.get(f"{SERVICE}suggest/entity/", {"prefix": prefix}).json()

    assert found == {"result": []}


def test_of_many_who_may_be_meant_the_most_quoted_are_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciling, "MOST_SUGGESTED", 3)
    for number in range(6):
        actor = make_actor(f"Bell Ringer {number}", "person")
        for _ in range(number):
            make_quote(actor=actor)

    found = client.get(f"{SERVICE}suggest/entity/", {"prefix": "bell"}).json()["result"]

    assert [each["name"] for each in found] == [f"Bell Ringer {number}" for number in (5, 4, 3)]


# What is taken for certain


@pytest.mark.parametrize(
    ("query", "taken_for"),
    [
        ({"query": "kurt vólker"}, "kurt-volker"),
        ({"query": "Ambassador Volker"}, ""),
        ({"query": "Ambassador Kurt Volker"}, "kurt-volker"),
        ({"query": "Special Envoy"}, ""),
        ({"query": "Volker"}, ""),
        ({"query": "K. Volker"}, ""),
        ({"query": "Volker, Kurt"}, ""),
        ({"query": "Ana Bell", "type": "person"}, "ana-bell"),
        ({"query": "Ana Bell Jr."}, "ana-bell-jr"),
        ({"query": "Ana Bell", "type": "organization"}, ""),
        ({"query": "Ana Bell", "type": ["organization"], "type_strict": "should"}, ""),
        ({"query": "George Bush"}, ""),
        ({"query": "NAC"}, ""),
        ({"query": "Iranian Foreign Ministry"}, "foreign-ministry-iran"),
        ({"query": "Supreme Court"}, ""),
        ({"query": "Georgia", "type": "state"}, ""),
        ({"query": "Q6446749"}, "kurt-volker"),
        ({"properties": [{"pid": "wikidata", "v": "Q6446749"}]}, "kurt-volker"),
        (
            {"query": "Kurt Volker", "properties": [{"pid": "wikidata", "v": "Q1"}]},
            "",
        ),
        (
            {"query": "Volker", "properties": [{"pid": "wikidata", "v": {"id": "Q6446749"}}]},
            "kurt-volker",
        ),
        (
            {
                "query": "Someone",
                "type": "state",
                "properties": [{"pid": "wikidata", "v": "Q6446749"}],
            },
            "",
        ),
    ],
    ids=str,
)
def test_only_what_is_safe_is_a_match(
    client: Client, people: None, query: dict[str, Any], taken_for: str
) -> None:
    assert find_match(client, **query) == taken_for


@pytest.mark.parametrize(
    ("limit", "offered"), [("0", 1), ("-5", 1), ("2.5", 2), ("1e999", 3), ("NaN", 3)]
)
def test_any_number_is_taken_as_a_limit(client: Client, limit: str, offered: int) -> None:
    for suffix in ("", " Jr", " III"):
        make_actor(f"Ana Bell{suffix}", "person", names=("Mayor Bell",))

    queries = '{"q0": {"query": "Mayor Bell", "limit": ' + limit + "}}"
    response = client.get(SERVICE, {"queries": queries})

    assert len(response.json()["q0"]["result"]) == offered


def test_what_is_no_match_is_still_offered(client: Client, people: None) -> None:
    queries = {"q0": {"query": "Volker, Kurt"}, "q1": {"query": "NAC"}, "q2": {"query": "Georgia"}}

    found = ask(client, queries)

    offered = [found[key]["result"][0]["id"] for key in queries]
    assert offered == ["kurt-volker", "north-atlantic-council", "georgia"]


def test_two_actors_of_one_name_are_never_a_match(client: Client) -> None:
    make_actor("Harbour Board", "organization")
    make_actor("Harbour Board", "group")

    assert find_match(client, query="Harbour Board") == ""


def test_a_name_leads_to_the_actor_that_it_is_now(client: Client) -> None:
    survivor = make_actor("Kurt Volker", "person", names=("Envoy Volkerson",))
    alias = make_actor("Curt Volker", "person")
    ActorJoin.objects.create(alias=alias, actor=survivor, reasons=[])
    FormerSlug.objects.create(slug="k-v", actor=survivor, name="Envoy Volkerson", kind="person")

    found = ask(client, {"q0": {"query": "Curt Volker"}, "q1": {"query": "Envoy Volkerson"}})
    wanted = {"ids": ["k-v", "curt-volker"], "properties": [{"id": "name"}]}
    rows = client.get(SERVICE, {"extend": json.dumps(wanted)}).json()["rows"]

    assert [each["id"] for each in found["q0"]["result"]] == ["kurt-volker"]
    assert [each["id"] for each in found["q1"]["result"]] == ["kurt-volker"]
    assert rows == {slug: {"name": [{"str": "Kurt Volker"}]} for slug in ("k-v", "curt-volker")}


def test_who_is_known_in_one_article_alone_is_no_candidate(client: Client) -> None:
    make_actor("Volker", "person", article=make_article())

    assert ask(client, {"q0": {"query": "Volker"}}) == {"q0": {"result": []}}


# What a batch may cost


def test_no_more_bearers_are_scored_than_the_nearest(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MOST_SCORED", 3)
    for number in range(8):
        make_actor(f"Omar{number} Volker", "person")
    make_actor("Kurt Volker", "person")
    make_actor("Ana Bell", "person")
    scored = []
    score_bearer = candidates.score_bearer

    def count_scored(query: Any, wanted: Any, bearer: bearers.Bearer) -> candidates.Candidate:
        scored.append(bearer.name)
        return score_bearer(query, wanted, bearer)

    monkeypatch.setattr(candidates, "score_bearer", count_scored)
    properties = [{"pid": "aliases", "v": ["Ana Bell", "Omar Volker"]}]

    found = ask(client, {"q0": {"query": "Kurt Volker", "properties": properties}})

    assert len(scored) == 3
    assert scored[:2] == ["Kurt Volker", "Ana Bell"]
    assert found["q0"]["result"][0]["id"] == "kurt-volker"


def test_a_name_is_no_match_where_not_all_who_may_bear_it_were_looked_at(
    client: Client, people: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_actor("Omar Volker", "person")
    monkeypatch.setattr(candidates, "MOST_SCORED", 1)

    by_name = find_match(client, query="Kurt Volker")
    by_item = find_match(
        client, query="Kurt Volker", properties=[{"pid": "wikidata", "v": "Q6446749"}]
    )

    assert (by_name, by_item) == ("", "kurt-volker")


def test_the_key_of_a_further_name_is_built_once_for_all_who_may_bear_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10):
        make_actor(f"Omar{number} Volker", "person")
    built = []

    def count_built(name: str) -> str:
        built.append(name)
        return build_name_key(name)

    monkeypatch.setattr(candidates, "build_name_key", count_built)
    properties = [{"pid": "aliases", "v": ["Envoy Volker"]}]

    found = ask(client, {"q0": {"query": "Volker", "properties": properties, "limit": 20}})

    assert len(found["q0"]["result"]) == 10
    assert built.count("Envoy Volker") <= 2  # to look it up, and to score by it


# What is refused


def name_properties(*properties: dict[str, Any]) -> dict[str, str]:
    return {"queries": json.dumps({"q0": {"query": "a", "properties": properties}})}


def name_many(queries: int, aliases: int) -> dict[str, str]:
    query = {"query": "a", "properties": [{"pid": "aliases", "v": ["x"] * aliases}]}
    return {"queries": json.dumps(dict.fromkeys(map(str, range(queries)), query))}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"queries": "{"}, "no JSON"),
        ({"queries": "[" * 50_000}, "no JSON"),
        ({"queries": "[]"}, "an object"),
        ({"queries": '{"q0": 1}'}, "an object"),
        ({"queries": '{"q0": {}}'}, "neither"),
        ({"queries": json.dumps({"q0": {"query": "x" * 301}})}, "300 characters"),
        ({"queries": '{"q0": {"query": "a\\u0000b"}}'}, "no text has"),
        ({"queries": '{"q0": {"query": "a\\ud800"}}'}, "no text has"),
        ({"queries": '{"q0": {"query": "a", "limit": "x"}}'}, "a number"),
        ({"queries": '{"q0": {"query": "a", "type_strict": "x"}}'}, "type_strict"),
        ({"queries": json.dumps({str(n): {"query": "a"} for n in range(51)})}, "50 queries"),
        (
            name_properties(*({"pid": str(number), "v": "x"} for number in range(21))),
            "20 properties",
        ),
        (name_properties({"pid": "aliases", "v": ["x"] * 21}), "20 values of “aliases”"),
        (name_properties(*[{"pid": "aliases", "v": ["x"] * 7}] * 3), "20 values of “aliases”"),
        (name_many(50, aliases=6), "300 names"),
        ({"extend": '{"ids": []}'}, "a list"),
        ({"extend": '{"ids": ["a"], "properties": [{"id": "x"}]}'}, "no property"),
        ({"extend": json.dumps({"ids": ["a"] * 201, "properties": []})}, "200 ids"),
        ({"callback": "alert"}, "JSONP"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_makes_no_sense_is_refused_in_words(
    client: Client, values: dict[str, str], said: str
) -> None:
    response = client.get(SERVICE, values)

    assert response.status_code == 400
    assert re.search(said, response.json()["detail"])
    assert response["Access-Control-Allow-Origin"] == "*"


def test_one_address_may_ask_so_often_in_a_minute(client: Client, settings: Any) -> None:
    settings.API_LIMIT = 1
    first = client.get(SERVICE)

    second = client.post(SERVICE, {"queries": "{}"})

    assert first["RateLimit"].startswith('"address";r=0;')
    assert (second.status_code, second["Access-Control-Allow-Origin"]) == (429, "*")
    assert int(second["Retry-After"]) <= 60


def test_a_batch_takes_as_many_statements_as_one_name(client: Client, people: None) -> None:
    names = ["Kurt Volker", "Ana Bell", "George Bush", "Georgia", "NAC"] * 10
    queries = {f"q{number}": {"query": name} for number, name in enumerate(names)}
    with CaptureQueriesContext(connection) as for_one:
        ask(client, {"q0": queries["q0"]})

    with CaptureQueriesContext(connection) as for_many:
        found = ask(client, queries)

    assert len(found) == 50
    assert len(for_many) <= len(for_one)
