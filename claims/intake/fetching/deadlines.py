"""Keeps a fetch from taking longer than it may, however slowly a site answers."""

import time

from claims.intake.fetching.refusals import SOON, FetchRefused


class Deadline:
    """The moment until which everything has to be there."""

    def __init__(self, seconds: float):
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def get_remaining(self) -> float:
        """Return the seconds that are left. Raises `FetchRefused` when none are."""
        remaining = self.end - time.monotonic()
        if remaining <= 0:
            raise FetchRefused(
                f"the site is too slow: the page is not here after {self.seconds:g} seconds",
                again_after=SOON,
            )
        return remaining

    def shorten(self, timeout: float | None) -> float:
        """Return how long one step may take that would else be waited for for `timeout` seconds."""
        remaining = self.get_remaining()
        return remaining if timeout is None else min(timeout, remaining)

    def put_off(self, seconds: float) -> None:
        """Leave out of account what was waited out of politeness."""
        self.end += seconds
