"""The persons that an article names."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import Entity, PersonIndex
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, list_entities


def test_an_initial_between_makes_no_second_person() -> None:
    text = "Paul R. Tan and Paul Tan"

    people = PersonIndex(text, list_entities(text, {"Paul R. Tan": "PER", "Paul Tan": "PER"}))

    assert len(people.persons) == 1


@pytest.mark.parametrize(("full", "later"), [("Peter Hall", "Hall"), ("Ruth Okafor-Lind", "Lind")])
def test_a_surname_is_known_even_where_it_is_not_read_as_a_name(full: str, later: str) -> None:
    text = f"{full} came. Then {later} said it was late."
    known = [Entity(Span(0, len(full)), "PER")]
    if "-" in full:
        known.append(Entity(find_span(text, later, "Then"), "PER"))
    quote = FoundQuote(
        find_span(text, later, "Then"),
        find_span(text, "said"),
        (find_span(text, "it was late"),),
        0.9,
    )

    found = resolve_speakers(ArticleContext(text, known), [quote])[0].speaker

    assert found
    assert found.name == full
