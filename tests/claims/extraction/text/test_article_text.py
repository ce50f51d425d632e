from collections.abc import Iterator

import pytest

from claims.extraction.text import article_text
from claims.extraction.text.article_text import Text
from claims.extraction.text.quotation import (
    list_paragraphs,
    list_quoted_stretches,
    mark_quoted_characters,
)

TEXT = "Bridge reopens\n\n \n“It is safe,” she said.\nPhoto: the bridge\n"


def test_a_text_is_the_string_that_it_was_made_of() -> None:
    text = Text(TEXT)

    assert text == TEXT
    assert Text.of(text) is text
    assert isinstance(Text.of(TEXT), Text)


def test_a_text_knows_its_paragraphs() -> None:
    text = Text(TEXT)

    words = [text[start:end] for start, end in text.paragraphs]

    assert words == ["Bridge reopens", "“It is safe,” she said.", "Photo: the bridge"]
    assert text.find_paragraph(text.index("she")) == 1
    assert Text("\nIt rained.").find_paragraph(0) == -1


def test_a_text_knows_what_is_quoted_and_what_is_page_furniture() -> None:
    text = Text(TEXT)

    assert text.quoted_stretches == list(list_quoted_stretches(TEXT))
    assert text.quoted_characters.tolist() == mark_quoted_characters(TEXT).tolist()
    assert text.furniture_characters[text.index("Photo")]
    assert not text.furniture_characters[text.index("she")]


def test_what_a_text_knows_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def note_call(text: str) -> Iterator[tuple[int, int]]:
        calls.append(text)
        return list_paragraphs(text)

    monkeypatch.setattr(article_text, "list_paragraphs", note_call)
    text = Text(TEXT)

    marks = [text.quoted_characters, text.furniture_characters, text.quoted_characters]

    assert marks[0] is marks[2]
    assert text.paragraph_starts
    assert len(calls) == 1
