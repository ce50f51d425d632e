"""What the encoder may read in a text, written by hand: a cue, and the words that it links to it."""

import re

import numpy as np

from claims.extraction.encoder.decoding import LabelledWords
from claims.extraction.encoder.encoded import EncodedText, EncodedWindow
from claims.extraction.encoder.features import Words
from claims.extraction.encoder.labels import ENTITY_LABELS
from claims.extraction.quotes.candidates import list_candidate_quotes
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.text.article_text import Text

WORD_OR_MARK = re.compile(r"\w+|[^\w\s]")


def build_words(text: str) -> Words:
    """The words and marks of a text, each of them one piece."""
    matches = list(WORD_OR_MARK.finditer(text))
    firsts = {WORD_OR_MARK.search(text, start).start() for start in Text(text).paragraph_starts}  # type: ignore[union-attr]
    zeros = np.zeros(len(matches), np.int64)
    return Words(
        start=np.array([match.start() for match in matches], np.int32),
        end=np.array([match.end() for match in matches], np.int32),
        shape=zeros,
        opens=np.array([match.start() in firsts for match in matches], np.int64),
        piece=zeros,
        word_of=np.arange(len(matches), dtype=np.int32),
        first=np.arange(len(matches), dtype=np.int32),
    )


def build_encoded(
    text: str,
    *linked_cues: tuple[LabelledWords, list[LabelledWords]],
    entities: dict[str, str] | None = None,
    border: int | None = None,
) -> EncodedText:
    """A text read in one window, which may end before it does at the word that is the `border`;
    `entities` are words with their labels, such as "B-LOC".
    """
    words = build_words(text)
    labels = np.zeros((len(words), len(ENTITY_LABELS)), np.float32)
    labels[:, ENTITY_LABELS.index("O")] = 1
    for name, label in (entities or {}).items():
        labels[find_words(text, name).start, ENTITY_LABELS.index(label)] = 9
    sides = np.zeros((len(words), 2), np.float16)
    end = border or len(words)
    window = EncodedWindow(0, end, 0, end, linked_cues)
    return EncodedText(words, labels, np.zeros((len(words), 2), np.float32), sides, (window,))


def find_words(text: str, phrase: str, role: str = "") -> LabelledWords:
    """The words of a phrase, as of a role."""
    at = text.index(phrase)
    words = build_words(text)
    start = int(np.searchsorted(words.start, at))
    end = int(np.searchsorted(words.end, at + len(phrase), side="right"))
    return LabelledWords(role, start, end, 0.9)


def find_candidate(text: str, cue: str, *contents: str, source: str = "") -> FoundQuote | None:
    """The quote of a cue to which the encoder links these contents, and this source."""
    parts = [find_words(text, content, "content") for content in contents]
    if source:
        parts.append(find_words(text, source, "source"))
    encoded = build_encoded(text, (find_words(text, cue, "cue"), parts))
    return next(list_candidate_quotes(encoded, Text(text)), None)
