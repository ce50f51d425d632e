"""From label scores to spans of words: the best sequence in which every I- goes on with its own kind."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Words `start` to `end` of one kind; `score` is the mean probability of their labels.

    `more` is that of the words after the first, `least` that of the least likely, `first` and `last` are those of the ends.
    """

    name: str
    start: int
    end: int
    score: float
    more: float = 1.0
    least: float = 1.0
    first: float = 1.0
    last: float = 1.0


def log_softmax(logits: Floats) -> Floats:
    high = logits.max(-1, keepdims=True)
    return np.asarray(logits - high - np.log(np.exp(logits - high).sum(-1, keepdims=True)), np.float32)


def best_labels(scores: Floats) -> NDArray[np.int64]:
    """The best label a word, (rows, words), of `scores` (rows, words, labels) in BIO order: O, B-x, I-x, B-y, I-y, …"""
    _, size, labels = scores.shape
    path = np.asarray(scores.argmax(-1), np.int64)
    broken = np.flatnonzero(breaks(path).any(-1))  # the other rows are at their best already
    if not len(broken):
        return path
    some, rows = np.ascontiguousarray(scores[broken].transpose(1, 0, 2)), np.arange(len(broken))
    inner = np.arange(2, labels, 2)
    back = np.zeros((size, len(broken), labels), np.int64)
    total = some[0].copy()
    total[:, inner] = -np.inf
    for i in range(1, size):
        before = back[i]
        before[:] = total.argmax(-1)[:, None]
        # An I- comes after its own B- or I-.
        before[:, inner] = inner - (total[:, inner] < total[:, inner - 1])
        total = total[rows[:, None], before] + some[i]
    at = total.argmax(-1)
    for i in range(size - 1, -1, -1):
        path[broken, i] = at
        at = back[i, rows, at]
    return path


def breaks(path: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where in the last axis an I- does not come after its own B- or I-."""
    before = np.zeros_like(path)
    before[..., 1:] = path[..., :-1]
    inner = (path > 0) & (path % 2 == 0)
    return np.asarray(inner & (before != path) & (before != path - 1), np.bool_)


def spans(scores: Floats, names: Sequence[str]) -> list[list[Labelled]]:
    """For each row the labelled stretches of its best sequence; `scores` (rows, words, labels) are log-probabilities."""
    paths = best_labels(scores)
    return [stretches(path, row, names) for path, row in zip(paths, scores, strict=True)]


def stretches(path: NDArray[np.int64], scores: Floats, names: Sequence[str]) -> list[Labelled]:
    found: list[Labelled] = []
    for at in np.flatnonzero(path % 2).tolist():
        label, end = int(path[at]), at + 1
        while end < len(path) and path[end] == label + 1:
            end += 1
        shares = np.exp(scores[np.arange(at, end), path[at:end]])
        ends = 1.0 if end == len(path) else float(1 - np.exp(scores[end, label + 1]))
        more = float(shares[1:].mean()) if len(shares) > 1 else 1.0
        made = float(shares.mean()), more, float(shares.min()), float(shares[0]), ends
        found.append(Labelled(names[label].removeprefix("B-"), at, end, *made))
    return found
