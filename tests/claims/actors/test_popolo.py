"""Actors as Popolo, out and in: what goes out comes in again, and nobody is taken for a namesake."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from claims.actors.exchange import ActorLineRefused
from claims.actors.popolo import import_popolo
from claims.models import Actor, ExternalId, Office
from claims.models.names import build_name_key
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db


def make_president() -> Actor:
    """Somebody whom an article gives an office in a state that is an actor, too."""
    make_actor("Veldania", "state")
    bell = make_actor("Ana Bell", "person", names=("President Bell",))
    ExternalId.objects.create(actor=bell, value="Q42")
    article = make_article("Ana Bell said it rains.")
    make_quote(actor=bell, article=article, content="it rains")
    Office.objects.create(
        article=article, key=build_name_key("Ana Bell"), title="president", place="Veldania"
    )
    return bell


def import_all(persons: list[Any], organizations: list[Any] = [], **options: bool) -> list[str]:  # noqa: B006
    """Return what an import changes, or why not, in a line each."""
    written = json.dumps({"persons": persons, "organizations": organizations})
    lines = []
    for report in import_popolo(written, **options):
        lines += report.changes or [report.problem]
    return lines


def test_an_actor_goes_out_with_names_numbers_and_offices(client: Client) -> None:
    make_president()

    popolo = client.get("/actors/ana-bell.popolo").json()

    (person,) = popolo["persons"]
    assert (person["id"], person["name"]) == ("ana-bell", "Ana Bell")
    assert person["other_names"] == [{"name": "President Bell"}]
    assert {"scheme": "wikidata", "identifier": "Q42"} in person["identifiers"]
    assert [body["id"] for body in popolo["organizations"]] == ["veldania"]
    (membership,) = popolo["memberships"]
    assert (membership["person_id"], membership["organization_id"]) == ("ana-bell", "veldania")
    assert (membership["role"], membership["label"]) == ("president", "President of Veldania")
    assert membership["sources"][0]["note"] == "told by 1 outlet in articles of 2024"
    assert not {"start_date", "end_date"} & membership.keys()


def test_a_list_goes_out_as_it_is_narrowed(client: Client) -> None:
    make_president()
    make_quote(actor="Norland")

    popolo = client.get("/actors.popolo?kind=state").json()

    assert ([each["id"] for each in popolo["organizations"]], popolo["persons"]) == (
        ["norland"],
        [],
    )
    assert client.get("/actors.popolo?kind=dream").status_code == 400
    assert 'href="/actors.popolo?kind=state"' in client.get("/actors/?kind=state").content.decode()


def test_what_goes_out_comes_in_again_and_changes_nothing(tmp_path: Path) -> None:
    make_president()
    file = tmp_path / "actors.json"
    told = StringIO()

    call_command("actors", "export", str(file), "--popolo", stdout=told)
    call_command("actors", "import", str(file), "--popolo", stdout=told)

    assert "1 persons, 1 organizations, 1 memberships" in told.getvalue()
    assert "Entries: 0 changed something, 2 nothing, 0 not in." in told.getvalue()


def test_a_person_of_a_known_item_gets_more_names_and_loses_none() -> None:
    bell = make_president()
    entry = {
        "id": "x1",
        "name": "Ana M. Bell",
        "identifiers": [{"scheme": "wikidata", "identifier": "Q42"}],
        "other_names": [{"name": "A. Bell"}],
    }

    import_all([entry])

    bell.refresh_from_db()
    names = set(bell.names.values_list("name", flat=True))
    assert bell.name == "Ana Bell"
    assert names == {"Ana Bell", "President Bell", "Ana M. Bell", "A. Bell"}


def test_a_namesake_is_not_taken_for_somebody() -> None:
    bell = make_president()

    (problem,) = import_all([{"name": "Ana Bell", "other_names": [{"name": "Annie"}]}])

    assert "is the person “Ana Bell” already" in problem
    assert not bell.names.filter(name="Annie").exists()


def test_new_ones_are_made_of_their_kinds() -> None:
    bodies = [{"name": "Norland", "classification": "Country"}, {"name": "Harbour Board"}]

    import_all([{"name": "Omar Reza"}], bodies)

    kinds = dict(Actor.objects.values_list("name", "kind"))
    assert kinds == {"Omar Reza": "person", "Norland": "state", "Harbour Board": "organization"}


def test_nothing_is_kept_of_a_dry_run() -> None:
    import_all([{"name": "Omar Reza"}], dry=True)

    assert not Actor.objects.exists()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({}, "no “name”"),
        ("Ana", "no “name”"),
        ({"name": "a\0b"}, "NUL"),
        ({"name": "a\ud800"}, "half a character"),
        (
            {"name": "B", "identifiers": [{"scheme": "newsroom", "identifier": "no-one"}]},
            "no actor",
        ),
        ({"name": "B", "identifiers": "Q1"}, "should be a list"),
        ({"name": "B", "identifiers": [{"scheme": "wikidata", "identifier": "42"}]}, "no item"),
        (
            {
                "name": "B",
                "identifiers": [
                    {"scheme": "wikidata", "identifier": "Q42"},
                    {"scheme": "newsroom", "identifier": "veldania"},
                ],
            },
            "two actors here",
        ),
    ],
    ids=str,
)
def test_what_cannot_go_in_is_told_and_the_rest_goes_in(entry: Any, said: str) -> None:
    make_president()

    problem, made = import_all([entry, {"name": "Omar Reza"}])

    assert said in problem
    assert made.startswith("new: Omar Reza")


@pytest.mark.parametrize("written", ["", "[]", '{"people": []}', '{"persons": {}}', "[" * 99_999])
def test_a_file_that_is_no_popolo_is_refused(written: str) -> None:
    with pytest.raises(ActorLineRefused):
        list(import_popolo(written))
