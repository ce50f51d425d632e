import itertools

import numpy as np
import pytest

from claims.extraction.encoder.decoding import (
    decode_labelled_words,
    decode_labels,
    log_softmax,
    mark_broken_labels,
)
from claims.extraction.encoder.labels import LINK_LABELS


def best_by_trying_all(scores: np.ndarray) -> float:
    size, labels = scores.shape
    totals = [
        sum(scores[i, label] for i, label in enumerate(path))
        for path in itertools.product(range(labels), repeat=size)
        if not mark_broken_labels(np.array(path)).any()
    ]
    return float(max(totals))


@pytest.mark.parametrize("seed", range(20))
def test_the_sequence_found_is_the_best_one_allowed(seed: int) -> None:
    scores = log_softmax(np.random.default_rng(seed).normal(size=(5, 5)).astype(np.float32) * 3)

    (path,) = decode_labels(scores[None])

    assert not mark_broken_labels(path).any()
    assert scores[np.arange(5), path].sum() == pytest.approx(best_by_trying_all(scores), abs=1e-5)


def test_spans_are_read_off_the_labels() -> None:
    labels = [
        LINK_LABELS.index(name)
        for name in ("B-source", "I-source", "O", "B-content", "I-content", "B-content")
    ]
    scores = np.full((6, len(LINK_LABELS)), -9.0, np.float32)
    scores[np.arange(6), labels] = 0

    (found,) = decode_labelled_words(scores[None], LINK_LABELS)

    assert [(s.name, s.start, s.end) for s in found] == [
        ("source", 0, 2),
        ("content", 3, 5),
        ("content", 5, 6),
    ]


def test_no_words_have_no_spans() -> None:
    assert decode_labelled_words(np.zeros((1, 0, len(LINK_LABELS)), np.float32), LINK_LABELS) == [
        []
    ]


def test_rows_are_decoded_each_for_itself() -> None:
    scores = log_softmax(np.random.default_rng(7).normal(size=(9, 6, 5)).astype(np.float32) * 3)

    together = decode_labels(scores)

    assert together.tolist() == [decode_labels(row[None])[0].tolist() for row in scores]
