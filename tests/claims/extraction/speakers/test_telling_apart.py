"""Who is who among the persons that an article names, without the model."""

import re

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import Entity, EntityKind, PersonIndex
from claims.extraction.speakers.person import (
    FIRST_NAMED_CONFIDENCE,
    FOREMOST_CONFIDENCE,
    SURE_NAME_CONFIDENCE,
)
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, find_speaker, list_entities


def last_mention(text: str) -> tuple[str | None, float]:
    """Of the persons in [brackets], who the last one is, and how sure that is."""
    spans: list[Span] = []
    for mention in re.finditer(r"\[(.*?)\]", text):
        start = mention.start() - 2 * len(spans)
        spans.append(Span(start, start + len(mention[1])))
    people = PersonIndex(re.sub(r"[\[\]]", "", text), [Entity(span, "PER") for span in spans])
    found = people.get_mention(spans[-1])
    assert found
    return found.person.name if found.person else None, found.confidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "[Park Min-ji] spoke.\n\n[Park] rose.",
            ("Park Min-ji", SURE_NAME_CONFIDENCE),
            id="the only one",
        ),
        pytest.param(
            "[Park Jun-ho] met [Park Min-ji].\n\n[Park] rose.",
            (None, FOREMOST_CONFIDENCE),
            id="two at once",
        ),
        pytest.param(
            "Prime Minister [Han Duck-soo] met Justice Minister [Han Dong-hoon].\n\nPrime Minister [Han] spoke.",
            ("Han Duck-soo", SURE_NAME_CONFIDENCE),
            id="whom more of the title fits",
        ),
        pytest.param(
            "[César Ruiz] came.\n\n[Cesar] spoke.",
            ("César Ruiz", SURE_NAME_CONFIDENCE),
            id="without its accent",
        ),
        pytest.param(
            "[Pope Leo] came.\n\n[Leo] spoke.",
            ("Pope Leo", SURE_NAME_CONFIDENCE),
            id="a title that is of the name",
        ),
        pytest.param(
            "Sheikh [Omar bin Salem] came.\n\n[Sheikh Omar] spoke.",
            ("Omar bin Salem", SURE_NAME_CONFIDENCE),
            id="a title and the given name",
        ),
        pytest.param(
            "[Omar bin Salem] met [Sheikh Omar].",
            ("Sheikh Omar", SURE_NAME_CONFIDENCE),
            id="another given name like it",
        ),
        pytest.param(
            "[Park Min-ji] spoke.\n\nIt rained.\n\nNobody came.\n\n[Park Jun-ho] was next.\n\n[Park] rose.",
            ("Park Jun-ho", FOREMOST_CONFIDENCE),
            id="the one right before",
        ),
        pytest.param(
            "[Park Min-ji] spoke.\n\nIt rained.\n\n[Park Jun-ho] was next.\n\nIt rained.\n\nIt rained.\n\n[Park] rose.",
            (None, FOREMOST_CONFIDENCE),
            id="two, both long ago",
        ),
        pytest.param(
            "[Park Min-ji] came.\n\n[Park Jun-ho] met her.\n\n[Park] spoke.\n\n[Park Jun-ho] rose.\n\nThen [Park] spoke.",
            ("Park Jun-ho", FOREMOST_CONFIDENCE),
            id="the one whom it names more often",
        ),
        pytest.param(
            "[Park Min-ji] came.\n\nHer brother, [Park Jun-ho], too. [Park] spoke.\n\n[Park] spoke on.",
            (None, FOREMOST_CONFIDENCE),
            id="left open right before",
        ),
        pytest.param(
            "Mr. [Okafor] came. Mr. [Okafor] spoke.\n\n[Michelle Okafor] and [David Okafor] left.\n\nThen [Okafor] rose.",
            ("David Okafor", FOREMOST_CONFIDENCE),
            id="by a title, again and again",
        ),
        pytest.param(
            "[Priya Gandhi Rao] came.\n\n[Priya Gandhi] spoke.",
            ("Priya Gandhi Rao", FOREMOST_CONFIDENCE),
            id="a longer name",
        ),
        pytest.param(
            "[David Lee] met [Anna Lee].\n\nMr [Lee] rose.",
            ("David Lee", SURE_NAME_CONFIDENCE),
            id="whom alone the title fits",
        ),
        pytest.param(
            "[Rodrigo Diaz Robles] came.\n\n[Rodrigo Diaz] spoke.\n\n[Diaz] rose.",
            ("Rodrigo Diaz Robles", SURE_NAME_CONFIDENCE),
            id="two surnames",
        ),
        pytest.param(
            "[Rodrigo Diaz Robles] came.\n\n[Diaz] rose.",
            ("Rodrigo Diaz Robles", SURE_NAME_CONFIDENCE),
            id="the first of two surnames",
        ),
    ],
)
def test_who_a_surname_means(text: str, expected: tuple[str | None, float]) -> None:
    assert last_mention(text) == expected


@pytest.mark.parametrize(
    ("between", "sure"),
    [("It rained all day. " * 50, FIRST_NAMED_CONFIDENCE), ("", FOREMOST_CONFIDENCE)],
)
def test_before_another_of_the_name_comes_up_the_surname_is_of_the_first(
    between: str, sure: float
) -> None:
    text = f"Park Min-ji spoke.\n\nPark rose.\n\n{between}Park Jun-ho, her rival, was next."
    at = {"Park Min-ji": 0, "Park": text.index("Park rose"), "Park Jun-ho": text.index("Park Jun")}
    spans = [Span(start, start + len(name)) for name, start in at.items()]

    found = PersonIndex(text, [Entity(span, "PER") for span in spans]).get_mention(spans[1])

    assert found
    assert found.person
    assert (found.person.name, found.confidence) == ("Park Min-ji", sure)


def test_a_surname_is_the_person_named_in_full() -> None:
    text = "President Maria Rossi arrived on Monday.\nMs Rossi warned of delays."

    found = find_speaker(text, "Ms Rossi", "warned of", "delays", Maria_Rossi="PER", Rossi="PER")

    assert found
    assert (found.name, found.kind, found.method) == ("Maria Rossi", "person", "fuller name")


def test_a_surname_alone_stands_for_this_article_only() -> None:
    text = "Mr Haddad said the road was closed."

    found = find_speaker(text, "Mr Haddad", "said", "the road was closed", Haddad="PER")

    assert found
    assert (found.name, found.alone) == ("Haddad", False)
    assert found.confidence < 0.9


def test_a_surname_that_two_bear_is_not_sure() -> None:
    text = "Ann Lee met Bob Lee. Lee said it went well."

    found = find_speaker(
        text,
        "Lee",
        "said",
        "it went well",
        after="Lee said",
        Ann_Lee="PER",
        Bob_Lee="PER",
        Lee="PER",
    )

    assert found is None or found.confidence <= 0.6


@pytest.mark.parametrize(
    ("source", "name"),
    [
        pytest.param(
            "A third Lee, engineer Ann Lee,", "Ann Lee", id="the fuller name of two in the source"
        ),
        pytest.param("Neither Lee", None, id="neither"),
        pytest.param("Minister Lee", "Bob Lee", id="by the title"),
    ],
)
def test_one_surname_of_several(source: str, name: str | None) -> None:
    text = f"Mayor Eva Lee met Minister Bob Lee. At the table, {source} said it went well."

    found = find_speaker(
        text,
        source,
        "said",
        "it went well",
        "table",
        Eva_Lee="PER",
        Bob_Lee="PER",
        Ann_Lee="PER",
        Lee="PER",
    )

    assert (found and found.name) == name


def test_two_surnames_are_the_person_of_three_names() -> None:
    text = "Wafa Bani Mustafa came. Bani Mustafa said it was late."

    found = find_speaker(
        text,
        "Bani Mustafa",
        "said",
        "it was late",
        "came",
        Wafa_Bani_Mustafa="PER",
        Bani_Mustafa="PER",
    )

    assert found
    assert found.name == "Wafa Bani Mustafa"


def test_a_title_that_contradicts_makes_another_person() -> None:
    text = "Maria Rossi stayed at home. Mr. Rossi said talks would go on."

    found = find_speaker(
        text, "Mr. Rossi", "said", "talks would go on", Maria_Rossi="PER", Rossi="PER"
    )

    assert found
    assert (found.name, found.alone) == ("Mr Rossi", False)


@pytest.mark.parametrize(
    ("before", "source", "named", "name"),
    [
        ("Thomas Reed left with Prince Thomas.", "Prince Thomas", "Thomas", "Prince Thomas"),
        ("King Omar met Omar Reed.", "Omar Reed", "Omar", "Omar Reed"),
        ("Thomas Reed saw Father Thomas.", "Father Thomas", "Father Thomas", "Father Thomas"),
        ("Father Thomas Reed came.", "Father Thomas", "Thomas", "Thomas Reed"),
        ("Father Thomas Reed came.", "Father Reed", "Father Reed", "Thomas Reed"),
        ("Sheikh Omar Reed came.", "Sheikh Reed", "Reed", "Omar Reed"),
    ],
)
def test_a_title_and_a_given_name_are_a_name(
    before: str, source: str, named: str, name: str
) -> None:
    text = f"{before}\n{source} said it was late."
    people: dict[str, EntityKind] = {"Thomas_Reed": "PER", "Omar_Reed": "PER", named: "PER"}

    found = find_speaker(text, source, "said", "it was late", after="\n", **people)

    assert found
    assert found.name == name
    assert found.confidence >= 0.7


def test_lord_and_lady_are_two() -> None:
    text = "Lord Bell and Lady Bell came. Lady Bell said it was late."

    found = find_speaker(text, "Lady Bell", "said", "it was late", after="came", Bell="PER")

    assert found
    assert found.name == "Lady Bell"


@pytest.mark.parametrize(
    ("before", "after", "source", "name"),
    [
        ("Mr Tran fell ill. His son, Minh Tran, left.", "Mr Tran", "Mr Tran", "Mr Tran"),
        ("Mr Tran fell ill. His wife, Mai Tran, left.", "Mrs Tran", "Mrs Tran", "Mai Tran"),
        ("Mrs Tran fell ill.", "Mr Tran", "Mr Tran", "Mr Tran"),
        ("After the death of his wife, Binh Tran left.", "Mr Tran", "Mr Tran", "Binh Tran"),
        ("Like his mother, Minh Tran left.", "Mr Tran", "Mr Tran", "Minh Tran"),
    ],
)
def test_a_family_is_told_apart_by_titles(
    before: str, after: str, source: str, name: str | None
) -> None:
    text = f"{before} Later {after} said it was late."
    at = text.index("Later ") + 6
    quote = FoundQuote(
        Span(at, at + len(source)), find_span(text, "said"), (find_span(text, "it was late"),), 0.9
    )
    names: dict[str, EntityKind] = dict.fromkeys(
        ("Binh Tran", "Minh Tran", "Mai Tran", "Tran"), "PER"
    )

    found = resolve_speakers(
        ArticleContext(
            text, list_entities(text, {word: kind for word, kind in names.items() if word in text})
        ),
        [quote],
    )[0]

    assert (found.speaker and found.speaker.name) == name


def test_a_title_that_father_and_son_bear_makes_neither_sure() -> None:
    text = "Binh Tran fell ill. His son, Minh Tran, left. Later Mr Tran said it was late."

    found = find_speaker(
        text, "Mr Tran", "said", "it was late", Binh_Tran="PER", Minh_Tran="PER", Tran="PER"
    )

    assert found is None or found.confidence < 0.7


def test_a_son_is_not_his_father() -> None:
    text = "Karl Adler and Karl Adler Jr. came. Adler Jr. said it was late. Adler said nothing was decided."
    named: dict[str, EntityKind] = {
        "Karl Adler Jr.": "PER",
        "Adler Jr.": "PER",
        "Karl Adler": "PER",
        "Adler": "PER",
    }
    found = ArticleContext(text, list_entities(text, named)).people

    mentions = [(m.span.of(text), m.person.name if m.person else None) for m in found.mentions]

    assert mentions == [
        ("Karl Adler", "Karl Adler"),
        ("Karl Adler Jr.", "Karl Adler Jr."),
        ("Adler Jr.", "Karl Adler Jr."),
        ("Adler", "Karl Adler"),
    ]
