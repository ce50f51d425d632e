"""The parts of a content that each say one thing: its sentences and clauses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from claims.extraction.schema import Span
from claims.extraction.text.quotation import PLAIN_MARKS
from claims.relating.names import Name, list_names
from claims.relating.quantities import Quantity, list_quantities
from claims.relating.times import Times, read_times
from claims.relating.wording import Word
from claims.relating.words import NEGATIONS

# Where a clause begins that says another thing; the words before it stand for themselves.
CLAUSE_START = re.compile(
    r"[.!?…][\"']*\s+(?=[\"']?[A-Z])|[;]\s|\s---?\s|\s-\s"
    r"|,[\"']*\s(?=(?:but|and|while|although|though|which|who|because|with|as|so|or|nor|yet"
    r"|after|before|when|where|adding|saying|leaving|leading|including)\s)"
    r"|\s(?=(?:but|although|because|whereas)\s)"
)
LEAST_WORDS = 3  # of a part; fewer belong to the part before


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a content: words `first` to `end` (not included) of it, and what they tell."""

    first: int
    end: int
    negations: int
    names: tuple[Name, ...]
    quantities: tuple[Quantity, ...]
    times: Times


def list_segments(
    text: str, content: Sequence[Span], words: Sequence[Word], published: date | None
) -> Iterator[Segment]:
    """Yield the parts of a content in order; every word is in one of them."""
    bounds = list_bounds(text, content)
    first = 0
    while first < len(words):
        end = first + 1
        limit = find_limit(bounds, words[first].start)
        while end < len(words) and (words[end].start < limit or end - first < LEAST_WORDS):
            end += 1
        if len(words) - end < LEAST_WORDS:
            end = len(words)
        yield read_segment(text, words, first, end, published)
        first = end


def list_bounds(text: str, content: Sequence[Span]) -> list[int]:
    bounds: list[int] = []
    for span in content:
        plain = span.of(text).translate(PLAIN_MARKS)
        bounds.extend(span.start + match.end() for match in CLAUSE_START.finditer(plain))
        bounds.append(span.end)
    return bounds


def find_limit(bounds: list[int], start: int) -> int:
    for bound in bounds:
        if bound > start:
            return bound
    return start + 1


def read_segment(
    text: str, words: Sequence[Word], first: int, end: int, published: date | None
) -> Segment:
    part = words[first:end]
    told = text[part[0].start : part[-1].end + 1]
    return Segment(
        first=first,
        end=end,
        negations=count_negations([word.form for word in part]),
        names=tuple(list_names(text, part)),
        quantities=tuple(list_quantities(told)),
        times=read_times(told, published),
    )


def count_negations(forms: Sequence[str]) -> int:
    """Return how many words turn a part round; "no doubt" does not."""
    return sum(
        form in NEGATIONS and following != "doubt"
        for form, following in zip(forms, [*forms[1:], ""], strict=True)
    )
