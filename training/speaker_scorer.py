"""Weights of the scorer of speakers: one hidden layer, fitted by gradient descent in NumPy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from claims.extraction.encoder.arrays import Flags, Floats, Integers
from claims.extraction.speakers.columns import FEATURES
from claims.extraction.speakers.scorer import SpeakerScorer, share_by_quote

HIDDEN = 64
EPOCHS = 12
QUOTES_A_STEP = 128
RATE = 3e-3
WARM_UP = 0.1  # of all steps
DECAY = 1e-2  # of the weights
DROPOUT = 0.2
MEAN_OF_GRADIENT = 0.9  # Adam's
MEAN_OF_SQUARE = 0.999
SMALL = 1e-8


@dataclass(frozen=True, slots=True)
class Examples:
    """Candidates of many quotes: features, which are right, and where each quote's rows begin.

    Those that a constraint rules out are none. Quotes without an annotated speaker are not `used`.
    """

    features: Floats
    right: Flags
    first_row: Integers
    row_count: Integers
    used: Flags

    def list_rows(self, quotes: Integers) -> Integers:
        """Return the rows of some quotes, one quote after the other."""
        counts = self.row_count[quotes]
        before = np.concatenate([[0], np.cumsum(counts)[:-1]])
        rows: Integers = np.arange(counts.sum()) + np.repeat(
            self.first_row[quotes] - before, counts
        )
        return rows


def join_examples(parts: Sequence[Examples]) -> Examples:
    sizes = [len(part.features) for part in parts]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    moved = [part.first_row + start for part, start in zip(parts, starts, strict=True)]
    return Examples(
        np.concatenate([part.features for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate(moved),
        np.concatenate([part.row_count for part in parts]),
        np.concatenate([part.used for part in parts]),
    )


class Adam:
    """Adam with decayed weights, over one array."""

    def __init__(self, weights: Floats, decay: float):
        self.weights = weights
        self.decay = decay
        self._mean = np.zeros_like(weights)
        self._square = np.zeros_like(weights)

    def step(self, gradient: Floats, rate: float, number: int) -> None:
        self._mean += (1 - MEAN_OF_GRADIENT) * (gradient - self._mean)
        self._square += (1 - MEAN_OF_SQUARE) * (gradient**2 - self._square)
        mean = self._mean / (1 - MEAN_OF_GRADIENT**number)
        square = self._square / (1 - MEAN_OF_SQUARE**number)
        change = mean / (np.sqrt(square) + SMALL) + self.decay * self.weights
        self.weights -= np.float32(rate) * change.astype(np.float32)


def fit_scorer(examples: Examples, seed: int, hidden: int = HIDDEN) -> SpeakerScorer:
    """Return a scorer whose shares are those of the right candidates, as far as it can.

    Where several candidates are right, only their sum counts.
    """
    random = np.random.default_rng(seed)
    width = len(FEATURES)
    inner = Adam(random.normal(0, width**-0.5, (width, hidden)).astype(np.float32), DECAY)
    bias = Adam(np.zeros(hidden, np.float32), 0)
    outer = Adam(random.normal(0, hidden**-0.5, hidden).astype(np.float32), 0)
    steps = count_steps(examples)
    for number, quotes in enumerate(list_batches(examples, random), start=1):
        rows = examples.list_rows(quotes)
        counts = examples.row_count[quotes]
        first_row = np.concatenate([[0], np.cumsum(counts)[:-1]])
        features, right = examples.features[rows], examples.right[rows]
        before = features @ inner.weights + bias.weights
        kept = (random.random(before.shape, np.float32) >= DROPOUT) & (before > 0)
        mask = kept.astype(np.float32) / np.float32(1 - DROPOUT)
        inside = before * mask
        scores = inside @ outer.weights
        shares = share_by_quote(scores, first_row)
        share_right = np.add.reduceat(shares * right, first_row)
        wanted = shares * right / np.repeat(np.maximum(share_right, SMALL), counts)
        slope = ((shares - wanted) / len(quotes)).astype(np.float32)
        back = np.outer(slope, outer.weights) * mask
        rate = RATE * min(1.0, number / (WARM_UP * steps)) * fall(number / steps)
        inner.step(features.T @ back, rate, number)
        bias.step(back.sum(0), rate, number)
        outer.step(inside.T @ slope, rate, number)
    line = np.array([0, 1], np.float32)
    return SpeakerScorer(inner.weights, bias.weights, outer.weights, line, line)


def fall(done: float) -> float:
    """Return the share of the rate when so much of training is done: half a wave of a cosine."""
    return 0.5 + 0.5 * float(np.cos(np.pi * done))


def count_steps(examples: Examples) -> int:
    return EPOCHS * -(-int(examples.used.sum()) // QUOTES_A_STEP)


def list_batches(examples: Examples, random: np.random.Generator) -> Iterator[Integers]:
    used = np.flatnonzero(examples.used)
    for _ in range(EPOCHS):
        order = random.permutation(used)
        for start in range(0, len(order), QUOTES_A_STEP):
            yield order[start : start + QUOTES_A_STEP]


def join_scorers(scorers: Sequence[SpeakerScorer]) -> SpeakerScorer:
    """Return one scorer that gives the mean score of several: their hidden layers side by side."""
    first = scorers[0]
    return SpeakerScorer(
        np.concatenate([scorer.inner for scorer in scorers], axis=1),
        np.concatenate([scorer.bias for scorer in scorers]),
        np.asarray(np.concatenate([scorer.outer for scorer in scorers]) / len(scorers), np.float32),
        first.raw,
        first.told,
    )
