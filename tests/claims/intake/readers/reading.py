"""Files made in tests, and what the readers see in them."""

import io
from collections.abc import Sequence

from claims.intake.readers import Document, Link, Problem, read_content
from claims.intake.readers.formats import read_file

PARAGRAPHS = (
    "The bridge will stay open, Mayor Carla Dent said on Tuesday, after engineers found no cracks in it.",
    "“We have checked every bolt,” she told reporters at the ferry pier, where about forty people had gathered.",
    "The union of dock workers disagreed. “It is not safe,” its chairman, Nils Berg, said in the evening.",
    "The council is to vote on the repairs next week, and the money for them is to come from the county.",
)
TEXT = "\n".join(PARAGRAPHS)


def read_all(
    content: bytes | str, name: str, *, undated: bool = False
) -> Sequence[Document | Problem | Link]:
    """Return what is read in a file of this name."""
    data = content.encode() if isinstance(content, str) else content
    return list(read_file(io.BytesIO(data), name, name, undated=undated))


def read_one(content: bytes | str, name: str, *, undated: bool = False) -> Document:
    (found,) = read_all(content, name, undated=undated)
    assert isinstance(found, Document), found
    return found


def read_refusal(content: bytes | str, name: str, *, undated: bool = False) -> str:
    """Return why a file is refused."""
    (found,) = read_all(content, name, undated=undated)
    assert isinstance(found, Problem), found
    return str(found)


def read_links(content: bytes | str, name: str, *, address: str = "") -> list[tuple[str, str]]:
    """Return the address and the date of each link in a file."""
    data = content.encode() if isinstance(content, str) else content
    found = list(read_content(data, name, address=address))
    links = [item for item in found if isinstance(item, Link)]
    assert links == found
    return [(link.address, link.day) for link in links]
