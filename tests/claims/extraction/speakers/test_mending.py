"""Names made whole and put right, from entities as the encoder may find them."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.mending import correct_entities
from claims.extraction.speakers.people import Entity, EntityKind
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, find_speaker, list_entities


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


@pytest.mark.parametrize(
    ("cut", "source"), [("Ms", "Ms. Okafor"), ("Ruth A", "Ruth A. Okafor"), ("Dr", "Dr Okafor")]
)
def test_a_name_cut_off_at_a_full_stop_is_made_whole(cut: str, source: str) -> None:
    text = f"Ruth Okafor came. {source} said it was late."
    at = text.index(source)
    quote = FoundQuote(
        Span(at, at + len(source)), find_span(text, "said"), (find_span(text, "it was late"),), 0.9
    )
    found = [Entity(Span(0, len("Ruth Okafor")), "PER"), Entity(Span(at, at + len(cut)), "PER")]

    speaker = resolve_speakers(ArticleContext(text, found), [quote])[0].speaker

    assert speaker
    assert speaker.name == "Ruth Okafor"


def test_a_capital_that_was_taken_for_a_person_is_none() -> None:
    text = "Antony Blinken and Kyiv met. He said it rained."
    quote = FoundQuote(
        find_span(text, "He"), find_span(text, "said"), (find_span(text, "it rained"),), 0.9
    )

    found = resolve_speakers(
        ArticleContext(text, list_entities(text, {"Antony Blinken": "PER", "Kyiv": "PER"})), [quote]
    )[0].speaker

    assert found
    assert found.name == "Antony Blinken"


@pytest.mark.parametrize(
    ("introduced", "source", "kind", "name"),
    [
        ("PC Dan Cole came.", "PC Cole", "ORG", "Dan Cole"),
        ("PC Dan Cole came.", "PC World", "ORG", "PC World"),
        ("Dan Cole came.", "Sgt Cole", "ORG", "Dan Cole"),
    ],
)
def test_a_rank_is_no_part_of_a_name(
    introduced: str, source: str, kind: EntityKind, name: str
) -> None:
    text = f"{introduced}\n{source} said it was late."
    people: dict[str, EntityKind] = {introduced.removesuffix(" came."): "PER", source: kind}

    found = find_speaker(text, source, "said", "it was late", after="\n", **people)

    assert found
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The airline Veloro grew. Veloro said it was late.", "organization"),
        ("Veloro, which flies, grew. Veloro said it was late.", "organization"),
        ("Veloro’s shares rose. Veloro said it was late.", "organization"),
        ("Ann Veloro’s shares rose. Veloro said it was late.", "person"),
        ("The group leader won. Veloro said it was late.", "person"),
    ],
)
def test_a_business_of_one_word_is_nobody(text: str, kind: str) -> None:
    names: dict[str, EntityKind] = {
        "Veloro": "PER",
        **({"Ann Veloro": "PER"} if "Ann" in text else {}),
    }
    at = text.rindex("Veloro said")
    quote = FoundQuote(
        Span(at, at + 6), Span(at + 7, at + 11), (find_span(text, "it was late"),), 0.9
    )

    found = resolve_speakers(ArticleContext(text, list_entities(text, names)), [quote])[0].speaker

    assert found
    assert found.kind == kind
