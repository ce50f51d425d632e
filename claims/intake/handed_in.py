"""Reads what was handed in, by its format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from claims.intake.readers import Link, read_content
from claims.intake.readers.sources import ReadItem, read_path


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Bytes with the name of their file or the address that they came from, or a file's path.

    `content_type` and `charset` are what their site says of them, and `day` the date of the list
    that led there.
    """

    name: str
    content: bytes = b""
    address: str = ""
    content_type: str = ""
    charset: str = ""
    day: str = ""
    path: str = ""

    @property
    def size(self) -> int:
        return len(self.content)


# Yields the documents of what was handed in, the addresses that it leads to, and what is wrong with
# others. Raises `Refused`.
ReadHandedIn = Callable[[HandedIn], Iterator[ReadItem | Link]]


def read_handed_in(handed_in: HandedIn) -> Iterator[ReadItem | Link]:
    """Yield the documents of what was handed in, whether they have a date or not."""
    if handed_in.path:
        yield from read_path(handed_in.path, undated=True)
        return
    yield from read_content(
        handed_in.content,
        handed_in.name,
        address=handed_in.address,
        content_type=handed_in.content_type,
        charset=handed_in.charset,
        day=handed_in.day,
        undated=True,
    )
