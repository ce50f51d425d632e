"""Any change is told with who, when and why, and can be taken back, whoever made it and how."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.history import log
from claims.models import (
    Actor,
    ActorName,
    Claim,
    Decision,
    ExternalId,
    Match,
    Merge,
    MergeCandidate,
    Quote,
    Span,
    Wording,
)
from tests.claims.admin_client import correct_quote, decide_in_bulk, get_change_address, get_page
from tests.claims.desk_client import (
    decide_quote,
    dump_decision_rows,
    format_desk_span,
    make_doubtful,
    send_undo,
)
from tests.claims.writes import execute_sql
from tests.factories import make_actor, make_quote

# Who and when a write was is that of its transaction.
pytestmark = pytest.mark.django_db(transaction=True)

LOG = "/admin/claims/decision/log/"


@pytest.fixture(autouse=True)
def permissions() -> None:
    # The tests before have emptied the tables, permissions among them.
    call_command("migrate", verbosity=0)


def build_revert_address(model: Any) -> str:
    """Return the address at which the last change of a table is reverted."""
    event = log.get_events_of_model(model).order_by("pgh_id").last()
    return f"{LOG}{model._meta.model_name}/{event.pgh_id}/revert/"


def send_revert(client: Client, model: Any, reason: str = "a slip") -> Any:
    response = client.post(build_revert_address(model), {"reason": reason})
    connection.check_constraints()
    return response


def revert_last_event(client: Client, model: Any) -> None:
    response = send_revert(client, model)
    assert response.status_code == 302, response.content.decode()


def dump_rows() -> dict[str, list[Any]]:
    """Return all rows that are reverted in these tests."""
    rows = dump_decision_rows()
    for model in (MergeCandidate, ExternalId):
        rows[model.__name__] = list(model._default_manager.order_by("pk").values())
    return rows


RAW = {
    "act": (Quote, "UPDATE claims_quote SET act = 'deny', stance = 'denies'"),
    "speaker": (Quote, "UPDATE claims_quote SET actor_id = NULL"),
    "name": (Actor, "UPDATE claims_actor SET name = 'Norland' WHERE name = 'Veldania'"),
    "alias": (ActorName, "DELETE FROM claims_actorname"),
    "made": (
        Actor,
        "INSERT INTO claims_actor (name, slug, kind) VALUES ('Omar Reza', 'omar-reza', 'person')",
    ),
    "wording": (Wording, "UPDATE claims_wording SET text = 'something else'"),
    "pair": (
        MergeCandidate,
        "UPDATE claims_mergecandidate SET judgement = 'different', judged_at = now()",
    ),
    "pair gone": (MergeCandidate, "DELETE FROM claims_mergecandidate"),
    "number": (ExternalId, "UPDATE claims_externalid SET value = 'Q9'"),
    "limits": (
        Quote,
        """WITH one AS (UPDATE claims_span SET start = start + 4 WHERE start = 0 RETURNING 1)
           UPDATE claims_quote SET content = 'bridge … is safe' WHERE EXISTS (SELECT 1 FROM one)""",
    ),
}


@pytest.mark.parametrize(("model", "statement"), RAW.values(), ids=RAW)
def test_raw_sql_is_told_and_reverted_to_the_last_row(
    curator: Client, model: Any, statement: str
) -> None:
    quote = make_doubtful(runners_up=[{"name": "Norland", "kind": "state", "confidence": 0.3}])
    assert quote.actor
    assert quote.actor_id
    ExternalId.objects.create(actor=quote.actor, scheme="wikidata", value="Q7")
    pair = sorted([quote.actor_id, make_actor("Veldanian Republic").pk])
    MergeCandidate.objects.create(
        first_id=pair[0], second_id=pair[1], score=0.7, reasons=["names alike"]
    )
    before = dump_rows()

    assert execute_sql(statement) >= 1
    assert dump_rows() != before
    assert "no user (a command)" in get_page(curator, LOG).split("<tbody>")[1].split("</tr>")[0]
    revert_last_event(curator, model)

    assert dump_rows() == before
    newest_entry = get_page(curator, LOG).split("<tbody>")[1].split("</tr>")[0]
    assert "Clara" in newest_entry
    assert "reverted: a slip" in newest_entry


def test_a_quote_that_raw_sql_deleted_is_back_with_its_spans(curator: Client) -> None:
    quote = make_doubtful()
    spans = list(Span.objects.order_by("pk").values())
    before = Quote.objects.values().get()

    with connection.cursor() as cursor:
        cursor.execute("BEGIN; DELETE FROM claims_span; DELETE FROM claims_quote; COMMIT")
    revert_last_event(curator, Quote)

    assert Quote.objects.values().get() == before
    assert list(Span.objects.order_by("pk").values()) == spans
    assert curator.get(quote.get_absolute_url()).status_code == 200


def test_an_actor_that_was_deleted_is_back_and_says_again_what_it_said(curator: Client) -> None:
    quote = make_doubtful()
    before = dump_rows()

    curator.post(get_change_address(quote.actor).replace("change", "delete"), {"post": "yes"})
    assert Quote.objects.get().actor is None
    revert_last_event(curator, Actor)

    assert dump_rows() == before


DECISIONS: dict[str, dict[str, str]] = {
    "accept": {},
    "act": {"act": "deny"},
    "unknown": {},
    "spans": {
        "source": "",
        "cue": format_desk_span("denied"),
        "contents": format_desk_span("is safe"),
    },
    "split": {
        "source": "",
        "cue": format_desk_span("denied"),
        "contents": format_desk_span("is safe"),
    },
    "add": {
        "source": "",
        "cue": format_desk_span("denied"),
        "contents": format_desk_span("built in May"),
        "act": "say",
    },
}


def test_a_wording_that_was_deleted_is_back_with_how_it_matches(curator: Client) -> None:
    told = make_doubtful()
    gone = Wording.objects.create(text="that the bridge stands", key="that the bridge stands")
    Match.objects.create(
        first=told.wording, second=gone, kind="paraphrase", status="sure", found="sure", score=0.9
    )
    before = dump_rows()
    matches = list(Match.objects.values())

    execute_sql("DELETE FROM claims_wording WHERE id = %s", gone.pk)
    assert not Match.objects.exists()
    revert_last_event(curator, Wording)

    assert dump_rows() == before
    assert list(Match.objects.values()) == matches


@pytest.mark.parametrize("what", DECISIONS)
def test_a_decision_of_somebody_else_is_reverted(
    curator: Client, client: Client, what: str
) -> None:
    quote = make_doubtful()
    before = dump_decision_rows()
    decide_quote(curator, quote, what, **DECISIONS[what])
    curator.force_login(User.objects.create_superuser("Olga"))

    revert_last_event(curator, Decision)

    assert dump_decision_rows() == before
    assert Decision.objects.filter(undone_at__isnull=True).count() == 0


def test_an_undoing_is_reverted_so_the_decision_stands(curator: Client) -> None:
    quote = make_doubtful()
    decide_quote(curator, quote, "act", act="deny")
    stands = dump_decision_rows()
    send_undo(curator)

    revert_last_event(curator, Decision)

    assert dump_decision_rows() == stands
    assert Decision.objects.get().undone_at is None


def test_a_reverted_bulk_decision_is_reverted_as_one(curator: Client) -> None:
    make_doubtful(), make_doubtful()
    before = dump_decision_rows()
    decide_in_bulk(curator, "reject", Quote.objects.all())

    revert_last_event(curator, Quote)

    assert dump_decision_rows() == before


def test_what_was_changed_since_is_not_reverted(curator: Client) -> None:
    quote = make_doubtful()
    execute_sql("UPDATE claims_quote SET act = 'deny', stance = 'denies'")
    address = build_revert_address(Quote)
    execute_sql("UPDATE claims_quote SET kind = 'direct'")
    before = dump_decision_rows()

    response = curator.post(address, {"reason": "a slip"})

    assert response.status_code == 409
    assert (
        f"The quote {quote.pk} has been changed since: revert that first."
        in response.content.decode()
    )
    assert dump_decision_rows() == before


@pytest.mark.parametrize(
    "statement", ["UPDATE claims_actor SET name = 'Norland'", "DELETE FROM claims_actor"]
)
def test_what_is_older_than_its_history_is_not_taken_for_made_by_the_first_change_of_it(
    curator: Client, statement: str
) -> None:
    actor = make_actor("Veldania")
    execute_sql("DELETE FROM claims_actornameevent")
    execute_sql("DELETE FROM claims_actorevent")
    execute_sql("DELETE FROM claims_actorname")
    execute_sql(statement)
    before = dump_rows()

    response = send_revert(curator, Actor)

    assert response.status_code == 409
    assert (
        f"The history does not have what the actor {actor.pk} was before"
        in response.content.decode()
    )
    assert dump_rows() == before


def test_a_decision_is_reverted_though_its_claim_is_older_than_its_history(curator: Client) -> None:
    quote = make_doubtful()
    execute_sql("DELETE FROM claims_wordingevent")
    before = dump_decision_rows()
    decide_quote(curator, quote, "spans", **DECISIONS["spans"])
    assert dump_decision_rows() != before

    assert "The history does not have" not in get_page(curator, build_revert_address(Decision))
    revert_last_event(curator, Decision)

    assert dump_decision_rows() == before


def test_a_merge_is_undone_where_merges_are(curator: Client) -> None:
    actors = [make_quote(actor=name).actor for name in ("Veldania", "Norland")]
    asked: dict[str, Any] = {
        "actor": [actor.pk for actor in actors if actor],
        "reason": "one",
        "sure": "yes",
    }
    preview = curator.get("/admin/claims/actor/merge/", asked)
    curator.post("/admin/claims/actor/merge/", {**asked, "token": preview.context["plan"].token})
    assert Merge.objects.exists()

    response = send_revert(curator, Merge)

    assert response.status_code == 409
    assert "undone in the list of merges" in response.content.decode()
    assert Actor.objects.count() == 1


def test_quotes_that_were_read_are_not_reverted_but_rejected(curator: Client) -> None:
    make_doubtful()

    response = send_revert(curator, Quote)

    assert response.status_code == 409
    assert Quote.objects.count() == 1


def test_reverting_wants_a_reason_and_shows_first_what_it_would_do(curator: Client) -> None:
    make_doubtful()
    execute_sql("UPDATE claims_quote SET act = 'deny', stance = 'denies'")

    shown = get_page(curator, build_revert_address(Quote))
    response = send_revert(curator, Quote, " ")

    assert "act: say → deny" in shown
    assert "Revert: 1 row<" in shown
    assert response.status_code == 409
    assert Quote.objects.get().act == "deny"


def test_why_is_told_beside_who_and_when(curator: Client) -> None:
    quote = make_doubtful()

    decide_quote(curator, quote, "reject", why="It is a headline.")
    correct_quote(curator, quote, act="warn", why="She warns.")

    history = get_page(curator, get_change_address(quote).replace("change", "history"))
    assert "It is a headline." in history
    assert "She warns." in history
    assert history.index("She warns.") < history.index("It is a headline.")
    assert "It is a headline." in get_page(curator, f"{LOG}?of=decision")
    assert "It is a headline." not in get_page(curator, f"{LOG}?of=actor")


@pytest.mark.parametrize("role", ["viewer", "curator", "editor"])
def test_the_log_is_for_all_and_reverting_for_editors(client: Client, role: str) -> None:
    call_command("roles", verbosity=0)
    make_doubtful()
    execute_sql("UPDATE claims_quote SET act = 'deny', stance = 'denies'")
    user = User.objects.create_user("Sam", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    may = role == "editor"

    assert ("Revert…" in get_page(client, LOG)) == may
    assert client.get(build_revert_address(Quote)).status_code == (200 if may else 403)
    assert send_revert(client, Quote).status_code == (302 if may else 403)
    assert Quote.objects.get().act == ("say" if may else "deny")
    assert Permission.objects.filter(codename="revert_decision").exists()


def read_lines(shown: str) -> int:
    return shown.split("<tbody>")[-1].split("</tbody>")[0].count("<tr>")


def test_the_log_is_turned_over_page_by_page(curator: Client) -> None:
    for number in range(log.ENTRIES_PER_PAGE + 5):
        execute_sql("INSERT INTO claims_outlet (name, slug) VALUES (%s, %s)", *[f"o{number}"] * 2)

    first = get_page(curator, LOG)
    earlier = first.split('href="?before=')[1].split('"')[0]
    second = get_page(curator, f"{LOG}?before={earlier}")

    assert read_lines(first) == log.ENTRIES_PER_PAGE
    assert read_lines(second) == 5
    assert "“o4”" in second
    assert read_lines(get_page(curator, f"{LOG}?before=never&of=nothing")) == log.ENTRIES_PER_PAGE


def read_entries(shown: str) -> list[str]:
    return shown.split("<tbody>")[-1].split("</tbody>")[0].split("<tr>")[1:]


def test_the_log_is_in_order_across_tables_and_each_write_is_told_once(curator: Client) -> None:
    names = [f"o{number}" for number in range(log.ENTRIES_PER_PAGE + 4)]
    for number, name in enumerate(names):
        if number % 2:
            execute_sql("INSERT INTO claims_outlet (name, slug) VALUES (%s, %s)", name, name)
        else:
            execute_sql(
                "INSERT INTO claims_actor (name, slug, kind) VALUES (%s, %s, 'person')", name, name
            )

    first = get_page(curator, LOG)
    earlier = first.split('href="?before=')[1].split('"')[0]
    second = get_page(curator, f"{LOG}?before={earlier}")

    newest_first = [*read_entries(first), *read_entries(second)]
    assert len(newest_first) == len(names)
    for row, name in zip(newest_first, reversed(names), strict=True):
        assert f"“{name}”" in row
    assert "outlet" not in "".join(read_entries(get_page(curator, f"{LOG}?of=actor")))


def test_a_large_write_is_cut_to_its_first_rows_and_hides_no_other(curator: Client) -> None:
    many = 700
    execute_sql(
        "INSERT INTO claims_outlet (name, slug) SELECT n, n FROM generate_series(1, %s) n",
        many,
    )
    execute_sql("INSERT INTO claims_outlet (name, slug) VALUES ('last', 'last')")

    last, large = read_entries(get_page(curator, f"{LOG}?of=outlet"))

    assert "“last”" in last
    assert large.count("<bdi>outlet") == log.LINES_PER_ENTRY
    assert f"and {many - log.LINES_PER_ENTRY} more rows" in large


def test_the_log_takes_few_queries_whatever_was_written(
    curator: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    quote = make_doubtful()
    for act in ("warn", "accuse", "warn"):
        execute_sql("UPDATE claims_quote SET act = %s, stance = 'asserts'", act)
    execute_sql("UPDATE claims_actor SET name = 'Norland' WHERE id = %s", quote.actor_id)

    with django_assert_max_num_queries(18):
        shown = get_page(curator, LOG)

    assert "act: accuse → warn" in shown


@pytest.mark.parametrize("address", ["quote/99999/revert/", "user/1/revert/"])
def test_there_is_nothing_to_revert_of_what_never_was(curator: Client, address: str) -> None:
    assert curator.get(LOG + address).status_code == 404


@pytest.mark.parametrize("model", [Actor, Claim])
def test_the_history_of_a_row_tells_raw_sql_too(curator: Client, model: Any) -> None:
    quote = make_doubtful()
    execute_sql("UPDATE claims_actorname SET name = 'the republic'")
    execute_sql("UPDATE claims_wording SET text = 'another claim'")
    row = quote.actor if model is Actor else quote.claim

    history = get_page(curator, get_change_address(row).replace("change", "history"))

    assert {Actor: "Veldania → the republic", Claim: "→ another claim"}[model] in history


def test_an_editors_change_of_a_claim_is_reverted_from_its_history(curator: Client) -> None:
    quote = make_doubtful()
    before = dump_rows()
    address = get_change_address(quote.claim)

    curator.post(address, {"text": "another claim"})
    history = get_page(curator, address.replace("change", "history"))
    revert = re.findall(r'href="([^"]*/revert/)"', history)[0]
    response = curator.post(revert, {"reason": "a slip"})

    assert response.status_code == 302
    assert dump_rows() == before
