"""A vector for what a quote says, near to that of the same claim in other words.

The words of the contents are pooled from the encoder's one pass, and brought by a learned map to where the original encoder,
all-MiniLM-L6-v2, puts the text by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.products import limit_blas_to_one_thread
from claims.extraction.schema import Span

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ContentVectorizer:
    weight: Floats  # (size, size)
    bias: Floats

    @classmethod
    def load(cls, path: Path) -> "ContentVectorizer":
        with np.load(path) as stored:
            return cls(stored["weight"].astype(np.float32), stored["bias"].astype(np.float32))

    def of(self, encoded: EncodedText, contents: Sequence[Sequence[Span]]) -> Floats:
        """Vectors (contents, size) of length 1, one for each content; its spans are pooled together."""
        start = encoded.words.start
        pooled = np.zeros((len(contents), self.weight.shape[1]), np.float32)
        for row, spans in zip(pooled, contents, strict=True):
            bounds = [np.searchsorted(start, [span.start, span.end]) for span in spans]
            words = np.concatenate([encoded.hidden[a : max(b, a + 1)] for a, b in bounds])
            row[:] = words.astype(np.float32).mean(0)
        with limit_blas_to_one_thread():
            made = pooled @ self.weight.T + self.bias
        return np.asarray(
            made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6), np.float32
        )
