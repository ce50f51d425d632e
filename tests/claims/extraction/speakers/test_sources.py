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
        ("aide", "aide Ann Lee"),
    ],
)
def test_a_source_that_cuts_a_name_is_made_whole(source: str, whole: str) -> None:
    text = "Gen Sir Nick Carter and an aide Ann Lee said it rained."
    article = ArticleContext(text, list_entities(text, {"Nick Carter": "PER", "Ann Lee": "PER"}))

    assert (
        complete_source(article, find_span(text, source), find_span(text, "said")).of(text) == whole
    )


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Lunde United manager Nils Berg said it rained.", "Lunde United manager Nils Berg"),
        ("Lunde\nNils Berg said it rained.", "Nils Berg"),
        ("Lunde, where Nils Berg said it rained.", "Lunde"),
        ("Lunde told Nils Berg, and said it rained.", "Lunde"),
    ],
)
def test_a_source_goes_on_to_the_name_before_its_cue(text: str, whole: str) -> None:
    article = ArticleContext(text, list_entities(text, {"Nils Berg": "PER"}))

    assert (
        complete_source(article, find_span(text, "Lunde"), find_span(text, "said")).of(text)
        == whole
    )
