"""Opens what was handed in: fetches it, reads it by its format, and has each document read.

Documents are stored as they are found, some at a time. When that is cut off and done again, those
that are there already are passed over.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
    take_attempt_back,
)
from claims.intake.arriving.delivering import LISTS, check_address
from claims.intake.folders import check_folder
from claims.intake.handed_in import HandedIn, ReadHandedIn, read_handed_in
from claims.intake.queueing import queue_opening, queue_reading
from claims.intake.readers import Document, Link, Problem
from claims.intake.readers.lines import build_line
from claims.intake.readers.repairing import drop_control_characters
from claims.intake.readers.sources import ReadItem
from claims.models import Arrival, ArrivalState
from claims.models.arrivals import LONGEST_REASON
from claims.models.refusals import Refused
from claims.passages.cutting import cut_text

LONGEST_PLACE = 2000  # characters
ITEMS_STORED_AT_ONCE = 50
MOST_DOCUMENTS = 1000  # of what a person hands in at once
SECONDS_BEFORE_NEXT_ATTEMPT = (60, 600)  # after the first that failed, and the second
JSON_LINES = "application/jsonl"  # as which the whole text of an entry of a feed is kept
NO_DATE = "it has no date"
TOO_DEEP = "addresses in it are not followed here"
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
        if not put_off(arrival, refusal) and not try_again_later(arrival, refusal):
            refuse_arrival(arrival, str(refusal))
    except AttemptIsOver:
        return


def fetch_handed_in(arrival: Arrival) -> HandedIn:
    """Return what there is to read. Raises `Refused` if it cannot be fetched."""
    content = None if arrival.content is None else bytes(arrival.content)
    told = arrival.told or {}
    from_feed = HandedIn(name=arrival.where, content=content or b"", content_type=JSON_LINES)
    if not arrival.address and is_from_feed(arrival):
        return from_feed
    if not arrival.address:
        return HandedIn(name=arrival.where, content=content or b"")
    if not arrival.address.startswith(("http://", "https://")):
        check_folder(arrival.address)
        return HandedIn(name=arrival.where, path=arrival.address)
    is_crawl = arrival.told is not None  # no person named it
    try:
        page = fetched.fetch_page(arrival.address, is_crawl=is_crawl)
    except Refused as refusal:
        if content is None or fetched.find_turn(refusal) is not None:
            raise
        return from_feed
    return HandedIn(
        name=page.address,
        content=page.content,
        address=page.address,
        content_type=page.content_type,
        charset=page.charset,
        day=told.get("date", ""),
    )


def is_from_feed(arrival: Arrival) -> bool:
    return arrival.delivery.feed_id is not None


def put_off(arrival: Arrival, refusal: Refused) -> bool:
    """Have a page opened when it is its turn at its host; return whether it is not yet.

    Nothing was asked of the host, so that no attempt was made.
    """
    seconds = fetched.find_turn(refusal)
    if seconds is None:
        return False
    with transaction.atomic():
        take_attempt_back(arrival)
        queue_opening([arrival], is_urgent=not is_from_feed(arrival), in_seconds=seconds)
    return True


def try_again_later(arrival: Arrival, refusal: Refused) -> bool:
    """Have a page that a feed names fetched again after a while; return whether it is.

    It is not where that is no use, or was done too often. Whoever waits for a page that they handed
    in is told at once instead.
    """
    wait = fetched.find_wait(refusal)
    if wait is None or not is_from_feed(arrival) or arrival.attempts >= MOST_ATTEMPTS:
        return False
    seconds = max(wait, SECONDS_BEFORE_NEXT_ATTEMPT[arrival.attempts - 1])
    with transaction.atomic():
        note_failure(arrival, str(refusal))
        queue_opening([arrival], is_urgent=False, in_seconds=seconds)
    return True


def yield_until_refused(items: Iterable[ReadItem | Link], where: str) -> Iterator[ReadItem | Link]:
    """Yield what is read, and at last why there is no more, if the reader failed."""
    try:
        yield from items
    except Refused as refusal:
        yield Problem(where, str(refusal))


def limit_documents(
    arrival: Arrival, items: Iterable[ReadItem | Link]
) -> Iterator[ReadItem | Link]:
    """Yield no more documents than one may hand in at once; a folder may hold any number."""
    if is_from_feed(arrival):
        yield from items
        return
    in_order = iter(items)
    yield from islice(in_order, MOST_DOCUMENTS)
    if next(in_order, None) is not None:
        yield Problem(arrival.where, TOO_MANY_DOCUMENTS)


def store_items(arrival: Arrival, items: Iterator[ReadItem | Link]) -> None:
    """Store what was found. The first is written last, on the arrival that is opened."""
    first = next(items, None)
    if first is None:
        raise Refused(NOTHING_IN_IT)
    stored_before = count_places_of_others(arrival)
    while batch := list(islice(items, ITEMS_STORED_AT_ONCE)):
        store_others(arrival, batch, stored_before)
    with transaction.atomic():
        values = build_values(first, arrival)
        if settle_attempt(arrival, attempts=0, content=None, **values):
            queue_next_step([arrival], is_urgent=not is_from_feed(arrival))


def count_places_of_others(arrival: Arrival) -> Counter[str]:
    """Return how often each place comes among what the delivery has beside this arrival."""
    others = Arrival.objects.filter(delivery=arrival.delivery_id).exclude(pk=arrival.pk)
    return Counter(others.values_list("where", flat=True))


def store_others(
    arrival: Arrival, items: list[ReadItem | Link], stored_before: Counter[str]
) -> None:
    """Store documents as arrivals of their own, but for those that an earlier attempt stored."""
    new = []
    for item in items:
        values = build_values(item, arrival)
        if stored_before[values["where"]]:
            stored_before[values["where"]] -= 1
        else:
            new.append(Arrival(delivery=arrival.delivery, **values))
    with transaction.atomic():
        own = Arrival.objects.select_for_update().filter(
            pk=arrival.pk, state=ArrivalState.READING, attempts=arrival.attempts
        )
        if not own.exists():
            raise AttemptIsOver
        Arrival.objects.bulk_create(new)
        queue_next_step(new, is_urgent=not is_from_feed(arrival))


def queue_next_step(arrivals: Sequence[Arrival], *, is_urgent: bool) -> None:
    """Have documents read, and addresses opened."""
    waiting = [arrival for arrival in arrivals if arrival.state == ArrivalState.QUEUED]
    documents = [arrival for arrival in waiting if arrival.document is not None]
    addresses = [arrival for arrival in waiting if arrival.document is None]
    queue_reading(documents, is_urgent=is_urgent)
    queue_opening(addresses, is_urgent=is_urgent)


def build_values(item: ReadItem | Link, arrival: Arrival) -> dict[str, Any]:
    """Return the values of the arrival of a document, of a link, or of what is neither."""
    where = cut_text(drop_control_characters(item.where), LONGEST_PLACE)
    told = arrival.told or {}
    if isinstance(item, Link):
        return build_values_of_link(item, where, told)
    if not isinstance(item, Document):
        return build_values_of_refused(where, item.reason)
    line = build_line(item)
    line["date"] = line["date"] or told.get("date", "")
    if is_from_feed(arrival) and not line["date"]:
        return build_values_of_refused(where, NO_DATE)
    return {"where": where, "state": ArrivalState.QUEUED, "reason": "", "document": line}


def build_values_of_link(link: Link, where: str, told: dict[str, Any]) -> dict[str, Any]:
    """Return the values of an address that a list leads to; lists do not lead to further lists."""
    if LISTS in told:
        return build_values_of_refused(where, TOO_DEEP)
    try:
        address = check_address(link.address)
    except Refused as refusal:
        return build_values_of_refused(where, str(refusal))
    return {
        "where": where,
        "state": ArrivalState.QUEUED,
        "reason": "",
        "address": address,
        "told": {"date": link.day, LISTS: 1},
    }


def build_values_of_refused(where: str, reason: str) -> dict[str, Any]:
    return {
        "where": where,
        "state": ArrivalState.REFUSED,
        "reason": cut_text(drop_control_characters(reason), LONGEST_REASON),
    }
