"""The desk at which pairs of wordings are judged."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from claims.gathering.deciding import decide_matches
from claims.models import Match, MatchStatus, Quote, Wording
from tests.factories import make_match, make_quote

pytestmark = pytest.mark.django_db

DESK = "/admin/claims/match/desk/"


@pytest.fixture
def curator(client: Client) -> Client:
    user = User.objects.create_user("clara", is_staff=True)
    names = ("change_match", "view_match", "bulk_quote")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def make_proposal(score: float = 0.7, number: int = 1) -> Match:
    first = make_quote(content=f"the bridge number {number} is safe for wagons")
    second = make_quote(content=f"wagons may pass the bridge number {number} safely")
    return make_match(first, second, kind="paraphrase", status="proposed", score=score)


def get_page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_likeliest_pair_comes_first_with_both_sides(curator: Client) -> None:
    make_proposal(0.6, 1)
    likelier = make_proposal(0.8, 2)

    page = get_page(curator, DESK)

    assert "the bridge number 2 is safe for wagons" in page
    assert "wagons may pass the bridge number 2 safely" in page
    assert f"/admin/claims/match/{likelier.pk}/decide/" in page
    assert "2 wait" in page


def test_another_pair_is_shown_where_one_is_left_for_later(curator: Client) -> None:
    first, second = make_proposal(0.8, 1), make_proposal(0.6, 2)

    page = get_page(curator, f"{DESK}?skip={first.pk}")

    assert f"/admin/claims/match/{second.pk}/decide/" in page


def test_the_desk_of_a_claim_has_its_own_pairs(curator: Client) -> None:
    make_proposal(0.8, 1)
    other = make_proposal(0.6, 2)

    page = get_page(curator, f"{DESK}?claim={other.second_id}")

    assert f"/admin/claims/match/{other.pk}/decide/" in page


def test_confirming_joins_and_undo_brings_back_what_was(curator: Client) -> None:
    match = make_proposal()

    curator.post(f"/admin/claims/match/{match.pk}/decide/", {"status": "confirmed"})

    assert Wording.objects.get(pk=match.second_id).claim_id == match.first_id
    curator.post(DESK, {"undo": "yes"})
    match.refresh_from_db()
    assert (match.status, match.decided_by, match.decided_at) == ("proposed", None, None)
    assert Wording.objects.get(pk=match.second_id).claim_id == match.second_id
    assert (
        "There is nothing to undo."
        in curator.post(DESK, {"undo": "yes"}, follow=True).content.decode()
    )


def test_a_decision_can_be_taken_back_from_its_own_page(curator: Client) -> None:
    match = make_proposal()
    address = f"/admin/claims/match/{match.pk}/decide/"
    curator.post(address, {"status": "refused"})
    assert "Take that back" in get_page(curator, f"{DESK}?match={match.pk}")

    curator.post(address, {"status": "taken back"})

    match.refresh_from_db()
    assert match.status == "proposed"


def test_undo_brings_back_what_an_earlier_curator_decided(curator: Client) -> None:
    match = make_proposal()
    earlier = User.objects.create_user("olga")
    decide_matches([match.pk], MatchStatus.CONFIRMED, earlier)
    match.refresh_from_db()
    decided_at = match.decided_at

    curator.post(f"/admin/claims/match/{match.pk}/decide/", {"status": "refused"})
    assert Wording.objects.get(pk=match.second_id).claim_id == match.second_id
    curator.post(DESK, {"undo": "yes"})

    match.refresh_from_db()
    assert (match.status, match.decided_by, match.decided_at) == ("confirmed", earlier, decided_at)
    assert Wording.objects.get(pk=match.second_id).claim_id == match.first_id


def test_undo_leaves_what_somebody_else_has_decided_since(curator: Client) -> None:
    match = make_proposal()
    later = User.objects.create_user("olga")
    curator.post(f"/admin/claims/match/{match.pk}/decide/", {"status": "refused"})
    decide_matches([match.pk], MatchStatus.CONFIRMED, later)

    page = curator.post(DESK, {"undo": "yes"}, follow=True).content.decode()

    match.refresh_from_db()
    assert "somebody else has decided since" in page
    assert (match.status, match.decided_by) == ("confirmed", later)


def test_an_unknown_status_changes_nothing(curator: Client) -> None:
    match = make_proposal()

    curator.post(f"/admin/claims/match/{match.pk}/decide/", {"status": "sure"})

    match.refresh_from_db()
    assert match.status == "proposed"


def test_pairs_that_are_left_for_later_do_not_come_back_before_the_others(curator: Client) -> None:
    scores = (0.9, 0.8, 0.8, 0.6)
    made = [make_proposal(score, number) for number, score in enumerate(scores)]

    address, shown = DESK, []
    for _ in range(len(made) + 1):
        page = get_page(curator, address)
        shown.append(int(re.findall(r"/match/(\d+)/decide/", page)[0]))
        address = unescape(re.findall(r'data-key="k" href="([^"]*)"', page)[0])

    assert shown == [*(match.pk for match in made), made[0].pk]


def test_deciding_goes_on_behind_what_was_left(curator: Client) -> None:
    first, second, third = (make_proposal(0.9 - number / 10, number) for number in range(3))
    page = get_page(curator, f"{DESK}?skip={first.pk}")
    here = unescape(re.findall(r'name="next" value="([^"]*)"', page)[0])

    address = f"/admin/claims/match/{second.pk}/decide/"
    response = curator.post(address, {"status": "refused", "next": here}, follow=True)

    assert f"/admin/claims/match/{third.pk}/decide/" in response.content.decode()


def test_the_desk_shows_pairs_of_one_sort_and_asks_what_was_found_of_them(curator: Client) -> None:
    make_proposal(0.9)
    said = make_quote(content="the ferry is late again")
    denial = make_match(said, make_quote(content="any delay", act="deny"), status="proposed")

    page = get_page(curator, f"{DESK}?kind=disputed")

    assert f"/admin/claims/match/{denial.pk}/decide/" in page
    assert "Does the second deny the first?" in page
    assert "1 waits" in page
    assert "No pair waits." in get_page(curator, f"{DESK}?kind=answers")


def test_the_desk_tells_why_in_words_and_shows_each_side_in_its_article(curator: Client) -> None:
    match = make_proposal()
    Match.objects.update(evidence=["run of 4 words", "same names", "other polarity"])

    page = get_page(curator, f"{DESK}?match={match.pk}")

    assert "4 words in a row; the same names; with a negation in one of them" in page
    assert (
        "… It was noon. Veldania said the bridge number 1 is safe for wagons. Rain fell. …" in page
    )


@pytest.mark.parametrize(("action", "status"), [("confirm", "confirmed"), ("refuse", "refused")])
def test_many_are_decided_at_once_from_the_list_after_they_were_shown(
    curator: Client, action: str, status: str
) -> None:
    matches = [make_proposal(number=number) for number in range(3)]
    chosen = [match.pk for match in matches[:2]]
    form = {"action": action, "_selected_action": chosen}

    preview = curator.post("/admin/claims/match/", form).content.decode()

    assert "Nothing is written yet." in preview
    assert "the bridge number 0 is safe for wagons" in preview
    assert "wagons may pass the bridge number 0 safely" in preview
    assert not Match.objects.decided().exists()
    curator.post("/admin/claims/match/", {**form, "confirmed": "yes"})
    assert set(Match.objects.filter(pk__in=chosen).values_list("status", flat=True)) == {status}
    assert Match.objects.get(pk=matches[2].pk).status == "proposed"


def test_what_was_decided_at_once_is_undone_at_once(curator: Client) -> None:
    matches = [make_proposal(number=number) for number in range(3)]
    later = User.objects.create_user("olga")
    chosen = [match.pk for match in matches]
    form = {"action": "confirm", "_selected_action": chosen, "confirmed": "yes"}
    curator.post("/admin/claims/match/", form)
    decide_matches(chosen[:1], MatchStatus.REFUSED, later)

    page = curator.post(DESK, {"undo": "yes"}, follow=True).content.decode()

    assert "Of 1 somebody else has decided since." in page
    statuses = dict(Match.objects.values_list("pk", "status"))
    assert [statuses[pk] for pk in chosen] == ["refused", "proposed", "proposed"]
    assert Wording.objects.get(pk=matches[1].second_id).claim_id == matches[1].second_id


def test_what_was_decided_of_many_is_taken_back_after_they_were_shown(curator: Client) -> None:
    match = make_proposal()
    decide_matches([match.pk], MatchStatus.REFUSED, User.objects.get(username="clara"))
    form = {"action": "take_back", "_selected_action": [match.pk]}

    curator.post("/admin/claims/match/", form)
    shown = Match.objects.get().status
    curator.post("/admin/claims/match/", {**form, "confirmed": "yes"})

    assert (shown, Match.objects.get().status) == ("refused", "proposed")


def test_too_many_are_not_decided_at_once(curator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.matches.MOST_AT_ONCE", 1)
    chosen = [make_proposal(number=number).pk for number in range(2)]
    form = {"action": "confirm", "_selected_action": chosen, "confirmed": "yes"}

    page = curator.post("/admin/claims/match/", form, follow=True).content.decode()

    assert "At most 1 pairs can be decided at once." in page
    assert not Match.objects.decided().exists()


def test_nothing_waits_when_all_is_decided(curator: Client) -> None:
    assert "No pair waits." in get_page(curator, DESK)


def test_who_may_not_judge_is_refused(client: Client) -> None:
    match = make_proposal()
    user = User.objects.create_user("vera", is_staff=True)
    client.force_login(user)

    assert client.get(DESK).status_code == 403
    response = client.post(f"/admin/claims/match/{match.pk}/decide/", {"status": "refused"})

    assert response.status_code == 403
    assert Match.objects.get().status == "proposed"
    assert Quote.objects.count() == 2
