"""Persons whom a source means without their names."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import EntityKind
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, list_entities


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Ann Hart, 41, won.", "The 41-year-old", "Ann Hart"),
        ("Ann Hart, 41, and Bea Roe, 39, won.", "The 39-year-old", "Bea Roe"),
        ("Ann Hart and Bea Roe won.", "The 39-year-old", None),
        ("Ann Hart won.", "The mum-of-two", "Ann Hart"),
        ("Ann Hart won.", "The dad-of-two", None),
        ("Ann Hart, 41, won.", "The 41-year-old's lawyers", "41-year-old's lawyers"),
    ],
)
def test_somebody_called_by_age_or_children(before: str, source: str, name: str | None) -> None:
    text = f"{before} {source} said it was late."
    quote = FoundQuote(
        find_span(text, source), find_span(text, "said"), (find_span(text, "it was late"),), 0.9
    )
    names: dict[str, EntityKind] = {
        person: "PER" for person in ("Ann Hart", "Bea Roe") if person in text
    }

    found = resolve_speakers(ArticleContext(text, list_entities(text, names)), [quote])[0].speaker

    assert (found and found.name) == name
