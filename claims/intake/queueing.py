"""Puts work into the queue: in PostgreSQL, in the same transaction as the rows that it is about.

`claims/jobs.py` says what is done. What a person has named is opened in a queue of its own, and
never waits for what feeds and lists lead to, where each host is left alone for a while after each
page. In each queue what a person waits for goes first.
"""

import math
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONDict, TimeDeltaParams

from claims.models import Arrival, Delivery, Feed

OPEN_ARRIVAL = "open an arrival"
READ_ARRIVAL = "read an arrival"
LOOK_AT_FEED = "look at a feed"
KEEP_READ = "keep what was read"
OPENING_QUEUE = "opening"  # what a person has handed in; the chores too
CRAWLING_QUEUE = "crawling"  # feeds, and what these and lists lead to: waits for turns at hosts
READING_QUEUE = "reading"  # waits for the engine
BEFORE_ALL = 20  # priorities
URGENT = 10
FEEDS = 5
IN_TURN = 0


def queue_opening(
    arrivals: Sequence[Arrival], *, is_urgent: bool, in_seconds: float | None = None
) -> None:
    """Have what was handed in opened, after so many seconds if they are given."""
    named = [arrival for arrival in arrivals if is_named_by_person(arrival)]
    others = [arrival for arrival in arrivals if not is_named_by_person(arrival)]
    defer(OPEN_ARRIVAL, OPENING_QUEUE, named, is_urgent, in_seconds)
    defer(OPEN_ARRIVAL, CRAWLING_QUEUE, others, is_urgent, in_seconds)


def is_named_by_person(arrival: Arrival) -> bool:
    """Return whether a person handed in this very text or address, and no feed or list led there."""
    is_led_to = bool(arrival.address) and arrival.told is not None
    return arrival.delivery.feed_id is None and not is_led_to


def queue_reading(arrivals: Sequence[Arrival], *, is_urgent: bool) -> None:
    """Have the engine read these documents."""
    defer(READ_ARRIVAL, READING_QUEUE, arrivals, is_urgent)


def queue_look(feed: Feed, *, in_seconds: float | None = None) -> None:
    """Have a feed looked at as soon as may be, after so many seconds if they are given."""
    delay = build_delay(in_seconds)
    look = app.configure_task(LOOK_AT_FEED, queue=CRAWLING_QUEUE, priority=FEEDS, schedule_in=delay)
    look.defer(feed=feed.pk)


def queue_keeping(
    delivery: Delivery,
    *,
    user: int | None,
    read_before: datetime,
    after: int,
) -> None:
    """Have a worker go on to keep what was read of a delivery before a moment.

    `after` is the last document that was kept or refused. A delivery waits for that once.
    """
    keeping = app.configure_task(
        KEEP_READ,
        queue=OPENING_QUEUE,
        priority=IN_TURN,
        queueing_lock=name_keeping(delivery),
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        keeping.defer(
            delivery=delivery.pk, user=user, read_before=read_before.isoformat(), after=after
        )


def name_keeping(delivery: Delivery) -> str:
    return f"keep what was read of delivery {delivery.pk}"


def defer(
    task: str,
    queue: str,
    arrivals: Sequence[Arrival],
    is_urgent: bool,
    in_seconds: float | None = None,
) -> None:
    if not arrivals:
        return
    priority = URGENT if is_urgent else IN_TURN
    delay = build_delay(in_seconds)
    deferrer = app.configure_task(task, queue=queue, priority=priority, schedule_in=delay)
    arguments: list[JSONDict] = [{"arrival": arrival.pk} for arrival in arrivals]
    deferrer.batch_defer(*arguments)


def build_delay(seconds: float | None) -> TimeDeltaParams | None:
    return None if seconds is None else {"seconds": math.ceil(seconds)}
