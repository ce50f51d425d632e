"""Which quotes within others are told, without the model."""

import pytest

from claims.extraction.pipeline import drop_redundant_quotes
from claims.extraction.quotes.finding import FoundQuote, complete_cue, nest_quotes
from claims.extraction.schema import Attribution, Span, Speaker

TEXT = 'Ana Bell said she hoped Bo Reza had told police "it is safe", and that they knew you.'
BELL, REZA = (Speaker(name, "person", 0.9, "name") for name in ("Ana Bell", "Bo Reza"))


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def quote(
    source: str, cue: str, content: str, speaker: Speaker | None, within: str | None = None
) -> Attribution:
    around = span(within) if within else None
    return Attribution(
        span(source), span(cue), (span(content),), "indirect", "say", 0.9, speaker, within=around
    )


OUTER = quote("Ana Bell", "said", "she hoped Bo Reza had told police", BELL)
MIDDLE = quote("she", "hoped", "Bo Reza had told police", BELL, within="said")


@pytest.mark.parametrize(
    ("inner", "stays"),
    [
        pytest.param(MIDDLE, False, id="of the outer speaker by a pronoun"),
        pytest.param(
            quote("she", "hoped", "Bo Reza had told police", REZA, within="said"),
            True,
            id="of somebody else",
        ),
        pytest.param(
            quote("Bo Reza", "had told", "police", BELL, within="said"),
            True,
            id="of the outer speaker by name",
        ),
        pytest.param(
            quote("she", "hoped", '"it is safe"', BELL, within="said"),
            True,
            id="with marks of its own",
        ),
        pytest.param(
            quote("she", "hoped", 'police "it is safe", and', BELL, within="said"),
            True,
            id="goes on after it",
        ),
        pytest.param(
            quote("they", "hoped", "police", None, within="said"), True, id="of somebody unclear"
        ),
        pytest.param(
            quote("police", "hoped", "police", None, within="said"),
            True,
            id="of somebody without an actor",
        ),
        pytest.param(quote("you", "hoped", "police", None, within="said"), False, id="of anybody"),
        pytest.param(
            quote("they", "hoped", '"it is safe"', None, within="said"),
            True,
            id="of nobody, with marks",
        ),
    ],
)
def test_an_inner_quote_is_told_where_it_says_more_than_the_outer_one(
    inner: Attribution, stays: bool
) -> None:
    assert (inner in drop_redundant_quotes([OUTER, inner], TEXT)) is stays


def test_a_quote_within_one_that_is_not_told_stands_within_the_next_one_around() -> None:
    inmost = quote("Bo Reza", "had told", "police", REZA, within="hoped")

    assert [(q.cue, q.within) for q in drop_redundant_quotes([OUTER, MIDDLE, inmost], TEXT)] == [
        (span("said"), None),
        (span("had told"), span("said")),
    ]


def test_no_quote_stands_within_itself_by_way_of_another() -> None:
    one = FoundQuote(None, Span(0, 2), (Span(10, 20), Span(40, 44)), 0.9)
    other = FoundQuote(None, Span(12, 14), (Span(0, 5), Span(50, 60)), 0.9)
    inner = FoundQuote(None, Span(52, 54), (Span(55, 58),), 0.9)

    around = {q.cue: q.within for q in nest_quotes([one, other, inner])}

    assert around == {one.cue: None, other.cue: None, inner.cue: other.cue}


@pytest.mark.parametrize(
    ("text", "cue", "whole"),
    [
        pytest.param(
            "Bell said last month it rained.", "said last", "said last month", id="a time"
        ),
        pytest.param(
            "Bell said in an interview that", "said in an", "said in an interview", id="an occasion"
        ),
        pytest.param(
            "Bell said on Monday it rained.", "said on Monday", "said on Monday", id="whole already"
        ),
        pytest.param(
            "Bell said the bridge is safe.", "said the", "said the", id="the content begins there"
        ),
    ],
)
def test_a_cue_that_stops_half_way_goes_on_to_the_next_word(
    text: str, cue: str, whole: str
) -> None:
    at = text.index(cue)
    content = (
        Span(text.index("bridge"), len(text) - 1)
        if "bridge" in text
        else Span(len(text) - 1, len(text))
    )

    assert complete_cue(Span(at, at + len(cue)), text, [content]).of(text) == whole
