"""What is left out of the quotes found, without the model."""

import pytest

from claims.extraction.quotation import quoted_characters
from claims.extraction.quotes import Found
from claims.extraction.schema import Span
from claims.extraction.selection import LEAST, LEAST_NESTED, selected

TEXT = 'Ana Bell discussed closing the bridge. "It is safe," officials said.\nBridge reopens. Video, 00:01:10'


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def kept(source: str | None, cue: str, content: str, confidence: float) -> bool:
    quote = Found(span(source) if source else None, span(cue), (span(content),), confidence)
    return bool(selected([quote], TEXT, quoted_characters(TEXT)))


@pytest.mark.parametrize(
    ("source", "content", "confidence", "stays"),
    [
        pytest.param("officials", '"It is safe,"', LEAST, True, id="sure enough"),
        pytest.param("officials", '"It is safe,"', LEAST - 0.01, False, id="more likely wrong than right"),
        pytest.param(None, '"It is safe,"', LEAST, True, id="marked as a quotation, speaker unknown"),
    ],
)
def test_a_quote_is_kept_by_how_sure_it_is(source: str | None, content: str, confidence: float, stays: bool) -> None:
    assert kept(source, "said", content, confidence) is stays


@pytest.mark.parametrize(("confidence", "stays"), [(LEAST_NESTED, True), (LEAST_NESTED - 0.01, False)])
def test_a_quote_inside_a_quote_must_be_surer(confidence: float, stays: bool) -> None:
    quote = Found(span("officials"), span("said"), (span('"It is safe,"'),), confidence, within=span("discussed"))

    assert bool(selected([quote], TEXT, quoted_characters(TEXT))) is stays


def test_what_somebody_says_of_their_own_saying_is_no_quote_within_it() -> None:
    text = 'Ana Bell said: "I think it is safe."'
    inner = Found(Span(16, 17), Span(18, 23), (Span(24, 34),), 0.99, within=Span(9, 13))

    assert inner.source == Span(16, 17)
    assert selected([inner], text, quoted_characters(text)) == []


def test_a_topic_of_talks_is_no_quote() -> None:
    assert not kept("Ana Bell", "discussed", "closing the bridge", 0.99)


def test_a_line_of_page_furniture_is_no_quote() -> None:
    assert not kept(None, "Video", "Bridge reopens", 0.99)


@pytest.mark.parametrize(("text", "cue"), [("He also five delegations on salt.", "also"), ("They’ the choice of salt.", "’")])
def test_an_adverb_or_a_mark_alone_is_no_cue(text: str, cue: str) -> None:
    at = text.index(cue)
    quote = Found(Span(0, 2), Span(at, at + len(cue)), (Span(text.index("salt"), len(text) - 1),), 0.9)

    assert not selected([quote], text, quoted_characters(text))
