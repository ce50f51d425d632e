"""Whatever a curator decides, undoing it leaves every row as it was."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client

from claims.models import Actor, Claim, Decision, Quote, Report
from tests.claims.admin_client import correct_quote, decide_in_bulk
from tests.claims.desk_client import (
    DESK,
    decide_quote,
    dump_decision_rows,
    format_desk_span,
    make_doubtful,
    read_desk_message,
    send_decision,
    send_undo,
)
from tests.factories import make_actor, make_quote

pytestmark = pytest.mark.django_db

OTHERS = [
    {"name": "Norland", "kind": "state", "confidence": 0.3},
    {"name": "Okafor", "kind": "person", "confidence": 0.1},
]
PARTS = {
    "source": format_desk_span("Ana Bell"),
    "cue": format_desk_span("denied"),
    "contents": format_desk_span("built in May"),
}


@pytest.fixture
def quote() -> Quote:
    """Store a quote that waits, with an open report; another follows it, by the same speaker."""
    make_actor("Norland")
    quote = make_doubtful(
        runners_up=OTHERS, actor_confidence=0.3, act_confidence=0.2, said_on="2024-03-04"
    )
    quote.about.set([make_actor("Ana Bell", "person")])
    Report.objects.create(quote=quote, problem="limits", note="It ends later.", sender="s")
    late = quote.article.text.index("said the ferry")
    follows = make_quote(
        article=quote.article, content="Ana Bell", cue="is", source="Veldania said", act="warn"
    )
    assert follows.cue_start != late
    Quote.objects.filter(pk=follows.pk).update(actor=quote.actor)
    return Quote.objects.get(pk=quote.pk)


DECISIONS: dict[str, dict[str, Any]] = {
    "accept": {},
    "reject": {},
    "runner:0": {},
    "runner:1": {},
    "unknown": {},
    "new": {"name": "Ruth Okafor", "kind_of_actor": "person"},
    "act": {"act": "deny"},
    "kind": {"kind": "direct"},
    "spans": {**PARTS},
    "split": {**PARTS, "contents": format_desk_span("is safe")},
    "add": {**PARTS, "act": "warn"},
}


@pytest.mark.parametrize("what", DECISIONS)
def test_each_decision_is_undone_without_a_trace(curator: Client, quote: Quote, what: str) -> None:
    before = dump_decision_rows()

    decide_quote(curator, quote, what, **DECISIONS[what])
    assert dump_decision_rows() != before
    response = send_undo(curator)

    assert response.status_code == 302
    assert dump_decision_rows() == before


def test_a_speaker_chosen_by_name_is_undone(curator: Client, quote: Quote) -> None:
    before = dump_decision_rows()

    decide_quote(curator, quote, "actor", actor=Actor.objects.get(name="Norland").pk)
    send_undo(curator)

    assert dump_decision_rows() == before


def test_a_join_is_undone_for_both(curator: Client, quote: Quote) -> None:
    other = next(
        each for each in Quote.objects.order_by("cue_start") if each.cue_start > quote.cue_start
    )
    before = dump_decision_rows()

    decide_quote(curator, quote, "join", other=other.pk)
    assert {each.status for each in Quote.objects.all()} == {"corrected", "rejected"}
    send_undo(curator)

    assert dump_decision_rows() == before


def test_a_correction_by_the_form_is_undone_at_the_desk(curator: Client, quote: Quote) -> None:
    before = dump_decision_rows()

    correct_quote(
        curator,
        quote,
        act="deny",
        actor=Actor.objects.get(name="Norland").pk,
        **{"spans-0-DELETE": "on"},
    )
    send_undo(curator)

    assert dump_decision_rows() == before


@pytest.mark.parametrize("action", ["accept", "reject", "speaker", "act"])
def test_a_bulk_decision_is_undone_as_one(curator: Client, quote: Quote, action: str) -> None:
    choice = {"speaker": {"actor": "unknown"}, "act": {"act": "promise"}}.get(action, {})
    before = dump_decision_rows()

    decide_in_bulk(curator, action, Quote.objects.all(), **choice)
    assert len({row["status"] for row in dump_decision_rows()["Quote"]} - {"unreviewed"}) == 1
    send_undo(curator)

    assert dump_decision_rows() == before


def test_decisions_are_undone_one_after_the_other_the_last_first(
    curator: Client, quote: Quote
) -> None:
    states = [dump_decision_rows()]
    for what in ("act", "spans", "unknown"):
        decide_quote(curator, quote, what, **DECISIONS[what])
        states.append(dump_decision_rows())

    for state in reversed(states[:-1]):
        send_undo(curator)
        assert dump_decision_rows() == state
    assert "nothing to undo" in read_desk_message(send_undo(curator))


def test_a_claim_that_another_quote_came_to_make_is_joined_again(
    curator: Client, quote: Quote
) -> None:
    claim = quote.claim
    decide_quote(curator, quote, "spans", **PARTS)
    assert not Claim.objects.filter(pk=claim.pk).exists()
    other = make_quote(content=("The bridge", "is safe"))

    send_undo(curator)

    connection.check_constraints()
    assert Quote.objects.get(pk=quote.pk).claim == other.claim


def test_an_actor_that_was_made_stays_where_it_is_needed_since(
    curator: Client, quote: Quote
) -> None:
    decide_quote(curator, quote, "new", **DECISIONS["new"])
    made = Actor.objects.get(name="Ruth Okafor")
    needs = make_quote(actor=made)

    send_undo(curator)

    assert Quote.objects.get(pk=needs.pk).actor == made


def test_what_somebody_changed_since_is_not_undone_and_told(curator: Client, quote: Quote) -> None:
    decide_quote(curator, quote, "act", act="deny")
    Quote.objects.filter(pk=quote.pk).update(act="warn", stance="asserts")
    before = dump_decision_rows()

    response = send_undo(curator)

    assert response.status_code == 409
    assert "act: deny → warn" in read_desk_message(response)
    assert dump_decision_rows() == before


def test_what_cannot_be_undone_is_not_in_the_way_of_what_was_before_it(
    curator: Client, quote: Quote
) -> None:
    other = make_doubtful()
    decide_quote(curator, other, "reject")
    decide_quote(curator, quote, "act", act="deny")
    Quote.objects.filter(pk=quote.pk).update(kind="direct")
    assert send_undo(curator).status_code == 409

    assert send_undo(curator).status_code == 302

    assert Quote.objects.get(pk=other.pk).status == "unreviewed"


def test_a_bulk_decision_of_which_one_changed_since_is_not_undone(
    curator: Client, quote: Quote
) -> None:
    decide_in_bulk(curator, "reject", Quote.objects.all())
    Quote.objects.filter(pk=quote.pk).update(status="accepted")
    before = dump_decision_rows()

    assert "changed since" in read_desk_message(send_undo(curator))
    assert dump_decision_rows() == before


def test_a_quote_that_is_gone_is_not_undone(curator: Client, quote: Quote) -> None:
    decide_quote(curator, quote, "reject")
    Quote.objects.filter(pk=quote.pk).delete()

    assert "is gone since" in read_desk_message(send_undo(curator))


def test_a_speaker_that_is_gone_is_not_given_back(curator: Client, quote: Quote) -> None:
    before = Actor.objects.get(pk=quote.actor_id or 0)
    Quote.objects.exclude(pk=quote.pk).update(actor=None)
    decide_quote(curator, quote, "unknown")
    before.delete()

    assert "The speaker that this quote had is gone" in read_desk_message(send_undo(curator))
    assert Quote.objects.get(pk=quote.pk).status == "corrected"


def test_a_report_that_came_in_since_does_not_stand_in_the_way(
    curator: Client, quote: Quote
) -> None:
    decide_quote(curator, quote, "accept")
    late = Report.objects.create(quote=quote, problem="speaker", sender="t")

    send_undo(curator)

    assert Report.objects.exclude(pk=late.pk).get().verdict is None
    assert Quote.objects.get(pk=quote.pk).status == "unreviewed"


def test_one_undoes_ones_own_decisions_of_this_sitting_alone(curator: Client, quote: Quote) -> None:
    decide_quote(curator, quote, "reject")
    someone, later = Client(), Client()
    someone.force_login(User.objects.create_superuser("Olga"))
    later.force_login(User.objects.get(username="Clara"))

    for browser in (someone, later):
        assert "nothing to undo" in read_desk_message(send_undo(browser))

    assert Quote.objects.get(pk=quote.pk).status == "rejected"


def test_to_undo_needs_the_permission_and_a_post(
    curator: Client, client: Client, quote: Quote
) -> None:
    decide_quote(curator, quote, "reject")
    user = User.objects.get(username="Clara")
    User.objects.filter(pk=user.pk).update(is_superuser=False, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_quote"))

    assert send_undo(curator).status_code == 403
    assert curator.get(f"{DESK}undo/").status_code == 403

    assert Quote.objects.get(pk=quote.pk).status == "rejected"
    assert Decision.objects.get().undone_at is None


def test_the_history_tells_of_the_decision_and_of_its_undoing(
    curator: Client, quote: Quote
) -> None:
    send_decision(curator, quote, "reject")
    send_undo(curator)

    events = Quote.pgh_event_model.objects.filter(pgh_obj_id=quote.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.status for event in events][-2:] == ["rejected", "unreviewed"]
