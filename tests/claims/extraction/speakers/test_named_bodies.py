"""Organizations by their names, and by what they are."""

import pytest

from claims.extraction.speakers.people import EntityKind
from tests.claims.extraction.speakers.articles import find_speaker


@pytest.mark.parametrize(
    ("text", "source", "name", "sure"),
    [
        (
            "The Department of Roads has moved.\nThe department said it was late.",
            "The department",
            "Department of Roads",
            True,
        ),
        (
            "The Harland Roads Ministry paid.\nThe roads ministry said so.",
            "The roads ministry",
            "Harland Roads Ministry",
            True,
        ),
        (
            "The Roads Ministry and the Health Ministry paid.\nThe ministry said so.",
            "The ministry",
            "ministry",
            False,
        ),
        (
            "The Hill Party lost.\nThe ruling party said so.",
            "The ruling party",
            "ruling party",
            False,
        ),
        (
            "The Federation of Roads met.\nThe Federation said so.",
            "The Federation",
            "Federation of Roads",
            True,
        ),
        ("The Hill Party lost.\nThe party said so.", "The party", "party", False),
        (
            "The Government House is old.\nThe government said so.",
            "The government",
            "government",
            False,
        ),
    ],
)
def test_a_body_is_the_one_of_that_kind_that_the_article_has_named(
    text: str, source: str, name: str, sure: bool
) -> None:
    bodies = (
        "Department of Roads",
        "Harland Roads Ministry",
        "Roads Ministry",
        "Health Ministry",
        "Hill Party",
        "Government House",
        "Federation of Roads",
        "Federation",
    )
    kinds: dict[str, EntityKind] = dict.fromkeys(bodies, "ORG")
    found = find_speaker(text, source, "said", "it was late" if "late" in text else "so", **kinds)

    assert found
    assert (found.name, found.confidence >= 0.7) == (name, sure)


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("Russia's foreign ministry", "Russian Foreign Ministry", "organization"),
        ("the Polish defence ministry", "Polish Defence Ministry", "organization"),
    ],
)
def test_a_body_of_a_state_has_one_form(source: str, name: str, kind: str) -> None:
    text = f"{source} said that nothing had changed."

    found = find_speaker(text, source, "said", "that nothing had changed")

    assert found
    assert (found.name, found.kind) == (name, kind)
