"""How likely each candidate of a quote is its speaker: learned weights over the features."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from claims.extraction.encoder.arrays import Flags, Floats, Integers
from claims.extraction.encoder.products import limit_blas_to_one_thread
from claims.extraction.speakers.columns import FEATURES, HISTORY

SPEAKERS_FILE = "speakers.npz"
TRAINING_COMMAND = "python -m training.speakers"


class OtherFeatures(ValueError):
    """The weights are for other features than the code has; the message says what makes new ones."""


@dataclass(frozen=True, slots=True)
class SpeakerScorer:
    """One hidden layer over the features (`FEATURES`, width), and a softmax over the candidates.

    `raw` and `told` (knots) map a share of that softmax to the confidence that is told, as articles
    of outlets that the weights had not seen have shown it.
    """

    inner: Floats
    bias: Floats
    outer: Floats
    raw: Floats
    told: Floats

    @classmethod
    def load(cls, path: Path) -> "SpeakerScorer":
        with np.load(path) as stored:
            if tuple(stored["features"].tolist()) != FEATURES:
                raise OtherFeatures(f"{path} is for other features; `{TRAINING_COMMAND}` makes it")
            names = ("inner", "bias", "outer", "raw", "told")
            return cls(*(stored[name].astype(np.float32) for name in names))

    def begin(self, features: Floats, first_row: Integers, excluded: Flags) -> "PendingShares":
        """Weigh the candidates, whose features of history may change in place before each share.

        `first_row` has where each quote's rows begin. Those `excluded` get no share.
        """
        return PendingShares(self, features, first_row, excluded)

    def share(self, features: Floats, first_row: Integers, excluded: Flags) -> Floats:
        """Return the share of each candidate among those of its quote, together 1."""
        return self.begin(features, first_row, excluded).share()

    def tell(self, share: float) -> float:
        """Return the confidence that a share amounts to."""
        return round(float(np.interp(share, self.raw, self.told)), 3)


class PendingShares:
    """Candidates that are weighed anew whenever the features of history have changed.

    What the other features tell is worked out once.
    """

    def __init__(
        self, scorer: SpeakerScorer, features: Floats, first_row: Integers, excluded: Flags
    ):
        self.scorer = scorer
        self.features = features
        self.first_row = first_row
        self.rows = np.flatnonzero(~excluded)
        with limit_blas_to_one_thread():
            self.fixed = features[self.rows, : HISTORY.start] @ scorer.inner[: HISTORY.start]
            self.fixed += features[self.rows, HISTORY.stop :] @ scorer.inner[HISTORY.stop :]
            self.fixed += scorer.bias

    def share(self) -> Floats:
        """Return the share of each candidate among those of its quote, together 1."""
        history = self.features[self.rows, HISTORY]
        scores = np.full(len(self.features), -np.inf, np.float32)
        with limit_blas_to_one_thread():
            hidden = history @ self.scorer.inner[HISTORY]
            hidden += self.fixed
            np.maximum(hidden, 0, out=hidden)
            scores[self.rows] = hidden @ self.scorer.outer
        return share_by_quote(scores, self.first_row)


def share_by_quote(scores: Floats, first_row: Integers) -> Floats:
    """Return the softmax of the scores over the rows of each quote."""
    row_count = np.diff(np.append(first_row, len(scores)))
    highest = np.repeat(np.maximum.reduceat(scores, first_row), row_count)
    weights = np.exp(scores - highest)
    totals = np.repeat(np.add.reduceat(weights, first_row), row_count)
    return np.asarray(weights / totals, np.float32)


@cache
def load_scorer(folder: Path) -> SpeakerScorer:
    """Return the scorer of a model's folder: one a process."""
    return SpeakerScorer.load(folder / SPEAKERS_FILE)
