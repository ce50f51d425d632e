"""Weighs the signs that two names are one person's: one small logistic regression for full names, one
for bare ones.

The weights lie in `model/joins.json`, fitted by `training/joins.py` from names told by reading and
from what curators decided. No score overrules `constraints.py`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from claims.actors.evidence import SIGNS_OF_BARE_NAMES, SIGNS_OF_FULL_NAMES, Evidence

WEIGHTS_FILE = Path(__file__).parent / "model" / "joins.json"
FARTHEST = 30.0  # of a sum of weights from nought: beyond it nothing changes
SIGNS = {"full": SIGNS_OF_FULL_NAMES, "bare": SIGNS_OF_BARE_NAMES}


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign weighs, and from which score on a join is sure, and may be proposed."""

    bias: float
    weights: Mapping[str, float]
    sure: float
    likely: float

    def compute_score(self, evidence: Evidence) -> float:
        """Return how likely two names are one person's, from 0 to 1."""
        total = self.bias
        for sign, weight in self.weights.items():
            total += weight * evidence[sign]
        return 1 / (1 + exp(-max(-FARTHEST, min(FARTHEST, total))))


@dataclass(frozen=True, slots=True)
class JoinScorer:
    """The weights of both questions: of two full names, and of a bare one."""

    full: Weights
    bare: Weights


@cache
def load_scorer() -> JoinScorer:
    """Return the weights that ship with the site."""
    return read_scorer(json.loads(WEIGHTS_FILE.read_text(encoding="utf-8")))


def read_scorer(record: Mapping[str, Mapping[str, object]]) -> JoinScorer:
    return JoinScorer(read_weights(record["full"], "full"), read_weights(record["bare"], "bare"))


def read_weights(record: Mapping[str, object], question: str) -> Weights:
    """Return the weights of one question. Raises `ValueError` for those of other signs."""
    weights = record["weights"]
    assert isinstance(weights, dict)
    if set(weights) != set(SIGNS[question]):
        raise ValueError(f"{WEIGHTS_FILE}: the weights are of other signs; fit them anew")
    bias, sure, likely = (float(str(record[name])) for name in ("bias", "sure", "likely"))
    return Weights(bias, weights, sure, likely)
