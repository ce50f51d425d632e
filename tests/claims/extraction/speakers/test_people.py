"""Who is who among the persons that an article names, without the model."""

import re

import pytest

from claims.extraction.schema import Span
from claims.extraction.speakers.people import (
    FIRST_NAMED_CONFIDENCE,
    FOREMOST_CONFIDENCE,
    SURE_NAME_CONFIDENCE,
    Entity,
    PersonIndex,
)


def last_mention(text: str) -> tuple[str | None, float]:
    """Of the persons in [brackets], who the last one is, and how sure that is."""
    spans: list[Span] = []
    for mention in re.finditer(r"\[(.*?)\]", text):
        start = mention.start() - 2 * len(spans)
        spans.append(Span(start, start + len(mention[1])))
    people = PersonIndex(re.sub(r"[\[\]]", "", text), [Entity(span, "PER") for span in spans])
    found = people.at(spans[-1])
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
            "[Priya Gandhi Rao] came.\n\nPresident [Priya Gandhi] spoke.",
            ("Priya Gandhi", SURE_NAME_CONFIDENCE),
            id="by a title of their own",
        ),
        pytest.param(
            "[Priya Gandhi Rao] came.\n\n[Priya Gandhi], the president, spoke.",
            ("Priya Gandhi", SURE_NAME_CONFIDENCE),
            id="introduced anew",
        ),
        pytest.param(
            "[David Lee] and [Robin Lee] met [Anna Lee].\n\nMr [Lee] rose.",
            ("David Lee", SURE_NAME_CONFIDENCE),
            id="whom the title fits",
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

    found = PersonIndex(text, [Entity(span, "PER") for span in spans]).at(spans[1])

    assert found
    assert found.person
    assert (found.person.name, found.confidence) == ("Park Min-ji", sure)
