"""The article of `seeds/`, read by the model that the site is run with: what a reader meets first."""

from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests.claims.api_client import API, get_json

pytestmark = pytest.mark.django_db

FEWEST = 16  # of the eighteen quotes that a person finds in it


@pytest.fixture
def rows(client: Client) -> list[dict[str, Any]]:
    """The quotes of the seed, as the API tells them."""
    call_command("ingest", str(settings.BASE_DIR / "seeds"), stdout=StringIO())
    found: list[dict[str, Any]] = get_json(client, f"{API}/quotes/?order=oldest&page_size=200")[
        "results"
    ]
    return found


def who(row: dict[str, Any]) -> str | None:
    return row["actor"] and str(row["actor"]["name"])


def parts(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for part in (row["who"], row["cue"], *row["content"]["spans"]) if part]


def test_the_two_denials_of_the_seed_are_found_with_who_made_them(
    client: Client, rows: list[dict[str, Any]]
) -> None:
    denied = get_json(client, f"{API}/quotes/?act=deny&order=oldest")["results"]

    assert [
        (who(row), row["cue"]["text"], row["content"]["text"], row["stance"]) for row in denied
    ] == [
        ("Russian officials", "have denied", "any plans for an invasion", "denies"),
        ("Russia", "has denied", "any such intention", "denies"),
    ]


def test_every_span_of_the_seed_selects_its_words(
    client: Client, rows: list[dict[str, Any]]
) -> None:
    text = get_json(client, f"{API}/articles/{rows[0]['article']['id']}/")["text"]

    for row in rows:
        assert [text[part["start"] : part["end"]] for part in parts(row)] == [
            part["text"] for part in parts(row)
        ]
        assert row["content"]["text"] == " … ".join(
            part["text"] for part in row["content"]["spans"]
        )


def test_what_russia_said_in_the_seed_is_found_by_its_name(
    client: Client, rows: list[dict[str, Any]]
) -> None:
    said = get_json(client, f"{API}/quotes/?actor=russia&order=oldest")["results"]

    assert said == [row for row in rows if who(row) == "Russia"]
    assert {"has denied", "accused"} <= {row["cue"]["text"] for row in said}
    assert (
        get_json(client, f"{API}/quotes/?actor=russia&act=deny")["results"][0]["content"]["text"]
        == "any such intention"
    )


def test_the_furniture_of_the_seed_is_nobodys_words(rows: list[dict[str, Any]]) -> None:
    assert not [
        part
        for row in rows
        for part in parts(row)
        if "00:02:57" in part["text"] or "View from" in part["text"]
    ]


def test_most_of_what_the_seed_quotes_is_found_with_who_said_it(rows: list[dict[str, Any]]) -> None:
    actors = {who(row) for row in rows}

    assert len(rows) >= FEWEST
    assert {
        "Jen Psaki",
        "Joe Biden",
        "Oleksii Reznikov",
        "Antony Blinken",
        "Nick Carter",
        "Reuters",
    } <= actors
    assert {"Russia", "Ukraine", "White House"} <= actors
    assert [who(row) for row in rows].count(None) <= 2
    assert {"deny", "accuse", "warn", "report", "no_comment"} <= {row["act"] for row in rows}
