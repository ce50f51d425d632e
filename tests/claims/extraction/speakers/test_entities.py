import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.speakers.entities import add_names_in_labels
from claims.extraction.speakers.people import Entity


@pytest.mark.parametrize(
    ("label", "named"),
    [("ANA BELL", True), ("Bell", True), ("Poll", False), ("Caption", False), ("Minister", False)],
)
def test_a_label_is_a_name_unless_it_is_a_part_or_a_thing(label: str, named: bool) -> None:
    text = f"{label}: the pier is liked"
    end = len(label)
    quote = FoundQuote(Span(0, end), Span(end, end + 1), (Span(end + 2, len(text)),), 0.9)

    names = add_names_in_labels([], [quote], text)

    assert names == ([Entity(Span(0, end), "PER")] if named else [])
