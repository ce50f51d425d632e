import pytest

from newsroom.row_numbers import read_row_number, read_row_numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("0", 0),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5000, None),
        ("", None),
        ("-1", None),
        ("+1", None),
        ("1.0", None),
        (" 1", None),
        ("1_0", None),
        ("²", None),
        ("٣", None),
        ("1\0", None),
    ],
)
def test_only_digits_that_a_row_can_have_are_a_number(text: str, number: int | None) -> None:
    assert read_row_number(text) == number


def test_numbers_are_read_each_once_and_in_their_order() -> None:
    assert read_row_numbers(["3", "x", "1", "3", "²", "2"]) == [3, 1, 2]
