"""Asking to follow by e-mail: confirmed by who has the mail, changed and ended by its links."""

import logging
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from claims.following.asking import MOST_MAILS_A_DAY, MOST_REQUESTS_AN_HOUR
from claims.following.links import SIGNER, build_end_address, build_search_address
from claims.models import Follower, FollowRequest, SavedSearch
from claims.models.followers import DAYS_UNCONFIRMED
from tests.claims.following.followers import ADA, get_html, look, make_search
from tests.claims.intake.arrivals import run_jobs
from tests.factories import make_quote

pytestmark = pytest.mark.django_db

FORM = {"email": ADA, "trigger": "new", "pace": "at_once"}


def ask(client: Client, query: str = "q=ferry", **values: str) -> Any:
    """Ask to follow something, and have the mails sent that this leads to."""
    response = client.post(f"/follow/?{query}", {**FORM, **values})
    run_jobs()
    return response


def find_link(text: object) -> str:
    """Return the address that a mail leads to, within the site."""
    (address,) = [word for word in str(text).split() if "/follow/" in word]
    return address.removeprefix("http://testserver")


def test_what_is_asked_for_is_sent_once_it_is_confirmed_by_a_press(client: Client) -> None:
    make_quote(content="the ferry is late")
    page = client.get("/follow/?q=ferry").content.decode()

    assert "1 quote by now" in page
    assert ask(client)["Location"] == "/follow/asked/"
    (question,) = mail.outbox
    assert question.to == [ADA]
    link = find_link(question.body)
    seen = client.get(link).content.decode()
    assert "Yes, send me these" in seen
    assert ADA not in seen
    assert not SavedSearch.objects.confirmed()  # mail programs look at links by themselves
    client.post(link, {"what": "confirm"})
    make_quote(content="the last ferry is late")

    text = look(SavedSearch.objects.get())

    assert "the last ferry is late" in text
    assert "the ferry is late" not in text


@pytest.mark.parametrize("trigger", ["new", "denied"])
def test_a_claim_and_a_topic_are_followed_from_their_pages(client: Client, trigger: str) -> None:
    claim = make_quote(actor="Ana Bell", content="the ferry is always late in winter").claim
    for query in (f"claim={claim.pk}", "topic=1&q=ferry"):
        ask(client, query, trigger=trigger)
        client.post(find_link(mail.outbox[-1].body), {"what": "confirm"})
    make_quote(
        actor="Omar Reza", content="the ferry is always late in winter", act="deny", cue="denied"
    )
    of_claim, of_topic = SavedSearch.objects.order_by("pk")

    assert "Omar Reza denied" in look(of_claim)
    assert look(of_topic) == ""  # the same follower has it


def test_each_mail_ends_a_search_by_one_post_as_mail_programs_send_it(client: Client) -> None:
    search = make_search()
    make_quote()
    look(search)
    headers = mail.outbox[0].extra_headers

    assert headers["List-Unsubscribe"] == f"<{build_end_address(search)}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = build_end_address(search).removeprefix("https://news.example")
    program = Client(enforce_csrf_checks=True)
    assert program.get(address)["Location"] == address.removesuffix("end/")
    assert SavedSearch.objects.exists()

    answers = [program.post(address, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not Follower.objects.exists()


def test_the_page_of_a_search_changes_how_often_and_ends_it(client: Client) -> None:
    search = make_search()
    address = build_search_address(search).removeprefix("https://news.example")

    client.post(address, {"what": "pace", "pace": "weekly"})
    client.post(address, {"what": "pace", "pace": "each second"})

    search.refresh_from_db()
    assert search.pace == "weekly"
    assert "It is ended" in client.post(address, {"what": "end"}).content.decode()
    assert "It is ended" in client.get(address).content.decode()


def test_a_link_that_nobody_signed_ends_nothing(client: Client) -> None:
    search = make_search()
    other = SIGNER.sign("0" * 31)

    for signed in (search.token.hex, f"{search.token.hex}.x", other, "²", "a\0b"):
        for ending in ("", "end/"):
            answer = client.post(f"/follow/{signed}/{ending}", {"what": "end"})
            assert answer.status_code == 403, signed

    assert SavedSearch.objects.exists()


def test_nobody_can_tell_whether_an_address_is_known(client: Client) -> None:
    make_search("q=ferry")
    SavedSearch.objects.update(query="q=ferry")

    known, unknown = ask(client), ask(client, email="bob@reader.example")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert SavedSearch.objects.filter(follower__email=ADA).count() == 1
    assert [each.subject for each in mail.outbox] == [
        "Newsroom: You follow this already",
        "Newsroom: Do you want to follow this?",
    ]


def test_an_address_is_asked_a_few_times_a_day_whoever_asks(client: Client) -> None:
    for number in range(MOST_MAILS_A_DAY + 3):
        FollowRequest.objects.all().delete()  # as if by somebody else each
        answer = ask(client, f"q=word{number % 2}", email=ADA if number % 2 else ADA.title())
        assert answer["Location"] == "/follow/asked/"

    assert len(mail.outbox) == MOST_MAILS_A_DAY
    assert Follower.objects.count() == 1


def test_an_address_is_asked_as_few_times_where_mails_go_out_by_cron(client: Client) -> None:
    for number in range(MOST_MAILS_A_DAY + 3):
        FollowRequest.objects.all().delete()  # as if by somebody else each
        client.post(f"/follow/?q=word{number}", FORM)

    call_command("send_alerts", stdout=StringIO())

    assert len(mail.outbox) == MOST_MAILS_A_DAY


def test_a_question_goes_out_once_though_cron_and_a_worker_both_send(client: Client) -> None:
    client.post("/follow/?q=ferry", FORM)

    call_command("send_alerts", stdout=StringIO())
    run_jobs()

    assert len(mail.outbox) == 1


def test_one_sender_asks_a_few_times_an_hour_for_whatever_address(client: Client) -> None:
    answers = [
        ask(client, email=f"reader{number}@reader.example").status_code
        for number in range(MOST_REQUESTS_AN_HOUR + 1)
    ]

    assert answers == [302] * MOST_REQUESTS_AN_HOUR + [429]
    assert len(mail.outbox) == MOST_REQUESTS_AN_HOUR


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ada",
        "ada@reader.example\nBcc: bob@reader.example",
        "ada@reader.example\r\nSubject: x",
        "ada@reader.example, bob@reader.example",
        "Ada <ada@reader.example>",
        "ada@reader.example\0",
        "=?utf-8?q?a=0d?=@reader.example",
        "=?utf-8?q?ada?=@reader.example",
        f"{'a' * 300}@reader.example",
    ],
)
def test_what_is_no_single_address_is_refused(client: Client, email: str) -> None:
    answer = ask(client, email=email)

    assert answer.status_code == 400
    assert not mail.outbox


def test_words_that_somebody_else_wrote_make_no_header_and_no_link_in_a_mail(
    client: Client,
) -> None:
    ask(client, "q=prize%0D%0ABcc:x+https://prize.example/now+prize.example+boss@prize.example")
    (question,) = mail.outbox

    assert "\n" not in question.subject
    for text in (str(question.body), get_html(question)):
        assert "prize.example" not in text
    assert question.recipients() == [ADA]


def test_what_a_program_filled_in_is_dropped_without_a_word(client: Client) -> None:
    answer = ask(client, website="https://spam.example")

    assert answer["Location"] == "/follow/asked/"
    assert not Follower.objects.exists()


def test_what_cannot_be_followed_is_said(client: Client) -> None:
    for query in ("act=shout", "topic=1", "topic=2&q=a", "claim=0", "claim=x", "actor=nobody"):
        assert client.get(f"/follow/?{query}").status_code == 400, query
        assert ask(client, query).status_code == 400, query
    assert not Follower.objects.exists()


def test_what_nobody_confirms_is_forgotten_with_the_address(client: Client) -> None:
    make_search("q=toll", email="bob@reader.example")
    ask(client)
    SavedSearch.objects.forget_unconfirmed()
    assert Follower.objects.count() == 2
    past = timezone.now() - timedelta(days=DAYS_UNCONFIRMED, minutes=1)
    SavedSearch.objects.update(asked_at=past)

    SavedSearch.objects.forget_unconfirmed()

    assert [each.email for each in Follower.objects.all()] == ["bob@reader.example"]


def test_no_log_tells_an_address(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    ask(client)
    ask(client, email="ada@")
    client.post(find_link(mail.outbox[0].body), {"what": "confirm"})
    make_quote(content="the ferry is late")
    look(SavedSearch.objects.get())

    told = [str(row) for row in (SavedSearch.objects.get(), Follower.objects.get())]
    logged = [
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    ]
    assert len(mail.outbox) == 2
    assert "reader.example" not in "\n".join(logged + told)
