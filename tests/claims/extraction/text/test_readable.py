"""Texts as they are read, and where they stand in the text as it was given."""

import pytest

from claims.extraction.schema import Span
from claims.extraction.text.readable import ReadableText

HYPHENATED = """The leader of the council, Mar-
garet Osgood, said the plan was "uncon-
stitutional and waste-
ful" and would be with-
drawn."""


def test_cut_words_are_whole_where_they_are_read() -> None:
    readable = ReadableText(HYPHENATED)
    start = readable.text.index("Margaret Osgood")

    assert readable.text == (
        "The leader of the council, Margaret Osgood, said the plan was "
        '"unconstitutional and wasteful" and would be withdrawn.'
    )
    assert readable.find_original(Span(start, start + 15)).of(HYPHENATED) == "Mar-\ngaret Osgood"
    assert readable.find_readable(HYPHENATED.index("Osgood")) == readable.text.index("Osgood")


@pytest.mark.parametrize(
    ("text", "content", "words"),
    [
        ("&ldquo;It is,&rdquo; he said.", "“It is,”", "It is,"),
        ("He said it was &ldquo;so&rdquo;.", "it was “so”", "it was &ldquo;so&rdquo;"),
        ("“It is&nbsp;so,” he said.", "“It is\u00a0so,”", "“It is&nbsp;so,”"),
    ],
    ids=["around", "within", "marks of one character"],
)
def test_marks_for_which_several_characters_stand_are_no_words(
    text: str, content: str, words: str
) -> None:
    readable = ReadableText(text)
    start = readable.text.index(content)

    assert readable.find_words(Span(start, start + len(content))).of(text) == words
