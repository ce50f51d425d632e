import pytest

from claims.extraction.text.article_text import Text
from claims.extraction.text.blocks import Block, build_blocks, list_runs, read_blocks
from claims.extraction.text.quotation import DOUBLE_MARKS

TEXT = "Who pays\nThe letter reads:\nIt is safe.\nIt was “never” in doubt.\nNobody pays."
KINDS = ("heading", "paragraph", "quotation", "quotation", "paragraph")


def find(words: str, kind: str) -> Block:
    start = TEXT.index(words)
    return Block(start, start + len(words), kind)  # type: ignore[arg-type]


def test_the_lines_that_are_no_paragraphs_are_blocks() -> None:
    blocks = build_blocks(TEXT, KINDS)

    assert blocks == (
        find("Who pays", "heading"),
        find("It is safe.", "quotation"),
        find("It was “never” in doubt.", "quotation"),
    )


def test_a_text_with_other_lines_than_were_told_has_no_blocks() -> None:
    assert build_blocks(TEXT, KINDS[1:]) == ()
    assert build_blocks(TEXT, ()) == ()


def test_blocks_of_one_kind_that_follow_each_other_are_a_run() -> None:
    runs = list(list_runs(build_blocks(TEXT, KINDS)))

    assert [[block.kind for block in run] for run in runs] == [["heading"], ["quotation"] * 2]


@pytest.mark.parametrize(
    "written",
    [
        None,
        "heading",
        [[0, 8, "poem"]],
        [[8, 0, "heading"]],
        [[0, 900, "heading"]],
        [["a", "b", "heading"]],
        [{}],
    ],
)
def test_what_is_no_block_of_the_text_is_left_out(written: object) -> None:
    assert read_blocks(written, TEXT) == ()


def test_blocks_are_read_as_they_are_written() -> None:
    blocks = build_blocks(TEXT, KINDS)

    assert read_blocks([list(block) for block in blocks], TEXT) == blocks


def test_a_quotation_set_apart_without_marks_stands_in_marks_and_one_with_marks_as_it_is() -> None:
    text = Text.with_blocks(TEXT, build_blocks(TEXT, KINDS))
    first, marked = TEXT.index("It is safe."), TEXT.index("“never”")

    assert (first, first + len("It is safe."), DOUBLE_MARKS) in text.quoted_stretches
    assert (marked, marked + len("“never”"), DOUBLE_MARKS) in text.quoted_stretches
    assert len(text.quoted_stretches) == 2
    assert not text.quoted_characters[TEXT.index("It was")]
