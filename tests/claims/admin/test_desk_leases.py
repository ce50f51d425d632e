"""Two curators never have the same quote before them."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone

from claims.desk.leases import LEASE_TIME
from claims.desk.queue import ReviewQueue
from claims.models import Lease, Quote
from tests.claims.desk_client import (
    DESK,
    get_quote_on_desk,
    make_doubtful,
    read_desk_message,
    send_decision,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague() -> Client:
    """Return the browser of another curator."""
    browser = Client()
    browser.force_login(User.objects.create_superuser("Olga"))
    return browser


def test_two_curators_get_two_quotes(curator: Client, colleague: Client) -> None:
    make_doubtful(), make_doubtful()

    assert {get_quote_on_desk(curator), get_quote_on_desk(colleague)} == set(
        Quote.objects.values_list("pk", flat=True)
    )


def test_the_same_curator_finds_the_same_quote_again(curator: Client) -> None:
    for _ in range(3):
        make_doubtful()

    assert get_quote_on_desk(curator) == get_quote_on_desk(curator)


def test_what_the_last_one_has_is_not_left_for_another(curator: Client, colleague: Client) -> None:
    make_doubtful()

    assert get_quote_on_desk(curator) is not None
    assert get_quote_on_desk(colleague) is None


def test_a_lease_ends_after_ten_minutes_and_not_before(curator: Client, colleague: Client) -> None:
    quote = make_doubtful()
    get_quote_on_desk(curator)
    assert Lease.objects.get().until - timezone.now() > timedelta(minutes=9, seconds=50)
    assert timedelta(minutes=10) == LEASE_TIME

    Lease.objects.update(until=timezone.now() + timedelta(seconds=5))
    assert get_quote_on_desk(colleague) is None
    Lease.objects.update(until=timezone.now() - timedelta(seconds=1))

    assert get_quote_on_desk(colleague) == quote.pk


def test_a_lease_is_renewed_by_whoever_has_it_alone(curator: Client, colleague: Client) -> None:
    quote = make_doubtful()
    get_quote_on_desk(curator)
    soon = timezone.now() + timedelta(minutes=1)
    Lease.objects.update(until=soon)

    assert colleague.post(f"{DESK}{quote.pk}/lease/").status_code == 409
    assert Lease.objects.get().until == soon
    assert curator.post(f"{DESK}{quote.pk}/lease/").status_code == 204
    assert Lease.objects.get().until > soon


def test_what_is_decided_or_skipped_is_given_back(curator: Client) -> None:
    quotes = [make_doubtful(), make_doubtful()]
    first = Quote.objects.get(pk=get_quote_on_desk(curator) or 0)

    send_decision(curator, first, "accept")
    assert not Lease.objects.exists()
    second = get_quote_on_desk(curator)
    curator.post(f"{DESK}{second}/skip/")

    assert not Lease.objects.exists()
    assert {first.pk, second} == {quote.pk for quote in quotes}


def test_a_quote_that_another_has_is_shown_and_not_decided(
    curator: Client, colleague: Client
) -> None:
    quote = make_doubtful()
    get_quote_on_desk(colleague)

    shown = curator.get(f"{DESK}{quote.pk}/").content.decode()
    response = send_decision(curator, quote, "reject")

    assert "<bdi>Olga</bdi> has this quote before them now" in shown
    assert response.status_code == 409
    assert "Olga is looking at this quote now" in read_desk_message(response)
    assert Quote.objects.get().status == "unreviewed"


# On two connections


@pytest.fixture
def other() -> Iterator[BaseDatabaseWrapper]:
    """Yield another connection to the same database, in a transaction."""
    made = connection.copy()
    made.inc_thread_sharing()
    made.set_autocommit(False)
    yield made
    made.rollback()
    made.close()


@pytest.mark.django_db(transaction=True)
def test_a_row_that_another_is_taking_is_passed_over_without_waiting(
    other: BaseDatabaseWrapper,
) -> None:
    first, second = make_doubtful(confidence=0.1), make_doubtful(confidence=0.2)
    clara = User.objects.create_user("Clara")
    with other.cursor() as cursor:
        cursor.execute("SELECT id FROM claims_quote WHERE id = %s FOR NO KEY UPDATE", [first.pk])

    assert ReviewQueue().lease_next_quote(clara) == second.pk


@pytest.mark.django_db(transaction=True)
def test_a_lease_that_was_written_a_moment_before_is_found(other: BaseDatabaseWrapper) -> None:
    """Whoever still saw a row as free is stopped by its lease, and gets the next."""
    first, second = make_doubtful(confidence=0.1), make_doubtful(confidence=0.2)
    clara, olga = User.objects.create_user("Clara"), User.objects.create_user("Olga")
    written = "INSERT INTO claims_lease (quote_id, curator_id, until) VALUES (%s, %s, now() + interval '9 minutes')"
    with other.cursor() as cursor:
        cursor.execute(written, [first.pk, olga.pk])

    with ThreadPoolExecutor(1) as aside:
        found = aside.submit(lease_in_thread, clara)
        wait_until_somebody_waits()
        other.commit()

        assert found.result(30) == second.pk

    assert Lease.objects.get(quote=first).curator == olga
    assert Lease.objects.get(quote=second).curator == clara


def lease_in_thread(curator: User) -> int | None:
    """Return what a curator gets, on a connection of the thread's own."""
    try:
        return ReviewQueue().lease_next_quote(curator)
    finally:
        connection.close()


def wait_until_somebody_waits() -> None:
    """Return when a connection to the database waits for another's lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    pytest.fail("nobody waits")


@pytest.mark.django_db(transaction=True)
def test_curators_who_ask_at_once_get_a_quote_each() -> None:
    for _ in range(8):
        make_doubtful()
    curators = [User.objects.create_user(f"Curator {number}") for number in range(4)]
    start = Barrier(len(curators))

    def lease_two(curator: User) -> list[int | None]:
        try:
            start.wait()
            taken: list[int | None] = []
            for _ in range(2):
                with transaction.atomic():
                    taken.append(
                        ReviewQueue().lease_next_quote(curator, [pk for pk in taken if pk])
                    )
            return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(len(curators)) as aside:
        found = [pk for taken in aside.map(lease_two, curators) for pk in taken]

    assert sorted(pk for pk in found if pk) == sorted(Quote.objects.values_list("pk", flat=True))
