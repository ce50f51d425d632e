"""A long article in parts of some paragraphs each, so that no page of it takes long.

An ordinary article is one part.
"""

from bisect import bisect_right
from dataclasses import dataclass

SHORTEST_PART = 50_000  # characters; the last part may be shorter


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `end` (not included) of a text: its part `number` of `count`, from
    1.
    """

    number: int
    count: int
    start: int
    end: int

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


def split_into_parts(text: str) -> list[Part]:
    """Return the parts of a text, in order.

    Each ends with a paragraph, unless that is as long as a part.
    """
    bounds: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > SHORTEST_PART * 3 // 2:
        end = find_end_of_part(text, start)
        bounds.append((start, end))
        start = end + 1 if text[end] == "\n" else end
    bounds.append((start, len(text)))
    count = len(bounds)
    return [Part(number, count, start, end) for number, (start, end) in enumerate(bounds, 1)]


def find_end_of_part(text: str, start: int) -> int:
    """Return where a part that begins at `start` ends: at a line feed, else behind a space,
    else anywhere.
    """
    earliest = start + SHORTEST_PART
    latest = min(start + 2 * SHORTEST_PART, len(text) - 1)
    line_feed = text.find("\n", earliest, latest)
    if line_feed >= 0:
        return line_feed
    space = text.find(" ", earliest, latest)
    if space >= 0:
        return space + 1
    return latest


def find_part_at(parts: list[Part], place: int) -> Part:
    """Return the part that holds a character of the text."""
    starts = [part.start for part in parts]
    return parts[bisect_right(starts, place) - 1]
