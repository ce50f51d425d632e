import pytest

from claims.extraction.patterns import set_out
from claims.extraction.quotes import Found
from claims.extraction.schema import Span


def said(text: str, found: list[Found] | None = None) -> list[tuple[str, str]]:
    return [(q.source.of(text) if q.source else "", q.contents[0].of(text)) for q in set_out(text, found or [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "HOST: Is it safe?\nANA BELL: It is.\nHOST: Since when?",
            [("HOST", "Is it safe?"), ("ANA BELL", "It is."), ("HOST", "Since when?")],
            id="names in capitals",
        ),
        pytest.param(
            "Bell: It is safe.\n\nQuite safe.\n\nReza: I doubt it.\n\nBell: Why?\n\nReza: Look at it.",
            [("Bell", "It is safe.\n\nQuite safe."), ("Reza", "I doubt it."), ("Bell", "Why?"), ("Reza", "Look at it.")],
            id="an answer of two paragraphs",
        ),
        pytest.param("Bell: It is safe.\n\nReza: I doubt it.", [], id="names that do not come again are no transcript"),
        pytest.param("ANA BELL: It is safe.\n\nIt rained.", [], id="one line is no transcript"),
        pytest.param("IMAGE: The bridge\n\nPHOTO: The wall", [], id="captions"),
        pytest.param("“It is safe.” — Ana Bell, engineer", [("Ana Bell", "“It is safe.”")], id="a name after a dash"),
        pytest.param("The bridge — Ana Bell built it", [], id="a dash without a quotation"),
        pytest.param("", [], id="empty"),
    ],
)
def test_the_layout_gives_quotes_away(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_what_is_found_already_is_not_found_again() -> None:
    text = "“It is safe.” — Ana Bell"
    found = Found(Span(16, 24), Span(14, 15), (Span(0, 13),), 0.7)

    assert set_out(text, [found]) == [found]
