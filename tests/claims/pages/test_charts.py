"""Bars, whose widths and shares are read at a glance."""

import pytest

from claims.pages.charts import ChartRow, build_chart
from claims.passages.shares import describe_share


def test_the_largest_bar_is_full_and_the_others_have_their_share_of_it() -> None:
    made = build_chart(
        "acts",
        "Acts",
        "Act",
        [
            ChartRow("say", 40, "?act=say"),
            ChartRow("deny", 10, "?act=deny"),
            ChartRow("warn", 0, "?act=warn"),
        ],
    )

    assert [row.width for row in made.rows] == [100, 25, 0]


def test_a_bar_of_something_is_never_invisible() -> None:
    made = build_chart(
        "acts", "Acts", "Act", [ChartRow("say", 4000, "?act=say"), ChartRow("deny", 1, "?act=deny")]
    )

    assert made.rows[1].width == 1


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 3, "33%"), (0, 3, "0%"), (1, 1000, "under 1%"), (0, 0, ""), (5, 5, "100%")],
)
def test_a_share_of_something_is_never_nothing(part: int, whole: int, expected: str) -> None:
    assert describe_share(part, whole) == expected
