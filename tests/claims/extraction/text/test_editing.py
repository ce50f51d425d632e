"""Texts with some of their characters replaced."""

import pytest

from claims.extraction.schema import Span
from claims.extraction.text.editing import Edit, EditedText

EDITED = EditedText("one two three", [Edit(0, 3, "1"), Edit(3, 4, ""), Edit(8, 13, "threefold")])


def test_a_text_is_edited() -> None:
    assert EDITED.text == "1two threefold"


@pytest.mark.parametrize(
    ("span", "original"),
    [
        ((0, 1), (0, 3)),
        ((1, 4), (4, 7)),
        ((0, 4), (0, 7)),
        ((4, 6), (7, 13)),
        ((8, 9), (8, 13)),
        ((0, 14), (0, 13)),
    ],
    ids=["replaced", "kept", "both", "into a replacement", "within one", "all"],
)
def test_what_stands_there_stood_elsewhere(
    span: tuple[int, int], original: tuple[int, int]
) -> None:
    assert EDITED.find_original(Span(*span)) == Span(*original)


def test_a_character_stands_elsewhere_after_the_edits() -> None:
    assert [EDITED.find_edited(at) for at in (0, 2, 3, 4, 7, 9, 13)] == [0, 0, 1, 1, 4, 5, 14]


def test_a_text_without_edits_stays_as_it_is() -> None:
    plain = EditedText("one", [])

    assert (plain.text, plain.find_original(Span(0, 3)), plain.find_edited(2)) == (
        "one",
        Span(0, 3),
        2,
    )
