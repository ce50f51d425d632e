"""Looks at feeds: what an address or a folder has that it did not have before is handed in."""

import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from claims.intake import fetched
from claims.intake.arriving.delivering import add_arrivals, check_address
from claims.intake.batches import split_into_batches
from claims.intake.feed_entries import FeedContent, FeedEntry, FeedPage, read_feed_content
from claims.intake.folders import FolderFile, check_folder, list_files
from claims.intake.known_articles import find_known_addresses
from claims.intake.queueing import queue_look
from claims.intake.readers.problems import Broken
from claims.intake.readers.repairing import drop_control_characters
from claims.models import Arrival, ArrivalState, Delivery, Feed, FeedItem
from claims.models.arrivals import LONGEST_REASON
from claims.models.refusals import Refused
from claims.passages.cutting import cut_text

FILES_AT_ONCE = 500  # of a folder in one transaction
LONGEST_PLACE = 2000  # characters, as the three that follow
LONGEST_NAME = 200
LONGEST_ETAG = 500
LONGEST_LAST_MODIFIED = 100
LONGEST_WAIT = timedelta(days=1)
MOST_DOUBLINGS = 11  # of the least wait, a minute, until it is longer than that
ITEM_IS_FORGOTTEN_AFTER = timedelta(days=90)  # that a feed did not have it any more
ODD_NAME = "its name is too long, or holds what is no character of UTF-8; give it another name"
SEEN_TO_THE = timedelta(days=1)

ReadFeed = Callable[[FeedPage], FeedContent]  # raises `Refused` if it is no feed


def read_feed(page: FeedPage) -> FeedContent:
    """Return what a feed has, read in this process. Raises `Refused` if it is none."""
    try:
        return read_feed_content(page)
    except Broken as error:
        raise Refused(str(error)) from None


def check_feed_source(source: str) -> str:
    """Return the address of a feed, or the path of a folder, as it is kept.

    Raises `Refused` if it is neither, or lies where nothing is read. It is not looked at.
    """
    source = source.strip()
    if not os.path.isabs(source):
        return check_address(source)
    check_folder(source)
    if not os.path.isdir(source):
        raise Refused(f"there is no folder {source}")
    return os.path.normpath(source)


def is_folder(feed: Feed) -> bool:
    return not feed.source.startswith(("http://", "https://"))


def queue_due_feeds() -> int:
    """Have all feeds looked at whose time has come; return how many those are."""
    with transaction.atomic():
        due = list(Feed.objects.due().select_for_update(skip_locked=True))
        for feed in due:
            feed.next_look_at = timezone.now() + compute_wait(feed)
            feed.save(update_fields=["next_look_at"])
            queue_look(feed)
    return len(due)


def compute_wait(feed: Feed) -> timedelta:
    """Return how long a feed is left alone: twice as long for each look in a row that failed."""
    usual = timedelta(minutes=feed.minutes_between_looks)
    times: int = 2 ** min(feed.failures, MOST_DOUBLINGS)
    return min(usual * times, max(usual, LONGEST_WAIT))


def look_at_feed(feed: Feed, read: ReadFeed = read_feed) -> int:
    """Hand in what a feed has that it did not have before; return how much that is.

    `read` reads the feed that is at an address. If it cannot be looked at, the reason is kept, and
    the next look put off; if it is not its turn at its host, until it is. Of a feed that is cut off
    the reason is kept, too, but its whole entries come in.
    """
    problem = ""
    try:
        if is_folder(feed):
            new = look_into_folder(feed)
        else:
            new, problem = look_at_address(feed, read)
    except Refused as refusal:
        turn = fetched.find_turn(refusal)
        if turn is None:
            note_failed_look(feed, str(refusal))
        else:
            queue_look(feed, in_seconds=turn)
        return 0
    note_look(feed, failures=0, problem=problem)
    return new


def note_failed_look(feed: Feed, problem: str) -> None:
    """Note why a feed could not be looked at; the next look is put off twice as long."""
    note_look(feed, failures=feed.failures + 1, problem=problem)


def note_look(feed: Feed, *, failures: int, problem: str) -> None:
    """Note how a look went, and when the next one is due."""
    now = timezone.now()
    feed.failures = failures
    shown = problem.encode(errors="replace").decode()
    feed.problem = cut_text(drop_control_characters(shown), LONGEST_REASON)
    feed.last_looked_at = now
    feed.next_look_at = now + compute_wait(feed)
    feed.save(update_fields=["failures", "problem", "last_looked_at", "next_look_at"])


def look_at_address(feed: Feed, read: ReadFeed) -> tuple[int, str]:
    """Hand in the new entries of a feed; return how many these are, and why it has not all of them.

    Raises `Refused` if it cannot be had, or is none.
    """
    page = fetched.fetch_feed(feed.source, feed.etag, feed.last_modified)
    if page.is_unchanged:
        return 0, ""
    content = read(FeedPage(page.address, page.content, page.charset))
    feed.name = feed.name or content.name[:LONGEST_NAME]
    # One that is cut off is fetched again, whether it has changed or not.
    feed.etag = "" if content.problem else cut_mark(page.etag, LONGEST_ETAG)
    feed.last_modified = ""
    if not content.problem:
        feed.last_modified = cut_mark(page.last_modified, LONGEST_LAST_MODIFIED)
    with transaction.atomic():
        lock_feed(feed)
        arrivals = list_new_entries(feed, content.entries)
        hand_in(feed, arrivals, content.problem)
        feed.save(update_fields=["name", "etag", "last_modified"])
    return len(arrivals), content.problem


def cut_mark(mark: str | None, longest: int) -> str:
    """Return what a server marks a version with; nothing where it is too long to be kept whole."""
    return mark if mark and len(mark) <= longest else ""


def lock_feed(feed: Feed) -> None:
    """Let one worker at a time tell what is new in a feed."""
    list(Feed.objects.select_for_update().filter(pk=feed.pk).values_list("pk"))


def list_new_entries(feed: Feed, entries: Iterable[FeedEntry]) -> list[Arrival]:
    """Return an arrival for each entry that is not known, and remember all of them.

    One whose address is that of an article came by another way, and is not fetched again.
    """
    by_name: dict[str, FeedEntry] = {}
    for entry in entries:
        by_name.setdefault(name_item(entry.name), entry)
    known = remember_items(feed, dict.fromkeys(by_name, ""))
    new = [entry for name, entry in by_name.items() if name not in known]
    addresses = [entry.address for entry in new if entry.address]
    known_at = find_known_addresses(addresses)
    return [build_arrival(entry) for entry in new if entry.address not in known_at]


def build_arrival(entry: FeedEntry) -> Arrival:
    where = cut_text(entry.name, LONGEST_PLACE)
    told = {"date": entry.day}
    return Arrival(where=where, address=entry.address, content=entry.content, told=told)


def look_into_folder(feed: Feed) -> int:
    """Hand in the files of a folder that are new or have changed, some at a time."""
    new = 0
    for files in split_into_batches(list_files(feed.source), FILES_AT_ONCE):
        with transaction.atomic():
            lock_feed(feed)
            arrivals = list_new_files(feed, files)
            hand_in(feed, arrivals)
        new += len(arrivals)
    return new


def list_new_files(feed: Feed, files: Sequence[FolderFile]) -> list[Arrival]:
    """Return an arrival for each file that is not known as it is, and remember all of them."""
    by_name = {name_item(file.path): file for file in files}
    known = remember_items(feed, {name: file.stamp for name, file in by_name.items()})
    new = [file for name, file in by_name.items() if known.get(name) != file.stamp]
    return [build_file_arrival(file) for file in new]


def build_file_arrival(file: FolderFile) -> Arrival:
    """Return the arrival of a file; it is refused where no row can hold its name."""
    shown = drop_control_characters(file.path.encode(errors="replace").decode())
    if shown != file.path or len(shown) > LONGEST_PLACE:
        where = cut_text(shown, LONGEST_PLACE)
        return Arrival(where=where, state=ArrivalState.REFUSED, reason=ODD_NAME)
    return Arrival(where=file.path, address=file.path)


def name_item(name: str) -> str:
    return sha256(name.encode(errors="surrogateescape")).hexdigest()


def remember_items(feed: Feed, stamps: dict[str, str]) -> dict[str, str]:
    """Remember these items of a feed by name and stamp, and return those known before."""
    now = timezone.now()
    items = FeedItem.objects.filter(feed=feed, name__in=stamps)
    known = dict(items.values_list("name", "stamp"))
    items.filter(seen_at__lt=now - SEEN_TO_THE).update(seen_at=now)
    differing = []
    for name, stamp in stamps.items():
        if known.get(name) != stamp:
            differing.append(FeedItem(feed=feed, name=name, stamp=stamp, seen_at=now))
    FeedItem.objects.bulk_create(
        differing,
        update_conflicts=True,
        unique_fields=["feed", "name"],
        update_fields=["stamp", "seen_at"],
    )
    return known


def hand_in(feed: Feed, arrivals: Sequence[Arrival], problem: str = "") -> None:
    """Have what a feed brings opened, read and kept. The caller has begun a transaction.

    What it has not stands beside that, refused for the reason `problem`.
    """
    if not arrivals:
        return
    if problem:
        where = cut_text(feed.source, LONGEST_PLACE)
        missing = Arrival(where=where, state=ArrivalState.REFUSED, reason=problem)
        arrivals = [*arrivals, missing]
    delivery = Delivery.objects.create(
        token=secrets.token_urlsafe(32), feed=feed, added_by_id=feed.added_by_id, keeps_itself=True
    )
    add_arrivals(delivery, arrivals, is_urgent=False)


def forget_old_items() -> int:
    """Forget what feeds have not had for long; return how much that is."""
    before = timezone.now() - ITEM_IS_FORGOTTEN_AFTER
    return FeedItem.objects.filter(seen_at__lt=before).delete()[0]
