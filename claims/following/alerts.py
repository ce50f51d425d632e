"""Alerts: which searches are due, and for each a look at what is new, and a mail."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from claims.following.mails import build_alert, build_confirmation
from claims.following.sending import NotSent, PerhapsSent, send_mail
from claims.following.telling import ToTell, begin, find_what_to_tell, move_start, take_back
from claims.models import ChangedRow, Follower, Pace, SavedSearch
from claims.models.refusals import Refused
from claims.search import columns
from claims.search.columns import Columns

PAUSE_OF_PACE = {
    Pace.AT_ONCE: timedelta(minutes=1),
    Pace.DAILY: timedelta(days=1),
    Pace.WEEKLY: timedelta(days=7),
}
PAUSE_AFTER_MAIL = timedelta(minutes=5)  # so that what comes in bit by bit is not a mail each
SHORTEST_PAUSE_AFTER_FAILURE = timedelta(minutes=5)
LONGEST_PAUSE_AFTER_FAILURE = timedelta(hours=12)
MOST_FAILURES = 10  # one after the other; then it waits for whoever runs the site


def ask_to_confirm(search: SavedSearch) -> bool:
    """Ask a follower by mail whether they want a search; return whether that was still to be done.
    Raises `NotSent`, to be tried again.

    Whoever writes down first that it is being done is the one who sends it.
    """
    mail = build_confirmation(search)
    unmailed = SavedSearch.objects.unmailed().filter(pk=search.pk)
    if not unmailed.update(mailed_at=timezone.now()):
        return False
    try:
        send_mail(mail)
    except NotSent as error:
        note_problem(search, str(error))
        if not error.is_lasting:
            search.note(mailed_at=None)
            raise
    except PerhapsSent as error:
        note_problem(search, str(error))
    return True


def confirm(search: SavedSearch) -> None:
    """Begin to tell of what comes in from now on. Once is enough."""
    if search.is_confirmed:
        return
    now = timezone.now()
    begin(search, now)
    search.note(
        confirmed_at=now,
        mailed_at=search.mailed_at or now,
        next_at=now + PAUSE_OF_PACE[Pace(search.pace)],
        start=search.start,
        later_start=search.later_start,
        later_start_at=search.later_start_at,
    )


def change_pace(search: SavedSearch, pace: str) -> None:
    if search.is_confirmed:
        search.next_at = timezone.now() + PAUSE_OF_PACE[Pace(pace)]
    search.note(pace=pace, next_at=search.next_at)


def iterate_due_searches() -> Iterator[SavedSearch]:
    """Yield the searches that are to be looked at now."""
    yield from SavedSearch.objects.due(find_last_change()).filter(failures__lt=MOST_FAILURES)


def find_last_change() -> datetime | None:
    return ChangedRow.objects.order_by("-pk").values_list("at", flat=True).first()


def look_and_tell(pk: int) -> int:
    """Look for what is new in a search, and tell its follower; return of how many quotes.

    What is told is written down before the mail is sent, and taken back where that surely failed.
    Another who looks for the same follower is not waited for: there will be a next time.
    """
    known = columns.get_current_columns()  # outside of the transaction, so that they are kept
    with transaction.atomic():
        search = lock_search(pk)
        if search is None:
            return 0
        to_tell = look(search, known)
    if to_tell is None or not to_tell.hits:
        return 0
    mail = build_alert(search, to_tell)
    if mail is None:
        return 0
    try:
        send_mail(mail)
    except NotSent as error:
        take_back(to_tell.batch)
        put_off(search, error)
        return 0
    except PerhapsSent as error:
        note_problem(search, f"{error}; it is not sent again")
        return 0
    note_mail(search, len(to_tell.hits))
    return len(to_tell.hits)


def lock_search(pk: int) -> SavedSearch | None:
    """Return a search that is due, whose follower nobody else sends anything until this is done."""
    due = SavedSearch.objects.confirmed().filter(pk=pk, next_at__lte=timezone.now())
    search = due.select_related("follower").first()
    if search is None:
        return None
    followers = Follower.objects.select_for_update(skip_locked=True)
    return search if followers.filter(pk=search.follower_id).exists() else None


def look(search: SavedSearch, known: Columns) -> ToTell | None:
    """Return what is to be told, and note when the next look is; None if there can be none, or the
    search was ended meanwhile.
    """
    looked_at = timezone.now()
    next_at = find_next_look(search)
    to_tell = None
    problem = ""
    try:
        to_tell = find_what_to_tell(search, known)
        move_start(search)
    except Refused as refusal:
        problem = str(refusal)[:300]
    is_there = search.note(
        looked_at=looked_at,
        next_at=next_at,
        problem=problem,
        start=search.start,
        later_start=search.later_start,
        later_start_at=search.later_start_at,
    )
    if to_tell and not is_there:
        take_back(to_tell.batch)
        return None
    return to_tell


def find_next_look(search: SavedSearch) -> datetime:
    """Return when a search is due again: a day or a week after it was, however late it is now."""
    now = timezone.now()
    pause = PAUSE_OF_PACE[Pace(search.pace)]
    if search.pace == Pace.AT_ONCE or search.next_at is None:
        return now + pause
    missed = max((now - search.next_at) // pause, 0)
    return search.next_at + (missed + 1) * pause


def note_mail(search: SavedSearch, number: int) -> None:
    now = timezone.now()
    next_at = now + PAUSE_AFTER_MAIL if search.pace == Pace.AT_ONCE else search.next_at
    search.note(sent_at=now, sent=search.sent + number, failures=0, next_at=next_at)


def put_off(search: SavedSearch, error: NotSent) -> None:
    """Try again later, after a wait that doubles; not at all where the server will never take it."""
    failures = MOST_FAILURES if error.is_lasting else search.failures + 1
    wait = min(SHORTEST_PAUSE_AFTER_FAILURE * 2**failures, LONGEST_PAUSE_AFTER_FAILURE)
    search.note(failures=failures, next_at=timezone.now() + wait, problem=str(error)[:300])


def note_problem(search: SavedSearch, problem: str) -> None:
    search.note(problem=problem[:300])
