"""How sure a quote is: a weighed sum of what speaks for it.

It is fitted so that of those at 0.9 nine in ten are right.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from claims.extraction.encoder.arrays import Floats


@dataclass(frozen=True, slots=True)
class ConfidenceScorer:
    """A logistic regression over the signs of a quote and its traits, of which a quote has each or
    not; `training/calibrate.py` fits it.
    """

    weights: Floats
    bias: float
    weight_of_trait: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> "ConfidenceScorer":
        stored = json.loads(path.read_text())
        weights = np.array(list(stored["weights"].values()), np.float32)
        return cls(weights, float(stored["bias"]), stored.get("traits", {}))

    def score(self, signs: Floats, traits: Sequence[Sequence[str]]) -> Floats:
        """Return the probabilities (n,) that quotes with these signs (n, k) and traits are right."""
        weight = self.weight_of_trait
        weighed = signs @ self.weights + self.bias
        weighed += [sum([weight[trait] for trait in own if trait in weight]) for own in traits]
        return np.asarray(1 / (1 + np.exp(-weighed)), np.float32)
