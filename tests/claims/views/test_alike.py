"""Claims like a sentence that somebody pastes: the same, the opposite, another figure, and why."""

from datetime import timedelta
from urllib.parse import quote as quoted

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.gathering.updating import relate_all_waiting_wordings
from claims.models import Lookup
from tests.claims.views.test_claims import tell
from tests.claims.views.test_views import text_of

pytestmark = pytest.mark.django_db

STORED = "that the harbour bridge was closed to heavy wagons for nine weeks"
SAME = "The harbour bridge was closed to heavy wagons for nine weeks"
OPPOSITE = "The harbour bridge was never closed to heavy wagons for nine weeks"
OTHER_FIGURE = "The harbour bridge was closed to heavy wagons for twelve weeks"


def look_up(client: Client, sentence: str) -> str:
    return text_of(client, f"/claims/alike/?text={quoted(sentence)}")


def tell_and_relate(*contents: str) -> None:
    for number, content in enumerate(contents):
        tell(content, actor=f"Speaker {number}")
    list(relate_all_waiting_wordings())


@pytest.mark.parametrize(
    ("sentence", "heading", "why"),
    [
        (SAME, "Say the same", "words in a row"),
        (OPPOSITE, "Deny it, or say the opposite", "with a negation in one of them"),
        (OTHER_FIGURE, "Have another figure", "another figure"),
    ],
)
def test_a_claim_is_found_as_what_it_is_to_the_sentence_and_why(
    client: Client, sentence: str, heading: str, why: str
) -> None:
    tell_and_relate(STORED, "that the ferry is late again in the north")

    page = look_up(client, sentence)

    group = page.split(f">{heading}</h2>")[1]
    assert STORED in group
    assert why in group.split("Why it is here:")[1].split("</p>")[0]
    assert "Speaker 0" in group
    assert "ferry" not in page


def test_a_wording_is_found_by_two_of_its_rare_words_too(client: Client) -> None:
    tell_and_relate("engineers, councillors, pilots and bakers want the harbour bridge closed")

    assert "engineers, councillors" in look_up(client, "The harbour bridge should be closed")


@pytest.mark.parametrize("sentence", ["", " ", "the", "The submarine has sunk near Veldania"])
def test_what_is_like_nothing_says_so_or_asks_for_a_sentence(client: Client, sentence: str) -> None:
    tell_and_relate(STORED)

    page = look_up(client, sentence)

    assert STORED not in page
    assert ("No claim like this was found" in page) == bool(sentence.strip())


def test_a_sentence_that_is_too_long_is_refused_in_words(client: Client) -> None:
    page = look_up(client, "bridge " * 100)

    assert "“text” is left out." in page


def test_the_work_has_bounds_however_much_is_stored(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr("claims.gathering.alike.MOST_COMPARED", 3)
    tell_and_relate(*(f"{STORED} in year {number}" for number in range(5)))
    own = len(("columns", "about")) + len(("lately", "noted"))  # in a transaction, not signed in

    with django_assert_max_num_queries(9 + own):
        page = look_up(client, SAME)

    assert page.count("Why it is here:") <= 3
    assert page.count("Why it is here:") >= 1


def test_candidates_are_looked_up_by_indexes(client: Client) -> None:
    tell_and_relate(STORED)

    with CaptureQueriesContext(connection) as queries:
        look_up(client, "The harbour bridge should be closed")

    asked = [each["sql"] for each in queries if "LIMIT 2000" in each["sql"]]
    assert len(asked) == 2
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for sql, index in zip(asked, ("wording_runs", "wording_search"), strict=True):
            cursor.execute(f"EXPLAIN {sql}")
            assert index in "\n".join(line for (line,) in cursor.fetchall())


# How often


def test_whoever_is_not_signed_in_may_look_so_many_up_within_an_hour(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.views.alike.MOST_LOOKUPS_AN_HOUR", 2)

    told = [client.get("/claims/alike/", {"text": SAME}).status_code for _ in range(3)]
    without = client.get("/claims/alike/").status_code
    client.force_login(User.objects.create_user("reporter"))
    signed_in = client.get("/claims/alike/", {"text": SAME}).status_code

    assert told == [200, 200, 429]
    assert (without, signed_in) == (200, 200)


def test_who_looked_something_up_is_forgotten_after_a_day() -> None:
    for hours in (1, 30):
        lookup = Lookup.objects.create(sender="s")
        Lookup.objects.filter(pk=lookup.pk).update(made_at=timezone.now() - timedelta(hours=hours))

    assert Lookup.objects.forget_old() == 1
    assert Lookup.objects.count() == 1
