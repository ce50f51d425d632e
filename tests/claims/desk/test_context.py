"""The part of an article that is shown around a quote."""

import pytest

from claims.desk.context import build_quote_context
from claims.models.marks import list_marks
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db


def test_the_paragraphs_around_are_shown_with_their_places() -> None:
    text = "One.\n\nTwo.\nVeldania said the bridge is safe.\nFour.\nFive."
    quote = make_quote(article=make_article(text))

    shown = build_quote_context(text, list_marks(quote))

    words = ["".join(segment.text for segment in paragraph) for _, paragraph in shown.paragraphs]
    assert words == ["Two.", "Veldania said the bridge is safe.", "Four."]
    assert all(
        text[start:].startswith(line)
        for (start, _), line in zip(shown.paragraphs, words, strict=True)
    )


@pytest.mark.parametrize(
    "text",
    ["Veldania said the bridge is safe.", "\n\nVeldania said the bridge is safe.\n", "A.\n" * 900],
)
def test_the_ends_of_an_article_are_no_trouble(text: str) -> None:
    whole = (
        text
        if "Veldania" in text
        else f"{text}Veldania said the bridge is safe.{'x' * 5000}\n{text}"
    )
    quote = make_quote(article=make_article(whole))

    shown = build_quote_context(whole, list_marks(quote))

    assert (
        sum(len(segment.text) for _, paragraph in shown.paragraphs for segment in paragraph) < 3500
    )
    for start, paragraph in shown.paragraphs:
        assert whole[start:].startswith("".join(segment.text for segment in paragraph))
