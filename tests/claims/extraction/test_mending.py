"""Names made whole and put right, from entities as the encoder may find them."""

import pytest

from claims.extraction.mending import mended
from claims.extraction.names import Entity, EntityKind
from claims.extraction.schema import Span


def found(text: str, names: dict[str, EntityKind]) -> dict[str, EntityKind]:
    """What comes of the names, at the last place of each."""
    spans = [Entity(Span(text.rindex(name), text.rindex(name) + len(name)), kind) for name, kind in names.items()]
    return {entity.span.of(text): entity.kind for entity in mended(sorted(spans, key=lambda e: e.span), text)}


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
        ("DI Ruth Shaw spoke.", "DI Ruth Shaw", "Ruth Shaw"),
    ],
)
def test_what_stands_beside_a_name_and_belongs_to_it_is_of_it(text: str, found: str, whole: str) -> None:
    at = text.index(found)

    (entity,) = mended([Entity(Span(at, at + len(found)), "PER")], text)

    assert entity.span.of(text) == whole


@pytest.mark.parametrize(
    ("text", "name", "kind", "expected"),
    [
        ("Sgt Cross left.", "Sgt Cross", "ORG", {"Sgt Cross": "PER"}),
        ("PC Cole left.", "PC Cole", "ORG", {"PC Cole": "ORG"}),
        ("PC Dan Cole saw it. PC Cole left.", "PC Cole", "ORG", {"Cole": "PER"}),
        ("Dan Gamer saw it. PC Gamer closed.", "PC Gamer", "ORG", {"PC Gamer": "ORG"}),
        ("Rev Group rose.", "Rev Group", "ORG", {"Rev Group": "ORG"}),
        ("Sgt Pepper, which makes jam, rose.", "Sgt Pepper", "ORG", {"Sgt Pepper": "ORG"}),
        ("DS Negi left.", "DS Negi", "PER", {"DS Negi": "PER"}),
        ("The Dane left.", "Dane", "PER", {}),
        ("The 24-year-old Dane left.", "Dane", "PER", {}),
        ("The singer Dane left.", "Dane", "PER", {"Dane": "PER"}),
        ("By the end Finn left.", "Finn", "PER", {"Finn": "PER"}),
        ("The Mayor of Stoneham left.", "Stoneham", "PER", {}),
        ("The Archbishop left.", "Archbishop", "ORG", {}),
        ("The Attorney General’s Office closed.", "Attorney General’s Office", "ORG", {"Attorney General’s Office": "ORG"}),
    ],
)
def test_ranks_nations_offices_and_seats_are_no_names(
    text: str, name: str, kind: EntityKind, expected: dict[str, EntityKind]
) -> None:
    assert found(text, {name: kind}) == expected


def test_a_given_name_that_is_also_a_nation_is_its_bearers() -> None:
    assert found("Dane Scarlett scored. The young Dane left.", {"Dane Scarlett": "PER", "Dane": "PER"})["Dane"] == "PER"
