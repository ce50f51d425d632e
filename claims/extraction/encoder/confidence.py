"""How sure a finding is: a weighed sum of what speaks for it, fitted so that of those at 0.9 nine in ten are right."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ConfidenceScorer:
    """A logistic regression over the signs of a quote (`training/calibrate.py` fits it)."""

    weights: Floats
    bias: float

    @classmethod
    def load(cls, path: Path) -> "ConfidenceScorer":
        stored = json.loads(path.read_text())
        return cls(np.array(list(stored["weights"].values()), np.float32), float(stored["bias"]))

    def of(self, signs: Floats) -> Floats:
        """Probabilities (n,) of signs (n, k)."""
        return np.asarray(1 / (1 + np.exp(-(signs @ self.weights + self.bias))), np.float32)
