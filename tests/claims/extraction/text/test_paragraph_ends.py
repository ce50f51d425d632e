"""Which full lines of a text that was cut at a width end a paragraph."""

import pytest

from claims.extraction.text.paragraph_ends import ParagraphEnds

LONG = ["It rained on the town and on the sea beyond it until nobody went out"] * 3


@pytest.mark.parametrize(
    ("lines", "number", "is_end"),
    [
        ([*LONG, "at all, and the mayor was told.", *LONG], 0, False),
        (["The bridge will be closed for all of the winter, the mayor said.", *LONG], 0, True),
        (["“We have looked at each bolt of it, and we have looked again. It", *LONG], 0, False),
        (["“We have looked at each bolt of it, and we have looked again.", *LONG], 0, False),
        (["The bridge will be closed for the whole winter, said Mr.", *LONG], 0, False),
    ],
    ids=["a sentence", "a sentence that ends", "within one", "a quotation left open", "a title"],
)
def test_what_the_lines_say_tells_whether_a_paragraph_ends(
    lines: list[str], number: int, is_end: bool
) -> None:
    ends = ParagraphEnds(lines, [len(lines) - 1])

    assert ends.is_end(number, 0) is is_end
