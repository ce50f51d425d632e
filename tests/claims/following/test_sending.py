"""Mails handed to a real server, on this machine."""

import email
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command

from claims.following.alerts import look_and_tell
from claims.following.sending import NotSent, PerhapsSent, send_mail
from claims.management.commands import send_alerts
from claims.models import Follower, SavedSearch, SentQuote
from tests.claims.following.followers import ADA, make_search
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


@dataclass
class Server:
    """A mail server: what it took, and what it answers to an address and to a mail."""

    mails: list[Any] = field(default_factory=list)
    to_address: str = ""
    to_mail: str = "250 OK"
    is_dying: bool = False

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.to_address:
            return self.to_address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(envelope)
        if self.is_dying:
            server.transport.abort()
        return self.to_mail


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    made = Server()
    port = find_free_port()
    controller = Controller(made, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield made
    controller.stop()


def test_an_alert_arrives_as_text_and_html_with_the_headers_of_one_click(server: Server) -> None:
    make_search("q=ferry")
    make_quote(actor="Žofia Bell", cue="denied", content="any delay of the ferry", act="deny")
    said = StringIO()

    call_command("send_alerts", stdout=said)

    (envelope,) = server.mails
    assert envelope.rcpt_tos == [ADA]
    received = email.message_from_bytes(envelope.content, policy=email.policy.default)
    text, html = received.iter_parts()
    assert "Žofia Bell denied any delay of the ferry (Harbour Herald, 5 Mar 2024)." in (
        text.get_content()
    )
    assert html.get_content_type() == "text/html"
    assert received["To"] == ADA
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["List-Unsubscribe"].strip().startswith("<https://news.example/follow/")
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert said.getvalue() == "0 asked to confirm, 1 quotes told by mail, 0 webhooks looked at.\n"


@pytest.mark.parametrize(
    ("answers", "raised", "is_lasting"),
    [
        ({"to_address": "550 no such user ada@reader.example"}, NotSent, True),
        ({"to_address": "450 busy"}, NotSent, False),
        ({"to_mail": "554 spam of ada@reader.example"}, NotSent, True),
        ({"to_mail": "451 later"}, NotSent, False),
        ({"is_dying": True}, PerhapsSent, None),
    ],
)
def test_what_was_not_sent_is_told_from_what_may_have_been_and_tells_no_address(
    server: Server, answers: dict[str, Any], raised: type[Exception], is_lasting: bool | None
) -> None:
    vars(server).update(answers)

    with pytest.raises(raised) as failure:
        send_mail(EmailMultiAlternatives("Hello", "Hello.", "a@news.example", [ADA]))

    assert getattr(failure.value, "is_lasting", None) == is_lasting
    assert "ada" not in str(failure.value)
    assert failure.value.__suppress_context__


def test_without_a_server_an_alert_waits_for_one(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    search = make_search()
    make_quote()

    call_command("send_alerts", stdout=StringIO())

    search.refresh_from_db()
    assert search.problem == "the mail server cannot be reached (ConnectionRefusedError)"
    assert not SentQuote.objects.exists()
    assert SavedSearch.objects.get().failures == 1


def test_an_address_that_cannot_be_written_to_stops_nobody_elses_mails(server: Server) -> None:
    odd = Follower.objects.create(email="=?utf-8?q?a=0d?=@reader.example")
    SavedSearch.objects.create(
        follower=odd, trigger="new", pace="at_once", site="https://a.example"
    )
    make_search(email=odd.email)
    make_search()
    make_quote()

    call_command("send_alerts", stdout=StringIO(), stderr=StringIO())

    assert [envelope.rcpt_tos for envelope in server.mails] == [[ADA]]
    problem = "the mail cannot be written to this address"
    assert {each.problem for each in SavedSearch.objects.filter(follower=odd)} == {problem}


def test_a_search_that_fails_stops_no_other(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = make_search(email="bob@reader.example")
    make_search()
    make_quote()
    said = StringIO()

    def fail(pk: int) -> int:
        if pk == failing.pk:
            raise RuntimeError("of bob@reader.example")
        return look_and_tell(pk)

    monkeypatch.setattr(send_alerts, "look_and_tell", fail)

    call_command("send_alerts", stdout=StringIO(), stderr=said)

    assert [envelope.rcpt_tos for envelope in server.mails] == [[ADA]]
    assert said.getvalue() == f"saved search {failing.pk}: RuntimeError\n"
