"""What one pass of the encoder gives, for every later step to read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.extraction.encoder.decoding import LabelledWords
from claims.extraction.encoder.features import Words

Floats = NDArray[np.float32]
HalfFloats = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class EncodedWindow:
    """One window: words `start` to `end`, of which it owns `own_start` to `own_end`; their sides for reference.

    `linked`: each cue that may begin among its own words, with the sources and contents that it can have.
    """

    start: int
    end: int
    own_start: int
    own_end: int
    linked: tuple[tuple[LabelledWords, list[LabelledWords]], ...]
    mention_side: HalfFloats
    name_side: HalfFloats


@dataclass(frozen=True, slots=True)
class EncodedText:
    """Logits a word: `entities` (words, 9), `sentences` (words, 2); label orders in `labels.py`.

    `hidden` (words, size) is the encoder's last state, which `vectors.py` pools.
    """

    words: Words
    entities: Floats
    sentences: Floats
    hidden: HalfFloats
    views: tuple[EncodedWindow, ...]
