"""Which of the names around it a pronoun or a description refers to: a learned likeness, and how far apart the two stand."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.extraction.encoder.encoded import EncodedText, EncodedWindow
from claims.extraction.encoder.links import get_distance_bucket
from claims.extraction.schema import Span

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ReferenceScorer:
    """What `training/model.py` learns beside the encoder: a weight for each distance in words."""

    distance: Floats  # (DISTANCES, 1)

    @classmethod
    def load(cls, path: Path) -> "ReferenceScorer":
        with np.load(path) as stored:
            return cls(stored["distance"].astype(np.float32))

    def shares(self, encoded: EncodedText, at: int, names: Sequence[Span]) -> list[float]:
        """How likely the mention that begins with the character `at` refers to each of the names.

        The rest of 1 is for nobody that is named near. A name out of sight, farther off than the encoder's window, has 0.
        """
        word = max(int(np.searchsorted(encoded.words.start, at, side="right")) - 1, 0)
        view = find_window_of_word(encoded, word)
        ends = (
            np.searchsorted(encoded.words.start, [name.end for name in names]) - 1
        )  # a name stands for itself by its last word
        seen = [
            i
            for i, last in enumerate(ends.tolist())
            if view.start <= last < view.end and last != word
        ]
        shares = [0.0] * len(names)
        if seen:
            last = ends[seen]
            mention = view.mention_side[word - view.start].astype(np.float32)
            sides = view.name_side[last - view.start].astype(np.float32)
            scores = (
                sides @ mention[:-1] / sides.shape[1] ** 0.5
                + self.distance[get_distance_bucket(last - word), 0]
            )
            every = np.exp(np.append(scores, mention[-1]) - max(scores.max(), mention[-1]))
            for i, share in zip(seen, (every / every.sum()).tolist(), strict=False):
                shares[i] = share
        return shares


def find_window_of_word(encoded: EncodedText, word: int) -> EncodedWindow:
    """The window in which the word stands farthest from a border."""
    return encoded.views[
        max(bisect_right(encoded.views, word, key=lambda view: view.own_start) - 1, 0)
    ]
