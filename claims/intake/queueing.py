"""Puts work into the queue: in PostgreSQL, in the same transaction as the rows that it is about.

`claims/jobs.py` says what is done. What a person waits for goes before what a feed brings.
"""

from collections.abc import Sequence

from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from claims.models import Arrival, Feed

OPEN_ARRIVAL = "open an arrival"
READ_ARRIVAL = "read an arrival"
LOOK_AT_FEED = "look at a feed"
OPENING_QUEUE = "opening"  # waits for networks and disks; the chores too
READING_QUEUE = "reading"  # waits for the engine
BEFORE_ALL = 20  # priorities
URGENT = 10
FEEDS = 5
IN_TURN = 0


def queue_opening(
    arrivals: Sequence[Arrival], *, is_urgent: bool, in_seconds: float | None = None
) -> None:
    """Have what was handed in opened, after so many seconds if they are given."""
    defer(OPEN_ARRIVAL, OPENING_QUEUE, arrivals, is_urgent, in_seconds)


def queue_reading(arrivals: Sequence[Arrival], *, is_urgent: bool) -> None:
    """Have the engine read these documents."""
    defer(READ_ARRIVAL, READING_QUEUE, arrivals, is_urgent)


def queue_look(feed: Feed) -> None:
    """Have a feed looked at as soon as may be."""
    app.configure_task(LOOK_AT_FEED, queue=OPENING_QUEUE, priority=FEEDS).defer(feed=feed.pk)


def defer(
    task: str,
    queue: str,
    arrivals: Sequence[Arrival],
    is_urgent: bool,
    in_seconds: float | None = None,
) -> None:
    if not arrivals:
        return
    delay = None if in_seconds is None else {"seconds": round(in_seconds)}
    priority = URGENT if is_urgent else IN_TURN
    deferrer = app.configure_task(task, queue=queue, priority=priority, schedule_in=delay)
    arguments: list[JSONDict] = [{"arrival": arrival.pk} for arrival in arrivals]
    deferrer.batch_defer(*arguments)
