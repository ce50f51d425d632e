"""Where the parts of a quote may stand, and what others leave of them."""

from typing import Any

import pytest

from claims.desk.parts import subtract_spans
from claims.extraction.schema import Span


@pytest.mark.parametrize(
    ("spans", "taken", "left"),
    [
        ([(0, 10)], [(3, 5)], [(0, 3), (5, 10)]),
        ([(0, 10)], [(0, 5)], [(5, 10)]),
        ([(0, 4), (6, 9)], [(6, 9)], [(0, 4)]),
        ([(0, 4)], [(4, 6)], [(0, 4)]),
        ([(0, 4)], [(0, 9)], []),
    ],
)
def test_what_is_left_of_spans(spans: Any, taken: Any, left: Any) -> None:
    remaining = subtract_spans(
        [Span(start, end) for start, end in spans], [Span(start, end) for start, end in taken]
    )

    assert remaining == [Span(start, end) for start, end in left]
