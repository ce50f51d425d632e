import re
import signal
import threading
import time
from contextlib import suppress

import pytest

from claims.extraction.time_limits import TookTooLong, get_seconds_allowed, time_limit

EXPLODES = re.compile("(?:a|a)*b")  # takes twice as long with each letter


def test_what_takes_too_long_is_interrupted_in_the_middle_of_a_pattern() -> None:
    with pytest.raises(TookTooLong, match="longer than 0 seconds"), time_limit(0.2):
        EXPLODES.match("a" * 32)


def test_nothing_rings_after_what_was_done_in_time() -> None:
    before = signal.getsignal(signal.SIGALRM)

    with time_limit(0.05):
        pass
    time.sleep(0.1)

    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_nothing_rings_after_what_took_too_long() -> None:
    with pytest.raises(TookTooLong), time_limit(0.05):
        time.sleep(5)

    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_an_alarm_that_is_lost_rings_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.extraction.time_limits.SECONDS_BETWEEN_ALARMS", 0.05)

    def lose_the_first() -> None:
        with suppress(TookTooLong):
            time.sleep(5)
        time.sleep(5)

    with pytest.raises(TookTooLong), time_limit(0.05):
        lose_the_first()


def test_in_another_thread_there_is_no_limit() -> None:
    done: list[bool] = []

    def work() -> None:
        with time_limit(0.05):
            time.sleep(0.2)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert done == [True]


def test_a_long_article_may_take_longer() -> None:
    assert get_seconds_allowed("x" * 2000) == get_seconds_allowed("") + 1
    assert get_seconds_allowed("", 5) == 5
