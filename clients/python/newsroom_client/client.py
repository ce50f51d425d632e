"""A site of Newsroom."""

from newsroom_client.changes import MOST_AT_ONCE, ChangeFeed
from newsroom_client.downloads import Downloads
from newsroom_client.models import Changes
from newsroom_client.operations import Operations


class Newsroom(Operations, Downloads):
    """A site, by its address: `Newsroom("http://127.0.0.1:8000")`.

    It has a method for each operation of the site's REST API, by the same name, and besides files
    and rows for tables (`download`, `rows`) and what changes (`follow_changes`).
    """

    def follow_changes(self, since: str | None = None, page_size: int = MOST_AT_ONCE) -> ChangeFeed:
        """Return what changes, from `since` or from now on.

        Raises `TooOld` where the site no longer knows what came after that.
        """

        def read_changes(after: str | None) -> Changes:
            return self.list_changes(since=after, page_size=page_size)

        return ChangeFeed(read_changes, since)
