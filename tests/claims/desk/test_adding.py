"""Quotes that curators add."""

import pytest

from claims.desk.adding import find_kind_by_marks


@pytest.mark.parametrize(
    ("contents", "kind"),
    [
        (['"yes"'], "direct"),
        (['said "yes" again'], "mixed"),
        (["yes"], "indirect"),
        (['"a"', "b"], "mixed"),
    ],
)
def test_the_kind_is_seen_by_the_marks(contents: list[str], kind: str) -> None:
    assert find_kind_by_marks(contents) == kind
