"""Which of the names around it a pronoun or a description refers to.

A learned likeness tells, and how far apart the two stand.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claims.extraction.encoder.arrays import Floats, Integers
from claims.extraction.encoder.encoded import EncodedText, EncodedWindow
from claims.extraction.encoder.links import get_distance_bucket
from claims.extraction.schema import Span


@dataclass(frozen=True, slots=True)
class ReferenceScorer:
    """What `training/model.py` learns beside the encoder: a weight for each distance in words."""

    distance: Floats  # (DISTANCE_BUCKET_COUNT, 1)

    @classmethod
    def load(cls, path: Path) -> "ReferenceScorer":
        with np.load(path) as stored:
            return cls(stored["distance"].astype(np.float32))

    def share_among_names(
        self, encoded: EncodedText, at: int, names: Sequence[Span]
    ) -> list[float]:
        """Return how likely the mention at character `at` refers to each of the names.

        The rest of 1 is for nobody that is named near. A name out of sight, outside the window that
        the encoder read with the mention, has 0.
        """
        word_starts = encoded.words.start
        mention = max(int(np.searchsorted(word_starts, at, side="right")) - 1, 0)
        window = find_window_of_word(encoded, mention)
        # A name is represented by its last word.
        last_words = np.searchsorted(word_starts, [name.end for name in names]) - 1
        in_sight = []
        for number, word in enumerate(last_words.tolist()):
            if window.start <= word < window.end and word != mention:
                in_sight.append(number)

        shares = [0.0] * len(names)
        if in_sight:
            shares_in_sight = self.share_among_words(window, mention, last_words[in_sight])
            for number, share in zip(in_sight, shares_in_sight, strict=True):
                shares[number] = share
        return shares

    def share_among_words(
        self, window: EncodedWindow, mention: int, words: Integers
    ) -> list[float]:
        """Return the share that each word of a window has in what the mention means."""
        mention_side = window.mention_side[mention - window.start].astype(np.float32)
        name_sides = window.name_side[words - window.start].astype(np.float32)
        score_of_nobody = mention_side[-1]
        likeness = name_sides @ mention_side[:-1] / name_sides.shape[1] ** 0.5
        scores = likeness + self.distance[get_distance_bucket(words - mention), 0]
        highest = max(scores.max(), score_of_nobody)
        weights = np.exp(np.append(scores, score_of_nobody) - highest)
        shares: list[float] = (weights / weights.sum()).tolist()
        return shares[:-1]


def find_window_of_word(encoded: EncodedText, word: int) -> EncodedWindow:
    """Return the window in which the word stands farthest from a border."""
    after = bisect_right(encoded.windows, word, key=lambda window: window.own_start)
    return encoded.windows[max(after - 1, 0)]
