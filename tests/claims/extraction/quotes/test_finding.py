from claims.extraction.quotes.finding import select_compatible_quotes
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span


def test_of_two_cues_that_claim_the_same_words_the_surer_has_them() -> None:
    sure = FoundQuote(None, Span(0, 4), (Span(10, 50),), 0.9)
    rival = FoundQuote(None, Span(60, 64), (Span(12, 50),), 0.6)
    inner = FoundQuote(None, Span(70, 74), (Span(30, 50),), 0.5)

    assert select_compatible_quotes([rival, inner, sure]) == [sure, inner]


def test_two_readings_of_one_cue_are_one_quote() -> None:
    sure = FoundQuote(None, Span(0, 8), (Span(10, 50),), 0.9)
    other = FoundQuote(None, Span(5, 8), (Span(60, 90),), 0.6)

    assert select_compatible_quotes([other, sure]) == [sure]
