"""Where words stand in a text, as a person has typed or copied them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.extraction.schema import Span
from claims.models.text_search import replace_typographic_marks
from claims.passages.marking import MarkRole

CHARACTERS_AROUND_PLACE = 60  # characters shown on either side of a place
MOST_PLACES_OFFERED = 100  # places, the nearest
LONGEST_WORDS_REPEATED = 100  # characters of the typed words that a message repeats


@dataclass(frozen=True, slots=True)
class WordsPlace:
    """One of several places where the same words stand, with what is around it."""

    span: Span
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class TypedPart:
    """Words typed to be a part of a quote, and every place where they stand in the article.

    `number` tells the parts of one role apart. `span` is the place that is meant, None as long as
    that is not clear.
    """

    role: MarkRole
    number: int
    words: str
    places: tuple[Span, ...]
    span: Span | None

    @property
    def field_name(self) -> str:
        """Return the name of the form's field by which one of the places is chosen."""
        return build_place_field_name(self.role, self.number)

    @property
    def problem(self) -> str:
        """Return in words why it is not clear which place is meant; empty if it is clear."""
        if self.span:
            return ""
        words = self.words[:LONGEST_WORDS_REPEATED]
        start = f"{self.role.capitalize()}: the words “{words}” stand"
        if not self.places:
            return f"{start} nowhere in the article."
        return f"{start} in {len(self.places)} places: choose one below."


def build_place_field_name(role: MarkRole, number: int) -> str:
    return f"at-{role}-{number}"


def find_places_of_words(words: str, text: str) -> tuple[Span, ...]:
    """Return every place where these whole words stand in the text.

    Any white space matches any other, and plain marks match typographic ones.
    """
    wanted = replace_typographic_marks(words).split()
    if not wanted:
        return ()
    pattern = r"\s+".join(re.escape(word) for word in wanted)
    starts_with_word = re.match(r"\w", wanted[0])
    ends_with_word = re.search(r"\w$", wanted[-1])
    before = r"(?<!\w)" if starts_with_word else ""
    after = r"(?!\w)" if ends_with_word else ""
    # Looked for by a lookahead, so that places which overlap are all found.
    matches = re.finditer(f"{before}(?=({pattern}){after})", replace_typographic_marks(text))
    return tuple(Span(*match.span(1)) for match in matches)


def find_typed_part(
    role: MarkRole,
    number: int,
    words: str,
    text: str,
    known: Iterable[Span] = (),
    chosen: str = "",
) -> TypedPart:
    """Return where a typed part of a quote stands.

    That is the place that was `chosen` ("12-34"), else the one that the quote has already (of the
    spans `known`), else the only one that there is.
    """
    words = " ".join(words.split())
    places = find_places_of_words(words, text)
    span = find_place_meant(places, set(known), chosen)
    return TypedPart(role, number, words, places, span)


def find_place_meant(places: Sequence[Span], known: set[Span], chosen: str) -> Span | None:
    for place in places:
        if f"{place.start}-{place.end}" == chosen:
            return place
    known_places = [place for place in places if place in known]
    if len(known_places) == 1:
        return known_places[0]
    if len(places) == 1:
        return places[0]
    return None


def list_places_to_choose(
    text: str, unclear: TypedPart, parts: Sequence[TypedPart]
) -> list[WordsPlace]:
    """Return the places to choose from, those nearest to the other parts first."""
    starts = [part.span.start for part in parts if part.span]

    def compute_distance(place: Span) -> tuple[int, int]:
        distances = [abs(place.start - start) for start in starts]
        return min(distances, default=0), place.start

    nearest = sorted(unclear.places, key=compute_distance)[:MOST_PLACES_OFFERED]
    return [build_words_place(text, place) for place in nearest]


def build_words_place(text: str, span: Span) -> WordsPlace:
    before = text[max(span.start - CHARACTERS_AROUND_PLACE, 0) : span.start]
    after = text[span.end : span.end + CHARACTERS_AROUND_PLACE]
    return WordsPlace(span, before, span.of(text), after)
