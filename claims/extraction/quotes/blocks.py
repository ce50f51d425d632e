"""Quotes and what a page sets apart: nobody says a heading, and a list goes on with its
introduction.

Nothing of this is told by the words alone; where no page tells, nothing changes.
"""

from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from claims.extraction.text.blocks import Block, list_runs

KINDS_INTRODUCED = ("item", "quotation")
END_OF_INTRODUCTION = ":"


def fit_to_blocks(quotes: Sequence[FoundQuote], text: Text) -> list[FoundQuote]:
    """Return the quotes without headings, and with the lists and quotations that they introduce."""
    fitted = leave_out_headings(quotes, text)
    for run in list_runs(text.blocks):
        if run[0].kind in KINDS_INTRODUCED:
            fitted = add_run_introduced(fitted, run, text)
    return fitted


def leave_out_headings(quotes: Sequence[FoundQuote], text: Text) -> list[FoundQuote]:
    headings = [Span(block.start, block.end) for block in text.blocks if block.kind == "heading"]
    if not headings:
        return list(quotes)
    kept = []
    for quote in quotes:
        contents = [part for content in quote.contents for part in cut_out(content, headings)]
        if contents and not quote.cue.overlaps_any(headings):
            kept.append(replace(quote, contents=tuple(contents)))
    return kept


def cut_out(span: Span, others: Sequence[Span]) -> list[Span]:
    """Return what is left of a span without the others, which come in order; ends of lines are
    not.
    """
    parts = []
    start = span.start
    for other in others:
        if other.overlaps(span):
            if other.start - 1 > start:
                parts.append(Span(start, other.start - 1))
            start = max(start, other.end + 1)
    if start < span.end:
        parts.append(Span(start, span.end))
    return parts


def add_run_introduced(
    quotes: Sequence[FoundQuote], run: Sequence[Block], text: Text
) -> list[FoundQuote]:
    """Return the quotes, the one that introduces a list or a quotation with all of it.

    That is the last one of the paragraph before, if a colon ends that paragraph, and nobody else
    speaks in what it introduces.
    """
    before = text.find_paragraph(run[0].start) - 1
    whole = Span(run[0].start, run[-1].end)
    if before < 0 or any(quote.cue.overlaps(whole) for quote in quotes):
        return list(quotes)
    start, end = text.paragraphs[before]
    introduction = Span(start, end)
    introducing = [
        number
        for number, quote in enumerate(quotes)
        if quote.cue.overlaps(introduction) and quote.source and quote.within is None
    ]
    if not introducing or not introduction.of(text).rstrip().endswith(END_OF_INTRODUCTION):
        return list(quotes)
    fitted = list(quotes)
    number = introducing[-1]
    contents = [part for part in fitted[number].contents if not part.overlaps(whole)]
    fitted[number] = replace(fitted[number], contents=(*contents, whole))
    return fitted
