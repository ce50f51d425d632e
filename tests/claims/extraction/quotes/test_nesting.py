"""Which quotes stand within others, and which of those are told."""

from dataclasses import replace

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.nesting import drop_reasons, nest_quotes
from claims.extraction.schema import Attribution, Detail, Span, Speaker

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


def test_a_reason_why_somebody_has_no_name_is_not_told() -> None:
    reason = replace(MIDDLE, details=(Detail("anonymity", span("she hoped")),))

    assert drop_reasons([OUTER, reason]) == [OUTER]
    assert drop_reasons([OUTER, MIDDLE]) == [OUTER, MIDDLE]


def test_a_quote_within_one_that_is_not_told_stands_within_the_next_one_around() -> None:
    reason = replace(MIDDLE, details=(Detail("anonymity", span("she hoped")),))
    inmost = quote("Bo Reza", "had told", "police", REZA, within="hoped")

    assert [(q.cue, q.within) for q in drop_reasons([OUTER, reason, inmost])] == [
        (span("said"), None),
        (span("had told"), span("said")),
    ]


def test_no_quote_stands_within_itself_by_way_of_another() -> None:
    one = FoundQuote(None, Span(0, 2), (Span(10, 20), Span(40, 44)), 0.9)
    other = FoundQuote(None, Span(12, 14), (Span(0, 5), Span(50, 60)), 0.9)
    inner = FoundQuote(None, Span(52, 54), (Span(55, 58),), 0.9)

    around = {q.cue: q.within for q in nest_quotes([one, other, inner])}

    assert around == {one.cue: None, other.cue: None, inner.cue: other.cue}


def test_a_quote_inside_a_quote_knows_the_innermost_around_it() -> None:
    outer, middle, inner, apart = (
        FoundQuote(None, Span(0, 4), (Span(5, 100),), 0.9),
        FoundQuote(None, Span(10, 14), (Span(15, 60),), 0.9),
        FoundQuote(None, Span(20, 24), (Span(25, 60),), 0.9),
        FoundQuote(None, Span(110, 114), (Span(115, 160),), 0.9),
    )

    assert [quote.within for quote in nest_quotes([outer, middle, inner, apart])] == [
        None,
        outer.cue,
        middle.cue,
        None,
    ]


def test_a_quote_does_not_stand_within_itself() -> None:
    around = FoundQuote(None, Span(20, 24), (Span(5, 18), Span(26, 60)), 0.9)

    assert nest_quotes([around])[0].within is None
