"""A vector for what a quote says, near to that of the same claim in other words.

The words of the contents are pooled from the encoder's one pass, and brought by a learned map to
where the original encoder, all-MiniLM-L6-v2, puts the text by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claims.extraction.encoder.arrays import Floats
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.products import limit_blas_to_one_thread
from claims.extraction.schema import Span

SHORTEST_VECTOR = 1e-6  # a length below which a vector is not stretched any further


@dataclass(frozen=True, slots=True)
class ContentVectorizer:
    weight: Floats  # (size, size)
    bias: Floats

    @classmethod
    def load(cls, path: Path) -> "ContentVectorizer":
        with np.load(path) as stored:
            return cls(stored["weight"].astype(np.float32), stored["bias"].astype(np.float32))

    def vectorize(self, encoded: EncodedText, contents: Sequence[Sequence[Span]]) -> Floats:
        """Return a vector of length 1 for each content, (contents, size).

        The spans of a content are pooled together.
        """
        pooled = np.zeros((len(contents), self.weight.shape[1]), np.float32)
        for vector, spans in zip(pooled, contents, strict=True):
            vector[:] = pool_words(encoded, spans)
        with limit_blas_to_one_thread():
            vectors = pooled @ self.weight.T + self.bias
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, SHORTEST_VECTOR), np.float32)


def pool_words(encoded: EncodedText, spans: Sequence[Span]) -> Floats:
    """Return the mean (size,) of the last states of the spans' words, of each at least one."""
    states = []
    for span in spans:
        first, end = np.searchsorted(encoded.words.start, [span.start, span.end])
        states.append(encoded.hidden[first : max(end, first + 1)])
    return np.asarray(np.concatenate(states).astype(np.float32).mean(0))
