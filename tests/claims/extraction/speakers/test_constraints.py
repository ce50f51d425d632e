"""Who cannot be a quote's speaker, whatever speaks for it: each constraint by its example."""

import numpy as np
import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.candidates import CandidateTable
from claims.extraction.speakers.constraints import CONSTRAINTS, exclude_candidates
from claims.extraction.speakers.features import build_features
from claims.extraction.speakers.people import EntityKind
from tests.claims.extraction.speakers.articles import find_span, list_entities

NAMES: dict[str, EntityKind] = {
    "Ana Bell": "PER",
    "Omar Diaz": "PER",
    "Olga Dahl": "PER",
    "Osei": "PER",
    "Lund": "PER",
    "Britain": "LOC",
    "Government House": "ORG",
}


def list_candidates(text: str, source: str, after: str) -> tuple[set[str], set[str]]:
    """Return the candidates of what `source` said, first those that are left, then those ruled out."""
    quote = FoundQuote(
        find_span(text, source, after),
        find_span(text, "said", after),
        (find_span(text, "it rained", after),),
        0.9,
    )
    known = {name: kind for name, kind in NAMES.items() if name in text}
    article = ArticleContext(text, list_entities(text, known))
    table = CandidateTable(article, [quote])
    excluded = exclude_candidates(table, build_features(table))
    names = {row: table.actors[table.actor_of[row]].name for row in table.get_rows(0)}
    left = {name for row, name in names.items() if not excluded[row]}
    return left, set(names.values()) - left


@pytest.mark.parametrize(
    ("text", "source", "after", "ruled_out"),
    [
        pytest.param(
            "Omar Diaz spoke on. Later Ana Bell said it rained.",
            "Ana Bell",
            "Later",
            "Omar Diaz",
            id="another than who is named",
        ),
        pytest.param(
            "Mrs Osei met Mr Lund. Later he said it rained.",
            "he",
            "Later",
            "Osei",
            id="another gender by title",
        ),
        pytest.param(
            "Omar Diaz spoke on. Later he and Ana Bell said it rained.",
            "he and Ana Bell",
            "Later",
            "Ana Bell",
            id="one of two",
        ),
        pytest.param(
            "Omar Diaz met Olga Dahl. Later OD said it rained.",
            "OD",
            "Later",
            "Omar Diaz",
            id="one of two with these initials",
        ),
        pytest.param(
            "Omar Diaz spoke on. Later The Diaz said it rained.",
            "The Diaz",
            "Later",
            "Omar Diaz",
            id="a person for a ship",
        ),
        pytest.param(
            "Omar Diaz met Omar Diaz’ lawyer. Later Omar Diaz’ lawyer said it rained.",
            "Omar Diaz’ lawyer",
            "Later",
            "Omar Diaz",
            id="whose lawyer it is",
        ),
        pytest.param(
            "The Government House is old. Later the government said it rained.",
            "the government",
            "Later",
            "Government House",
            id="a body with the noun aside",
        ),
        pytest.param(
            "Omar Diaz spoke on. Later everyone said it rained.",
            "everyone",
            "Later",
            "Omar Diaz",
            id="somebody, where it is nobody",
        ),
    ],
)
def test_what_no_score_may_overrule(text: str, source: str, after: str, ruled_out: str) -> None:
    left, excluded = list_candidates(text, source, after)

    assert ruled_out in excluded
    assert ruled_out not in left


def test_a_state_is_called_by_its_one_name() -> None:
    left, _ = list_candidates("Later Britain said it rained.", "Britain", "Later")

    assert "United Kingdom" in left
    assert "Britain" not in left


def test_who_is_named_is_not_ruled_out() -> None:
    left, _ = list_candidates(
        "Omar Diaz spoke on. Later Ana Bell said it rained.", "Ana Bell", "Later"
    )

    assert left == {"Ana Bell"}


def test_nobody_is_never_ruled_out() -> None:
    text = "Everyone said it rained."
    quote = FoundQuote(
        find_span(text, "Everyone"), find_span(text, "said"), (find_span(text, "it rained"),), 0.9
    )
    table = CandidateTable(ArticleContext(text, []), [quote])

    excluded = exclude_candidates(table, build_features(table))

    assert not excluded[table.is_nobody].any()
    assert np.all(excluded[~table.is_nobody])


def test_each_constraint_has_a_name_and_an_example() -> None:
    names = [constraint.name for constraint in CONSTRAINTS]

    assert len(set(names)) == len(names)
    assert all("→" in constraint.example for constraint in CONSTRAINTS)
