"""Sources that cut a person's name made whole."""

from claims.extraction.lexicon.persons import PERSON_NOUNS, PERSON_TITLES
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.person_names import fold_title

LONGEST_ROLE_BEFORE_NAME = 60  # characters


def complete_source(article: ArticleContext, source: Span, cue: Span) -> Span:
    """Return the source with all of a person's name that it cuts, or stops before.

    For example "Gen Sir" | "Nick Carter". A source may be only what comes first of it: "Lunde" |
    "United manager Nils Berg" | "said".
    """
    by_cue = find_name_before_cue(article, source, cue)
    if by_cue:
        return by_cue
    words = source.of(article.text).split()
    is_all_titles = all(fold_title(word) in PERSON_TITLES for word in words)
    around = Span(source.start, min(source.end + 2, len(article.text)))
    for entity in article.list_entities_in(around):
        is_cut = entity.span.start < source.end < entity.span.end
        comes_next = is_all_titles and source.end <= entity.span.start
        if entity.kind == "PER" and (is_cut or comes_next):
            return Span(source.start, entity.span.end)
    return source


def find_name_before_cue(article: ArticleContext, source: Span, cue: Span) -> Span | None:
    """Return the source to the end of a person's name right before the cue, where nothing but a
    role stands between.
    """
    if not source.end < cue.start <= source.end + LONGEST_ROLE_BEFORE_NAME:
        return None
    between = article.text[source.end : cue.start]
    if not all(word[0].isupper() or word in PERSON_NOUNS for word in between.split()):
        return None
    entities = article.list_entities_in(Span(source.end, cue.start))
    persons = [entity.span for entity in entities if entity.kind == "PER"]
    if not persons or persons[-1].start <= source.end:
        return None
    name = persons[-1]
    if article.text[name.end : cue.start].strip():
        return None
    if "\n" in between:  # what stands in the line above is no part of it
        return Span(source.end + between.rindex("\n") + 1, name.end)
    return Span(source.start, name.end)
