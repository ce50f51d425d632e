"""What is left out of the quotes found, without the model."""

import pytest

from claims.extraction.features import quoted_characters
from claims.extraction.quotes import Found
from claims.extraction.schema import Span
from claims.extraction.selection import LEAST, LEAST_UNSOURCED, selected

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
        pytest.param(None, "closing the bridge", LEAST_UNSOURCED, True, id="no source, but very sure"),
        pytest.param(None, "closing the bridge", LEAST_UNSOURCED - 0.01, False, id="no source, not so sure"),
    ],
)
def test_a_quote_is_kept_by_how_sure_it_is(source: str | None, content: str, confidence: float, stays: bool) -> None:
    assert kept(source, "said", content, confidence) is stays


def test_a_topic_of_talks_is_no_quote() -> None:
    assert not kept("Ana Bell", "discussed", "closing the bridge", 0.99)


def test_a_line_of_page_furniture_is_no_quote() -> None:
    assert not kept(None, "Video", "Bridge reopens", 0.99)
