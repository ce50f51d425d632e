"""One request at a time to each host, with a pause after it, for feeds and crawls.

Each process keeps its own turns; several workers share a host by taking its addresses one by one.
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
    """Whose turn it is at a host, and when the next may begin."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


TURNS: dict[str, Turn] = {}
LOCK_OF_TURNS = threading.Lock()


@contextmanager
def take_turn(host: str, pause: float) -> Iterator[None]:
    """Wait for the turn at a host, and keep others away until `pause` seconds after it.

    Raises `FetchRefused` where the host has asked to be left alone for longer than is waited.
    """
    turn = find_turn(host)
    if not turn.lock.acquire(timeout=LONGEST_QUEUE):
        raise FetchRefused(f"much else is being fetched from {host}", again_after=SOON)
    try:
        wait_until_free(turn, host)
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


def wait_until_free(turn: Turn, host: str) -> None:
    wait = turn.free_at - time.monotonic()
    if wait > LONGEST_PAUSE:
        raise FetchRefused(
            f"{host} has asked to be left alone for {wait:,.0f} more seconds", again_after=wait
        )
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
