"""Sources that cut a name made whole."""

import pytest

from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.sources import complete_source
from tests.claims.extraction.speakers.articles import find_span, list_entities


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        ("Gen Sir", "Gen Sir Nick Carter"),
        ("Gen Sir Nick", "Gen Sir Nick Carter"),
        ("Gen Sir Nick Carter", "Gen Sir Nick Carter"),
    ],
)
def test_a_source_that_cuts_a_name_is_made_whole(source: str, whole: str) -> None:
    text = "Gen Sir Nick Carter said it rained."
    article = ArticleContext(text, list_entities(text, {"Nick Carter": "PER"}))

    assert complete_source(article, find_span(text, source)).of(text) == whole
