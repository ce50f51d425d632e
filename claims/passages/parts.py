"""A long article in parts of some paragraphs each, so that no page of it takes long; an ordinary article is one part."""

from bisect import bisect_right
from dataclasses import dataclass

LEAST = 50_000  # characters of a part, but for the last


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `end` (not included) of a text: its part `number` of `count`, from 1."""

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


def parts_of(text: str) -> list[Part]:
    """Return the parts of a text, in order. Each ends with a paragraph, unless that is as long as a part."""
    bounds: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > LEAST + LEAST // 2:
        end = end_of_part(text, start)
        bounds.append((start, end))
        start = end + 1 if text[end] == "\n" else end
    bounds.append((start, len(text)))
    return [Part(number, len(bounds), *each) for number, each in enumerate(bounds, 1)]


def end_of_part(text: str, start: int) -> int:
    """Return where a part that begins at `start` ends: at a line feed, else behind a space, else anywhere."""
    least, most = start + LEAST, min(start + 2 * LEAST, len(text) - 1)
    line_feed = text.find("\n", least, most)
    if line_feed >= 0:
        return line_feed
    space = text.find(" ", least, most)
    return space + 1 if space >= 0 else most


def part_at(parts: list[Part], place: int) -> Part:
    """Return the part that holds a character of the text."""
    return parts[bisect_right([part.start for part in parts], place) - 1]
