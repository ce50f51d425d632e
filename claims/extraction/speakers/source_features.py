"""What a quote's source and its own words are like: the same for all its candidates."""

import re

import numpy as np

from claims.extraction.lexicon.bodies import NOUNS_SELDOM_IN_NAMES
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.candidates import CandidateTable, QuoteSource
from claims.extraction.speakers.columns import FeatureColumns
from claims.extraction.speakers.wordings import AND

INTRODUCING_MARKS = (":", "―", "—")
WORDS_OF_SAYING = ("said", "says", "told", "added")
POSSESSIVE_DETERMINERS = ("his", "her", "its", "their", "my", "our", "your")
DEMONSTRATIVES = ("this", "that", "these", "those")
FORM_OF_BE = re.compile(r"\b(?:was|were|is|are|been|being|be)\b")
GAP_BEFORE_FIRST = 2.0  # of the first quote of an article, more than any other's


def fill_source_and_quote(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell of all candidates of a quote what its source and its words are like."""
    rows = [describe_quote(table, number) for number in range(len(table.quotes))]
    names = sorted({name for row in rows for name in row})
    for name in names:
        columns.put(name, table.spread_quotes([row.get(name, 0.0) for row in rows]))


def describe_quote(table: CandidateTable, number: int) -> dict[str, float]:
    source = table.sources[number]
    quote, article = source.quote, table.article
    content = quote.contents[0]
    cue = quote.cue.of(article.text).casefold()
    length = content.end - content.start
    place = table.places[number]
    before = table.order[place - 1] if place else None
    is_first = before is None or table.paragraph[before] != table.paragraph[number]
    gaps = [source.at - span.end for span in quote.contents]
    paragraph_start = article.paragraphs[table.paragraph[number]][0]
    is_cueless = quote.cue == Span(content.start, content.start + 1)
    is_passive = quote.source is None and FORM_OF_BE.search(cue) is not None
    described = {
        f"source_{source.type}": 1.0,
        "quoted": article.count_quoted(content) / length,
        "colon": float(cue in INTRODUCING_MARKS),
        "according": float(cue.startswith("accord")),
        "said": float(any(word in cue for word in WORDS_OF_SAYING)),
        "length": np.log1p(length) / 5,
        "nested": len(table.outer_quotes[number]) / 2,
        "first_in_paragraph": float(is_first),
        "source_after_quotation": float(any(0 <= gap < 4 for gap in gaps)),
        "cueless": float(is_cueless),
        "passive": float(is_passive),
        "content_opens_paragraph": float(content.start - paragraph_start < 3),
        "gap_before": measure_gap_before(table, number),
    }
    if quote.source:
        described |= describe_source_words(table, source)
    return described


def measure_gap_before(table: CandidateTable, number: int) -> float:
    """Return how far the end of the quote before is from a quote, as a logarithm."""
    place = table.places[number]
    if not place:
        return GAP_BEFORE_FIRST
    before = table.quotes[table.order[place - 1]]
    end = max(before.cue.end, before.contents[-1].end)
    return float(np.log1p(max(int(table.at[number]) - end, 0)) / 5)


def describe_source_words(table: CandidateTable, source: QuoteSource) -> dict[str, float]:
    quote, article = source.quote, table.article
    assert quote.source
    words = quote.source.of(article.text).split()
    entities = article.list_entities_in(quote.source)
    described = {
        "source_words": min(len(words), 12) / 6,
        "source_in_capitals": float(words[-1].isupper() and len(words[-1]) > 1),
        "source_with_and": float("and" in words),
        "source_joint": float(joins_several(article, quote.source)),
        "source_has_person": float(any(entity.kind == "PER" for entity in entities)),
        "source_quoted": float(article.is_quoted(source.at)),
        "source_after_content": float(source.at > quote.contents[0].start),
        "source_far": np.log1p(abs(source.at - quote.cue.start)) / 5,
    }
    main = source.main_wording
    if main and f"head_{main.kind}" in ("head_document", "head_organization", "head_unnamed"):
        described[f"head_{main.kind}"] = 1.0
    elif main and main.kind == "group":
        described["head_group"] = 1.0
    described["possessed"] = float(words[0].casefold() in POSSESSIVE_DETERMINERS)
    described["pointed_at"] = float(words[0].casefold() in DEMONSTRATIVES)
    if source.description and source.description.head in NOUNS_SELDOM_IN_NAMES:
        described["head_seldom_in_names"] = 1.0
    return described


def joins_several(article: ArticleContext, source: Span) -> bool:
    """Return whether "and" stands in a source outside all names."""
    names = [entity.span for entity in article.list_entities_in(source)]
    return any(
        not Span(*match.span()).overlaps_any(names)
        for match in AND.finditer(article.text, source.start, source.end)
    )
