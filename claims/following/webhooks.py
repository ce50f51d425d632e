"""Webhooks: programs are told what changes, in order, signed, and again until they take it.

A webhook has one delivery at a time. While that is not taken, no other is made, and how far it was
told stays as it is in the log: nothing is left out, as long as the log has it.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from claims.following.changes import ChangeNow, list_changes
from claims.following.posting import check_address, post
from claims.intake.fetching import FetchRefused
from claims.models import (
    ChangedRow,
    DeliveryState,
    Webhook,
    WebhookDelivery,
    WebhookQuote,
)
from claims.models.refusals import Refused
from claims.models.webhooks import PAUSES
from claims.search.filters import Filters
from newsroom.row_numbers import read_row_numbers

WEBHOOK_PERMISSION = "claims.add_webhook"
EVENT = "changes"  # what it is that a webhook is told
MOST_WEBHOOKS = 20  # of one person
ENTRIES_OF_DELIVERY = 200
MOST_READ_AT_ONCE = 20  # times as many, where few of them fit the filters
LEASE = timedelta(minutes=2)  # in which nobody else tries the same
PAUSE = timedelta(seconds=10)  # before a look at what has changed since
GONE = 410  # the answer of who wants to be told nothing more
FIRST_NOT_OK = 300
FIRST_ERROR = 400


def check_webhook(address: str, query: str) -> Filters:
    """Return the filters of a webhook. Raises `Refused` if it cannot be told anything."""
    check_address(address)
    filters = Filters.read(QueryDict(query.removeprefix("?")))
    if filters.problems:
        raise Refused(" ".join(problem.message for problem in filters.problems))
    return filters


def tell(pk: int) -> None:
    """Send a webhook what it has not taken yet, or else what has changed; note what came of it."""
    with transaction.atomic():
        due = Webhook.objects.due().select_for_update(skip_locked=True, of=("self",))
        webhook = due.filter(pk=pk).first()
        if webhook is None:
            return
        if not webhook.owner.has_perm(WEBHOOK_PERMISSION):
            webhook.stop("Its owner may have no webhooks any more.")
            return
        waiting = webhook.deliveries.filter(state=DeliveryState.WAITING)
        try:
            delivery = waiting.order_by("pk").first() or make_delivery(webhook)
        except Refused as refusal:
            webhook.stop(str(refusal)[:300])
            return
        webhook.next_at = timezone.now() + (LEASE if delivery else PAUSE)
        webhook.save(update_fields=["next_at", "written", "entry"])
    if delivery:
        attempt(webhook, delivery)


# What is told


def make_delivery(webhook: Webhook) -> WebhookDelivery | None:
    """Return the next changes as they are sent, and go on in the log; None if there are none."""
    if ChangedRow.has_forgotten_after(webhook.position):
        raise Refused("It was told nothing for so long that not all changes are kept any more.")
    for _ in range(MOST_READ_AT_ONCE):
        later = ChangedRow.objects.settled().after(webhook.position).in_order()
        entries = list(later[:ENTRIES_OF_DELIVERY])
        if not entries:
            return None
        webhook.written, webhook.entry = entries[-1].position
        changes = list(select_changes(webhook, entries))
        if changes:
            return WebhookDelivery.objects.create(
                webhook=webhook, body=build_body(webhook, changes), entries=len(changes)
            )
        if len(entries) < ENTRIES_OF_DELIVERY:
            return None
    return None


def select_changes(webhook: Webhook, entries: list[ChangedRow]) -> Iterator[tuple[ChangeNow, str]]:
    """Yield the changes that a webhook is told, each with what it is told of it.

    With filters these are of quotes that fit them, and of those of which it was told that they do: one
    that fits no more has “left”.
    """
    if not webhook.query:
        for change in list_changes(entries):
            yield change, change.change
        return
    changes = list_changes([entry for entry in entries if entry.resource == "quote"])
    ids = read_row_numbers([change.key for change in changes])
    filters = Filters.read(QueryDict(webhook.query))
    if filters.problems:
        raise Refused(" ".join(problem.message for problem in filters.problems))
    fitting = set(filters.matching().filter(pk__in=ids).order_by().values_list("pk", flat=True))
    told = WebhookQuote.objects.filter(webhook=webhook, quote__in=ids)
    known = set(told.values_list("quote", flat=True))
    for change in changes:
        number = int(change.key)
        if number in fitting:
            yield change, "present"
        elif number in known:
            yield change, "left" if change.change == "present" else change.change
    new = [WebhookQuote(webhook=webhook, quote=number) for number in fitting - known]
    WebhookQuote.objects.bulk_create(new, ignore_conflicts=True)
    told.filter(quote__in=known - fitting).delete()


def build_body(webhook: Webhook, changes: list[tuple[ChangeNow, str]]) -> str:
    """Return a list of changes as JSON, with where to go on from in the API."""
    body: dict[str, Any] = {
        "type": EVENT,
        "timestamp": timezone.now().isoformat(timespec="seconds"),
        "data": {
            "query": webhook.query,
            "since": f"{webhook.written}-{webhook.entry}",
            "results": [describe_change(webhook, change, what) for change, what in changes],
        },
    }
    return json.dumps(body, ensure_ascii=False)


def describe_change(webhook: Webhook, change: ChangeNow, what: str) -> dict[str, Any]:
    described = {
        "at": change.at.isoformat(),
        "resource": change.resource,
        "key": change.key,
        "change": what,
        "address": build_address(webhook, change.resource, change.key),
        "moved_to": None,
    }
    if change.key_now:
        described["moved_to"] = build_address(webhook, change.resource, change.key_now)
    return described


def build_address(webhook: Webhook, resource: str, key: str) -> str:
    return webhook.site + reverse(f"api-{resource}-detail", args=[key])


# Sending


def attempt(webhook: Webhook, delivery: WebhookDelivery) -> None:
    """Post a delivery once, and note what came of it."""
    body = delivery.body.encode()
    delivery.attempts += 1
    delivery.tried_at = timezone.now()
    delivery.status = None
    reason = ""
    try:
        delivery.status = post(webhook.address, body, build_headers(webhook, delivery, body))
        reason = explain_status(delivery.status)
    except FetchRefused as refusal:
        reason = str(refusal)
    delivery.reason = reason[:300]
    if not reason:
        delivery.state = DeliveryState.DONE
        note_taken(webhook)
    elif delivery.status == GONE or delivery.attempts > len(PAUSES):
        delivery.state = DeliveryState.DEAD
        webhook.stop(f"Stopped after {delivery.attempts} attempts: {reason}"[:300])
    else:
        wait = timedelta(seconds=PAUSES[delivery.attempts - 1])
        note_refused(webhook, reason, wait)
    delivery.save()


def explain_status(status: int) -> str:
    """Return why an answer does not count as taken; empty if it does."""
    if 200 <= status < FIRST_NOT_OK:
        return ""
    if status < FIRST_ERROR:
        return f"the address leads elsewhere ({status}), which is not followed"
    if status == GONE:
        return "the address wants to be told nothing more (410)"
    return f"the address answers with an error ({status})"


def note_taken(webhook: Webhook) -> None:
    """Note that it was told; why it was stopped meanwhile stays."""
    now = timezone.now()
    told = Webhook.objects.filter(pk=webhook.pk)
    told.update(told_at=now)
    told.filter(stopped_at__isnull=True).update(next_at=now, problem="")


def note_refused(webhook: Webhook, reason: str, wait: timedelta) -> None:
    """Note why it did not take what it was told; why it was stopped meanwhile stays."""
    again_at = timezone.now() + wait
    going = Webhook.objects.filter(pk=webhook.pk, stopped_at__isnull=True)
    going.update(next_at=again_at, problem=reason[:300])


def build_headers(webhook: Webhook, delivery: WebhookDelivery, body: bytes) -> dict[str, str]:
    """Return the headers of Standard Webhooks (https://www.standardwebhooks.com)."""
    message = str(delivery.message)
    moment = str(int(timezone.now().timestamp()))
    return {
        "Content-Type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": moment,
        "webhook-signature": sign_delivery(webhook.key, message, moment, body),
    }


def sign_delivery(key: bytes, message: str, moment: str, body: bytes) -> str:
    signed = b".".join([message.encode(), moment.encode(), body])
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
