import pytest

from claims.extraction.quotes import Found, whole, without_rivals
from claims.extraction.schema import Span

TEXT = "He said it would end during his call with the Russian president. She left for the “moon”, Ann said."


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


@pytest.mark.parametrize(
    ("content", "others", "expected"),
    [
        pytest.param(
            "it would end during his call with the", [], "it would end during his call with the Russian president", id="cut"
        ),
        pytest.param("it would end", [], "it would end", id="an end like any other"),
        pytest.param("She left for the", [], "She left for the", id="nothing before the mark"),
        pytest.param("it would end during his", ["call"], "it would end during his", id="another part in the way"),
    ],
)
def test_a_content_that_stops_at_a_small_word_goes_on_to_the_end_of_its_clause(
    content: str, others: list[str], expected: str
) -> None:
    assert whole(span(content), TEXT, [span(other) for other in others]).of(TEXT) == expected


def test_of_two_cues_that_claim_the_same_words_the_surer_has_them() -> None:
    sure = Found(None, Span(0, 4), (Span(10, 50),), 0.9)
    rival = Found(None, Span(60, 64), (Span(12, 50),), 0.6)
    inner = Found(None, Span(70, 74), (Span(30, 50),), 0.5)

    assert without_rivals([rival, inner, sure]) == [sure, inner]
