"""Groups: several who are named together, and how they are written."""

import re

from claims.extraction.lexicon.places import STATE_OF_DEMONYM
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.roles import END_OF_CORE, OF_OR_FOR, START_OF_CLAUSE

AND_BETWEEN_SOURCES = re.compile(r"(?:,|(?<!\s))\s+(?:and|&)\s+")
ARTICLE_AFTER_AND = re.compile(r"(?:the|an?)\s", re.I)


def is_joint_source(article: ArticleContext, source: Span) -> bool:
    """Return whether "and" joins several who say it, not those whom somebody is of.

    It does not join two who do in "the head of the board and the union".
    """
    entities = article.list_entities_in(source)
    starts = {entity.span.start for entity in entities if entity.kind == "ORG"}
    for match in AND_BETWEEN_SOURCES.finditer(article.text, source.start, source.end):
        within_name = any(
            entity.span.start < match.start() and match.end() < entity.span.end
            for entity in entities
        )
        begins_another = match.end() in starts or ARTICLE_AFTER_AND.match(article.text, match.end())
        if begins_another and not within_name:
            before = article.text[source.start : match.start()]
            patterns = (START_OF_CLAUSE, END_OF_CORE, OF_OR_FOR)
            return not any(pattern.search(before) for pattern in patterns)
    return False


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
