"""Fact-checks are tied to the claims that they are about, and never become a part of them."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from claims.gathering import factchecks
from claims.gathering.factchecks import (
    build_utterance,
    decide_subjects,
    look_up_all_waiting_factchecks,
    look_up_waiting_factchecks,
    take_back_subjects,
)
from claims.gathering.prints import compute_runs
from claims.gathering.updating import have_all_wordings_related, relate_all_waiting_wordings
from claims.intake.factchecks import store_reviews
from claims.intake.readers.reviews import ClaimReview
from claims.jobs import relate_wordings
from claims.models import (
    FactCheck,
    FactCheckMatch,
    Match,
    MatchStatus,
    Quote,
    Wording,
    WordingPrint,
)
from claims.pages.factchecks import list_factchecks_of_claim
from claims.relating import Utterance
from tests.claims.reads import count_rows_read
from tests.factories import make_article, make_quote, numbers

pytestmark = pytest.mark.django_db

SAID = "that the northern pillars of the bridge had sunk by eleven centimetres since the flood"
CHECKED = "The northern pillars of the bridge have sunk by eleven centimetres since the flood"
OTHER_FIGURE = "The northern pillars of the bridge have sunk by forty centimetres since the flood"
PAUSE = 0.5  # seconds in which whoever does not wait is long done
ELSEWHERE = "The ferry will sail twice a day from June on, the harbour master says"


def check(claim: str = CHECKED, **values: Any) -> FactCheck:
    told = {
        "address": f"https://checks.example/{next(numbers)}",
        "claim": claim,
        "reviewer": "Harbour Checks",
        "rating": "Mostly false",
        "said_by": "Ana Bell",
        "said_on": date(2024, 3, 5),
    }
    review = ClaimReview(**{**told, **values})
    store_reviews([review])
    return FactCheck.objects.get(key=FactCheck.key_of(review.address, review.claim))


def tell(content: str = SAID, **values: Any) -> Quote:
    article = make_article(f"It was noon. Ana Bell said {content}. Rain fell.")
    return make_quote(actor="Ana Bell", article=article, content=content, **values)


def look_up() -> None:
    for work in (relate_all_waiting_wordings, look_up_all_waiting_factchecks):
        for _ in work():
            pass


def list_ties() -> set[tuple[str, str, str]]:
    ties = FactCheckMatch.objects.values_list("factcheck__claim", "wording__text", "status")
    return set(ties)


@pytest.mark.parametrize("comes_first", ["quote", "fact-check"])
def test_a_fact_check_finds_its_claim_whichever_came_first(comes_first: str) -> None:
    steps = [tell, check] if comes_first == "quote" else [check, tell]

    for step in steps:
        step()
        look_up()

    assert list_ties() == {(CHECKED, SAID, "sure")}


def test_one_of_another_figure_or_matter_is_tied_to_nothing_by_itself() -> None:
    tell()
    check(OTHER_FIGURE)
    check(ELSEWHERE)

    look_up()

    assert not FactCheckMatch.objects.public().exists()


def test_a_fact_check_is_no_wording_and_makes_no_claims_one() -> None:
    first, second = tell(), tell("that the ferry will sail twice a day from June on")
    check()
    check(ELSEWHERE)

    look_up()

    assert Wording.objects.count() == 2
    assert not Match.objects.exists()
    assert {first.wording.claim_id, second.wording.claim_id} == {
        first.wording_id,
        second.wording_id,
    }


def test_what_was_stored_twice_is_one_and_tells_what_was_told_last() -> None:
    first = check(address="https://checks.example/a")
    look_up()

    again = check(address="https://checks.example/a", rating="True")

    assert (again.pk, again.rating, again.read_as) == (first.pk, "True", "")
    assert FactCheck.objects.count() == 1


def test_how_many_reviews_are_new_changed_and_neither_is_counted() -> None:
    def build(number: int, rating: str) -> ClaimReview:
        return ClaimReview(f"https://checks.example/{number}", CHECKED, "Harbour Checks", rating)

    store_reviews([build(1, "False"), build(2, "False")])

    stored = store_reviews([build(1, "False"), build(2, "True"), build(3, "False")])

    assert (stored.new, stored.changed, stored.unchanged) == (1, 1, 1)


def test_a_workers_chore_looks_up_what_waits() -> None:
    tell()
    check()

    relate_wordings(timestamp=0)

    assert len(list_ties()) == 1


def test_a_decision_outlives_all_that_is_read_later() -> None:
    curator = User.objects.create_user("clara")
    quote, other = tell(), tell("that the pillars of the bridge in the north had sunk")
    checked = check()
    look_up()
    tie = FactCheckMatch.objects.get(wording__pk=quote.wording_id)
    decide_subjects([tie.pk], MatchStatus.REFUSED, curator)

    have_all_wordings_related()
    FactCheck.objects.filter(pk=checked.pk).update(read_as="")
    look_up()
    quote.delete()
    look_up()

    tie.refresh_from_db()
    assert (tie.status, tie.decided_by) == ("refused", curator)
    assert not FactCheckMatch.objects.public().filter(wording__key=quote.wording.key).exists()
    assert other.wording_id


def test_a_decision_taken_back_leaves_what_was_found() -> None:
    curator = User.objects.create_user("clara")
    tell()
    check()
    look_up()
    (tie,) = FactCheckMatch.objects.all()

    decide_subjects([tie.pk], MatchStatus.CONFIRMED, curator)
    confirmed = list_ties()
    taken_back = take_back_subjects([tie.pk])

    assert confirmed == {(CHECKED, SAID, "confirmed")}
    assert taken_back == 1
    assert list_ties() == {(CHECKED, SAID, "sure")}


def test_a_tie_goes_when_the_fact_check_tells_another_claim_of_somebody() -> None:
    tell()
    first = check(address="https://checks.example/a")
    look_up()

    FactCheck.objects.filter(pk=first.pk).update(claim=ELSEWHERE, read_as="")
    look_up()

    assert list_ties() == set()


def test_a_tie_goes_with_the_last_quote_of_its_wording_and_comes_back_with_it() -> None:
    quote = tell()
    check()
    look_up()

    Quote.objects.update(status="rejected")
    look_up()
    rejected = list_ties()
    Quote.objects.filter(pk=quote.pk).update(status="accepted")
    look_up()

    assert rejected == set()
    assert list_ties() == {(CHECKED, SAID, "sure")}


def test_a_decision_on_a_rejected_wording_is_kept_and_shown_nowhere(client: Client) -> None:
    quote = tell()
    check()
    look_up()
    tie = FactCheckMatch.objects.get()
    decide_subjects([tie.pk], MatchStatus.CONFIRMED, User.objects.create_user("clara"))

    Quote.objects.update(status="rejected")
    look_up()

    tie.refresh_from_db()
    assert (tie.status, tie.found) == ("confirmed", "")
    (told,) = client.get("/api/v1/factchecks/").json()["results"]
    assert told["claims"] == []
    assert list_factchecks_of_claim(quote.claim, for_curator=True) == []


def test_a_fact_check_finds_its_claim_among_many_wordings_that_share_its_words() -> None:
    runs = compute_runs([build_utterance(check())])
    alike = Wording.objects.bulk_create(
        [Wording(key=str(number), text=CHECKED) for number in range(60)]
    )
    WordingPrint.objects.bulk_create(
        [WordingPrint(wording=wording, runs=runs, read_as="test") for wording in alike]
    )
    tell()

    look_up()
    FactCheckMatch.objects.all().delete()
    FactCheck.objects.update(read_as="")
    look_up()

    assert list_ties() == {(CHECKED, SAID, "sure")}


@pytest.mark.django_db(transaction=True)
def test_a_fact_check_that_changes_while_it_is_read_is_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked = check(address="https://checks.example/a")

    def change() -> None:
        try:
            check(address="https://checks.example/a", said_by="Omar Reza")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as aside:
        changing = []

        def read_while_it_changes(utterances: Iterable[Utterance]) -> list[int]:
            changing.append(aside.submit(change))
            wait(changing, PAUSE)
            return compute_runs(utterances)

        monkeypatch.setattr(factchecks, "compute_runs", read_while_it_changes)
        look_up_waiting_factchecks()
        changing[0].result()

    checked.refresh_from_db()
    assert (checked.said_by, checked.read_as) == ("Omar Reza", "")


def test_a_quote_is_compared_with_the_fact_checks_alone_that_share_words_with_it() -> None:
    checks = []
    for number in range(2000):
        runs = [3 * number, 3 * number + 1, 3 * number + 2]
        checks.append(FactCheck(key=str(number), claim=CHECKED, runs=runs, read_as="test"))
    FactCheck.objects.bulk_create(checks)
    check()
    look_up()
    tell()

    with count_rows_read("claims_factcheck") as read:
        look_up()

    assert len(list_ties()) == 1
    assert read[0] < 100


def test_readers_see_what_is_sure_and_curators_judge(client: Client) -> None:
    quote = tell()
    check(reviewed_on=date(2024, 3, 7))
    look_up()
    address = quote.claim.get_absolute_url()

    page = client.get(address).content.decode()

    assert "Checked by others" in page
    assert "Mostly false" in page
    assert "Harbour Checks" in page
    assert "it seems to be of this claim" in page
    assert "It is of another" not in page
    FactCheckMatch.objects.update(status="proposed", found="proposed")
    assert "Checked by others" not in client.get(address).content.decode()


def test_a_page_without_fact_checks_says_nothing_of_them(client: Client) -> None:
    quote = tell()

    assert "Checked by others" not in client.get(quote.claim.get_absolute_url()).content.decode()
