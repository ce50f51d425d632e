"""Letters that stand in an article whole."""

import pytest

from claims.extraction.quotes.letters import list_letters
from claims.extraction.text.article_text import Text

BODY = "The new buses are late.\nI walk."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Dear Editor,\n{BODY}\nYours faithfully,\nAna Bell\nHarrow", "Ana Bell"),
        (f"Dear Mr. Reza,\n{BODY}\nSincerely,\nAna de Bell", "Ana de Bell"),
        (f"SIR – {BODY}\nAna Bell\nHarrow, Kent", "Ana Bell"),
        (f"To the Editor:\n{BODY}\nANA BELL\nHarrow, March 3", "ANA BELL"),
        (f"Dear Editor,\n{BODY}\nIt was late, said Ana Bell.", None),
        (f"Dear me, it rained.\n{BODY}\nAna Bell", None),
        ("Dear Editor,", None),
        ("", None),
    ],
    ids=[
        "with a closing", "to somebody", "on one line", "to the editor", "without a name", "no letter",
        "an opening alone", "empty",
    ],
)  # fmt: skip
def test_a_letter_is_said_by_whoever_signs_it(text: str, name: str | None) -> None:
    letters = list(list_letters(Text(text)))

    found = [
        (quote.source and quote.source.of(text), quote.contents[0].of(text)) for quote in letters
    ]
    assert found == ([(name, BODY)] if name else [])
