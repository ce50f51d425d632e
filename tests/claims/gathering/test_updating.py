"""Wordings that wait are read, matched and grouped; what people decided holds."""

import json
from itertools import permutations
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client

from claims.gathering.deciding import (
    MatchRefused,
    decide_matches,
    decide_pair,
    take_back_decisions,
)
from claims.gathering.pairing import find_propositions
from claims.gathering.updating import have_all_wordings_related, relate_all_waiting_wordings
from claims.jobs import relate_wordings
from claims.models import Claim, FormerClaim, Match, MatchStatus, Quote, Unrelated, Wording
from claims.pages.related import find_related_quotes
from claims.search.columns import get_current_columns
from tests.claims.reads import count_rows_read
from tests.factories import make_article, make_match, make_quote, numbers

pytestmark = pytest.mark.django_db

WHOLE = "“The northern pillars of the bridge have sunk by eleven centimetres since the flood.”"
CUT = "“The northern pillars of the bridge have sunk by eleven centimetres,”"
REPORTED = "that the northern pillars of the bridge had sunk by eleven centimetres since the flood"
OTHER_FIGURE = (
    "“The northern pillars of the bridge have sunk by forty centimetres since the flood,”"
)
DENIED = "that the northern pillars of the bridge had sunk by eleven centimetres at all"


def relate() -> int:
    return sum(relate_all_waiting_wordings())


def tell(
    content: str, *, actor: str = "Ana Bell", outlet: str = "Harbour Herald", **values: Any
) -> Quote:
    cue = "denied" if values.get("act") == "deny" else "said"
    text = f"It was noon. {actor} {cue} {content} Rain fell."
    key = values.pop("key", f"https://example.org/{next(numbers)}")
    article = make_article(text, outlet=outlet, key=key)
    return make_quote(actor=actor, article=article, cue=cue, content=content, **values)


def group_texts() -> set[frozenset[str]]:
    groups: dict[int, set[str]] = {}
    for text, claim in Wording.objects.values_list("text", "claim"):
        groups.setdefault(claim, set()).add(text)
    return {frozenset(texts) for texts in groups.values()}


def dump_rows() -> str:
    """All that says which claims there are, to the last column."""
    with connection.cursor() as cursor:
        rows = []
        for table in ("claims_wording", "claims_match", "claims_formerclaim"):
            cursor.execute(f"SELECT to_jsonb(row) FROM {table} row ORDER BY 1")
            rows.append([json.loads(row) for (row,) in cursor.fetchall()])
    return json.dumps(rows, sort_keys=True)


def test_one_quotation_in_three_outlets_is_one_claim() -> None:
    first = tell(WHOLE)
    tell(CUT, outlet="Northern Wire")
    tell(REPORTED, outlet="Evening Post")

    relate()

    assert group_texts() == {frozenset((WHOLE, CUT, REPORTED))}
    assert Claim.objects.get().pk == first.wording_id
    assert set(Match.objects.values_list("kind", "status")) == {("copy", "sure")}


@pytest.mark.parametrize("order", list(permutations((WHOLE, CUT, REPORTED, OTHER_FIGURE)))[::5])
def test_it_makes_no_difference_which_came_first_and_whether_they_came_at_once(
    order: tuple[str, ...],
) -> None:
    for place, content in enumerate(order):
        tell(content, outlet=f"Outlet {content[:30]}", key=f"https://example.org/{content[-20:]}")
        if place % 2:
            relate()
    relate()

    assert group_texts() == {frozenset((WHOLE, CUT, REPORTED)), frozenset((OTHER_FIGURE,))}


def test_relating_again_changes_nothing() -> None:
    for content in (WHOLE, CUT, OTHER_FIGURE):
        tell(content)
    relate()
    before = dump_rows()

    have_all_wordings_related()
    relate()

    assert dump_rows() == before
    assert not Unrelated.objects.exists()
    assert relate() == 0


def test_another_figure_is_another_claim_beside_it() -> None:
    tell(WHOLE)
    tell(OTHER_FIGURE, actor="Omar Reza", outlet="Northern Wire")

    relate()

    (match,) = Match.objects.all()
    assert (match.kind, match.status) == ("conflicts", "sure")
    assert len(group_texts()) == 2


def test_figures_that_an_article_sets_against_each_other_stand_side_by_side() -> None:
    text = (
        "Veldania said Norland had sent 94,000 soldiers to their shared border. Norland said"
        " Veldania had itself sent 125,000 soldiers to their shared border."
    )
    article = make_article(text)
    one, other = (
        "Norland had sent 94,000 soldiers to their shared border",
        ("Veldania had itself sent 125,000 soldiers to their shared border"),
    )
    first = make_quote(actor="Veldania", article=article, content=one)
    second = make_quote(actor="Norland", article=article, content=other)

    relate()

    match = Match.objects.get()
    assert (match.first_id, match.second_id) == (first.wording_id, second.wording_id)
    assert (match.kind, match.status) == ("conflicts", "sure")
    assert "other side" in match.evidence


def test_who_denies_the_same_words_denies_the_claim() -> None:
    told = tell(WHOLE)
    denial = tell(DENIED, actor="Veldania", act="deny")

    relate()

    (match,) = Match.objects.all()
    assert (match.first_id, match.second_id) == (told.wording_id, denial.wording_id)
    assert (match.kind, match.status) == ("denies", "sure")
    known = get_current_columns()
    assert find_related_quotes(known, told)["denials"] == [denial]
    assert find_related_quotes(known, denial)["denied"] == [told]


def test_a_denial_is_tied_to_what_it_denies_in_its_article() -> None:
    text = (
        "Ana Bell said that Veldania planned to close the bridge in May. Rain fell."
        " Veldania denied any such plan."
    )
    article = make_article(text)
    content = "that Veldania planned to close the bridge in May"
    told = make_quote(actor="Ana Bell", article=article, content=content)
    denial = make_quote(article=article, cue="denied", content="any such plan", act="deny")

    relate()

    (match,) = Match.objects.all()
    assert (match.first_id, match.second_id, match.kind) == (
        told.wording_id,
        denial.wording_id,
        "denies",
    )
    assert not Wording.objects.get(pk=denial.wording_id).is_proposition


@pytest.mark.parametrize(("cue", "status"), [("denied", "sure"), ("refused", "proposed")])
def test_a_refusal_is_no_sure_denial(cue: str, status: str) -> None:
    text = (
        "Ana Bell said that Veldania planned to close the bridge in May. Rain fell."
        f" Veldania {cue} any such plan."
    )
    article = make_article(text)
    content = "that Veldania planned to close the bridge in May"
    make_quote(actor="Ana Bell", article=article, content=content)
    make_quote(article=article, cue=cue, content="any such plan", act="deny")

    relate()

    assert Match.objects.get().status == status


def test_a_denial_that_may_be_of_either_of_two_things_is_only_proposed() -> None:
    text = (
        "Ana Bell said that Veldania hid the bill of the mill. Ben Cole said that Veldania sold the"
        " ferry to its cousins. Veldania denied the claims."
    )
    article = make_article(text)
    for actor, content in (
        ("Ana Bell", "that Veldania hid the bill of the mill"),
        ("Ben Cole", "that Veldania sold the ferry to its cousins"),
    ):
        make_quote(actor=actor, article=article, content=content)
    make_quote(article=article, cue="denied", content="the claims", act="deny")

    relate()

    assert not Match.objects.public().exists()


def test_a_rejected_quote_ties_nothing() -> None:
    tell(CUT)
    rejected = tell(REPORTED)
    relate()
    assert len(group_texts()) == 1

    Quote.objects.filter(pk=rejected.pk).update(status="rejected")
    relate()

    assert len(group_texts()) == 2
    assert not Match.objects.exists()


def test_a_wording_that_cannot_be_related_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing = tell("the ferry will run again in the spring of next year")
    tell(WHOLE)
    tell(CUT)

    def fail_for_one(wordings: Any) -> dict[int, bool]:
        found = list(wordings)
        if failing.wording_id in {wording.number for wording in found}:
            raise ValueError("too odd to read")
        return find_propositions(found)

    with monkeypatch.context() as patched:
        patched.setattr("claims.gathering.updating.find_propositions", fail_for_one)
        relate()

    assert frozenset((WHOLE, CUT)) in group_texts()
    assert not Unrelated.objects.exists()
    assert f"Wording {failing.wording_id} could not be related" in caplog.text
    assert "too odd to read" in caplog.text

    tell(failing.content, outlet="Evening Post")
    assert relate() == 1


def test_a_fault_of_the_database_sets_no_wording_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise OperationalError("deadlock detected")

    tell(WHOLE)
    monkeypatch.setattr("claims.gathering.updating.find_propositions", fail)

    with pytest.raises(OperationalError):
        relate()

    assert Unrelated.objects.count() == 1


# Addresses


def test_the_address_of_each_wording_leads_to_its_claim(client: Client) -> None:
    first, second = tell(WHOLE), tell(CUT)
    address = second.claim.get_absolute_url()
    relate()

    response = client.get(f"{address}?copies=all")

    assert response.status_code == 301
    assert response["Location"] == f"/claims/{first.wording_id}/?copies=all"


def test_the_address_stays_with_the_claim_when_its_first_wording_goes(client: Client) -> None:
    first, second, third = tell(WHOLE), tell(CUT), tell(REPORTED)
    relate()

    first.delete()
    Wording.objects.delete_unused([first.wording_id])
    relate()

    assert Claim.objects.get().pk == second.wording_id
    assert Wording.objects.get(pk=third.wording_id).claim_id == second.wording_id
    response = client.get(f"/claims/{first.wording_id}/")
    assert (response.status_code, response["Location"]) == (301, f"/claims/{second.wording_id}/")

    second.delete()
    Wording.objects.delete_unused([second.wording_id])

    assert set(FormerClaim.objects.values_list("number", "wording")) == {
        (first.wording_id, third.wording_id),
        (second.wording_id, third.wording_id),
    }


def test_a_wording_that_goes_alone_leaves_nothing(client: Client) -> None:
    gone = tell(WHOLE)
    relate()

    gone.delete()
    Wording.objects.delete_unused([gone.wording_id])
    relate()

    assert not Wording.objects.exists()
    assert client.get(f"/claims/{gone.wording_id}/").status_code == 404


def test_whoever_deletes_wordings_reads_no_other_matches() -> None:
    told, denial, other = tell(WHOLE), tell(DENIED, actor="Veldania", act="deny"), tell("it rains")
    make_match(told, denial)
    make_match(other, told)
    told.delete()

    with connection.cursor() as cursor:
        # What a trigger does may have been planned in a test before.
        cursor.execute("SET LOCAL enable_seqscan = off; DISCARD PLANS")
        before = count_scans_of_matches()
        Wording.objects.delete_unused([told.wording_id])
        after = count_scans_of_matches()
        cursor.execute("SET LOCAL enable_seqscan = on; DISCARD PLANS")

    assert not Match.objects.exists()
    assert after == before


def count_scans_of_matches() -> int:
    """Return how often this transaction has read all matches from the first to the last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'claims_match'"
        )
        return int(cursor.fetchone()[0])


# Decisions


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("curator")


def test_what_a_curator_told_apart_stays_apart(curator: User) -> None:
    tell(WHOLE)
    tell(CUT)
    relate()
    match = Match.objects.get()

    decide_matches([match.pk], MatchStatus.REFUSED, curator)

    assert len(group_texts()) == 2
    have_all_wordings_related()
    relate()
    tell(CUT, outlet="Evening Post")
    relate()
    match.refresh_from_db()
    assert (match.status, match.decided_by) == ("refused", curator)
    assert len(group_texts()) == 2


def test_what_a_curator_joined_is_one_whatever_is_read_of_it(curator: User) -> None:
    first, second = tell(WHOLE), tell("the ferry will run again in the spring of next year")
    relate()

    decide_pair(second.wording_id, first.wording_id, MatchStatus.CONFIRMED, curator)
    have_all_wordings_related()
    relate()

    assert len(group_texts()) == 1
    assert Claim.objects.get().pk == first.wording_id


@pytest.mark.parametrize("decision", [MatchStatus.CONFIRMED, MatchStatus.REFUSED])
def test_a_decision_taken_back_leaves_every_row_as_it_was(
    decision: MatchStatus, curator: User
) -> None:
    wordings = [tell(content).wording_id for content in (WHOLE, CUT, OTHER_FIGURE)]
    relate()
    before = dump_rows()

    found = Match.objects.of(wordings[0]).of(wordings[1]).get()
    decide_matches([found.pk], decision, curator)
    made = decide_pair(wordings[0], tell("the ferry runs").wording_id, decision, curator)
    take_back_decisions([found.pk, made.pk])
    Quote.objects.filter(content="the ferry runs").delete()
    Wording.objects.filter(text="the ferry runs").delete()

    assert dump_rows() == before


@pytest.mark.parametrize("decision", [MatchStatus.CONFIRMED, MatchStatus.REFUSED])
def test_a_denial_read_since_a_decision_is_no_part_of_the_claim_when_that_is_taken_back(
    decision: MatchStatus, curator: User
) -> None:
    told, denial = tell(WHOLE), tell(DENIED, actor="Veldania", act="deny")
    match = make_match(told, denial, kind="paraphrase", status="proposed")
    decide_matches([match.pk], decision, curator)
    have_all_wordings_related()
    relate()

    take_back_decisions([match.pk])
    assert len(group_texts()) == 2
    relate()

    assert len(group_texts()) == 2
    found = Match.objects.get()
    assert (found.first_id, found.second_id) == (told.wording_id, denial.wording_id)
    assert (found.kind, found.status) == ("denies", "sure")


def test_a_denial_that_a_curator_called_the_same_is_a_denial_again_when_taken_back(
    curator: User,
) -> None:
    told, denial = tell(WHOLE), tell(DENIED, actor="Veldania", act="deny")
    relate()
    before = dump_claims_of_matches()

    match = decide_pair(told.wording_id, denial.wording_id, MatchStatus.CONFIRMED, curator)
    assert len(group_texts()) == 1
    take_back_decisions([match.pk])
    assert len(group_texts()) == 2
    relate()

    assert dump_claims_of_matches() == before


def test_a_denial_is_never_one_with_what_it_denies_whatever_is_joined_between_them(
    curator: User,
) -> None:
    told, denial = tell(WHOLE), tell(DENIED, actor="Veldania", act="deny")
    between = tell("the ferry will run again in the spring of next year")
    relate()

    for quote in (told, denial):
        decide_pair(quote.wording_id, between.wording_id, MatchStatus.CONFIRMED, curator)
    have_all_wordings_related()
    relate()

    claims = dict(Wording.objects.values_list("pk", "claim"))
    assert claims[told.wording_id] != claims[denial.wording_id]
    assert len(group_texts()) == 2
    known = get_current_columns()
    assert find_related_quotes(known, told)["denials"] == [denial]


def dump_claims_of_matches() -> list[Any]:
    return list(Match.objects.values("first__claim", "second__claim", "kind", "status", "found"))


def test_a_wording_on_which_somebody_decided_outlives_its_quotes(curator: User) -> None:
    first, second = tell(WHOLE), tell(CUT)
    relate()
    decide_matches([Match.objects.get().pk], MatchStatus.REFUSED, curator)

    second.delete()
    Wording.objects.delete_unused([second.wording_id])
    relate()
    tell(CUT, outlet="Evening Post")
    relate()

    assert Wording.objects.filter(pk=second.wording_id).exists()
    assert first.wording_id != Wording.objects.get(pk=second.wording_id).claim_id


def test_a_wording_is_not_told_apart_from_itself(curator: User) -> None:
    quote = tell(WHOLE)

    with pytest.raises(MatchRefused):
        decide_pair(quote.wording_id, quote.wording_id, MatchStatus.REFUSED, curator)


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    tell(WHOLE)
    tell(CUT)

    call_command("claims")

    assert capsys.readouterr().out == "Wordings: 2 looked at; 1 claim is told in several.\n"


def test_workers_relate_what_waits() -> None:
    tell(WHOLE)
    tell(CUT)

    relate_wordings(timestamp=0)

    assert len(group_texts()) == 1
    assert not Unrelated.objects.exists()


def test_a_worker_leaves_the_rest_for_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.jobs.LONGEST_RELATING", 0)
    monkeypatch.setattr("claims.gathering.updating.WORDINGS_AT_ONCE", 1)
    tell(WHOLE)
    tell(CUT)

    relate_wordings(timestamp=0)

    assert Unrelated.objects.count() == 1


# What is kept in memory


@pytest.mark.django_db(transaction=True)
def test_counts_follow_the_claim() -> None:
    first, second = tell(WHOLE), tell(CUT, outlet="Northern Wire")
    before = get_current_columns()

    relate()

    assert set(before["claim"].tolist()) == {first.wording_id, second.wording_id}
    assert set(get_current_columns()["claim"].tolist()) == {first.wording_id}


def test_to_relate_a_wording_reads_those_it_leads_to_and_no_others() -> None:
    wordings = [Wording(key=f"other {number}", text=f"other {number}") for number in range(500)]
    Wording.objects.bulk_create(wordings)
    tell(WHOLE)
    relate()
    tell(CUT)

    with count_rows_read("claims_wording") as read:
        relate()

    assert len(group_texts()) == 501
    assert read[0] < 60
