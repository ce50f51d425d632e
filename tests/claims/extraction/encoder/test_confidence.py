import numpy as np
import pytest

from claims.extraction.encoder.confidence import ConfidenceScorer


def test_the_confidence_rises_with_what_speaks_for_a_quote() -> None:
    scorer = ConfidenceScorer(np.array([2.0, -1.0], np.float32), 0.5, {"verb cross": -2.0})

    sure = scorer.score(
        np.array([[0, 0], [1, 0], [1, 4], [1, 0]], np.float32),
        [(), (), (), ("verb cross", "never seen")],
    )

    assert sure.tolist() == pytest.approx([0.6225, 0.9241, 0.1824, 0.6225], abs=1e-3)
