"""From a cue to the source and contents that belong to it.

This is semantic role labelling with the cue as predicate. Each word gets one of `LINK_LABELS` for
each cue, so that a source may serve several cues, and contents may be discontinuous or lie inside
another quote's.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.extraction.encoder.arrays import Floats, Integers
from claims.extraction.encoder.products import limit_blas_to_one_thread

LONGEST_EXACT_DISTANCE = 16
FARTHEST_BUCKET = LONGEST_EXACT_DISTANCE + 5
DISTANCE_BUCKET_COUNT = 2 * FARTHEST_BUCKET + 1


def get_distance_bucket(away: Integers) -> Integers:
    """Return the bucket of each signed distance in words.

    Distances are told apart exactly up to 16, then by powers of two up to 256.
    """
    size = np.abs(away)
    doublings = np.floor(np.log2(np.maximum(size, 1) / LONGEST_EXACT_DISTANCE)).astype(np.int64)
    far = np.minimum(doublings + LONGEST_EXACT_DISTANCE + 1, FARTHEST_BUCKET)
    bucket = np.where(size <= LONGEST_EXACT_DISTANCE, size, far)
    return np.asarray(bucket * np.sign(away) + FARTHEST_BUCKET, np.int64)


@dataclass(frozen=True, slots=True)
class LinkScorer:
    """The small network over a word's and a cue's side of the encoder's output.

    `training/model.py` trains it.
    """

    distance: Floats  # (DISTANCE_BUCKET_COUNT, size)
    hidden: Floats  # (half, size)
    hidden_bias: Floats
    out: Floats  # (labels, half)
    out_bias: Floats

    @classmethod
    def load(cls, path: Path) -> "LinkScorer":
        with np.load(path) as stored:
            return cls(**{name: stored[name].astype(np.float32) for name in cls.__slots__})

    def score(
        self, word_side: NDArray[Any], cue_side: NDArray[Any], first_words: Integers
    ) -> Floats:
        """Return the logits (cues, words, labels) for the cues that begin with `first_words`.

        Both sides are (words, size). The cues are taken one at a time, so that what is worked on
        stays in the processor's cache.
        """
        words = word_side.astype(np.float32)
        count = len(words)
        # By how far a word stands from the cue: from the first word of the window to a cue that is
        # its last, up to the last word and a cue that is the first.
        distances = self.distance[get_distance_bucket(np.arange(1 - count, count))]
        scores = np.empty((len(first_words), count, len(self.out)), np.float32)
        joined = np.empty_like(words)
        with limit_blas_to_one_thread():
            for cue, scores_of_cue in zip(first_words.tolist(), scores, strict=True):
                np.add(distances[count - 1 - cue : 2 * count - 1 - cue], words, out=joined)
                joined += cue_side[cue]
                np.maximum(joined, 0, out=joined)
                hidden = np.maximum(joined @ self.hidden.T + self.hidden_bias, 0)
                scores_of_cue[:] = hidden @ self.out.T + self.out_bias
        return scores
