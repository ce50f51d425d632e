"""Quotes that the layout alone gives away: lines of a transcript, a quotation signed with a name.

What the layout shows is surer than what the encoder reads, which has seen few such pages: of a line
that is set out the speaker and the words are those of the layout, and nothing the encoder found
runs across its borders.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from claims.extraction.quotes.dialogue import list_lines_of_dialogue
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.letters import list_letters
from claims.extraction.quotes.posts import list_posts
from claims.extraction.quotes.signatures import list_signed_quotes
from claims.extraction.quotes.transcripts import list_transcript_quotes
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text

KINDS_OF_LAYOUT: tuple[Callable[[Text], Iterable[FoundQuote]], ...] = (
    list_letters,
    list_transcript_quotes,
    list_posts,
    list_signed_quotes,
    list_lines_of_dialogue,
)


def merge_layout_quotes(quotes: Sequence[FoundQuote], text: Text) -> list[FoundQuote]:
    """Return the quotes and those that the layout shows, in order.

    Where the two differ, the layout has it.
    """
    shown = list_quotes_shown(text)
    if not shown:
        return list(quotes)

    lines = LinesSetOut(shown)
    confidence_of_cue = {quote.cue.start: quote.confidence for quote in quotes}
    merged: list[FoundQuote] = []
    characters_of_cues: set[int] = set()
    for quote in shown:
        confidence = max(quote.confidence, confidence_of_cue.get(quote.cue.start, 0))
        merged.append(replace(quote, confidence=confidence))
        characters_of_cues.update(range(quote.cue.start, quote.cue.end))
    for quote in quotes:
        if characters_of_cues.isdisjoint(range(quote.cue.start, quote.cue.end)):
            kept = lines.keep_within(quote)
            if kept:
                merged.append(kept)
    return sorted(merged, key=lambda quote: quote.cue)


def list_quotes_shown(text: Text) -> list[FoundQuote]:
    """Return the quotes that the layout shows; of those that overlap the first of the kinds below."""
    shown: list[FoundQuote] = []
    for list_quotes in KINDS_OF_LAYOUT:
        lines = LinesSetOut(shown)
        shown += [quote for quote in list_quotes(text) if not lines.touches(find_extent(quote))]
    return shown


class LinesSetOut:
    """The lines that are set out, labels and signatures included, and the words said in each."""

    def __init__(self, shown: Sequence[FoundQuote]):
        self.lines = sorted((find_extent(quote), quote.contents) for quote in shown)
        self.starts = [line.start for line, _ in self.lines]

    def find_words_said(self, span: Span) -> Sequence[Span] | None:
        """Return the words said in the line in which the span begins, if it begins in one."""
        number = bisect_right(self.starts, span.start) - 1
        if number < 0:
            return None
        line, said = self.lines[number]
        return said if span.start < line.end else None

    def touches(self, span: Span) -> bool:
        """Return whether any line shares a character with the span."""
        if self.find_words_said(span) is not None:
            return True
        following = bisect_right(self.starts, span.start)
        return following < len(self.lines) and self.starts[following] < span.end

    def keep_within(self, quote: FoundQuote) -> FoundQuote | None:
        """Return the quote without what is said in other lines than its own.

        None if no words are left, or its source is elsewhere.
        """
        said = self.find_words_said(quote.cue)
        if quote.source and self.find_words_said(quote.source) != said:
            return None
        contents = []
        for content in quote.contents:
            if said is not None:
                contents += list_common_parts(content, said)
            elif not self.touches(content):
                contents.append(content)
        return replace(quote, contents=tuple(contents)) if contents else None


def find_extent(quote: FoundQuote) -> Span:
    """Return the characters from the first to the last of a quote."""
    spans = [quote.cue, *quote.contents]
    if quote.source:
        spans.append(quote.source)
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def list_common_parts(span: Span, others: Sequence[Span]) -> list[Span]:
    """Return what the span has in common with each of the others."""
    common = []
    for other in others:
        if span.overlaps(other):
            common.append(Span(max(span.start, other.start), min(span.end, other.end)))
    return common
