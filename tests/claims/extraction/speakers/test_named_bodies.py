"""Organizations by their names, and by what they are."""

import pytest

from claims.extraction.speakers.people import EntityKind
from tests.claims.extraction.speakers.articles import find_speaker


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        (
            "The Department of Roads has moved.\nThe department said it was late.",
            "The department",
            "Department of Roads",
        ),
        (
            "The Harland Roads Ministry paid.\nThe roads ministry said so.",
            "The roads ministry",
            "Harland Roads Ministry",
        ),
        (
            "The Federation of Roads met.\nThe Federation said so.",
            "The Federation",
            "Federation of Roads",
        ),
    ],
)
def test_a_body_is_the_one_of_that_kind_that_the_article_has_named(
    text: str, source: str, name: str
) -> None:
    bodies = (
        "Department of Roads",
        "Harland Roads Ministry",
        "Federation of Roads",
        "Federation",
    )
    kinds: dict[str, EntityKind] = dict.fromkeys(bodies, "ORG")
    found = find_speaker(text, source, "said", "it was late" if "late" in text else "so", **kinds)

    assert found
    assert (found.name, found.confidence >= 0.7) == (name, True)


def test_of_two_bodies_of_that_kind_neither_is_sure() -> None:
    text = "The Roads Ministry and the Health Ministry paid.\nThe ministry said so."

    found = find_speaker(
        text, "The ministry", "said", "so", Roads_Ministry="ORG", Health_Ministry="ORG"
    )

    assert found is None or found.confidence < 0.7


@pytest.mark.parametrize(
    ("text", "source", "other"),
    [
        ("The Hill Party lost.\nThe party said so.", "The party", "Hill Party"),
        ("The Hill Party lost.\nThe ruling party said so.", "The ruling party", "Hill Party"),
        (
            "The Government House is old.\nThe government said so.",
            "The government",
            "Government House",
        ),
    ],
)
def test_a_word_in_a_name_alone_makes_no_body_sure(text: str, source: str, other: str) -> None:
    names: dict[str, EntityKind] = {other.replace(" ", "_"): "ORG"}

    found = find_speaker(text, source, "said", "so", **names)

    assert found is None or found.name != other or found.confidence < 0.7
