"""Names made whole and put right, from entities as the encoder may find them."""

import pytest

from claims.extraction.schema import Span
from claims.extraction.speakers.mending import correct_entities
from claims.extraction.speakers.people import Entity, EntityKind


def found(text: str, names: dict[str, EntityKind]) -> dict[str, EntityKind]:
    """What comes of the names, at the last place of each."""
    spans = [
        Entity(Span(text.rindex(name), text.rindex(name) + len(name)), kind)
        for name, kind in names.items()
    ]
    return {
        entity.span.of(text): entity.kind
        for entity in correct_entities(sorted(spans, key=lambda e: e.span), text)
    }


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("Mr Christian Julius Aforlah spoke.", "Julius Aforlah", "Christian Julius Aforlah"),
        ("Dr. Mary Ann Lee spoke.", "Lee", "Mary Ann Lee"),
        ("The former Miss World Ana Lee spoke.", "Ana Lee", "Ana Lee"),
        ("In May Julius Aforlah spoke.", "Julius Aforlah", "Julius Aforlah"),
        ("Mr Lee spoke.", "Lee", "Lee"),
        ('Robert "Bobby" Kane spoke.', "Robert", 'Robert "Bobby" Kane'),
        ("Robert C. (Bobby) Kane’s wife spoke.", "Robert C.", "Robert C. (Bobby) Kane"),
        ("Kane 'Shocked' Over Fire.", "Kane", "Kane"),
        ("King Charles spoke.", "Charles", "King Charles"),
    ],
)
def test_what_stands_beside_a_name_and_belongs_to_it_is_of_it(
    text: str, found: str, whole: str
) -> None:
    at = text.index(found)

    (entity,) = correct_entities([Entity(Span(at, at + len(found)), "PER")], text)

    assert entity.span.of(text) == whole


@pytest.mark.parametrize(
    ("text", "name", "kind", "expected"),
    [
        ("Sgt Cross left.", "Sgt Cross", "ORG", {"Sgt Cross": "PER"}),
        ("PC Cole left.", "PC Cole", "ORG", {"PC Cole": "ORG"}),
        ("Rev Group rose.", "Rev Group", "ORG", {"Rev Group": "ORG"}),
        ("Sgt Pepper, which makes jam, rose.", "Sgt Pepper", "ORG", {"Sgt Pepper": "ORG"}),
    ],
)
def test_a_rank_makes_a_person(
    text: str, name: str, kind: EntityKind, expected: dict[str, EntityKind]
) -> None:
    assert found(text, {name: kind}) == expected
