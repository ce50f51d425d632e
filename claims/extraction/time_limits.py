"""How long one article may take, so that none holds up all that come after it."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SECONDS_PER_ARTICLE = 60.0
CHARACTERS_A_SECOND = 2000  # for a long article besides: far fewer than even a slow machine reads
SECONDS_BETWEEN_ALARMS = 1.0  # what an alarm raises in a destructor is lost, so it rings again


class TookTooLong(Exception):
    """Reading an article took longer than it may."""


def get_seconds_allowed(text: str, seconds: float = SECONDS_PER_ARTICLE) -> float:
    """Return how many seconds an article may take: `seconds`, and more for a long one."""
    return seconds + len(text) / CHARACTERS_A_SECOND


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TookTooLong` in what is done within, once so many seconds have passed.

    An alarm interrupts it, in the middle of a regular expression too. Alarms ring in the main
    thread alone: in another one there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: Any) -> None:
        raise TookTooLong(f"reading it for quotes takes longer than {seconds:.0f} seconds")

    handler_before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, SECONDS_BETWEEN_ALARMS)
    try:
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except TookTooLong:
        signal.setitimer(signal.ITIMER_REAL, 0)  # it may have rung just before it was stopped
        raise
    finally:
        signal.signal(signal.SIGALRM, handler_before)
