"""Readers report errors without an account; curators settle them."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from claims.desk.reporting import MOST_REPORTS_AN_HOUR
from claims.models import Quote, Report
from tests.claims.admin_client import build_form_values, decide_in_bulk
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote() -> Quote:
    return make_quote()


def send_report(client: Client, quote: Quote, **values: str) -> Any:
    return client.post(f"{quote.get_absolute_url()}report/", {"problem": "speaker", **values})


def test_a_report_goes_into_the_queue_of_the_curators(client: Client, quote: Quote) -> None:
    response = send_report(client, quote, note="It was the minister.")

    assert response["Location"] == f"{quote.get_absolute_url()}report/thanks/"
    assert "Thank you" in client.get(response["Location"]).content.decode()
    made = Report.objects.get()
    assert (made.quote, made.problem, made.note, made.verdict) == (
        quote,
        "speaker",
        "It was the minister.",
        None,
    )
    assert list(Quote.objects.reported()) == [quote]


def test_a_report_does_not_change_what_readers_see(client: Client, quote: Quote) -> None:
    before = client.get(quote.get_absolute_url()).content

    send_report(client, quote)

    assert client.get(quote.get_absolute_url()).content == before


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"problem": ""}, "This field is required."),
        ({"problem": "nonsense"}, "is not one of the available choices"),
        ({"problem": "other", "note": " "}, "Say in a few words what is wrong."),
        ({"note": "x" * 1001}, "at most 1000 characters"),
        ({"note": "a\0b"}, "Null characters are not allowed."),
    ],
    ids=["nothing chosen", "no such problem", "something else, and what", "too long", "NUL"],
)
def test_what_is_wrong_with_a_report_is_told_and_the_note_is_kept(
    client: Client, quote: Quote, values: dict[str, str], said: str
) -> None:
    response = send_report(client, quote, **{"note": "my note", **values})

    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert values.get("note", "my note").strip("\0")[:3] in page
    assert not Report.objects.exists()


def test_one_sender_cannot_flood_the_queue(client: Client, quote: Quote) -> None:
    for _ in range(MOST_REPORTS_AN_HOUR):
        assert send_report(client, quote).status_code == 302

    refused = send_report(client, quote, note="my long note")

    assert refused.status_code == 429
    assert "my long note" in refused.content.decode()
    assert Report.objects.count() == MOST_REPORTS_AN_HOUR
    assert (
        Client(REMOTE_ADDR="10.0.0.9")
        .post(f"{quote.get_absolute_url()}report/", {"problem": "limits"})
        .status_code
        == 302
    )
    Report.objects.update(made_at=timezone.now() - timedelta(hours=2))
    assert send_report(client, quote).status_code == 302


def test_the_address_of_a_sender_is_not_kept(client: Client, quote: Quote) -> None:
    send_report(client, quote)

    assert "127.0.0.1" not in str(Report.objects.values().get())


def test_what_a_program_fills_in_is_not_kept(client: Client, quote: Quote) -> None:
    assert send_report(client, quote, website="https://spam.example").status_code == 302

    assert not Report.objects.exists()


def test_a_form_from_elsewhere_is_refused(quote: Quote) -> None:
    assert send_report(Client(enforce_csrf_checks=True), quote).status_code == 403


def test_there_is_nothing_to_report_of_a_quote_that_was_rejected_or_never_was(
    client: Client,
) -> None:
    rejected = make_quote(status="rejected")

    assert send_report(client, rejected).status_code == 404
    assert client.get(f"{rejected.get_absolute_url()}report/").status_code == 404
    assert client.get("/quotes/999999/report/").status_code == 404
    assert "Report an error" not in client.get(rejected.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("action", "verdict"),
    [("accept", "no_error"), ("reject", "corrected"), ("unreview", None)],
    ids=lambda value: str(value),
)
def test_a_decision_about_the_quote_settles_its_reports(
    curator: Client, quote: Quote, action: str, verdict: str | None
) -> None:
    send_report(curator, quote)

    decide_in_bulk(curator, action, [quote])

    assert Report.objects.get().verdict == verdict


def test_a_correction_settles_its_reports(curator: Client, quote: Quote) -> None:
    send_report(curator, quote)

    curator.post(
        f"/admin/claims/quote/{quote.pk}/change/", {**build_form_values(quote), "act": "deny"}
    )

    made = Report.objects.get()
    assert (made.verdict, str(made.settled_by)) == ("corrected", "Clara")


@pytest.mark.parametrize("verdict", ["no_error", "corrected"])
def test_a_curator_settles_reports_in_their_list(
    curator: Client, quote: Quote, verdict: str
) -> None:
    send_report(curator, quote, note="Look at the second line.")
    made = Report.objects.get()
    assert (
        "Look at the second line."
        in curator.get("/admin/claims/report/?verdict__isempty=1").content.decode()
    )

    curator.post("/admin/claims/report/", {"action": verdict, "_selected_action": [made.pk]})

    made.refresh_from_db()
    assert (made.verdict, str(made.settled_by)) == (verdict, "Clara")
    assert "Look at" not in curator.get("/admin/claims/report/?verdict__isempty=1").content.decode()
    assert curator.get(f"/admin/claims/report/{made.pk}/change/").status_code == 200


def test_the_quotes_that_readers_reported_are_listed(curator: Client, quote: Quote) -> None:
    make_quote(content="the ferry is late")
    send_report(curator, quote)

    page = curator.get("/admin/claims/quote/?doubt=reported").content.decode()

    assert "the bridge is safe" in page
    assert "the ferry is late" not in page


def test_staff_who_may_only_look_cannot_settle(client: Client, quote: Quote) -> None:
    user = User.objects.create_user("Sam", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_report"))
    send_report(client, quote)
    client.force_login(user)

    client.post(
        "/admin/claims/report/",
        {"action": "no_error", "_selected_action": [Report.objects.get().pk]},
    )

    assert Report.objects.get().verdict is None
