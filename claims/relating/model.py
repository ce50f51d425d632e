"""The trained weights that turn features of a pair into how likely each relation is.

Half of the say has a logistic regression, half a sum of small trees (gradient boosting), both
fitted by `training.pairs`; here they need NumPy alone.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.relating.vocabulary import MODEL_DIR, Floats

Integers = NDArray[np.int32]
FARTHEST = 4.0  # deviations from the mean; what lies beyond counts as there


@dataclass(frozen=True)
class PairModel:
    """Weights for `names`, the features in their order; classes are `RELATIONS` in theirs.

    Trees are complete: `splits` (trees, inner nodes) are columns, `thresholds` the greatest value
    that goes to the left, `leaves` (trees, leaves) what is added to the class of the tree.
    """

    names: tuple[str, ...]
    means: Floats
    scales: Floats
    weights: Floats  # (classes, features)
    bias: Floats
    prior: Floats
    splits: Integers
    thresholds: Floats
    leaves: Floats
    classes: Integers  # (trees,)

    def weigh(self, features: dict[str, float]) -> Floats:
        """Return how likely each relation is, in the order of `RELATIONS`."""
        row = np.array([features[name] for name in self.names], np.float32)
        linear = np.clip((row - self.means) / self.scales, -FARTHEST, FARTHEST)
        by_regression = soften(self.weights @ linear + self.bias)
        by_trees = soften(self.prior + self.sum_trees(row))
        return np.asarray((by_regression + by_trees) / 2, np.float32)

    def sum_trees(self, row: Floats) -> Floats:
        trees = np.arange(len(self.splits))
        nodes = np.zeros(len(self.splits), np.int64)
        inner = self.splits.shape[1]
        while nodes[0] < inner if len(nodes) else False:
            goes_right = row[self.splits[trees, nodes]] > self.thresholds[trees, nodes]
            nodes = 2 * nodes + 1 + goes_right
        summed = np.zeros(len(self.prior), np.float32)
        np.add.at(summed, self.classes, self.leaves[trees, nodes - inner])
        return summed


def soften(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), np.float32)


@cache
def load_pair_model(folder: Path = MODEL_DIR) -> PairModel:
    with np.load(folder / "pairs.npz") as stored:
        names = tuple(bytes(stored["names"]).decode().split("\n"))
        return PairModel(
            names,
            stored["means"].astype(np.float32),
            stored["scales"].astype(np.float32),
            stored["weights"].astype(np.float32),
            stored["bias"].astype(np.float32),
            stored["prior"].astype(np.float32),
            stored["splits"].astype(np.int32),
            stored["thresholds"].astype(np.float32),
            stored["leaves"].astype(np.float32),
            stored["classes"].astype(np.int32),
        )
