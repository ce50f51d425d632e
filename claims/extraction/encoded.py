"""What one pass of the encoder gives, for every later step to read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.extraction.features import Words

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class View:
    """One window: words `start` to `end`, of which it owns `own_start` to `own_end`; their sides for linking and reference."""

    start: int
    end: int
    own_start: int
    own_end: int
    word_side: Halves
    cue_side: Halves
    mention_side: Halves
    name_side: Halves


@dataclass(frozen=True, slots=True)
class Encoded:
    """Logits a word: `roles` (words, 7), `entities` (words, 9), `sentences` (words, 2); label orders in `labels.py`.

    `hidden` (words, size) is the encoder's last state, which `vectors.py` pools.
    """

    words: Words
    roles: Floats
    entities: Floats
    sentences: Floats
    hidden: Halves
    views: tuple[View, ...]
