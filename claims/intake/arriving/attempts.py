"""One attempt at a step on a document's way: begun, counted, and written only if it is the last.

A worker that is killed leaves its arrival as it was with the attempt counted, and another one
begins again. One that was only slow, and comes back when another has begun, writes nothing.
"""

from django.db.models import F, Q

from claims.models import Arrival, ArrivalState
from claims.models.arrivals import LONGEST_REASON
from claims.passages.cutting import cut_text

MOST_ATTEMPTS = 3


def begin_attempt(arrival: Arrival, *, is_opened: bool) -> bool:
    """Begin to open an arrival, or to read one that is opened; return whether there is that to do.

    What was begun too often is refused.
    """
    waiting = Arrival.objects.unsettled().filter(pk=arrival.pk, document__isnull=not is_opened)
    may_be_begun = waiting.filter(attempts__lt=MOST_ATTEMPTS)
    begun = may_be_begun.change(state=ArrivalState.READING, attempts=F("attempts") + 1)
    if begun:
        arrival.refresh_from_db(fields=["state", "attempts", "document"])
        return True
    for given_up in waiting.only("reason"):
        reason = explain_giving_up(given_up.reason)
        waiting.change(state=ArrivalState.REFUSED, reason=reason)
    return False


def explain_giving_up(reason: str) -> str:
    """Return why no further attempt is made, with what was said of the last one."""
    if reason:
        return cut_text(f"given up after {MOST_ATTEMPTS} attempts: {reason}", LONGEST_REASON)
    return f"given up: the program that reads it ended {MOST_ATTEMPTS} times in the middle of it"


def settle_attempt(arrival: Arrival, **values: object) -> bool:
    """Write what came of an attempt, and return whether it was: not if another was begun since."""
    attempt = Q(pk=arrival.pk, state=ArrivalState.READING, attempts=arrival.attempts)
    is_written = bool(Arrival.objects.filter(attempt).change(**values))
    if is_written:
        for name, value in values.items():
            setattr(arrival, name, value)
    return is_written


def refuse_arrival(arrival: Arrival, reason: str) -> None:
    """Settle a document as one that does not go in."""
    settle_attempt(
        arrival,
        state=ArrivalState.REFUSED,
        reason=cut_text(reason, LONGEST_REASON),
        content=None,
        attributions=None,
    )


def take_attempt_back(arrival: Arrival) -> None:
    """Let a document wait again as if the attempt had not been made: the worker was stopped."""
    settle_attempt(arrival, state=ArrivalState.QUEUED, attempts=arrival.attempts - 1)


def note_failure(arrival: Arrival, reason: str) -> None:
    """Let a document wait for another attempt, after one that failed through no fault of its own."""
    settle_attempt(arrival, state=ArrivalState.QUEUED, reason=cut_text(reason, LONGEST_REASON))
