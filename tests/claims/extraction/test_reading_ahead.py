import re
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from spacy.language import Language

from claims.extraction import reading_ahead
from claims.extraction.pipeline import load, read_article
from claims.extraction.reading_ahead import Reading, begin, keep_ahead, read_each
from claims.extraction.records import ArticleText
from claims.extraction.schema import Attribution
from claims.extraction.text.blocks import build_blocks
from claims.extraction.time_limits import TookTooLong

DAY = date(2024, 3, 5)
TEXTS = [
    "Ana Bell said on Monday that the bridge is safe.",
    "Nobody spoke.",
    "The ferry is late, Omar Reza told reporters.",
    '"We wait," said Ruth Okafor.',
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


class Noted:
    """A reading that notes what is done with it."""

    def __init__(self, name: str, words: int, notes: list[str]):
        self.name, self.words, self.notes = name, words, notes
        notes.append(f"{name} begun")

    def __call__(self) -> Sequence[Attribution]:
        return []

    def cancel(self) -> None:
        self.notes.append(f"{self.name} cancelled")


def begun(notes: list[str], *words: int) -> Iterator[tuple[Reading | None, str]]:
    """A reading of so many words for each name in the order of the alphabet; without words no reading."""
    for name, number in zip("abcdefghij", words, strict=False):
        yield Noted(name, number, notes) if number else None, name


def go_through(notes: list[str], *words: int) -> list[str]:
    for _, name in keep_ahead(begun(notes, *words)):
        notes.append(f"{name} out")
    return notes


def test_articles_are_begun_ahead_up_to_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead, "AHEAD", 2)

    notes = go_through([], 5, 5, 5, 5)

    assert notes == ["a begun", "b begun", "c begun", "a out", "d begun", "b out", "c out", "d out"]


def test_articles_are_begun_ahead_up_to_so_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead, "WORDS_AHEAD", 10)

    notes = go_through([], 5, 5, 1, 20)

    assert notes == ["a begun", "b begun", "c begun", "a out", "d begun", "b out", "c out", "d out"]


def test_what_needs_no_reading_waits_only_for_what_comes_before_it() -> None:
    notes = go_through([], 0, 0, 5, 0)

    assert notes == ["a out", "b out", "c begun", "c out", "d out"]


def test_what_was_begun_is_cancelled_where_all_ends() -> None:
    notes: list[str] = []
    run = keep_ahead(begun(notes, *[reading_ahead.WORDS_AHEAD] * 3))

    next(run)
    run.close()

    assert notes == ["a begun", "b begun", "b cancelled"]


def test_what_is_read_ahead_is_read_as_one_at_a_time(nlp: Language) -> None:
    articles: list[tuple[ArticleText, int]] = [
        (ArticleText(text, DAY, "Harbour Herald"), at) for at, text in enumerate(TEXTS)
    ]

    found = list(read_each(nlp, articles))

    assert found == [
        (at, read_article(nlp, text, DAY, "Harbour Herald")) for at, text in enumerate(TEXTS)
    ]
    assert any(quotes for _, quotes in found)


def test_what_goes_wrong_with_one_article_is_its_own_outcome(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    component: Any = nlp.get_pipe("newsroom_quotes")
    finish, make_doc = component.finish, nlp.make_doc

    def finish_unless_late(doc: Any, encoded: Any) -> Any:
        if "late" in doc.text:
            raise ValueError("too odd")
        return finish(doc, encoded)

    def make_unless_silent(text: str) -> Any:
        if "Nobody" in text:
            raise KeyError("too silent")
        return make_doc(text)

    monkeypatch.setattr(component, "finish", finish_unless_late)
    monkeypatch.setattr(nlp, "make_doc", make_unless_silent)

    outcomes = [
        outcome
        for _, outcome in read_each(nlp, [(ArticleText(text, None), None) for text in TEXTS])
    ]

    assert [type(outcome) for outcome in outcomes] == [list, KeyError, ValueError, list]


def test_an_article_that_takes_too_long_is_left_and_the_rest_is_read(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    component: Any = nlp.get_pipe("newsroom_quotes")
    finish = component.finish

    def finish_slowly(doc: Any, encoded: Any) -> Any:
        if "late" in doc.text:
            re.match("(?:a|a)*b", "a" * 40)
        return finish(doc, encoded)

    list(read_each(nlp, [(ArticleText(text, None), None) for text in TEXTS]))  # the model is opened
    monkeypatch.setattr(component, "finish", finish_slowly)

    outcomes = [
        outcome
        for _, outcome in read_each(
            nlp, [(ArticleText(text, None), None) for text in TEXTS], seconds=3
        )
    ]

    assert [type(outcome) for outcome in outcomes] == [list, list, TookTooLong, list]
    assert str(outcomes[2]) == "reading it for quotes takes longer than 3 seconds"


def test_a_reading_that_is_cancelled_gives_nothing(nlp: Language) -> None:
    reading = begin(nlp, ArticleText(TEXTS[0], None))

    reading.cancel()

    with pytest.raises(RuntimeError, match="cancelled"):
        reading()


def test_a_text_whose_lines_were_cut_is_read_as_the_text_itself(nlp: Language) -> None:
    paragraphs = (
        "The bridge over the harbour will stay open through the winter, Mayor Carla Dent said on"
        " Tuesday, after engineers who had been sent by the county found no cracks in it.",
        "“We have checked every bolt of it, and there is nothing to be afraid of,” she told reporters"
        " at the ferry pier, where about forty people had gathered in the rain.",
        "Nils Berg, the chairman of the union, said that it had not been safe for years, and asked"
        " the council for another look at all of its papers.",
    )
    whole = "\n".join(paragraphs)
    cut = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in paragraphs)

    (_, as_it_was), (_, as_cut) = read_each(
        nlp, [(ArticleText(whole, DAY), 0), (ArticleText(cut, DAY), 1)]
    )

    assert list_said(as_cut, cut) == list_said(as_it_was, whole)
    assert len(list_said(as_cut, cut)) >= 3


def list_said(quotes: Sequence[Attribution] | Exception, text: str) -> list[tuple[str, list[str]]]:
    """Return who says which words."""
    assert not isinstance(quotes, Exception)
    said = []
    for quote in quotes:
        words = " ".join(content.of(text) for content in quote.contents).split()
        said.append((quote.speaker.name if quote.speaker else "", words))
    return said


def test_nobody_says_a_heading_and_a_list_is_of_who_introduces_it(nlp: Language) -> None:
    lines = {
        "Carla Dent: bridge is safe": "heading",
        "The bridge was closed for an hour on Monday evening.": "paragraph",
        "Mayor Carla Dent said the council would pay for:": "paragraph",
        "new lamps on both sides of the river": "item",
        "a ferry every ten minutes": "item",
    }
    text = "\n".join(lines)
    blocks = build_blocks(text, list(lines.values()))

    ((_, quotes),) = read_each(nlp, [(ArticleText(text, DAY, blocks=blocks), 0)])

    ((speaker, words),) = list_said(quotes, text)
    assert speaker == "Carla Dent"
    assert " ".join(words).endswith("both sides of the river a ferry every ten minutes")
