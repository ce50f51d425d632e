"""A quote with its speaker, and how speakers are made from persons."""

from typing import NamedTuple

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Speaker
from claims.extraction.speakers.person import Person

MOST_CONFIDENCE_OF_SINGLE_WORD = 0.8


class ResolvedQuote(NamedTuple):
    quote: FoundQuote
    speaker: Speaker | None


def build_speaker(
    person: Person, confidence: float, method: str = "name", mention: str = ""
) -> Speaker:
    """Return the person as a speaker, less sure where a single word is all that names them."""
    if not person.has_full_name:
        confidence = min(confidence, MOST_CONFIDENCE_OF_SINGLE_WORD)
    return Speaker(person.name, "person", confidence, method, person.has_full_name, mention)
