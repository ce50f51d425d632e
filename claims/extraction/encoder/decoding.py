"""From label scores to spans of words: the best sequence in which every I- goes on with its own kind."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
LOG_SHARE_SURELY_OUTSIDE = -1e-3  # the logarithm of a share


@dataclass(frozen=True, slots=True)
class LabelledWords:
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
    return np.asarray(
        logits - high - np.log(np.exp(logits - high).sum(-1, keepdims=True)), np.float32
    )


def decode_labels(scores: Floats) -> NDArray[np.int64]:
    """The best label a word, (rows, words), of `scores` (rows, words, labels) in BIO order: O, B-x, I-x, B-y, I-y, …"""
    path = np.asarray(scores.argmax(-1), np.int64)
    for row in np.flatnonzero(
        mark_broken_labels(path).any(-1)
    ):  # the others are at their best already
        path[row] = decode_best_path(scores[row])
    return path


def decode_best_path(scores: Floats) -> NDArray[np.int64]:
    """The best path (words,) through `scores` (words, labels). Words that are surely nothing are not looked at."""
    path = np.zeros(len(scores), np.int64)
    alive = np.flatnonzero(scores[:, 0] < LOG_SHARE_SURELY_OUTSIDE)
    for stretch in np.split(alive, np.flatnonzero(np.diff(alive) > 1) + 1):
        path[stretch] = run_viterbi(scores[stretch].tolist())
    return path


def run_viterbi(rows: list[list[float]]) -> list[int]:
    """Viterbi's algorithm in plain Python: stretches are too short for arrays to gain anything."""
    inner = range(2, len(rows[0]), 2)
    total = [-math.inf if label in inner else score for label, score in enumerate(rows[0])]
    back: list[list[int]] = []
    for scores in rows[1:]:
        high = total.index(max(total))
        before = [high] * len(total)
        for label in inner:  # an I- comes after its own B- or I-
            before[label] = label if total[label] >= total[label - 1] else label - 1
        total = [total[at] + score for at, score in zip(before, scores, strict=True)]
        back.append(before)
    path = [total.index(max(total))]
    for before in reversed(back):
        path.append(before[path[-1]])
    return path[::-1]


def mark_broken_labels(path: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where in the last axis an I- does not come after its own B- or I-."""
    before = np.zeros_like(path)
    before[..., 1:] = path[..., :-1]
    inner = (path > 0) & (path % 2 == 0)
    return np.asarray(inner & (before != path) & (before != path - 1), np.bool_)


def decode_labelled_words(scores: Floats, names: Sequence[str]) -> list[list[LabelledWords]]:
    """For each row the labelled stretches of its best sequence; `scores` (rows, words, labels) are log-probabilities."""
    paths = decode_labels(scores)
    return [
        split_into_labelled_words(path, row, names) for path, row in zip(paths, scores, strict=True)
    ]


def split_into_labelled_words(
    path: NDArray[np.int64], scores: Floats, names: Sequence[str]
) -> list[LabelledWords]:
    found: list[LabelledWords] = []
    for at in np.flatnonzero(path % 2).tolist():
        label, end = int(path[at]), at + 1
        while end < len(path) and path[end] == label + 1:
            end += 1
        first, *others = shares = np.exp(scores[np.arange(at, end), path[at:end]]).tolist()
        ends = 1.0 if end == len(path) else 1 - math.exp(scores[end, label + 1])
        more = sum(others) / len(others) if others else 1.0
        made = sum(shares) / len(shares), more, min(shares), first, ends
        found.append(LabelledWords(names[label].removeprefix("B-"), at, end, *made))
    return found
