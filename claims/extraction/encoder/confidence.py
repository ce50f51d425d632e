"""How sure a quote is: a weighed sum of what speaks for it.

It is fitted so that of those at 0.9 nine in ten are right.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claims.extraction.encoder.arrays import Floats


@dataclass(frozen=True, slots=True)
class ConfidenceScorer:
    """A logistic regression over the signs of a quote; `training/calibrate.py` fits it."""

    weights: Floats
    bias: float

    @classmethod
    def load(cls, path: Path) -> "ConfidenceScorer":
        stored = json.loads(path.read_text())
        weights = np.array(list(stored["weights"].values()), np.float32)
        return cls(weights, float(stored["bias"]))

    def score(self, signs: Floats) -> Floats:
        """Return the probabilities (n,) that quotes with these signs (n, k) are right."""
        weighed = signs @ self.weights + self.bias
        return np.asarray(1 / (1 + np.exp(-weighed)), np.float32)
