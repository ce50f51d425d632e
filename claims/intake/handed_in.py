"""Reads what was handed in, by its format."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from claims.intake.readers.formats import START, read_file, tell_format
from claims.intake.readers.html.page import read_page
from claims.intake.readers.problems import Broken, Problem
from claims.intake.readers.sources import ReadItem, read_path


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Bytes with the name of their file or the address that they came from, or a file's path."""

    name: str
    content: bytes = b""
    address: str = ""
    content_type: str = ""
    path: str = ""

    @property
    def size(self) -> int:
        return len(self.content)


# Yields the documents of what was handed in, and what is wrong with others. Raises `Refused`.
ReadHandedIn = Callable[[HandedIn], Iterator[ReadItem]]


def read_handed_in(handed_in: HandedIn) -> Iterator[ReadItem]:
    """Yield the documents of what was handed in, whether they have a date or not."""
    if handed_in.path:
        yield from read_path(handed_in.path, undated=True)
        return
    name = handed_in.name
    is_page = tell_format(handed_in.content[:START], name) == "html"
    if not handed_in.address or not is_page:
        yield from read_file(io.BytesIO(handed_in.content), name, name, undated=True)
        return
    try:
        page = read_page(handed_in.content, name, handed_in.address)
        yield page.build(name, undated=True)
    except Broken as error:
        yield Problem(name, str(error))
