from dataclasses import replace

import numpy as np
import pytest

from claims.extraction.encoder.vectors import ContentVectorizer
from claims.extraction.schema import Span
from tests.claims.extraction.encoded import build_encoded

TEXT = "Bell met Reza . He left"


def test_the_vector_of_a_content_pools_its_words_and_has_length_one() -> None:
    vectors = ContentVectorizer(np.eye(6, dtype=np.float32), np.zeros(6, np.float32))
    encoded = replace(build_encoded(TEXT), hidden=np.eye(6, dtype=np.float16))

    (vector,) = vectors.vectorize(encoded, [(Span(0, 8), Span(16, 18))])

    assert vector.tolist() == pytest.approx([3**-0.5, 3**-0.5, 0, 0, 3**-0.5, 0], abs=1e-3)
