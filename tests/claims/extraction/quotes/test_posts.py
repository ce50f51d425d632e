"""Posts of social networks as their sites embed them."""

import pytest

from claims.extraction.quotes.posts import list_posts
from claims.extraction.text.article_text import Text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "It rained.\nWe are all safe here. — Ana Bell (@anabell) May 2, 2024",
            [("Ana Bell", "We are all safe here.")],
            id="signed in its line",
        ),
        pytest.param(
            "We are all safe here. link\n— Ana Bell (@anabell) May 2, 2024",
            [("Ana Bell", "We are all safe here.")],
            id="signed in the next line, with a link",
        ),
        pytest.param(
            "Ana Bell @anabell · May 2\nWe are all safe here.",
            [("Ana Bell", "We are all safe here.")],
            id="below its head",
        ),
        pytest.param("Write to Ana Bell (@anabell) today.\nIt rained.", [], id="a handle in prose"),
        pytest.param("— Ana Bell (@anabell)", [], id="nothing but a signature"),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_post_is_its_authors(text: str, expected: list[tuple[str, str]]) -> None:
    posts = [
        (quote.source.of(text) if quote.source else "", quote.contents[0].of(text))
        for quote in list_posts(Text(text))
    ]

    assert posts == expected
