"""The parts of a quote that a curator gives it, and where they may stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.desk.refusals import DecisionRefused
from claims.extraction.schema import Span
from claims.models import Article, ArticleVersion


@dataclass(frozen=True)
class QuoteParts:
    """Where the source, the cue and each part of the content stand; a quote may have no source."""

    source: Span | None
    cue: Span
    contents: Sequence[Span]


def find_span_problem(start: int | None, end: int | None, text: str) -> str:
    """Return in words what is wrong with a span of `text`; empty if nothing is."""
    if start is None or end is None:
        return "A span needs a start and an end."
    if start >= end:
        return f"The span ends ({end}) where it starts ({start}) or before."
    if end > len(text):
        return f"The span ends at {end}, and the article's text at {len(text)}."
    return ""


def find_cue_problem(
    article: Article,
    start: int,
    end: int,
    own_quote: int = 0,
    version: ArticleVersion | None = None,
) -> str:
    """Return in words that another quote than `own_quote` has this cue; empty if none has.

    The cue stands in the article's text as it is now, or in that of an earlier `version`.
    """
    same_cue = article.quotes.filter(cue_start=start, cue_end=end, version=version)
    if same_cue.exclude(pk=own_quote).exists():
        return "Another quote of this article has this cue."
    return ""


def find_parts_problem(article: Article, parts: QuoteParts, own_quote: int = 0) -> str:
    """Return in words what is wrong first with the parts of a quote; empty if nothing is."""
    spans = [parts.cue, *parts.contents]
    if parts.source:
        spans.insert(0, parts.source)
    for span in spans:
        problem = find_span_problem(span.start, span.end, article.text)
        if problem:
            return problem
    if not parts.contents:
        return "A quote has at least one content span."
    for earlier, later in pairwise(sorted(parts.contents)):
        if earlier.overlaps(later):
            return "Two parts of the content overlap."
    return find_cue_problem(article, parts.cue.start, parts.cue.end, own_quote)


def check_parts(article: Article, parts: QuoteParts, own_quote: int = 0) -> None:
    """Raise `DecisionRefused` where no quote but `own_quote` could have these parts."""
    problem = find_parts_problem(article, parts, own_quote)
    if problem:
        raise DecisionRefused(problem)


def subtract_spans(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Return the characters of the spans that are in none of the others, as spans."""
    remaining = list(spans)
    for other in others:
        pieces: list[Span] = []
        for span in remaining:
            pieces.extend(cut_out(span, other))
        remaining = pieces
    return remaining


def cut_out(span: Span, other: Span) -> list[Span]:
    """Return what stands in the span before and after the other one."""
    if not span.overlaps(other):
        return [span]
    pieces = []
    if span.start < other.start:
        pieces.append(Span(span.start, other.start))
    if other.end < span.end:
        pieces.append(Span(other.end, span.end))
    return pieces
