import pytest

from claims.extraction.quotes import Found, compatible, nested, whole
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

    assert compatible([rival, inner, sure]) == [sure, inner]


def test_two_readings_of_one_cue_are_one_quote() -> None:
    sure = Found(None, Span(0, 8), (Span(10, 50),), 0.9)
    other = Found(None, Span(5, 8), (Span(60, 90),), 0.6)

    assert compatible([other, sure]) == [sure]


def test_a_quote_inside_a_quote_knows_the_innermost_around_it() -> None:
    outer, middle, inner, apart = (
        Found(None, Span(0, 4), (Span(5, 100),), 0.9),
        Found(None, Span(10, 14), (Span(15, 60),), 0.9),
        Found(None, Span(20, 24), (Span(25, 60),), 0.9),
        Found(None, Span(110, 114), (Span(115, 160),), 0.9),
    )

    assert [quote.within for quote in nested([outer, middle, inner, apart])] == [None, outer.cue, middle.cue, None]


def test_a_quote_does_not_stand_within_itself() -> None:
    around = Found(None, Span(20, 24), (Span(5, 18), Span(26, 60)), 0.9)

    assert nested([around])[0].within is None
