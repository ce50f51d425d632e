"""Groups: several who are named together, and how they are written."""

from claims.extraction.lexicon.places import STATE_OF_DEMONYM
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext


def format_group_name(noun_phrase: str, article: ArticleContext, source: Span) -> str:
    """Return a group as it is written within a sentence.

    For example "Critics" → "critics", but "Russian officials".
    """
    words = noun_phrase.split()
    first = words[0]
    if not article.text.startswith(first, source.start):  # a determiner begins the sentence
        return noun_phrase
    begins_with_name = bool(article.list_entities_in(Span(source.start, source.start + 1)))
    is_written_with_capital = first.casefold() in STATE_OF_DEMONYM or not first[1:].islower()
    if begins_with_name or is_written_with_capital:
        return noun_phrase
    if len(words) > 1 and words[1][0].isupper():  # "World Bank and other lenders"
        return noun_phrase
    if " " not in noun_phrase and f" {noun_phrase}" in article.text:
        return noun_phrase
    return first.lower() + noun_phrase[len(first) :]
