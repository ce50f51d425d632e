"""Where words stand in a text, as a person has typed or copied them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.extraction.schema import Span
from claims.models.text_search import replace_typographic_marks

CHARACTERS_AROUND_PLACE = 60  # characters shown on either side of a place
MOST_PLACES_OFFERED = 100  # places, the nearest


@dataclass(frozen=True, slots=True)
class WordsPlace:
    """One of several places where the same words stand, with what is around it."""

    span: Span
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class QuotePart:
    """Words that are to be a part of a quote, and where they stand; `span` once that is clear, and else why it is not."""

    role: str
    number: int
    words: str
    places: tuple[Span, ...]
    span: Span | None

    @property
    def name(self) -> str:
        """Of the field by which one of its places is chosen."""
        return f"at-{self.role}-{self.number}"

    @property
    def wrong(self) -> str:
        if self.span:
            return ""
        stand = (
            f"stand in {len(self.places)} places: choose one below"
            if self.places
            else "stand nowhere in the article"
        )
        return f"{self.role.capitalize()}: the words “{self.words[:100]}” {stand}."


def find_places_of_words(words: str, text: str) -> tuple[Span, ...]:
    """Every place where these whole words stand; white space and typographic marks are as good as plain ones."""
    asked = replace_typographic_marks(words).split()
    if not asked:
        return ()
    pattern = r"\s+".join(re.escape(word) for word in asked)
    start, end = (
        (r"(?<!\w)" if re.match(r"\w", asked[0]) else ""),
        (r"(?!\w)" if re.search(r"\w$", asked[-1]) else ""),
    )
    return tuple(
        Span(*found.span(1))
        for found in re.finditer(f"{start}(?=({pattern}){end})", replace_typographic_marks(text))
    )


def find_quote_part(
    role: str, number: int, words: str, text: str, known: Iterable[Span] = (), chosen: str = ""
) -> QuotePart:
    """Where a part stands: at its only place, at the one that was `chosen` ("12-34"), or where the quote has it already."""
    words = " ".join(words.split())
    places = find_places_of_words(words, text)
    by_choice = [span for span in places if f"{span.start}-{span.end}" == chosen]
    there = [span for span in places if span in set(known)]
    clear = (
        by_choice
        or (there if len(there) == 1 else [])
        or (list(places) if len(places) == 1 else [])
    )
    return QuotePart(role, number, words, places, clear[0] if clear else None)


def list_places_to_choose(
    text: str, unclear: QuotePart, others: Sequence[QuotePart]
) -> list[WordsPlace]:
    """The places to choose from, those nearest to the other parts first."""
    near = [other.span.start for other in others if other.span]
    ordered = sorted(
        unclear.places,
        key=lambda span: (min((abs(span.start - at) for at in near), default=0), span.start),
    )
    return [
        WordsPlace(
            span,
            text[max(span.start - CHARACTERS_AROUND_PLACE, 0) : span.start],
            span.of(text),
            text[span.end : span.end + CHARACTERS_AROUND_PLACE],
        )
        for span in ordered[:MOST_PLACES_OFFERED]
    ]
