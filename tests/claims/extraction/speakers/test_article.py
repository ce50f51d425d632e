"""The full names that letters stand for, and how what is described is told from names."""

import pytest

from claims.extraction.speakers.actors import ActorIndex
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import EntityKind
from tests.claims.extraction.speakers.articles import list_entities


@pytest.mark.parametrize(
    ("text", "letters", "name"),
    [
        ("The Bank of the North (BoN) paid.", "BoN", "Bank of the North"),
        ("The Bank of the North paid.", "BN", "Bank of the North"),
        ("The Hill Peoples Party (HPPA) won.", "HPPA", "Hill Peoples Party"),
        ("Grupo Puerto Interior (GPI) paid.", "GPI", "Grupo Puerto Interior"),
        ("It rained in May. Roads Board (RB) staff came.", "RB", "Roads Board"),
        ("Ana Bell (HPPA) won.", "HPPA", "HPPA"),
        ("Ana Bell came to the Roads Board.", "AB", "AB"),
    ],
)
def test_letters_are_the_body_that_has_them(text: str, letters: str, name: str) -> None:
    names: dict[str, EntityKind] = {
        "Bank of the North": "ORG",
        "Hill Peoples Party": "ORG",
        "Ana Bell": "PER",
    }
    article = ArticleContext(text, list_entities(text, names))

    assert article.find_full_name(letters) == name


def test_a_name_that_stops_at_a_small_word_goes_on() -> None:
    text = "The University of the Hills met. The Board of said so."
    names: dict[str, EntityKind] = {"University of the": "ORG", "Board of": "ORG"}

    article = ArticleContext(text, list_entities(text, names))

    found = [entity.span.of(text) for entity in article.entities]
    assert found == ["University of the Hills", "Board"]


def test_the_noun_of_a_name_describes_nobody() -> None:
    text = "The Department of Roads met. The committee met, too."
    names: dict[str, EntityKind] = {"Department of Roads": "ORG"}

    index = ActorIndex(ArticleContext(text, list_entities(text, names)))

    assert [actor.name for actor in index.actors] == ["Department of Roads", "committee"]


def test_a_company_is_called_by_its_name_with_its_form_wherever_that_stands() -> None:
    text = "Norvent paid. Norvent Holdings said so. Norvent Bank did not."
    names: dict[str, EntityKind] = {
        "Norvent": "ORG",
        "Norvent Holdings": "ORG",
        "Norvent Bank": "ORG",
    }

    alone = ActorIndex(ArticleContext(text[:37], list_entities(text[:37], names)))
    both = ActorIndex(ArticleContext(text, list_entities(text, names)))

    assert [actor.name for actor in alone.actors] == ["Norvent Holdings"]
    assert [actor.name for actor in both.actors] == ["Norvent", "Norvent Holdings", "Norvent Bank"]
