"""Puts into the queue what followers wait for; `claims/jobs.py` says what is done."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from claims.intake.queueing import CRAWLING_QUEUE, FEEDS, IN_TURN, OPENING_QUEUE, URGENT
from claims.models import MadeFile, SavedSearch, Webhook

ASK_TO_CONFIRM = "ask to confirm a search"
SEND_ALERT = "send an alert"
TELL_WEBHOOK = "tell a webhook"
MAKE_FILE = "make a large file"


def queue_confirmation(search: SavedSearch) -> None:
    """Have a follower asked, at once, whether they want what was asked for in their name."""
    defer_once(ASK_TO_CONFIRM, OPENING_QUEUE, URGENT, search=search.pk)


def queue_alert(search: SavedSearch) -> None:
    defer_once(SEND_ALERT, OPENING_QUEUE, FEEDS, search=search.pk)


def queue_webhook(webhook: Webhook) -> None:
    """Have a webhook told; it waits for another host, and so where nobody else waits for it."""
    defer_once(TELL_WEBHOOK, CRAWLING_QUEUE, FEEDS, webhook=webhook.pk)


def queue_file(file: MadeFile) -> None:
    """Have a large file made, after those that were asked for before: others wait for the rest of the
    worker.
    """
    defer_once(MAKE_FILE, OPENING_QUEUE, IN_TURN, lock=MAKE_FILE, file=file.pk)


def defer_once(
    task: str, queue: str, priority: int, *, lock: str | None = None, **argument: int
) -> None:
    """Queue a job about a row, unless one waits already. Of those with one `lock` one is done at a time."""
    (number,) = argument.values()
    job = app.configure_task(
        task, queue=queue, priority=priority, lock=lock, queueing_lock=f"{task} {number}"
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(**argument)
