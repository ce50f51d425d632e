"""What workers do: jobs of documents on their way in and of feeds, and chores at their times.

Workers import the modules that do it, not the site, which only puts jobs into the queue
(`claims/intake/queueing.py`). A job may be done again from its beginning at any time.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.contrib.auth.models import User
from django.db import DatabaseError
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job

from claims.following.queueing import (
    ASK_TO_CONFIRM,
    MAKE_FILE,
    SEND_ALERT,
    TELL_WEBHOOK,
    queue_alert,
    queue_webhook,
)
from claims.intake.queueing import (
    BEFORE_ALL,
    CRAWLING_QUEUE,
    KEEP_READ,
    LOOK_AT_FEED,
    OPEN_ARRIVAL,
    OPENING_QUEUE,
    READ_ARRIVAL,
    READING_QUEUE,
)
from claims.models import (
    ApiUsage,
    Arrival,
    ArrivalState,
    ChangedRow,
    Delivery,
    Feed,
    FollowRequest,
    Lookup,
    MadeFile,
    SavedSearch,
    Webhook,
    WebhookDelivery,
)

if TYPE_CHECKING:
    from claims.extraction.records import ArticleText
    from claims.intake.feed_entries import FeedContent, FeedPage
    from claims.intake.handed_in import HandedIn
    from claims.intake.readers import Link
    from claims.intake.readers.sources import ReadItem

Chore = TypeVar("Chore", bound=Callable[..., Any])

logger = logging.getLogger(__name__)

READERS = "readers"  # in the context of a job: what reads for it
PATIENCE = "patience"  # in the context of a job: seconds that a worker may be silent
MOST_ATTEMPTS_AT_JOB = 6  # at what fails for reasons of its own, such as a database that is gone
LONGEST_WAIT = 60  # seconds before the next
HOURS_FAILED_JOBS_ARE_KEPT = 7 * 24
LONGEST_RELATING = 3  # seconds at a time, after which other chores have their turn
LONGEST_JOINING = 5  # the same
LONGEST_COUNTING = 3  # the same
MANY_TIMES_A_MINUTE = "* * * * * */10"
EACH_MINUTE = "* * * * *"
EACH_HOUR = "7 * * * *"


class Readers(Protocol):
    """What reads for the jobs of a worker."""

    @property
    def version(self) -> str: ...

    def read_handed_in(self, handed_in: "HandedIn") -> "Iterator[ReadItem | Link]": ...

    def read_feed(self, page: "FeedPage") -> "FeedContent": ...

    def find_quotes(self, article: "ArticleText") -> list[dict[str, Any]]: ...


class WorkerEnds(Exception):
    """A worker is told to stop: its jobs are left to others."""


class ReaderDied(Exception):
    """What reads has died in the middle of it, perhaps of the document; the message says how."""


class RetryLater(BaseRetryStrategy):
    """Has a job that failed done again, after a wait that doubles; at once if its worker was ended."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, WorkerEnds):
            return RetryDecision(retry_in={"seconds": 0})
        if job.attempts >= MOST_ATTEMPTS_AT_JOB:
            return None
        return RetryDecision(retry_in={"seconds": min(2**job.attempts, LONGEST_WAIT)})


@app.task(name=OPEN_ARRIVAL, queue=OPENING_QUEUE, pass_context=True, retry=RetryLater())
def open_one_arrival(context: JobContext, *, arrival: int) -> None:
    """Fetch and read what was handed in."""
    from claims.intake.arriving import open_arrival

    found = Arrival.objects.select_related("delivery").filter(pk=arrival).first()
    if found:
        with note_failures(found):
            open_arrival(found, get_readers(context).read_handed_in)


@app.task(name=READ_ARRIVAL, queue=READING_QUEUE, pass_context=True, retry=RetryLater())
def read_one_arrival(context: JobContext, *, arrival: int) -> None:
    """Find the quotes of a document, and make an article of it if it keeps itself."""
    from claims.history.writing import is_conflict
    from claims.intake.arriving import keep_arrival, read_arrival
    from claims.models.refusals import Refused

    waiting = Arrival.objects.select_related("delivery__added_by").defer("content")
    found = waiting.filter(pk=arrival).first()
    if found is None:
        return
    readers = get_readers(context)
    with note_failures(found):
        read_arrival(found, readers.find_quotes, readers.version)
        if found.state != ArrivalState.READ or not found.delivery.keeps_itself:
            return
        try:
            keep_arrival(found, {}, found.delivery.added_by)
        except Refused as refusal:
            if is_conflict(refusal.__cause__):
                raise  # it is tried again
            refuse_to_keep(found, str(refusal))


@app.task(name=KEEP_READ, queue=OPENING_QUEUE, retry=RetryLater())
def keep_read(*, delivery: int, user: int | None, read_before: str, after: int) -> None:
    """Keep some more of what was read of a delivery, as somebody has asked for."""
    from claims.intake.arriving import keep_read_arrivals

    found = Delivery.objects.filter(pk=delivery).first()
    if found:
        asking = None if user is None else User.objects.filter(pk=user).first()
        keep_read_arrivals(found, asking, datetime.fromisoformat(read_before), after)


def refuse_to_keep(arrival: Arrival, reason: str) -> None:
    """Settle a document that was read and that the database does not take."""
    read = Arrival.objects.filter(pk=arrival.pk, state=ArrivalState.READ)
    read.change(state=ArrivalState.REFUSED, reason=reason[:1000])


def get_readers(context: JobContext) -> Readers:
    readers: Readers = context.additional_context[READERS]
    return readers


@contextmanager
def note_failures(arrival: Arrival) -> Iterator[None]:
    """Note on an arrival why the work on it failed, and raise that: the job is done again.

    If the worker was told to stop, the attempt does not count.
    """
    from claims.intake.arriving import note_failure, take_attempt_back

    try:
        yield
    except WorkerEnds:
        take_attempt_back(arrival)
        raise
    except (DatabaseError, ConnectorException):
        raise  # nothing can be noted, or it is not known what
    except Exception as error:
        note_failure(arrival, explain_failure(error))
        raise


def explain_failure(error: Exception) -> str:
    """Return in words why a job failed."""
    return str(error) if isinstance(error, ReaderDied) else f"{type(error).__name__}: {error}"


@app.task(name=LOOK_AT_FEED, queue=CRAWLING_QUEUE, pass_context=True, retry=RetryLater())
def look_at_one_feed(context: JobContext, *, feed: int) -> None:
    """See what a feed has that it did not have before."""
    from claims.intake.looking import look_at_feed, note_failed_look

    found = Feed.objects.filter(pk=feed).first()
    if found is None:
        return
    try:
        look_at_feed(found, get_readers(context).read_feed)
    except WorkerEnds:
        raise  # it is looked at again; that is no fault of the feed
    except Exception as error:
        note_failed_look(found, explain_failure(error))
        raise


@app.task(name=ASK_TO_CONFIRM, queue=OPENING_QUEUE, retry=RetryLater())
def ask_to_confirm(*, search: int) -> None:
    """Ask by mail whether somebody wants to follow what was asked for in their name."""
    from claims.following.alerts import ask_to_confirm

    found = SavedSearch.objects.select_related("follower").filter(pk=search).first()
    if found:
        ask_to_confirm(found)


@app.task(name=SEND_ALERT, queue=OPENING_QUEUE, retry=RetryLater())
def send_alert(*, search: int) -> None:
    """Tell a follower by mail what is new in their search, if anything is."""
    from claims.following.alerts import look_and_tell

    look_and_tell(search)


@app.task(name=TELL_WEBHOOK, queue=CRAWLING_QUEUE, retry=RetryLater())
def tell_webhook(*, webhook: int) -> None:
    """Tell another program what has changed."""
    from claims.following.webhooks import tell

    tell(webhook)


@app.task(name=MAKE_FILE, queue=OPENING_QUEUE, pass_context=True, retry=RetryLater())
def make_large_file(context: JobContext, *, file: int) -> None:
    """Make a file that somebody has asked for and does not wait for."""
    from claims.following.large_files import give_up, make_file

    found = MadeFile.objects.filter(pk=file).first()
    if found is None:
        return
    try:
        make_file(found)
    except WorkerEnds:
        raise  # that is no fault of the file
    except Exception:
        if context.job.attempts >= MOST_ATTEMPTS_AT_JOB:
            give_up(found)
        raise


def add_chore(cron: str, name: str, **options: Any) -> Callable[[Chore], Chore]:
    """Have a chore done at its times: before all else, and in the queue once, however long it waits.

    One that may wait for others while it is done has a `lock`, so that no second is begun beside it.
    """

    def add(do: Chore) -> Chore:
        as_task = app.task(
            name=name, queue=OPENING_QUEUE, priority=BEFORE_ALL, queueing_lock=name, **options
        )
        app.periodic(cron=cron)(as_task(do))  # type: ignore[no-untyped-call]
        return do

    return add


@add_chore(EACH_MINUTE, "queue the feeds that are due")
def queue_feeds(timestamp: int) -> None:
    """Have the feeds looked at whose time has come."""
    from claims.intake.looking import queue_due_feeds

    queue_due_feeds()


@add_chore(MANY_TIMES_A_MINUTE, "find who is who", lock="find who is who")
def join_names(timestamp: int) -> None:
    """Find which of the names that have come in are one actor's, for some seconds.

    The rest waits for the next, and all of it where another is at it.
    """
    from claims.actors.joining import join_all_waiting_names

    end = time.monotonic() + LONGEST_JOINING
    for _ in join_all_waiting_names(is_patient=False):
        if time.monotonic() >= end:
            return


@add_chore(EACH_MINUTE, "take up what was lost")
def take_up_lost_arrivals(timestamp: int) -> None:
    """Have documents taken up again that wait without a job."""
    from claims.intake.arriving import queue_lost_arrivals

    lost = queue_lost_arrivals()
    if lost:
        logger.warning("%d documents had no job any more, and have one again", lost)


@add_chore(MANY_TIMES_A_MINUTE, "take up what has stalled", pass_context=True)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Have the jobs of workers that died done by others."""
    patience = context.additional_context[PATIENCE]
    manager = context.app.job_manager
    queues = set()
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=patience):
        with suppress(ConnectorException):  # it was finished, or taken up, just now
            await manager.retry_job(job)
            queues.add(job.queue)
    await manager.prune_stalled_workers(patience)
    for queue in queues:
        with suppress(AlreadyEnqueued):
            await look_again.configure(
                queue=queue, queueing_lock=f"look again: {queue}"
            ).defer_async()


@app.task(name="look again", queue=OPENING_QUEUE, priority=BEFORE_ALL)
def look_again() -> None:
    """Do nothing: workers hear of a job that is new in their queue, but not of one that is back."""


@add_chore(MANY_TIMES_A_MINUTE, "relate what was said", lock="relate what was said")
def relate_wordings(timestamp: int) -> None:
    """Relate the wordings of new quotes to others, and what others found to claims, for some seconds;
    the rest waits for the next.
    """
    from claims.gathering.factchecks import look_up_all_waiting_factchecks
    from claims.gathering.updating import relate_all_waiting_wordings

    end = time.monotonic() + LONGEST_RELATING
    for _ in chain(relate_all_waiting_wordings(), look_up_all_waiting_factchecks()):
        if time.monotonic() >= end:
            return


@add_chore(EACH_MINUTE, "queue the alerts that are due")
def queue_alerts(timestamp: int) -> None:
    """Have the saved searches looked at in which anything may be new."""
    from claims.following.alerts import iterate_due_searches

    for search in iterate_due_searches():
        queue_alert(search)


@add_chore(MANY_TIMES_A_MINUTE, "queue the webhooks that are due")
def queue_webhooks(timestamp: int) -> None:
    """Have the webhooks told that wait for another attempt, or for which anything may be new."""
    for webhook in Webhook.objects.due():
        queue_webhook(webhook)


@add_chore(MANY_TIMES_A_MINUTE, "count words", lock="count words")
def count_words(timestamp: int) -> None:
    """Count the words of what has come in, for some seconds; the rest waits for the next."""
    from claims.search.vocabulary import count_new_words

    end = time.monotonic() + LONGEST_COUNTING
    for _ in count_new_words():
        if time.monotonic() >= end:
            return


@add_chore(EACH_HOUR, "forget what is old")
def forget(timestamp: int) -> None:
    """Forget deliveries that nobody kept, what feeds have not had for long, what changed long ago,
    who looked for what, how often the API was asked, searches that nobody confirmed, and large files.
    """
    from claims.following.large_files import remove_old_files
    from claims.intake.arriving import forget_old_deliveries
    from claims.intake.looking import forget_old_items

    forget_old_deliveries()
    forget_old_items()
    Lookup.objects.forget_old()
    ChangedRow.forget_old()
    ApiUsage.forget_old()
    FollowRequest.objects.forget_old()
    SavedSearch.objects.forget_unconfirmed()
    WebhookDelivery.forget_old()
    remove_old_files()


@add_chore(EACH_HOUR, "remove failed jobs", pass_context=True)
async def remove_failed_jobs(context: JobContext, timestamp: int) -> None:
    """Remove the jobs that failed a week ago; those that were done go at once."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=HOURS_FAILED_JOBS_ARE_KEPT, include_failed=True, include_aborted=True
    )
