"""From label scores to spans of words: the best sequence in which an I- goes on with its kind."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims.extraction.encoder.arrays import Flags, Floats, Integers

# A word whose logarithm for O is above this is surely no part of anything.
LOG_SHARE_SURELY_OUTSIDE = -1e-3


@dataclass(frozen=True, slots=True)
class LabelledWords:
    """Words `start` to `end` of one kind, and how likely that is.

    `score` is the mean probability of their labels, `score_of_rest` that of the labels after the
    first, `lowest_score` that of the least likely word, `score_of_start` that of the first;
    `score_of_end` says how likely it is that they end there.
    """

    name: str
    start: int
    end: int
    score: float
    score_of_rest: float = 1.0
    lowest_score: float = 1.0
    score_of_start: float = 1.0
    score_of_end: float = 1.0


def log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(-1, keepdims=True)
    total = np.exp(shifted).sum(-1, keepdims=True)
    return np.asarray(shifted - np.log(total), np.float32)


def decode_labels(scores: Floats) -> Integers:
    """Return the best label of each word, (rows, words).

    `scores` (rows, words, labels) are in BIO order: O, B-x, I-x, B-y, I-y, …
    """
    path = np.asarray(scores.argmax(-1), np.int64)
    has_broken_labels = mark_broken_labels(path).any(-1)
    for row in np.flatnonzero(has_broken_labels):  # the others are at their best already
        path[row] = decode_best_path(scores[row])
    return path


def decode_best_path(scores: Floats) -> Integers:
    """Return the best path (words,) through `scores` (words, labels).

    Only stretches of words that may be part of something are looked at.
    """
    path = np.zeros(len(scores), np.int64)
    possible = np.flatnonzero(scores[:, 0] < LOG_SHARE_SURELY_OUTSIDE)
    breaks = np.flatnonzero(np.diff(possible) > 1) + 1
    for stretch in np.split(possible, breaks):
        path[stretch] = run_viterbi(scores[stretch].tolist())
    return path


def run_viterbi(rows: list[list[float]]) -> list[int]:
    """Return the best path by Viterbi's algorithm, in which an I- follows its own B- or I-.

    It is plain Python, since stretches are too short for arrays to gain anything.
    """
    inner = range(2, len(rows[0]), 2)  # the I- labels
    totals = list(rows[0])
    for label in inner:
        totals[label] = -math.inf
    steps_back: list[list[int]] = []
    for scores in rows[1:]:
        best = totals.index(max(totals))
        before = [best] * len(totals)
        for label in inner:
            before[label] = label if totals[label] >= totals[label - 1] else label - 1
        totals = [totals[at] + score for at, score in zip(before, scores, strict=True)]
        steps_back.append(before)
    path = [totals.index(max(totals))]
    for before in reversed(steps_back):
        path.append(before[path[-1]])
    return path[::-1]


def mark_broken_labels(path: Integers) -> Flags:
    """Return where in the last axis an I- does not come after its own B- or I-."""
    before = np.zeros_like(path)
    before[..., 1:] = path[..., :-1]
    is_inner = (path > 0) & (path % 2 == 0)
    return np.asarray(is_inner & (before != path) & (before != path - 1), np.bool_)


def decode_labelled_words(scores: Floats, names: Sequence[str]) -> list[list[LabelledWords]]:
    """Return for each row the labelled stretches of its best sequence.

    `scores` (rows, words, labels) are log-probabilities.
    """
    paths = decode_labels(scores)
    return [
        split_into_labelled_words(path, row, names) for path, row in zip(paths, scores, strict=True)
    ]


def split_into_labelled_words(
    path: Integers, scores: Floats, names: Sequence[str]
) -> list[LabelledWords]:
    """Return the stretches that a path labels; `names` are those of the labels."""
    stretches = []
    for start in np.flatnonzero(path % 2).tolist():
        label = int(path[start])
        end = start + 1
        while end < len(path) and path[end] == label + 1:
            end += 1
        shares = np.exp(scores[np.arange(start, end), path[start:end]]).tolist()
        rest = shares[1:]
        score_of_end = 1.0
        if end < len(path):
            score_of_end = 1 - math.exp(scores[end, label + 1])
        words = LabelledWords(
            names[label].removeprefix("B-"),
            start,
            end,
            score=sum(shares) / len(shares),
            score_of_rest=sum(rest) / len(rest) if rest else 1.0,
            lowest_score=min(shares),
            score_of_start=shares[0],
            score_of_end=score_of_end,
        )
        stretches.append(words)
    return stretches
