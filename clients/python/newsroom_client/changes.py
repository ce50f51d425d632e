"""The changes of a site, for whoever keeps a copy of it."""

from collections.abc import Callable, Iterator

from newsroom_client.models import ChangeEntry, Changes

MOST_AT_ONCE = 500

ReadChanges = Callable[[str | None], Changes]


class ChangeFeed:
    """What was written since a moment, in order; it can be gone through again and again.

    `since` is where to go on from: keep it, and give it back to go on another day. It moves once all
    the changes of a page were taken, so that whoever stops in the middle of one is told some of them
    twice, and misses none. Without `since` it begins now: read the lists then, and follow.
    """

    def __init__(self, read_changes: ReadChanges, since: str | None = None):
        self._read_changes = read_changes
        self.since = since or read_changes(None).since

    def __iter__(self) -> Iterator[ChangeEntry]:
        """Yield what has changed, up to now."""
        while True:
            page = self._read_changes(self.since)
            yield from page.results
            self.since = page.since
            if page.next is None:
                return
