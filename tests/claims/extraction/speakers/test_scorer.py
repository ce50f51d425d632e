"""The scorer of speakers: shares that are probabilities, and confidences that are told."""

from pathlib import Path

import numpy as np
import pytest

from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.speakers.columns import FEATURES
from claims.extraction.speakers.scorer import (
    SPEAKERS_FILE,
    OtherFeatures,
    SpeakerScorer,
    share_by_quote,
)


def build_scorer(raw: list[float], told: list[float]) -> SpeakerScorer:
    """Return a scorer that goes by the first feature alone."""
    inner = np.zeros((len(FEATURES), 1), np.float32)
    inner[0] = 1
    return SpeakerScorer(
        inner,
        np.zeros(1, np.float32),
        np.ones(1, np.float32),
        np.array(raw, np.float32),
        np.array(told, np.float32),
    )


def test_the_shares_of_a_quote_are_together_one() -> None:
    scores = np.array([1.0, 2.0, 0.5, 3.0, 3.0], np.float32)

    shares = share_by_quote(scores, np.array([0, 3]))

    assert shares[:3].sum() == pytest.approx(1)
    assert shares[3:].tolist() == pytest.approx([0.5, 0.5])
    assert shares[1] > shares[0] > shares[2]


def test_who_is_ruled_out_has_no_share() -> None:
    features = np.zeros((3, len(FEATURES)), np.float32)
    features[:, 0] = [5.0, 1.0, 0.0]
    scorer = build_scorer([0, 1], [0, 1])

    shares = scorer.share(features, np.array([0]), np.array([True, False, False]))

    assert shares[0] == 0
    assert shares[1:].sum() == pytest.approx(1)


def test_a_share_is_told_as_what_it_has_been_worth() -> None:
    scorer = build_scorer([0, 0.8, 1], [0, 0.7, 1])

    assert scorer.tell(0.8) == pytest.approx(0.7)
    assert scorer.tell(0.4) == pytest.approx(0.35)
    assert scorer.tell(0.9) == pytest.approx(0.85)


def test_a_likelier_candidate_is_never_told_as_less_sure() -> None:
    scorer = SpeakerScorer.load(MODEL_DIR / SPEAKERS_FILE)

    told = [scorer.tell(share) for share in np.linspace(0, 1, 101)]

    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "speakers.npz"
    np.savez(path, features=np.array(["something else"]))

    with pytest.raises(OtherFeatures, match=r"training\.speakers"):
        SpeakerScorer.load(path)
