import pytest

from claims.extraction.quotes.quoted import find_quoted_as_parts
from claims.extraction.schema import Span


def find_parts(text: str, cue: str, *pieces: str) -> list[str] | None:
    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    parts = find_quoted_as_parts(span(cue), [span(piece) for piece in pieces], text)
    if parts is None:
        return None
    source, words, contents = parts
    return [part.of(text) for part in (source, words, *contents)]


@pytest.mark.parametrize(
    ("text", "cue", "pieces", "expected"),
    [
        pytest.param(
            "Nils Berg was quoted as saying the pier is safe.",
            "quoted",
            ["Nils Berg", "the pier is safe"],
            ["Nils Berg", "was quoted as saying", "the pier is safe"],
            id="before the words",
        ),
        pytest.param(
            "“It is safe,” Nils Berg, a diver, was quoted by the Herald as saying.",
            "was quoted",
            ["“It is safe,”", "Nils Berg"],
            ["Nils Berg", "was quoted by the Herald as saying", "“It is safe,”"],
            id="after what is said, with an apposition",
        ),
        pytest.param(
            "Nils Berg was quoted by the paper as saying the road was safe.",
            "quoted",
            ["Nils Berg", "by the paper as saying the road was safe"],
            ["Nils Berg", "was quoted by the paper as saying", "the road was safe"],
            id="a piece that begins within the words",
        ),
        pytest.param(
            "Nils Berg was asked to leave.", "asked", ["Nils Berg", "to leave"], None, id="no such"
        ),
        pytest.param(
            "He was quoted as saying it.", "quoted", ["He"], None, id="nothing that is said"
        ),
    ],
)
def test_who_was_quoted_as_saying_something_is_its_source(
    text: str, cue: str, pieces: list[str], expected: list[str] | None
) -> None:
    assert find_parts(text, cue, *pieces) == expected
