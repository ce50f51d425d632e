"""Opens what was handed in: fetches it, reads it by its format, and has each document read.

Documents are stored as they are found, some at a time. When that is cut off and done again, those
that are there already are passed over.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from claims.intake import fetched
from claims.intake.arriving.attempts import (
    MOST_ATTEMPTS,
    begin_attempt,
    note_failure,
    refuse_arrival,
    settle_attempt,
)
from claims.intake.folders import check_folder
from claims.intake.handed_in import HandedIn, ReadHandedIn, read_handed_in
from claims.intake.queueing import queue_opening, queue_reading
from claims.intake.readers import Document, Problem
from claims.intake.readers.lines import build_line
from claims.intake.readers.sources import ReadItem
from claims.models import Arrival, ArrivalState
from claims.models.arrivals import LONGEST_REASON
from claims.models.refusals import Refused
from claims.passages.cutting import cut_text

LONGEST_PLACE = 2000  # characters
ITEMS_STORED_AT_ONCE = 50
MOST_DOCUMENTS = 1000  # of what a person hands in at once
SECONDS_BEFORE_NEXT_ATTEMPT = (60, 600)  # after the first that failed, and the second
NOTHING_IN_IT = "there is nothing in it to read"
TOO_MANY_DOCUMENTS = (
    f"it holds more than {MOST_DOCUMENTS:,} documents; the rest is not read"
    " (`manage.py ingest` reads any number)"
)


class AttemptIsOver(Exception):
    """Another worker has begun what this one is at, or it was discarded."""


def open_arrival(arrival: Arrival, read: ReadHandedIn = read_handed_in) -> None:
    """Fetch and read what was handed in; what cannot be is refused with its reason.

    An arrival that has been opened before is left alone.
    """
    if not begin_attempt(arrival, is_opened=False):
        return
    try:
        handed_in = fetch_handed_in(arrival)
        items = yield_until_refused(read(handed_in), handed_in.name)
        store_items(arrival, limit_documents(arrival, items))
    except Refused as refusal:
        if not try_again_later(arrival, refusal):
            refuse_arrival(arrival, str(refusal))
    except AttemptIsOver:
        return


def fetch_handed_in(arrival: Arrival) -> HandedIn:
    """Return what there is to read. Raises `Refused` if it cannot be fetched."""
    content = None if arrival.content is None else bytes(arrival.content)
    if not arrival.address:
        return HandedIn(name=arrival.where, content=content or b"")
    is_from_feed = arrival.delivery.feed_id is not None
    if not arrival.address.startswith(("http://", "https://")):
        check_folder(arrival.address)
        return HandedIn(name=arrival.where, path=arrival.address)
    try:
        page = fetched.fetch_page(arrival.address, is_crawl=is_from_feed)
    except Refused:
        if content is None:
            raise
        return HandedIn(name=arrival.where, content=content)
    return HandedIn(
        name=page.address,
        content=page.content,
        address=page.address,
        content_type=page.content_type,
    )


def try_again_later(arrival: Arrival, refusal: Refused) -> bool:
    """Have a page that a feed names fetched again after a while; return whether it is.

    It is not where that is no use, or was done too often. Whoever waits for a page that they handed
    in is told at once instead.
    """
    wait = fetched.find_wait(refusal)
    is_from_feed = arrival.delivery.feed_id is not None
    if wait is None or not is_from_feed or arrival.attempts >= MOST_ATTEMPTS:
        return False
    seconds = max(wait, SECONDS_BEFORE_NEXT_ATTEMPT[arrival.attempts - 1])
    with transaction.atomic():
        note_failure(arrival, str(refusal))
        queue_opening([arrival], is_urgent=False, in_seconds=seconds)
    return True


def yield_until_refused(items: Iterable[ReadItem], where: str) -> Iterator[ReadItem]:
    """Yield what is read, and at last why there is no more, if the reader failed."""
    try:
        yield from items
    except Refused as refusal:
        yield Problem(where, str(refusal))


def limit_documents(arrival: Arrival, items: Iterable[ReadItem]) -> Iterator[ReadItem]:
    """Yield no more documents than one may hand in at once; a folder may hold any number."""
    if arrival.delivery.feed_id is not None:
        yield from items
        return
    in_order = iter(items)
    yield from islice(in_order, MOST_DOCUMENTS)
    if next(in_order, None) is not None:
        yield Problem(arrival.where, TOO_MANY_DOCUMENTS)


def store_items(arrival: Arrival, items: Iterator[ReadItem]) -> None:
    """Store what was found. The first is written last, on the arrival that is opened."""
    first = next(items, None)
    if first is None:
        raise Refused(NOTHING_IN_IT)
    stored_before = count_places_of_others(arrival)
    while batch := list(islice(items, ITEMS_STORED_AT_ONCE)):
        store_others(arrival, batch, stored_before)
    with transaction.atomic():
        values = build_values(first, arrival)
        is_written = settle_attempt(arrival, attempts=0, content=None, **values)
        if is_written and arrival.state == ArrivalState.QUEUED:
            queue_reading([arrival], is_urgent=is_waited_for(arrival))


def count_places_of_others(arrival: Arrival) -> Counter[str]:
    """Return how often each place comes among what the delivery has beside this arrival."""
    others = Arrival.objects.filter(delivery=arrival.delivery_id).exclude(pk=arrival.pk)
    return Counter(others.values_list("where", flat=True))


def store_others(arrival: Arrival, items: list[ReadItem], stored_before: Counter[str]) -> None:
    """Store documents as arrivals of their own, but for those that an earlier attempt stored."""
    new = []
    for item in items:
        values = build_values(item, arrival)
        if stored_before[values["where"]]:
            stored_before[values["where"]] -= 1
        else:
            new.append(Arrival(delivery_id=arrival.delivery_id, **values))
    with transaction.atomic():
        own = Arrival.objects.select_for_update().filter(
            pk=arrival.pk, state=ArrivalState.READING, attempts=arrival.attempts
        )
        if not own.exists():
            raise AttemptIsOver
        Arrival.objects.bulk_create(new)
        waiting = [each for each in new if each.state == ArrivalState.QUEUED]
        queue_reading(waiting, is_urgent=is_waited_for(arrival))


def is_waited_for(arrival: Arrival) -> bool:
    return arrival.delivery.feed_id is None


def build_values(item: ReadItem, arrival: Arrival) -> dict[str, Any]:
    """Return the values of the arrival of a document, or of what is none."""
    where = cut_text(item.where, LONGEST_PLACE)
    if not isinstance(item, Document):
        reason = cut_text(item.reason, LONGEST_REASON)
        return {"where": where, "state": ArrivalState.REFUSED, "reason": reason}
    line = add_what_is_told(build_line(item), arrival.told or {})
    is_from_feed = arrival.delivery.feed_id is not None
    if is_from_feed and not line["date"]:
        return {"where": where, "state": ArrivalState.REFUSED, "reason": "it has no date"}
    return {"where": where, "state": ArrivalState.QUEUED, "reason": "", "document": line}


def add_what_is_told(line: dict[str, Any], told: dict[str, str]) -> dict[str, Any]:
    """Return a document, with what is told of it wherever its reader found nothing."""
    return {**line, **{name: value for name, value in told.items() if not line.get(name)}}
