"""Programs are told what changes: signed, in order, again until they take it, and on the public web alone."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.following.webhooks import tell
from claims.models import Quote, Webhook, WebhookDelivery
from claims.models.webhooks import PAUSES
from tests.claims.api_client import API, get_json
from tests.claims.api_tokens import build_header, make_token, make_user, send
from tests.factories import make_quote

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Receiver:
    """A program that takes messages: what it was sent, and what it answers next."""

    address: str = ""
    answers: list[int] = field(default_factory=list)
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Return what it was told: resources, keys and what became of them."""
        results = [each for _, body in self.taken for each in json.loads(body)["data"]["results"]]
        return [(each["resource"], each["key"], each["change"]) for each in results]


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            answer = made.answers.pop(0) if made.answers else 204
            if answer < 300:
                made.taken.append((dict(self.headers), body))
            self.send_response(answer)
            self.send_header("Location", f"{made.address}elsewhere")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}/"
    settings.FETCH_PRIVATE = [f"127.0.0.1:{server.server_port}"]
    yield made
    server.shutdown()
    server.server_close()


def make_webhook(address: str, query: str = "") -> Webhook:
    owner = make_user("add_webhook")
    return Webhook.make(owner, "a mirror", address, query, "https://news.example")


def tell_all(webhook: Webhook) -> None:
    """Tell a webhook as if its time had come, until there is nothing new."""
    for _ in range(3):
        Webhook.objects.filter(pk=webhook.pk).update(next_at=timezone.now())
        tell(webhook.pk)


def test_a_message_has_the_changes_since_and_the_signature_of_standard_webhooks(
    receiver: Receiver,
) -> None:
    make_quote(actor="Omar Reza")
    webhook = make_webhook(receiver.address)
    quote = make_quote(content="the toll will rise")

    tell_all(webhook)

    ((headers, body),) = receiver.taken
    assert ("quote", str(quote.pk), "present") in receiver.changes
    assert not [key for _, key, _ in receiver.changes if key == "omar-reza"]
    told = json.loads(body)
    assert told["type"] == "changes"
    addresses = [each["address"] for each in told["data"]["results"]]
    assert f"https://news.example/api/v1/quotes/{quote.pk}/" in addresses
    names = {name.lower(): value for name, value in headers.items()}
    assert names["content-type"] == "application/json"
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    signed = f"{names['webhook-id']}.{names['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert names["webhook-signature"] == f"v1,{digest}"
    assert abs(int(names["webhook-timestamp"]) - timezone.now().timestamp()) < 60


def test_the_position_that_a_message_tells_is_where_the_api_goes_on(
    client: Client, receiver: Receiver
) -> None:
    webhook = make_webhook(receiver.address)
    make_quote(content="the toll will rise")
    tell_all(webhook)
    ((_, body),) = receiver.taken
    later = make_quote(content="the ferry is late")

    rest = get_json(client, f"{API}/changes/?since={json.loads(body)['data']['since']}")

    assert ("quote", str(later.pk)) in {(each["resource"], each["key"]) for each in rest["results"]}
    assert "the toll will rise" not in str(rest)


def test_with_filters_it_is_told_of_quotes_that_fit_and_of_those_that_do_no_more(
    receiver: Receiver,
) -> None:
    webhook = make_webhook(receiver.address, "act=deny")
    make_quote(content="the toll will rise")
    fits = make_quote(actor="Ana Bell", content="any delay", act="deny", cue="denied")
    leaves = make_quote(actor="Omar Reza", content="any toll", act="deny", cue="denied")
    tell_all(webhook)
    Quote.objects.filter(pk=leaves.pk).update(act="say", stance="asserts")
    number = fits.pk
    fits.delete()

    tell_all(webhook)

    assert sorted(receiver.changes[:2]) == [
        ("quote", str(number), "present"),
        ("quote", str(leaves.pk), "present"),
    ]
    assert sorted(receiver.changes[2:]) == [
        ("quote", str(number), "gone"),
        ("quote", str(leaves.pk), "left"),
    ]


def test_what_is_not_taken_comes_again_the_same_and_before_all_else(receiver: Receiver) -> None:
    webhook = make_webhook(receiver.address)
    first = make_quote(content="the toll will rise")
    receiver.answers += [500]
    tell(webhook.pk)
    later = make_quote(content="the ferry is late")
    tell(webhook.pk)  # its pause is not over

    assert not receiver.taken
    webhook.refresh_from_db()
    assert webhook.state == "failing"
    assert webhook.problem == "the address answers with an error (500)"
    tell_all(webhook)

    told = [key for resource, key, _ in receiver.changes if resource == "quote"]
    assert told == [str(first.pk), str(later.pk)]
    webhook.refresh_from_db()
    assert webhook.state == "active"


def test_after_many_attempts_it_is_stopped_with_the_reason_and_resumed_where_it_was(
    receiver: Receiver,
) -> None:
    webhook = make_webhook(receiver.address)
    quote = make_quote()
    receiver.answers += [503] * (len(PAUSES) + 1)

    for _ in range(len(PAUSES) + 5):
        Webhook.objects.filter(pk=webhook.pk).update(next_at=timezone.now())
        tell(webhook.pk)

    webhook.refresh_from_db()
    assert webhook.state == "stopped"
    assert webhook.problem == (
        f"Stopped after {len(PAUSES) + 1} attempts: the address answers with an error (503)"
    )
    assert WebhookDelivery.objects.get().state == "dead"
    webhook.resume()
    tell_all(webhook)
    assert ("quote", str(quote.pk), "present") in receiver.changes


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [(302, "failing", "leads elsewhere (302), which is not followed"), (410, "stopped", "(410)")],
)
def test_a_redirect_is_not_followed_and_who_is_gone_is_told_nothing_more(
    receiver: Receiver, answer: int, state: str, reason: str
) -> None:
    webhook = make_webhook(receiver.address)
    make_quote()
    receiver.answers.append(answer)

    tell(webhook.pk)

    webhook.refresh_from_db()
    assert webhook.state == state
    assert reason in webhook.problem
    assert not receiver.taken


PRIVATE = [
    "http://127.0.0.1:8000/",
    "http://localhost/",
    "http://[::1]/",
    "http://10.0.0.8/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::ffff:127.0.0.1]/",
    "ftp://news.example/",
    "file:///etc/passwd",
    "http://ada:secret@news.example/",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_refused_when_it_is_given(client: Client, address: str) -> None:
    token = make_token("write:webhooks", user=make_user("add_webhook"))

    answer = send(client, f"{API}/webhooks/", {"name": "a mirror", "address": address}, token)

    assert answer.status_code == 400
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("address", PRIVATE[:6])
def test_a_private_address_is_not_posted_to_even_if_it_became_private_later(
    receiver: Receiver, settings: Any, address: str
) -> None:
    settings.FETCH_PRIVATE = []
    for each in (address, receiver.address):
        webhook = Webhook.make(make_user(name=each[:30]), "a", each, "", "https://news.example")
        make_quote()
        tell(webhook.pk)

        webhook.refresh_from_db()
        assert webhook.problem
    assert not receiver.taken


def test_a_webhook_is_made_by_a_token_with_its_scope_and_its_secret_is_told_once(
    client: Client, receiver: Receiver
) -> None:
    user = make_user("add_webhook")
    token = make_token("read", "write:webhooks", user=user)
    body = {"name": "a mirror", "address": receiver.address, "query": "act=deny"}

    made = send(client, f"{API}/webhooks/", body, token)

    assert made.status_code == 201
    assert made.json()["secret"] == Webhook.objects.get().secret
    assert made["Location"].endswith(f"/api/v1/webhooks/{made.json()['id']}/")
    listed = client.get(f"{API}/webhooks/", headers=build_header(token))
    assert [each["query"] for each in listed.json()["results"]] == ["act=deny"]
    assert "whsec_" not in listed.content.decode()
    kept = str(Webhook.objects.values_list().get())
    assert made.json()["secret"].removeprefix("whsec_") not in kept


def test_nobody_sees_or_changes_a_webhook_of_somebody_else(client: Client) -> None:
    webhook = make_webhook("https://other.example/")
    token = make_token("read", "write:webhooks", user=make_user("add_webhook", name="Mallory"))
    address = f"{API}/webhooks/{webhook.pk}/"
    headers = build_header(token)

    answers = [
        client.get(address, headers=headers),
        client.delete(address, headers=headers),
        client.patch(address, {"state": "stopped"}, "application/json", headers=headers),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert client.get(f"{API}/webhooks/", headers=headers).json() == {"results": []}
    assert client.get(f"{API}/webhooks/").status_code == 401
    assert client.get(address).status_code == 401


def test_a_token_that_may_only_read_changes_no_webhook_of_its_own(client: Client) -> None:
    webhook = make_webhook("https://other.example/")
    headers = build_header(make_token("read", user=webhook.owner))
    address = f"{API}/webhooks/{webhook.pk}/"

    answers = [
        client.delete(address, headers=headers),
        client.patch(address, {"state": "stopped"}, "application/json", headers=headers),
        client.delete(address),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 401]
    assert Webhook.objects.get().state == "active"


def test_an_owner_stops_resumes_and_removes_a_webhook(client: Client) -> None:
    webhook = make_webhook("https://other.example/")
    headers = build_header(make_token("read", "write:webhooks", user=webhook.owner))
    address = f"{API}/webhooks/{webhook.pk}/"

    states = [
        client.patch(address, {"state": state}, "application/json", headers=headers).json()["state"]
        for state in ("stopped", "active")
    ]

    assert states == ["stopped", "active"]
    assert client.delete(address, headers=headers).status_code == 204
    assert not Webhook.objects.exists()


def test_a_curator_makes_a_webhook_in_the_admin_and_sees_what_was_sent(
    client: Client, receiver: Receiver
) -> None:
    client.force_login(make_user("add_webhook"))
    page = "/admin/claims/webhook/own/"
    refused = client.post(page, {"name": "a", "address": "http://10.0.0.8/", "query": "act=shout"})

    made = client.post(page, {"name": "a mirror", "address": receiver.address, "query": "?act=say"})

    assert refused.status_code == 400
    webhook = Webhook.objects.get()
    assert webhook.secret in made.content.decode()
    assert webhook.query == "act=say"
    make_quote()
    tell_all(webhook)
    shown = client.get(page).content.decode()
    assert "whsec_" not in shown
    assert "done" in shown
    client.post(page, {"what": "stop", "webhook": webhook.pk})
    assert Webhook.objects.get().state == "stopped"
    client.post(page, {"what": "remove", "webhook": webhook.pk})
    assert not Webhook.objects.exists()


def test_what_an_administrator_stopped_its_owner_does_not_resume(client: Client) -> None:
    webhook = make_webhook("https://other.example/")
    client.force_login(make_user("change_webhook", "view_webhook", name="Clara"))
    action = {"action": "stop", "_selected_action": webhook.pk}
    client.post("/admin/claims/webhook/", action)
    client.force_login(webhook.owner)
    headers = build_header(make_token("read", "write:webhooks", user=webhook.owner))

    answers = [
        client.patch(
            f"{API}/webhooks/{webhook.pk}/", {"state": state}, "application/json", headers=headers
        ).status_code
        for state in ("active", "stopped", "active")
    ]
    for what in ("resume", "stop", "resume"):
        client.post("/admin/claims/webhook/own/", {"what": what, "webhook": webhook.pk})
    page = client.get("/admin/claims/webhook/own/").content.decode()

    webhook.refresh_from_db()
    assert answers == [400, 200, 400]
    assert webhook.state == "stopped"
    assert webhook.problem == "Stopped by whoever runs the site."
    assert "Whoever runs the site has stopped it" in page


def test_an_attempt_that_was_under_way_changes_nothing_of_why_it_was_stopped(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = make_webhook(receiver.address)
    for answer in (204, 503, 410):
        make_quote(content=f"the toll will be {answer}")

        def stop_meanwhile(*_: Any, answer: int = answer) -> int:
            webhook.stop_for_site()
            return answer

        monkeypatch.setattr("claims.following.webhooks.post", stop_meanwhile)
        webhook.resume()

        tell_all(webhook)

        webhook.refresh_from_db()
        assert webhook.state == "stopped"
        assert webhook.problem == "Stopped by whoever runs the site."


def test_who_may_have_no_webhooks_any_more_is_told_nothing(receiver: Receiver) -> None:
    webhook = make_webhook(receiver.address)
    make_quote()
    webhook.owner.user_permissions.clear()

    tell_all(webhook)

    webhook.refresh_from_db()
    assert receiver.taken == []
    assert webhook.problem == "Its owner may have no webhooks any more."
    assert webhook.state == "stopped"
