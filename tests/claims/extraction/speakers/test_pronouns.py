"""Whom "I" and "they" mean."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, list_entities


def test_i_outside_all_quotes_is_the_author() -> None:
    text = "By Ana Bell\n\nI think it is late. “I doubt it.”"
    quotes = [
        FoundQuote(
            find_span(text, "I"), find_span(text, "think"), (find_span(text, "it is late"),), 0.9
        ),
        FoundQuote(
            find_span(text, "I", "“"),
            find_span(text, "doubt"),
            (find_span(text, "it", "doubt"),),
            0.9,
        ),
    ]

    told = [
        found.speaker and (found.speaker.name, found.speaker.method)
        for found in resolve_speakers(ArticleContext(text, []), quotes)
    ]

    assert told == [("Ana Bell", "author"), None]


@pytest.mark.parametrize(
    ("text", "written_by", "name"),
    [
        ("I think it is late.", "Ana Bell", "Ana Bell"),
        ("By Tom Kane\n\nI think it is late.", "Ana Bell", "Tom Kane"),
        ("I think it is late.", "Ana Bell, Tom Kane", "Harbour Herald"),
        ("I think it is late.", "", "Harbour Herald"),
    ],
    ids=["author of the page", "byline", "two authors", "publisher"],
)
def test_i_is_who_the_page_says_wrote_it_where_the_text_names_nobody(
    text: str, written_by: str, name: str
) -> None:
    source, cue, content = (find_span(text, part) for part in ("I", "think", "it is late"))
    article = ArticleContext(text, [], publisher="Harbour Herald", written_by=written_by)

    (found,) = resolve_speakers(article, [FoundQuote(source, cue, (content,), 0.9)])

    assert found.speaker
    assert (found.speaker.name, found.speaker.method) == (name, "author")


def test_i_within_a_quote_is_whoever_says_it_even_where_the_name_follows() -> None:
    text = "“I fear it is late,” Ana Bell said."
    inner = FoundQuote(
        find_span(text, "I"), find_span(text, "fear"), (find_span(text, "it is late"),), 0.9
    )
    outer = FoundQuote(
        find_span(text, "Ana Bell"),
        find_span(text, "said"),
        (find_span(text, "“I fear it is late,”"),),
        0.9,
    )

    told = {
        r.quote: r.speaker and r.speaker.name
        for r in resolve_speakers(
            ArticleContext(text, list_entities(text, {"Ana Bell": "PER"})), [inner, outer]
        )
    }

    assert told == {inner: "Ana Bell", outer: "Ana Bell"}


def test_they_are_the_group_that_spoke_in_the_paragraph_before() -> None:
    text = "Survivors welcomed the news.\n\nHowever, they said it was late."
    first = FoundQuote(
        find_span(text, "Survivors"),
        find_span(text, "welcomed"),
        (find_span(text, "the news"),),
        0.9,
    )
    second = FoundQuote(
        find_span(text, "they"), find_span(text, "said"), (find_span(text, "it was late"),), 0.9
    )

    _, (_, they) = resolve_speakers(ArticleContext(text, []), [first, second])

    assert they
    assert (they.name, they.method) == ("survivors", "pronoun")
    assert they.confidence < 0.7
