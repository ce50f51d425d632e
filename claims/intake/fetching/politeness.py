"""One request at a time to each host, with a pause after it, for feeds and crawls.

Who comes with patience waits so long at most, and is else told when to come back: one after the
other, as the pauses of the host have it. Each process keeps its own turns; several workers share a
host by taking its addresses one by one.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from claims.intake.fetching.refusals import SOON, FetchRefused

PAUSE = 1.0  # seconds between two requests to a host
LONGEST_PAUSE = 30.0  # seconds, whatever a site asks for; it is then come back to later
LONGEST_QUEUE = 600.0  # seconds that are waited for the turn of others to end
MOST_HOSTS = 10_000  # that are remembered
STATUSES_OF_HASTE = (429, 503)


@dataclass(slots=True)
class Turn:
    """Whose turn it is at a host, when the next may begin, and until when turns are promised."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    promised_until: float = 0.0

    def promise(self, wait: float, pause: float) -> float:
        """Return the seconds after which one who does not wait has their turn.

        It is in `wait` seconds, or after all to whom turns are promised already.
        """
        now = time.monotonic()
        begins = max(self.promised_until, now + wait)
        self.promised_until = begins + pause
        return begins - now


TURNS: dict[str, Turn] = {}
LOCK_OF_TURNS = threading.Lock()


@contextmanager
def take_turn(host: str, pause: float, patience: float | None = None) -> Iterator[None]:
    """Wait for the turn at a host, and keep others away until `pause` seconds after it.

    Raises `FetchRefused` where the host has asked to be left alone for longer than is waited; and
    where `patience` in seconds is given, if the turn has not come by then.
    """
    turn = find_turn(host)
    longest_wait = LONGEST_QUEUE if patience is None else patience
    if not turn.lock.acquire(timeout=longest_wait):
        turn_after = None if patience is None else turn.promise(pause, pause)
        raise refuse_for_others(host, turn_after)
    try:
        wait_until_free(turn, host, pause, patience)
        try:
            yield
        except FetchRefused as error:
            if error.status in STATUSES_OF_HASTE and error.again_after:
                turn.free_at = time.monotonic() + error.again_after
            raise
        finally:
            turn.free_at = max(turn.free_at, time.monotonic() + pause)
    finally:
        turn.lock.release()


def refuse_for_others(host: str, turn_after: float | None) -> FetchRefused:
    reason = f"much else is being fetched from {host}"
    return FetchRefused(reason, again_after=SOON, turn_after=turn_after)


def wait_until_free(turn: Turn, host: str, pause: float, patience: float | None) -> None:
    wait = turn.free_at - time.monotonic()
    if wait > LONGEST_PAUSE:
        raise FetchRefused(
            f"{host} has asked to be left alone for {wait:,.0f} more seconds", again_after=wait
        )
    if patience is not None and wait > patience:
        raise refuse_for_others(host, turn.promise(wait, pause))
    if wait > 0:
        time.sleep(wait)


def find_turn(host: str) -> Turn:
    with LOCK_OF_TURNS:
        if len(TURNS) > MOST_HOSTS:
            forget_past_turns()
        return TURNS.setdefault(host, Turn())


def forget_past_turns() -> None:
    now = time.monotonic()
    for host, turn in list(TURNS.items()):
        if turn.free_at < now and not turn.lock.locked():
            del TURNS[host]
