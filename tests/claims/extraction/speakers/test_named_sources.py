"""Sources that name persons: the one who is meant, or several together."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import EntityKind
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, find_speaker, list_entities


def test_a_title_with_a_preposition_is_still_the_person() -> None:
    text = "Secretary of State Ana Lima said talks would go on."

    found = find_speaker(
        text, "Secretary of State Ana Lima", "said", "talks would go on", Ana_Lima="PER"
    )

    assert found
    assert found.name == "Ana Lima"


@pytest.mark.parametrize(
    "source", ["A spokesman for Ana Lima", "Ana Lima's lawyer", "An adviser to President Ana Lima"]
)
def test_somebody_elses_words_are_not_put_in_the_mouth_of_the_person_named(source: str) -> None:
    text = f"{source} said talks would go on."

    found = find_speaker(text, source, "said", "talks would go on", Ana_Lima="PER")

    assert found is None or found.name != "Ana Lima"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Ann Lee and Mr. Diaz", "Ann Lee and Omar Diaz"),
        ("Ann Lee, Omar Diaz and Eva Novak", "Ann Lee, Omar Diaz and Eva Novak"),
        ("Ann Lee and her husband", "Ann Lee"),
        ("Ann Lee, a friend of Omar Diaz,", "Ann Lee"),
        ("Ann Lee, and her brother, Omar Diaz,", "Ann Lee and Omar Diaz"),
    ],
)
def test_several_persons_together_are_a_group_under_their_names(source: str, name: str) -> None:
    text = f"Omar Diaz met Eva Novak. {source} said talks would go on."

    found = find_speaker(
        text,
        source,
        "said",
        "talks would go on",
        Ann_Lee="PER",
        Omar_Diaz="PER",
        Eva_Novak="PER",
        Diaz="PER",
    )

    assert found
    assert (found.name, found.kind) == (name, "group" if " and " in name else "person")


def test_the_last_word_before_a_name_may_be_of_its_role() -> None:
    source = "Head of policy and member of the council Omar Bell"

    found = find_speaker(
        f"{source} said it was late.", source, "said", "it was late", Omar_Bell="PER"
    )

    assert found
    assert found.name == "Omar Bell"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The government of Ana Lima and Omar Bell", "government of Ana Lima and Omar Bell"),
        ("One of Lima's lawyers, in court,", "Lima's lawyer"),
    ],
)
def test_a_source_that_names_people_need_not_be_one_of_them(source: str, name: str) -> None:
    found = find_speaker(
        f"{source} said it was late.",
        source,
        "said",
        "it was late",
        Ana_Lima="PER",
        Omar_Bell="PER",
        Lima="PER",
    )

    assert found
    assert found.name == name


@pytest.mark.parametrize(
    "source",
    ["Omar Bell, who looked after him and me,", "Omar Bell, whose mother loved him and them,"],
)
def test_whom_a_speaker_knows_does_not_speak_as_well(source: str) -> None:
    found = find_speaker(
        f"{source} said it was late.", source, "said", "it was late", Omar_Bell="PER"
    )

    assert found
    assert found.name == "Omar Bell"


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("Neil and Susan Barry", "Neil and Susan Barry", "group"),
        ("Kim, 34, and her husband Paul Reza", "Kim and Paul Reza", "group"),
        ("Ann Lee, 40, and Bea Tate, 28", "Ann Lee and Bea Tate", "group"),
        ("Minister of Finance Dr Ann Lee", "Ann Lee", "person"),
        ("Secretary of State for Health Dame Ann Lee", "Ann Lee", "person"),
        ("Ann Lee KC", "Ann Lee", "person"),
        ("Owner and Chef Ann Lee", "Ann Lee", "person"),
        ("Spokesman for Norland Governor Ann Lee", "Norland Governor Ann Lee Spokesman", "unnamed"),
    ],
)
def test_couples_are_groups_and_offices_are_of_the_name_that_follows(
    source: str, name: str, kind: str
) -> None:
    text = f"{source} said it was late."
    names: dict[str, EntityKind] = dict.fromkeys(
        ("Susan Barry", "Paul Reza", "Ann Lee", "Bea Tate"), "PER"
    )
    quote = FoundQuote(
        find_span(text, source), find_span(text, "said"), (find_span(text, "it was late"),), 0.9
    )

    known = {word: entity for word, entity in names.items() if word in source}
    found = resolve_speakers(ArticleContext(text, list_entities(text, known)), [quote])[0].speaker

    assert found
    assert (found.name, found.kind) == (name, kind)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Bell, who came with Omar Diaz", "Ana Bell"),
        ("Bell, 40", "Ana Bell"),
        ("Bell and others", "Ana Bell and others"),
        ("party leader Ana Bell and board spokesman Omar Diaz", "Ana Bell and Omar Diaz"),
        ("Ana Bell (HPP) and Omar Diaz (RB)", "Ana Bell and Omar Diaz"),
    ],
)
def test_who_of_the_names_in_a_source_says_it(source: str, name: str) -> None:
    text = f"Ana Bell came.\nLater {source} said it was late."

    found = find_speaker(
        text, source, "said", "it was late", "Later", Ana_Bell="PER", Omar_Diaz="PER", Bell="PER"
    )

    assert found
    assert found.name == name
