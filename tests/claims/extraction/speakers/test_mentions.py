import pytest

from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.mentions import list_named_actors
from claims.extraction.speakers.people import Entity, EntityKind


def named(text: str, content: str, *names: tuple[str, EntityKind]) -> list[tuple[str, str, bool]]:
    """Name, kind and whether the name is enough of those whom the content names; every occurrence of a name is an entity."""
    entities, at = [], 0
    for name, kind in names:
        at = text.index(name, at)
        entities.append(Entity(Span(at, at + len(name)), kind))
        at += len(name)
    start = text.index(content)
    found = list_named_actors(ArticleContext(text, entities), [Span(start, start + len(content))])
    return [(one.name, one.kind, one.alone) for one in found]


@pytest.mark.parametrize(
    ("text", "content", "names", "expected"),
    [
        pytest.param(
            "Ana Bell left. Reza said Ms Bell had fled.", "Ms Bell had fled",
            [("Ana Bell", "PER"), ("Reza", "PER"), ("Bell", "PER")], [("Ana Bell", "person", True)], id="a surname",
        ),
        pytest.param(
            "Reza said Bell had fled.", "Bell had fled",
            [("Reza", "PER"), ("Bell", "PER")], [("Bell", "person", False)], id="a surname and no more",
        ),
        pytest.param(
            "Ana Bell met Jo Bell. He said Bell had fled.", "Bell had fled",
            [("Ana Bell", "PER"), ("Jo Bell", "PER"), ("Bell", "PER")], [], id="a surname of two",
        ),
        pytest.param(
            "Ana Bell left. He said Bell would lose.", "Bell would lose",
            [("Ana Bell", "PER"), ("Bell", "ORG")], [("Ana Bell", "person", True)], id="a surname taken for a firm",
        ),
        pytest.param(
            "He said the UN had asked Norvent.", "the UN had asked Norvent",
            [("UN", "ORG"), ("Norvent", "ORG")],
            [("United Nations", "organization", True), ("Norvent", "organization", True)], id="organizations",
        ),
        pytest.param(
            "He said Russia had left Moscow.", "Russia had left Moscow",
            [("Russia", "LOC"), ("Moscow", "LOC")], [("Russia", "state", True)], id="a state, not a town",
        ),
        pytest.param(
            "He said Russia feared Russia.", "Russia feared Russia",
            [("Russia", "LOC"), ("Russia", "LOC")], [("Russia", "state", True)], id="once",
        ),
        pytest.param(
            "Ana Bell said it rained.", "it rained", [("Ana Bell", "PER")], [], id="the speaker alone",
        ),
        pytest.param("He said Russian wine sold.", "Russian wine sold", [("Russian", "MISC")], [], id="an adjective"),
    ],
)  # fmt: skip
def test_a_content_is_about_those_whom_it_names(
    text: str,
    content: str,
    names: list[tuple[str, EntityKind]],
    expected: list[tuple[str, str, bool]],
) -> None:
    assert named(text, content, *names) == expected
