"""What the words of a quote and those around it tell, by the names of traits."""

import pytest

from claims.extraction.quotes.traits import list_traits
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text


def find(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "traits"),
    [
        pytest.param(
            "Bell has denied that it rained.",
            "Bell",
            "has denied",
            "that it rained",
            {"verb deny", "act deny", "form past", "source a name", "source first", "begins that"},
            id="a denial",
        ),
        pytest.param(
            "“It rained,” said she.",
            "she",
            "said",
            "“It rained,”",
            {"cue said", "source she", "source last", "content before", "before ”"},
            id="turned round",
        ),
        pytest.param(
            "To say it rained\nNo.",
            "",
            "say",
            "it rained",
            {"form plain", "before to", "source none", "a line without an end", "then \n"},
            id="a heading",
        ),
        pytest.param(
            "Word came. “He asked: was it rain?”",
            "He",
            "asked",
            "was it rain?",
            {"quoted cue 1", "asks True", "behind :", "source he"},
            id="within a quotation",
        ),
    ],
)
def test_a_quote_has_the_traits_of_its_words(
    text: str, source: str, cue: str, content: str, traits: set[str]
) -> None:
    span_of_source = find(text, source) if source else None

    found = list_traits(span_of_source, find(text, cue), [find(text, content)], Text(text))

    assert traits <= set(found)
    assert len(found) == len(set(found))
