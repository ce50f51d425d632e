import numpy as np
import pytest

from claims.extraction.encoder.confidence import ConfidenceScorer


def test_the_confidence_rises_with_what_speaks_for_a_quote() -> None:
    sure = ConfidenceScorer(np.array([2.0, -1.0], np.float32), 0.5).score(
        np.array([[0, 0], [1, 0], [1, 4]], np.float32)
    )

    assert sure.tolist() == pytest.approx([0.6225, 0.9241, 0.1824], abs=1e-3)
