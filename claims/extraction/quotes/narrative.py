"""Sentences between speeches that tell what was done: "The jury rose." """

import re

from claims.extraction.lexicon.labels import PAST_FORMS
from claims.extraction.lexicon.words import WORD_OF_LETTERS

# Lists of scores, casts and notices have none of these.
SIGN_OF_SPEECH = re.compile(r"\b(?:I|we|you|my|our|your|me|us|i)\b|\?|!", re.I)
# Speech is of today and tomorrow; what is told between speeches is over.
WORD_OF_PRESENT = re.compile(
    r"\b(?:is|are|am|has|have|do|does|will|would|can|could|should|must|may|might|let|this|these"
    r"|here|now|today|tomorrow)\b|n['’]t\b|['’](?:s|re|ve|ll|m|d)\b",
    re.I,
)
MOST_WORDS_OF_NARRATIVE = 25
FURTHER_SENTENCE = re.compile(r"[.;]\s+\S")


def is_narrative(words: str) -> bool:
    """Return whether words are one sentence of the past, with none of who speaks, of who hears it,
    or of today.
    """
    letters = WORD_OF_LETTERS.findall(words)
    if len(letters) > MOST_WORDS_OF_NARRATIVE or not words.rstrip().endswith("."):
        return False
    if FURTHER_SENTENCE.search(words) or SIGN_OF_SPEECH.search(words):
        return False
    if WORD_OF_PRESENT.search(words):
        return False
    return any(word.endswith("ed") or word in PAST_FORMS for word in letters)
