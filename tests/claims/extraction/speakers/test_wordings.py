"""Who a source is by its own words."""

from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.source_words import read_description
from claims.extraction.speakers.wordings import list_wordings
from tests.claims.extraction.speakers.articles import find_span, list_entities


def test_each_of_several_in_a_list_is_called_by_the_fullest_name() -> None:
    source = "Bell, Ohio Gov. Omar Diaz and Sen. Olga Dahl of Kent"
    text = f"Ana Bell came late. {source} said it rained."
    names = list_entities(text, {"Ana Bell": "PER", "Omar Diaz": "PER", "Olga Dahl": "PER"})
    article = ArticleContext(text, names)
    description = read_description(text, find_span(text, source))
    assert description

    wordings = dict(list_wordings(article, description))

    assert wordings["joint"].name == "Ana Bell, Omar Diaz and Olga Dahl"
