"""Which items of Wikidata actors are, by a file that the site holds."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims.actors.merging import merge_actors
from claims.actors.reconciling import judge_items, reconcile
from claims.actors.undoing import undo_merge
from claims.actors.wikidata_items import BrokenLine, WikidataItem, read_items
from claims.models import Actor, ExternalId, ItemMatch, Office
from claims.roles import ROLES, has_role_permission
from tests.factories import make_actor, make_quote

pytestmark = pytest.mark.django_db

PRESIDENT = WikidataItem("Q10", "Ana Bell", (), "president of Veldania from 2014", "person")
SINGER = WikidataItem("Q11", "Ana Bell", (), "Veldanian singer", "person")


def make_president(name: str = "Ana Bell") -> Actor:
    """Make an actor to whom an article gives an office."""
    actor = make_actor(name, "person")
    quote = make_quote(actor=actor)
    Office.objects.create(
        article=quote.article, key=name.lower(), title="president", place="Veldania"
    )
    return actor


def list_matches() -> list[tuple[str, str]]:
    return list(ItemMatch.objects.order_by("value").values_list("value", "status"))


def test_the_one_item_of_a_name_and_kind_whose_description_agrees_is_set() -> None:
    actor = make_president()

    result = reconcile([PRESIDENT])

    assert (result.set, result.proposed) == (1, 0)
    assert ExternalId.objects.get().actor == actor
    assert list_matches() == [("Q10", "sure")]


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([SINGER], id="the description tells another occupation"),
        pytest.param([PRESIDENT, SINGER], id="two items of the name"),
        pytest.param(
            [WikidataItem("Q12", "Ana Bell", (), "vice president of Veldania", "person")],
            id="the office of a deputy",
        ),
        pytest.param(
            [WikidataItem("Q12", "Ana Bell", (), "president of Iran", "person")],
            id="the office of another state",
        ),
        pytest.param(
            [WikidataItem("Q12", "Ana Bell", (), "president of Veldania", "organization")],
            id="another kind",
        ),
        pytest.param(
            [WikidataItem("Q12", "Ana Bell", (), "president of Veldania", "person", died=1950)],
            id="dead before the article",
        ),
    ],
)
def test_what_is_not_sure_is_proposed(items: list[WikidataItem]) -> None:
    make_president()

    result = reconcile(items)

    assert (result.set, result.proposed) == (0, len(items))
    assert not ExternalId.objects.exists()
    assert {status for _, status in list_matches()} == {"proposed"}


def test_an_item_of_two_actors_is_set_for_neither() -> None:
    make_president()
    make_president("Anna Bell")

    reconcile([WikidataItem("Q10", "Ana Bell", ("Anna Bell",), "president of Veldania", "person")])

    assert not ExternalId.objects.exists()


def test_a_state_is_its_item_by_name_and_kind() -> None:
    make_quote(actor=make_actor("Veldania", "state"))

    reconcile([WikidataItem("Q20", "Veldania", (), "country in the north", "state")])

    assert ExternalId.objects.get().value == "Q20"


def test_reconciling_again_changes_nothing_and_a_dry_run_keeps_nothing() -> None:
    make_president()
    make_actor("Omar Reza", "person")
    items = [PRESIDENT, WikidataItem("Q13", "Omar Reza", (), "poet", "person")]

    reconcile(items, dry=True)

    assert not ItemMatch.objects.exists()
    reconcile(items)
    before = list_matches()
    result = reconcile(items)
    assert (result.set, result.proposed, list_matches()) == (0, 0, before)


def test_a_persons_word_stands_and_can_be_taken_back() -> None:
    make_president()
    curator = User.objects.create(username="curator")
    reconcile([PRESIDENT])

    judge_items(ItemMatch.objects.all(), "refused", curator)
    reconcile([PRESIDENT])

    assert not ExternalId.objects.exists()
    assert list_matches() == [("Q10", "refused")]
    judge_items(ItemMatch.objects.all(), "proposed", curator)
    reconcile([PRESIDENT])
    assert ExternalId.objects.get().value == "Q10"
    judge_items(ItemMatch.objects.all(), "confirmed", curator)
    assert ExternalId.objects.get().set_by == curator


def test_an_item_that_a_person_took_away_is_not_set_again() -> None:
    make_president()
    reconcile([PRESIDENT])
    ExternalId.objects.all().delete()

    results = [reconcile([PRESIDENT]), reconcile([PRESIDENT])]

    assert [result.set for result in results] == [0, 0]
    assert list_matches() == [("Q10", "refused")]
    assert ItemMatch.objects.get().judged_at


def test_of_many_items_of_a_name_the_one_that_is_set_is_kept() -> None:
    make_president()
    others = [WikidataItem(f"Q1{n}", "Ana Bell", (), "", "document") for n in range(12)]
    own = WikidataItem("Q9", "Ana Bell", (), "president of Veldania", "person")

    reconcile([*others, own])

    assert ExternalId.objects.get().value == "Q9"
    assert ItemMatch.objects.get(status="sure").value == "Q9"


def test_a_number_that_somebody_set_by_hand_stays_whatever_is_judged() -> None:
    actor = make_president()
    editor, curator = (User.objects.create(username=name) for name in ("editor", "curator"))
    reconcile([SINGER])
    ExternalId.objects.create(actor=actor, value="Q11", set_by=editor)

    confirmed = judge_items(ItemMatch.objects.all(), "confirmed", curator)
    judge_items(ItemMatch.objects.all(), "refused", curator)

    assert confirmed == 1
    assert ExternalId.objects.get().set_by == editor


def test_who_may_not_decide_on_many_judges_none_in_the_list(client: Client) -> None:
    make_president()
    reconcile([SINGER])
    curator = User.objects.create_user("clara", is_staff=True)
    names = ("change_itemmatch", "view_itemmatch")
    curator.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(curator)
    chosen = {"action": "refuse", "_selected_action": [ItemMatch.objects.get().pk]}

    client.post(reverse("admin:claims_itemmatch_changelist"), chosen)

    assert list_matches() == [("Q11", "proposed")]


def test_who_may_judge_items_is_whom_the_list_lets_judge_them() -> None:
    for role in ROLES:
        may_judge = has_role_permission(role, "claims", "change_itemmatch")

        assert may_judge == has_role_permission(role, "claims", "bulk_quote")


def test_the_list_takes_as_many_queries_for_one_item_as_for_many(
    admin_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = reverse("admin:claims_itemmatch_changelist")
    make_president()
    reconcile([SINGER])
    with CaptureQueriesContext(connection) as of_one:
        admin_client.get(page)
    make_quote(actor=Actor.objects.get(), content="the mill is sold")
    reconcile([replace(SINGER, value=f"Q{number}") for number in range(20, 26)])

    with django_assert_max_num_queries(len(of_one)):
        shown = admin_client.get(page).content.decode()

    assert shown.count("the mill is sold") == ItemMatch.objects.count() > 1


def test_what_a_person_said_of_an_item_outlives_a_merge() -> None:
    actor, survivor = make_president(), make_actor("Anna Bell", "person")
    curator = User.objects.create(username="curator")
    reconcile([WikidataItem("Q11", "Ana Bell", ("Anna Bell",), "Veldanian singer", "person")])
    judge_items(ItemMatch.objects.filter(actor=actor), "refused", curator)

    merge = merge_actors(survivor.pk, [actor.pk], curator, "one person")

    merged = ItemMatch.objects.get()
    assert (merged.actor, merged.status, merged.judged_by) == (survivor, "refused", curator)
    undo_merge(merge.pk, curator, "they are two")
    stood = dict(ItemMatch.objects.values_list("actor", "status"))
    assert stood == {actor.pk: "refused", survivor.pk: "proposed"}


def test_items_go_with_a_merge_and_come_back_when_it_is_undone() -> None:
    actor, other = make_president(), make_actor("Anna Bell", "person")
    curator = User.objects.create(username="curator")
    reconcile([SINGER])
    judge_items(ItemMatch.objects.all(), "refused", curator)

    merge = merge_actors(other.pk, [actor.pk], curator, "one person")

    assert ItemMatch.objects.get().actor == other
    undo_merge(merge.pk, curator, "they are two")
    assert ItemMatch.objects.get().actor_id == actor.pk


def test_the_curator_judges_in_the_admin_and_page_and_api_tell_it(
    admin_client: Client,
) -> None:
    actor = make_president()
    reconcile([SINGER])
    page = reverse("admin:claims_itemmatch_changelist")

    shown = admin_client.get(page).content.decode()
    chosen = {"action": "confirm", "_selected_action": [ItemMatch.objects.get().pk]}
    admin_client.post(page, chosen)

    assert "Veldanian singer" in shown
    told: Any = admin_client.get(f"/api/v1/actors/{actor.slug}/").json()
    assert told["same_as"] == ["https://www.wikidata.org/entity/Q11"]
    linked = admin_client.get(actor.get_absolute_url()).content.decode()
    assert '"sameAs":["https://www.wikidata.org/entity/Q11"]' in linked


def test_a_file_is_json_lines_or_csv_and_a_broken_line_is_told(tmp_path: Path) -> None:
    lines = tmp_path / "items.jsonl"
    record = {"id": "Q10", "label": "Ana Bell", "kind": "person", "aliases": ["A. Bell"]}
    broken = [{**record, "id": "10"}, {**record, "kind": "ship"}, {**record, "aliases": 3}, [1]]
    written = [json.dumps(one) for one in (record, *broken)]
    lines.write_text("\n".join([*written, "{", ""]), encoding="utf-8")
    table = tmp_path / "items.csv"
    table.write_text("id,label,kind,aliases,died\nQ10,Ana Bell,person,A. Bell|Anna,+1950-01-02\n")

    read = list(read_items(lines))
    (of_table,) = read_items(table)

    assert read[0] == WikidataItem("Q10", "Ana Bell", ("A. Bell",), "", "person")
    assert [line.number for line in read[1:] if isinstance(line, BrokenLine)] == [2, 3, 4, 5, 6]
    assert of_table == WikidataItem("Q10", "Ana Bell", ("A. Bell", "Anna"), "", "person", 1950)


def test_the_command_tells_what_came_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_president()
    file = tmp_path / "items.jsonl"
    record = {"id": "Q10", "label": "Ana Bell", "kind": "person", "description": "president"}
    file.write_text(json.dumps(record), encoding="utf-8")

    call_command("actors", "reconcile", str(file))

    told = "Items: 1 read; of actors 1 set, 0 proposed, 0 lines not read."
    assert told in capsys.readouterr().out
