"""Time of every pattern over texts that are made to be slow.

    python -m benchmarks.hostile [--length CHARACTERS] [--growth TIMES] [--limit SECONDS] [--only NAME]

A pattern is slow where it tries the same characters again and again. Each pattern of the project is
taken apart, and for each of its repetitions a text is made on which that goes wrong if it can: what
comes before the repetition, then what it repeats many times, then something at which the match
fails. Such texts are read at two lengths, one four times the other. A pattern whose time grows
faster than the length, by more than `--growth`, is told. A run that takes too long is stopped, so
that one that would take for ever is told, too.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import FrameType

from benchmarks.hostile_texts import COMMON_TEXTS, HostileText, list_texts_for
from benchmarks.patterns import PatternFound, list_patterns

LENGTH_FACTOR = 4  # times as long is the longer text
LEAST_SECONDS = 0.03  # of the longer text, below which nothing is told by a clock
CLOCK_STEP = 1e-6  # seconds of a clock that may not have moved
STOPPED = float("inf")  # seconds of what was stopped
MOST_RUNS = 8  # of each text, of which the quickest counts
SHORT_LENGTH = 160  # characters, on which what doubles with each word takes for ever already

Work = Callable[[str], object]


class TakesTooLong(Exception):
    pass


def give_up(signum: int, frame: FrameType | None) -> None:
    raise TakesTooLong


def measure_seconds(work: Callable[[], object], limit: float) -> float:
    """Return the seconds that the work takes, and `STOPPED` where it takes longer than `limit`.

    The clock is the process's own, so that others on the machine do not count.
    """
    handler = signal.signal(signal.SIGVTALRM, give_up)
    began = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        work()
        return time.process_time() - began
    except TakesTooLong:
        return STOPPED
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, handler)


def measure_growth(work: Work, text: HostileText, length: int, limit: float) -> tuple[float, float]:
    """Return how many times as long work takes on a text of `length` as on a fourth of it, and the
    seconds of the longer.

    It is 0 times where it takes next to no time, and `STOPPED` where it takes longer than `limit`.
    The least of several runs counts, since a machine has other things to do.
    """

    def measure(characters: int, most: float) -> float:
        grown = text.grow(characters)
        return measure_seconds(lambda: work(grown), most)

    if measure(SHORT_LENGTH, limit / 4) is STOPPED:
        return STOPPED, STOPPED
    longer = measure(length, limit)
    if longer is STOPPED:
        return STOPPED, STOPPED
    if longer <= LEAST_SECONDS:
        return 0.0, longer
    shorter = measure(length // LENGTH_FACTOR, limit)
    for _ in range(MOST_RUNS if longer < limit / 8 else 1):
        if longer <= LENGTH_FACTOR * max(shorter, CLOCK_STEP):
            break
        shorter = min(shorter, measure(length // LENGTH_FACTOR, limit))
        longer = min(longer, measure(length, limit))
    return longer / max(shorter, CLOCK_STEP), longer


def measure_excess(
    work: Work, text: HostileText, length: int, most: float, limit: float
) -> tuple[float, float]:
    """Return the growth where it is more than `most` times that of the text, else 0.

    With it come the seconds of the longer text. Since growth may be chance, it has to show at
    `length` and at twice that.
    """
    times, seconds = measure_growth(work, text, length, limit)
    if LENGTH_FACTOR * most < times < STOPPED:
        times, seconds = measure_growth(work, text, 2 * length, limit)
    if times <= LENGTH_FACTOR * most:
        return 0.0, seconds
    return times, seconds


@dataclass(frozen=True)
class SlowPattern:
    """A pattern that takes `times` as long on a text that is `LENGTH_FACTOR` times as long.

    The longer took `seconds`.
    """

    found: PatternFound
    text: HostileText
    times: float
    seconds: float

    def __str__(self) -> str:
        where = "everywhere" if self.found.is_tried_everywhere else "at one place"
        times = f"{self.times:.1f} times as long on {LENGTH_FACTOR} times the text"
        text = f"{self.text.before[-80:]!r}, again and again {self.text.unit[:40]!r}, {self.text.after!r}"
        return f"{self.found.name}, {where}: {times}, {self.seconds:.3f} s: {text}"


def list_slow_patterns(
    patterns: Iterable[PatternFound], length: int, most: float, limit: float
) -> Iterator[SlowPattern]:
    """Yield each pattern whose time grows more than `most` times as fast as some text, with that
    text.
    """
    for found in patterns:
        for text in (*COMMON_TEXTS, *list_texts_for(found.pattern)):
            times, seconds = measure_pattern(found, text, length, most, limit)
            if times:
                yield SlowPattern(found, text, times, seconds)
                break


def measure_pattern(
    found: PatternFound, text: HostileText, length: int, most: float, limit: float
) -> tuple[float, float]:
    """Return the excess of a pattern over a text.

    Of one that the code lets read no more than a stretch, it is only asked that it does not take
    longer than `limit` there.
    """
    work = build_work(found)
    if found.longest_stretch >= length:
        return measure_excess(work, text, length, most, limit)
    stretch = text.grow(found.longest_stretch)
    seconds = measure_seconds(lambda: work(stretch), limit)
    return (STOPPED if seconds is STOPPED else 0.0), seconds


def build_work(found: PatternFound) -> Work:
    """Return what tries a pattern on a text as the code does."""
    if found.is_tried_everywhere:
        return lambda text: sum(1 for _ in found.pattern.finditer(text))
    return lambda text: [getattr(found.pattern, call)(text) for call in found.calls]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--length", type=int, default=200_000, help="characters of the longer text")
    parser.add_argument(
        "--growth", type=float, default=1.3, help="times the growth of the text that is allowed"
    )
    parser.add_argument(
        "--limit", type=float, default=10.0, help="seconds after which a run is stopped"
    )
    parser.add_argument("--only", default="", help="patterns whose name has this in it")
    options = parser.parse_args()
    patterns = [found for found in list_patterns("claims") if options.only in found.name]
    slow = 0
    for pattern in list_slow_patterns(patterns, options.length, options.growth, options.limit):
        slow += 1
        print(pattern, flush=True)
    print(f"{slow} of {len(patterns)} patterns are slow.", file=sys.stderr)
    sys.exit(slow > 0)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    main()
