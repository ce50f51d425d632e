import pytest

from claims.passages.cutting import cut_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("", ""), ("The ferry", "The ferry"), ("The ferry is late.", "The ferr…")],
    ids=["nothing", "as long as may be", "longer"],
)
def test_a_long_text_ends_with_an_ellipsis(text: str, shown: str) -> None:
    assert cut_text(text, 9) == shown
