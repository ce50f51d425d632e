"""What a rule answers when it is asked who a source is, and how speakers are made from persons."""

from typing import NamedTuple

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Speaker
from claims.extraction.speakers.person import Person

MOST_CONFIDENCE_OF_SINGLE_WORD = 0.8


class Answer(NamedTuple):
    """The answer of a rule that the source falls under.

    `speaker` is None where it is not clear who is meant. A rule that does not say anything of the
    source gives no answer at all, None, and the next one is asked.
    """

    speaker: Speaker | None


NOT_CLEAR = Answer(None)


class ResolvedQuote(NamedTuple):
    quote: FoundQuote
    speaker: Speaker | None


def answer_if_found(speaker: Speaker | None) -> Answer | None:
    """Return the answer of a rule that leaves the source to the next one where it finds nobody."""
    return Answer(speaker) if speaker else None


def build_speaker(
    person: Person, confidence: float, method: str = "name", mention: str = ""
) -> Speaker:
    """Return the person as a speaker, less sure where a single word is all that names them."""
    if not person.has_full_name:
        confidence = min(confidence, MOST_CONFIDENCE_OF_SINGLE_WORD)
    return Speaker(person.name, "person", confidence, method, person.has_full_name, mention)


def weaken_speaker(speaker: Speaker, factor: float, method: str) -> Speaker:
    """Return the same speaker, found by another method and less sure; runners-up are left behind."""
    confidence = round(speaker.confidence * factor, 3)
    return Speaker(speaker.name, speaker.kind, confidence, method, speaker.alone)
