"""One process at a time, by a lock on a file; the system frees it when its holder ends, however
that is.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def say_nothing() -> None:
    pass


@contextmanager
def hold_lock(path: Path, say_waiting: Callable[[], None] = say_nothing) -> Iterator[None]:
    """Wait until nobody else holds the lock, and hold it; call `say_waiting` before a wait."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say_waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
