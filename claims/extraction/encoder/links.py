"""From a cue to the source and contents that belong to it: semantic role labelling with the cue as predicate.

Each word gets one of `labels.LINKED` for each cue, so that a source may serve several cues, and contents may be
discontinuous or lie inside another quote's.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.extraction.encoder.products import limit_blas_to_one_thread

LONGEST_EXACT_DISTANCE = 16
DISTANCE_BUCKET_COUNT = 2 * (LONGEST_EXACT_DISTANCE + 5) + 1

Floats = NDArray[np.float32]


def get_distance_bucket(away: NDArray[np.int64]) -> NDArray[np.int64]:
    """Signed distance in words to a bucket: exact up to 16, then by powers of two up to 256."""
    size = np.abs(away)
    far = np.minimum(
        np.floor(np.log2(np.maximum(size, 1) / LONGEST_EXACT_DISTANCE)).astype(np.int64)
        + LONGEST_EXACT_DISTANCE
        + 1,
        LONGEST_EXACT_DISTANCE + 5,
    )
    return np.asarray(
        np.where(size <= LONGEST_EXACT_DISTANCE, size, far) * np.sign(away)
        + LONGEST_EXACT_DISTANCE
        + 5,
        np.int64,
    )


@dataclass(frozen=True, slots=True)
class LinkScorer:
    """The small network over a word's and a cue's side of the encoder's output (`training/model.py` trains it)."""

    distance: Floats  # (DISTANCES, size)
    hidden: Floats  # (half, size)
    hidden_bias: Floats
    out: Floats  # (labels, half)
    out_bias: Floats

    @classmethod
    def load(cls, path: Path) -> "LinkScorer":
        with np.load(path) as stored:
            return cls(**{name: stored[name].astype(np.float32) for name in cls.__slots__})

    def __call__(
        self, word_side: NDArray[Any], cue_side: NDArray[Any], first: NDArray[np.int64]
    ) -> Floats:
        """Logits (cues, words, labels) for the cues whose first words are `first`; sides are (words, size)."""
        words = word_side.astype(np.float32)
        count = len(words)
        distances = self.distance[
            get_distance_bucket(np.arange(1 - count, count))
        ]  # of the last word from the first, and so on
        scores = np.empty((len(first), count, len(self.out)), np.float32)
        joined = np.empty_like(
            words
        )  # of one cue at a time, so that it stays in the processor's cache
        with limit_blas_to_one_thread():
            for at, row in zip(first.tolist(), scores, strict=True):
                np.add(distances[count - 1 - at : 2 * count - 1 - at], words, out=joined)
                joined += cue_side[at]
                np.maximum(joined, 0, out=joined)
                row[:] = (
                    np.maximum(joined @ self.hidden.T + self.hidden_bias, 0) @ self.out.T
                    + self.out_bias
                )
        return scores
