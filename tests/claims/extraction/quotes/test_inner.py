"""Quotes inside quotes that are found by reading a content again, and which of them are told."""

from threading import Event

import pytest
from spacy.language import Language

from claims.extraction.pipeline import QuotesComponent, load
from claims.extraction.quotes.inner import (
    has_unread_report,
    list_quotes_by_inner_rules,
    strip_marks,
)
from claims.extraction.schema import Span


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def test_reading_again_does_not_wait_for_the_articles_that_come_after(nlp: Language) -> None:
    """Else the first would be finished only once all that was begun is read, with nothing left to read meanwhile."""
    component = nlp.get_pipe("newsroom_quotes")
    assert isinstance(component, QuotesComponent)
    doc = nlp.make_doc("Ann Bell said the mill had claimed that the dust was harmless.")
    outcome = component.begin(doc)()
    gate = Event()
    held = [component.encoder.pool.submit(gate.wait, 60) for _ in range(component.encoder.threads)]

    finished = component.finish(doc, outcome)

    assert not any(each.done() for each in held)
    assert [quote.cue.of(doc.text) for quote in finished._.quotes] == ["said", "had claimed"]
    gate.set()


def told(nlp: Language, text: str) -> list[tuple[str | None, str, str | None]]:
    """Speaker, cue and the cue of the quote around it."""
    quotes = nlp(text)._.quotes
    return [
        (q.speaker and q.speaker.name, q.cue.of(text), q.within and q.within.of(text))
        for q in quotes
    ]


@pytest.mark.parametrize(
    ("content", "more"),
    [
        pytest.param("the mill had claimed it was safe", True, id="a verb of reporting"),
        pytest.param("the mill was safe", False, id="none"),
        pytest.param("the United States was ready", False, id="a name that looks like one"),
        pytest.param("I think we said enough", False, id="the speaker's own"),
        pytest.param("I doubt that they told you", True, id="the speaker's own, and another's"),
    ],
)
def test_a_content_is_read_again_where_somebody_else_reports_in_it(
    content: str, more: bool
) -> None:
    assert has_unread_report(Span(0, len(content)), content, set()) is more


def test_a_cue_that_is_known_is_no_reason_to_read_again() -> None:
    text = "the mill had claimed it was safe"

    assert not has_unread_report(Span(0, len(text)), text, set(range(9, 20)))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(' "It is safe," ', "It is safe,", id="marks"),
        pytest.param("it is safe", "it is safe", id="none"),
        pytest.param('it is "safe"', 'it is "safe"', id="those of a quotation inside"),
        pytest.param("“ ”", "“ ”", id="nothing else"),
    ],
)
def test_the_marks_around_a_content_are_left_out(content: str, words: str) -> None:
    assert strip_marks(Span(0, len(content)), content).of(content) == words


def test_quotes_are_found_at_three_depths_each_within_the_one_around_it(nlp: Language) -> None:
    text = "Ambassador Lee Corbin said Iran had claimed that France denied the site was empty."

    assert told(nlp, text) == [
        ("Lee Corbin", "said", None),
        ("Iran", "had claimed", "said"),
        ("France", "denied", "had claimed"),
    ]


def test_what_is_evident_ends_with_its_paragraph() -> None:
    text = "The US has evidence that it rained\nIn May it snowed"

    (quote,) = list_quotes_by_inner_rules(Span(0, len(text)), text)

    assert [content.of(text) for content in quote.contents] == ["that it rained"]
