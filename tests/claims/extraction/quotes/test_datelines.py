import pytest

from claims.extraction.quotes.datelines import list_datelines, remove_datelines
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from tests.claims.extraction.encoded import build_encoded

REPORT = "At least 12 people drowned when a ferry sank on Monday."


def find_dateline(text: str, **entities: str) -> list[str]:
    encoded = build_encoded(text, entities=entities)
    return [dateline.of(text) for dateline in list_datelines(encoded, Text(text))]


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        pytest.param(f"DHAKA: {REPORT}", "DHAKA: ", id="a known city"),
        pytest.param(
            f"A headline\n\nDHAKA, March 3 (AFP) — {REPORT}", "DHAKA, March 3 (AFP) — ", id="a day"
        ),
        pytest.param(f"VELLING: {REPORT}", "VELLING: ", id="unknown, in capitals at the top"),
        pytest.param(f"It sank\n\nVelling (AP) - {REPORT}", "Velling (AP) - ", id="of an agency"),
    ],
)
def test_a_report_begins_with_where_it_was_written(text: str, dateline: str) -> None:
    assert find_dateline(text) == [dateline]


def test_what_the_encoder_takes_for_a_place_may_be_where_it_was_written() -> None:
    text = f"It sank\n\nVelling: {REPORT}"

    assert find_dateline(text, Velling="B-LOC") == ["Velling: "]
    assert find_dateline(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"France: {REPORT}", id="a state may say something"),
        pytest.param("DHAKA: A ferry sank.", id="a headline"),
        pytest.param(
            "DHAKA: “We grieve for all of the people who drowned there.”", id="a quotation"
        ),
        pytest.param(f"MINISTER: {REPORT}", id="an office"),
        pytest.param(f"DHAKA: {REPORT}\nDELHI: {REPORT}", id="labels of several"),
    ],
)
def test_what_speaks_is_no_dateline(text: str) -> None:
    assert find_dateline(text) == []


def test_nothing_of_a_quote_stands_in_a_dateline() -> None:
    dateline = Span(0, 7)
    quote = FoundQuote(Span(0, 5), Span(20, 24), (Span(0, 18), Span(30, 40)), 0.9)

    kept = remove_datelines([dateline], quote)

    assert kept == FoundQuote(None, Span(20, 24), (Span(7, 18), Span(30, 40)), 0.9)
    assert remove_datelines([Span(18, 22)], quote) is None
    assert remove_datelines([], quote) == quote
