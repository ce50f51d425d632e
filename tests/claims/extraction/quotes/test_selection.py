"""What is left out of the quotes found, without the model."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.selection import LEAST_CONFIDENCE, select_trustworthy_quotes
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text

TEXT = 'Ana Bell discussed closing the bridge. "It is safe," officials said.\nBridge reopens. Video, 00:01:10'


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def kept(source: str | None, cue: str, content: str, confidence: float) -> bool:
    quote = FoundQuote(span(source) if source else None, span(cue), (span(content),), confidence)
    return bool(select_trustworthy_quotes([quote], Text(TEXT)))


@pytest.mark.parametrize(
    ("source", "content", "confidence", "stays"),
    [
        pytest.param("officials", '"It is safe,"', LEAST_CONFIDENCE, True, id="sure enough"),
        pytest.param(
            "officials",
            '"It is safe,"',
            LEAST_CONFIDENCE - 0.01,
            False,
            id="more likely wrong than right",
        ),
        pytest.param(
            None,
            '"It is safe,"',
            LEAST_CONFIDENCE,
            True,
            id="marked as a quotation, speaker unknown",
        ),
    ],
)
def test_a_quote_is_kept_by_how_sure_it_is(
    source: str | None, content: str, confidence: float, stays: bool
) -> None:
    assert kept(source, "said", content, confidence) is stays


NESTED = "Ana Bell said that officials claimed it is safe, and wanted to go."


def within(
    text: str, outer: tuple[str, str, float], inner: tuple[str, str, float], source: str
) -> list[str]:
    """The cues that stay of an outer quote and one in its content, each given by cue, content and confidence."""

    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    quotes = [
        FoundQuote(at("Ana Bell"), at(outer[0]), (at(outer[1]),), outer[2]),
        FoundQuote(at(source), at(inner[0]), (at(inner[1]),), inner[2], within=at(outer[0])),
    ]
    return [quote.cue.of(text) for quote in select_trustworthy_quotes(quotes, Text(text))]


@pytest.mark.parametrize(
    ("cue", "content", "confidence", "stays"),
    [
        ("claimed", "it is safe", LEAST_CONFIDENCE, True),
        ("claimed", "it is safe", LEAST_CONFIDENCE - 0.01, False),
        ("wanted", "to go", LEAST_CONFIDENCE, True),
        ("wanted", "to go", LEAST_CONFIDENCE - 0.01, False),
    ],
)
def test_a_quote_inside_a_quote_must_be_as_sure(
    cue: str, content: str, confidence: float, stays: bool
) -> None:
    outer = ("said", "that officials claimed it is safe, and wanted to go", 0.9)

    assert (
        within(NESTED, outer, (cue, content, confidence), "officials") == ["said", cue][: 1 + stays]
    )


def test_a_quote_inside_what_is_no_quote_stays() -> None:
    outer = ("said", "that officials claimed it is safe, and wanted to go", LEAST_CONFIDENCE - 0.01)

    inner = ("claimed", "it is safe", LEAST_CONFIDENCE)

    assert within(NESTED, outer, inner, "officials") == ["claimed"]


def test_what_somebody_says_of_their_own_belief_is_a_quote_within_it() -> None:
    text = "Ana Bell said: “I think it is safe.”"

    assert within(
        text, ("said", "“I think it is safe.”", 0.9), ("think", "it is safe", 0.99), "I"
    ) == ["said", "think"]


def test_a_line_of_page_furniture_is_no_quote() -> None:
    assert not kept(None, "Video", "Bridge reopens", 0.99)
