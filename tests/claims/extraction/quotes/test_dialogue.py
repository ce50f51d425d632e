"""Dialogue that is opened with dashes."""

import pytest

from claims.extraction.quotes.dialogue import list_lines_of_dialogue
from claims.extraction.text.article_text import Text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("— We stay, said Ana Bell.", ("Ana Bell", "said", ["We stay"])),
        ("– Who is it? asked the guard, Omar Reza.", ("the guard, Omar Reza", "asked", ["Who is it?"])),
        ("— We stay, the guard Omar Reza said.", ("the guard Omar Reza", "said", ["We stay"])),
        ("-- We stay, said Bell. We have won.", ("Bell", "said", ["We stay", "We have won"])),
        ("— We stay, said Bell. She closed the door.", ("Bell", "said", ["We stay"])),
        ("— new lamps, and ropes.", None),
        ("— “We stay,” said Ana Bell.", None),
        ("— Give me your answer, the state.", None),
    ],
    ids=[
        "after", "a question", "before", "and more", "and what was done", "an item", "in marks",
        "a noun",
    ],
)  # fmt: skip
def test_a_line_of_dialogue_tells_who_speaks(
    line: str, expected: tuple[str, str, list[str]] | None
) -> None:
    text = f"— And so?\n{line}"

    found = [
        (
            quote.source.of(text) if quote.source else "",
            quote.cue.of(text),
            [content.of(text) for content in quote.contents],
        )
        for quote in list_lines_of_dialogue(Text(text))
    ]

    assert found == ([expected] if expected else [])


def test_one_line_with_a_dash_is_no_dialogue() -> None:
    assert list(list_lines_of_dialogue(Text("— We stay, said Ana Bell."))) == []
