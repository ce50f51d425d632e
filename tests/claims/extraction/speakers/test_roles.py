"""What an article calls a person, and whom it means by that later."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, find_speaker, list_entities


@pytest.mark.parametrize(
    ("introduced", "later"),
    [
        pytest.param("Ana Bell, the city engineer,", "the engineer", id="apposition"),
        pytest.param(
            "Minister of State for Roads and head of works Ana Bell",
            "The minister",
            id="title far ahead",
        ),
        pytest.param(
            "Minister of State for Roads and head of works Ana Bell", "the head", id="second role"
        ),
    ],
)
def test_a_role_is_whoever_the_article_gives_it(introduced: str, later: str) -> None:
    text = (
        f"{introduced} said it was safe. Omar Diaz left. {later} added that work would end in May."
    )
    first = FoundQuote(
        find_span(text, introduced), find_span(text, "said"), (find_span(text, "it was safe"),), 0.9
    )
    second = FoundQuote(
        find_span(text, later, "left"),
        find_span(text, "added"),
        (find_span(text, "that work would end in May"),),
        0.9,
    )

    found = resolve_speakers(
        ArticleContext(text, list_entities(text, {"Ana Bell": "PER", "Omar Diaz": "PER"})),
        [first, second],
    )[1].speaker

    assert found
    assert (found.name, found.method) == ("Ana Bell", "description")


def test_a_role_of_two_people_is_not_sure() -> None:
    text = "Ana Bell, an engineer, met Omar Diaz, an engineer. The engineer said it was safe."

    found = find_speaker(
        text, "The engineer", "said", "it was safe", Ana_Bell="PER", Omar_Diaz="PER"
    )

    assert found is None or found.confidence < 0.7


@pytest.mark.parametrize(
    ("text", "role", "bearers"),
    [
        ("The priest Omar Bell came.", "priest", ["Omar Bell"]),
        ("Ann and her husband Omar Bell came.", "husband", []),
        ("Omar Bell, the city's engineer and a poet, came.", "poet", ["Omar Bell"]),
    ],
)
def test_a_role_beside_the_name(text: str, role: str, bearers: list[str]) -> None:
    article = ArticleContext(text, list_entities(text, {"Omar Bell": "PER"}))

    assert list(article.roles.get_bearers(role)) == bearers


@pytest.mark.parametrize(
    ("before", "source"),
    [
        ("The priest Omar Bell came.", "The priest"),
        ("Ann and her husband Omar Bell came.", "Her husband"),
    ],
)
def test_a_role_right_before_the_name(before: str, source: str) -> None:
    found = find_speaker(
        f"{before}\n{source} said it was late.", source, "said", "it was late", Omar_Bell="PER"
    )

    assert found
    assert found.name == "Omar Bell"


def test_a_title_is_of_the_name_that_follows_it() -> None:
    text = "Prime Minister Ana Lima came to see Omar Bell, the minister for roads.\nThe prime minister said it was late."

    found = find_speaker(
        text, "The prime minister", "said", "it was late", Ana_Lima="PER", Omar_Bell="PER"
    )

    assert found
    assert found.name == "Ana Lima"


def test_a_judge_whom_the_article_names_by_surname_alone() -> None:
    found = find_speaker(
        "Justice Ekwo sat.\nThe judge said it was late.",
        "The judge",
        "said",
        "it was late",
        Ekwo="PER",
    )

    assert found
    assert found.name == "Ekwo"
    assert found.confidence < 0.9
