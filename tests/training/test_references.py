from dataclasses import replace

import numpy as np

from claims.extraction.encoder.encoded import EncodedText, EncodedWindow
from claims.extraction.encoder.features import Words
from claims.extraction.encoder.links import DISTANCE_BUCKET_COUNT
from claims.extraction.schema import Span
from training.references import ReferenceScorer

TEXT = "Bell met Reza . He left"
STARTS, ENDS = [0, 4, 9, 14, 16, 19], [3, 8, 13, 15, 18, 23]


def encoded(mention: list[float], names: list[list[float]]) -> EncodedText:
    """One window of six words; `names` is the name side of the first three, `mention` the mention side of "He"."""
    none = np.zeros(6, np.int64)
    words = Words(
        np.array(STARTS, np.int32),
        np.array(ENDS, np.int32),
        none,
        none,
        none,
        none.astype(np.int32),
        none.astype(np.int32),
    )
    sides = np.zeros((6, 3), np.float16)
    sides[4] = mention
    known = np.zeros((6, 2), np.float16)
    known[:3] = names
    view = EncodedWindow(0, 6, 0, 6, (), sides, known)
    empty = np.zeros((6, 2), np.float32)
    return EncodedText(words, empty, empty, np.eye(6, dtype=np.float16), (view,))


def test_a_pronoun_refers_to_the_name_that_is_likest() -> None:
    model = ReferenceScorer(np.zeros((DISTANCE_BUCKET_COUNT, 1), np.float32))

    bell, reza = model.share_among_names(
        encoded([4, 0, 0], [[2, 0], [0, 0], [0, 2]]), 16, [Span(0, 4), Span(9, 13)]
    )

    assert bell > 0.9 > 0.1 > reza
    assert bell + reza < 1


def test_nobody_is_meant_where_no_name_is_like() -> None:
    model = ReferenceScorer(np.zeros((DISTANCE_BUCKET_COUNT, 1), np.float32))

    shares = model.share_among_names(
        encoded([0, 0, 5], [[2, 0], [0, 0], [0, 2]]), 16, [Span(0, 4), Span(9, 13)]
    )

    assert max(shares) < 0.02


def test_a_name_out_of_sight_has_no_share() -> None:
    model = ReferenceScorer(np.zeros((DISTANCE_BUCKET_COUNT, 1), np.float32))
    far = encoded([4, 0, 0], [[2, 0], [0, 0], [0, 2]])
    (window,) = far.windows
    later = replace(
        window,
        start=2,
        own_start=2,
        name_side=window.name_side[2:],
        mention_side=window.mention_side[2:],
    )
    near = replace(far, windows=(later,))

    assert model.share_among_names(near, 16, [Span(0, 4)]) == [0.0]
