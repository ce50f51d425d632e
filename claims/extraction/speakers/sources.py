"""Sources that cut a person's name made whole."""

from claims.extraction.lexicon.persons import PERSON_TITLES
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.person_names import fold_title


def complete_source(article: ArticleContext, source: Span) -> Span:
    """Return the source with all of a person's name that it cuts, or stops before.

    For example "Gen Sir" | "Nick Carter".
    """
    words = source.of(article.text).split()
    is_all_titles = all(fold_title(word) in PERSON_TITLES for word in words)
    around = Span(source.start, min(source.end + 2, len(article.text)))
    for entity in article.list_entities_in(around):
        is_cut = entity.span.start < source.end < entity.span.end
        comes_next = is_all_titles and source.end <= entity.span.start
        if entity.kind == "PER" and (is_cut or comes_next):
            return Span(source.start, entity.span.end)
    return source
