"""Items of lists in texts of which no page tells what it sets apart."""

import pytest

from claims.extraction.text.listing import list_items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Two things:\n• a lamp\n• a rope\nNo more.", ["• a lamp", "• a rope"]),
        ("1. a lamp\n2. a rope", ["1. a lamp", "2. a rope"]),
        ("– a lamp\n\n– a rope", ["– a lamp", "– a rope"]),
        ("- a lamp\n* a rope", []),
        ("• a lamp", []),
        ("-5 degrees\n-6 degrees", []),
        ("", []),
    ],
    ids=["bullets", "numbers", "dashes", "marks that differ", "one", "no marks", "empty"],
)
def test_lines_with_the_same_mark_are_items(text: str, items: list[str]) -> None:
    assert [text[item.start : item.end] for item in list_items(text)] == items
