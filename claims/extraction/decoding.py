"""From label scores to spans of words: the best sequence in which every I- goes on with its own kind."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Words `start` to `end` of one kind; `score` is the mean probability of their labels."""

    name: str
    start: int
    end: int
    score: float


def log_softmax(logits: Floats) -> Floats:
    high = logits.max(-1, keepdims=True)
    return np.asarray(logits - high - np.log(np.exp(logits - high).sum(-1, keepdims=True)), np.float32)


def best_labels(scores: Floats) -> NDArray[np.int64]:
    """The best label a word, of `scores` (words, labels) in BIO order: O, B-x, I-x, B-y, I-y, …"""
    size, labels = scores.shape
    greedy = scores.argmax(-1) if size else np.zeros(0, np.int64)
    if not breaks(greedy).any():
        return np.asarray(greedy, np.int64)
    inner = np.arange(2, labels, 2)
    back = np.zeros((size, labels), np.int64)
    total = scores[0].copy()
    total[inner] = -np.inf
    for i in range(1, size):
        best = int(total.argmax())
        before = np.full(labels, best)
        # An I- comes after its own B- or I-.
        before[inner] = np.where(total[inner] >= total[inner - 1], inner, inner - 1)
        back[i] = before
        total = total[before] + scores[i]
    path = np.empty(size, np.int64)
    path[-1] = total.argmax()
    for i in range(size - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def breaks(path: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where an I- does not come after its own B- or I-."""
    before = np.concatenate([[0], path[:-1]]) if len(path) else path
    inner = (path > 0) & (path % 2 == 0)
    return np.asarray(inner & (before != path) & (before != path - 1), np.bool_)


def spans(scores: Floats, names: Sequence[str]) -> list[Labelled]:
    """The labelled stretches of the best sequence; `scores` are log-probabilities."""
    path = best_labels(scores)
    found: list[Labelled] = []
    at = 0
    while at < len(path):
        label = int(path[at])
        if label == 0:
            at += 1
            continue
        end = at + 1
        while end < len(path) and path[end] == label + 1:
            end += 1
        score = float(np.exp(scores[np.arange(at, end), path[at:end]]).mean())
        found.append(Labelled(names[label].removeprefix("B-"), at, end, score))
        at = end
    return found
