"""What one pass of the encoder gives, for every later step to read."""

from dataclasses import dataclass

from claims.extraction.encoder.arrays import Floats, HalfFloats
from claims.extraction.encoder.decoding import LabelledWords
from claims.extraction.encoder.features import Words


@dataclass(frozen=True, slots=True)
class EncodedWindow:
    """Words `start` to `end`, of which this window has the say on `own_start` to `own_end`.

    `linked_cues`: each cue that may begin among its own words, with the sources and contents that
    it can have.
    """

    start: int
    end: int
    own_start: int
    own_end: int
    linked_cues: tuple[tuple[LabelledWords, list[LabelledWords]], ...]


@dataclass(frozen=True, slots=True)
class EncodedText:
    """The words of a text with what the encoder says of them.

    `entities` (words, 9) and `sentences` (words, 2) are logits, with the labels of `labels.py`;
    `hidden` (words, size) is the encoder's last state, which `vectors.py` pools.
    """

    words: Words
    entities: Floats
    sentences: Floats
    hidden: HalfFloats
    windows: tuple[EncodedWindow, ...]
