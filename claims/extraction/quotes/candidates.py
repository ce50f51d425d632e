"""The best quote that each cue can have, with what speaks for it and against it (`QuoteSigns`)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from claims.extraction.details.acts import is_known_to_report
from claims.extraction.encoder.decoding import LabelledWords
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.quotes.boundaries import (
    complete_content,
    complete_cue,
    complete_to_sentence,
    drop_addressee,
    is_fragment,
    keep_to_paragraph,
    merge_contents_over_gaps,
    trim_source,
)
from claims.extraction.quotes.found import FoundQuote, QuoteSigns
from claims.extraction.quotes.quoted import find_quoted_as_parts
from claims.extraction.quotes.traits import list_traits
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text

LOOSE_PUNCTUATION = " \t\r\n,;:"
LETTER_OR_DIGIT = re.compile(r"\w")
MOST_TOKENS_OF_HEADLINE = 20  # words and marks
MOST_WORDS_OF_SHORT_CONTENT = 2
MOST_WORDS_OF_MENTION = 4  # an indirect content of so few may be no more than a thing's mention
LOWEST_SHARE = 1e-4  # below it logarithms of probabilities do not go


class QuoteSpans(NamedTuple):
    source: Span | None
    cue: Span
    contents: list[Span]

    def list_source_and_cue(self) -> list[Span]:
        return [self.cue, self.source] if self.source else [self.cue]

    def list_source_and_contents(self) -> list[Span]:
        return [*self.contents, self.source] if self.source else self.contents


def list_candidate_quotes(encoded: EncodedText, text: Text) -> Iterator[FoundQuote]:
    """Yield, for each word that may begin a cue, the best quote it can have."""
    for window in encoded.windows:
        for cue, parts in window.linked_cues:
            quote = build_quote(cue, parts, window.end, encoded, text)
            if quote:
                yield quote


def build_quote(
    cue: LabelledWords,
    parts: Sequence[LabelledWords],
    border: int,
    encoded: EncodedText,
    text: Text,
) -> FoundQuote | None:
    """Return the quote of a cue and the parts linked to it, in a window that ends before a word.

    None if no words are left that somebody says, or the cue is white space alone.
    """
    cue_span = find_characters_of_words(cue, encoded, text, loose="")
    content_parts: list[LabelledWords] = []
    contents: list[Span] = []
    for part in parts:
        content = find_characters_of_words(part, encoded, text)
        if part.name == "content" and content and LETTER_OR_DIGIT.search(content.of(text)):
            content_parts.append(part)
            contents.append(content)
    if not contents or cue_span is None:
        return None

    source_part = find_source_part(parts, cue, encoded)
    source = find_source(source_part, encoded, text) if source_part else None
    spans = QuoteSpans(source, cue_span, contents)
    quoted_as = find_quoted_as_parts(spans.cue, spans.list_source_and_contents(), text)
    if quoted_as:
        spans = QuoteSpans(*quoted_as)
    if content_parts[-1].end == border < len(encoded.words):
        last = complete_to_sentence(spans.contents[-1], spans.list_source_and_cue(), text)
        spans = spans._replace(contents=[*spans.contents[:-1], last])
    spans = complete_spans(spans, text)
    if not spans.contents:
        return None
    signs = build_signs(cue, source_part if spans.source else None, content_parts, spans, text)
    traits = tuple(list_traits(spans.source, spans.cue, spans.contents, text))
    contents_found = tuple(spans.contents)
    return FoundQuote(
        spans.source, spans.cue, contents_found, cue.score, signs=signs, traits=traits
    )


# Spans


def find_characters_of_words(
    words: LabelledWords, encoded: EncodedText, text: str, loose: str = LOOSE_PUNCTUATION
) -> Span | None:
    """Return the characters of the words, less loose punctuation of the sentence around them.

    None where nothing else is there.
    """
    start = int(encoded.words.start[words.start])
    end = int(encoded.words.end[words.end - 1])
    while end > start and text[end - 1] in loose:
        end -= 1
    while start < end and text[start] in loose:
        start += 1
    return Span(start, end) if start < end else None


def find_source_part(
    parts: Sequence[LabelledWords], cue: LabelledWords, encoded: EncodedText
) -> LabelledWords | None:
    """Return the likeliest of the sources linked to a cue; None where it has none that may be."""
    sources = []
    for part in parts:
        if part.name == "source" and not is_source_elsewhere(part, cue, encoded):
            sources.append(part)
    return max(sources, key=lambda part: part.score, default=None)


def is_source_elsewhere(part: LabelledWords, cue: LabelledWords, encoded: EncodedText) -> bool:
    """Return whether a source stands in a paragraph after the cue, or in the headline above it.

    Who speaks is named in between.
    """
    opens = encoded.words.opens
    if part.start >= cue.end:
        return bool(opens[cue.end : part.start + 1].any())
    if part.end > MOST_TOKENS_OF_HEADLINE:
        return False
    opens_after_first = opens[1 : MOST_TOKENS_OF_HEADLINE + 1]
    is_in_first_paragraph = not opens_after_first[: part.start].any()
    return is_in_first_paragraph and bool(opens_after_first[part.start : cue.start].any())


def find_source(part: LabelledWords, encoded: EncodedText, text: str) -> Span | None:
    """Return the characters of a source; None where nothing is left of it."""
    span = find_characters_of_words(trim_words_to_paragraph(part, encoded), encoded, text)
    return trim_source(span, text) if span else None


def trim_words_to_paragraph(words: LabelledWords, encoded: EncodedText) -> LabelledWords:
    """Return the words up to the end of the paragraph in which they begin."""
    breaks = np.flatnonzero(encoded.words.opens[words.start + 1 : words.end])
    if len(breaks) == 0:
        return words
    return replace(words, end=words.start + 1 + int(breaks[0]))


def complete_spans(spans: QuoteSpans, text: Text) -> QuoteSpans:
    """Return the spans with what the encoder cuts off, and the contents without what nobody says.

    Nothing may be left of the contents.
    """
    cue = complete_cue(spans.cue, spans.list_source_and_contents(), text)
    spans = spans._replace(cue=cue)
    contents = drop_addressee(spans.contents, cue, text)
    contents = merge_contents_over_gaps(contents, spans.list_source_and_cue(), text)
    contents = keep_to_paragraph(contents, cue, text)
    contents = [content for content in contents if not is_fragment(content, cue, text)]
    if contents:
        contents[-1] = complete_content(contents[-1], spans.list_source_and_cue(), text)
    return spans._replace(contents=contents)


# Signs


def build_signs(
    cue: LabelledWords,
    source: LabelledWords | None,
    contents: Sequence[LabelledWords],
    spans: QuoteSpans,
    text: Text,
) -> QuoteSigns:
    """Return what speaks for a quote and against it.

    `source` and `contents` are what the encoder labels; `spans` is what became of them.
    """
    reports = is_known_to_report(spans.cue.of(text))
    quoted = measure_quoted_share(spans.contents, text)
    word_count = 0
    score = 0.0
    for part in contents:
        word_count += part.end - part.start
        score += part.score * (part.end - part.start)
    score_of_edges = contents[0].score_of_start * contents[-1].score_of_end
    distance = 0
    if source:
        distance = max(cue.start - source.end, source.start - cue.end, 0)
    is_mention = not reports and quoted == 0 and word_count <= MOST_WORDS_OF_MENTION
    return QuoteSigns(
        begins=take_logarithm(cue.score),
        goes_on=take_logarithm(cue.score_of_rest),
        source=take_logarithm(source.score) if source else 0.0,
        unsourced=float(source is None),
        contents=take_logarithm(score / word_count),
        weakest=take_logarithm(min(part.lowest_score for part in contents)),
        edges=take_logarithm(score_of_edges),
        quoted=quoted,
        unsourced_plain=float(source is None and quoted == 0),
        short=float(word_count <= MOST_WORDS_OF_SHORT_CONTENT),
        parts=float(len(contents) - 1),
        far=float(np.log1p(distance)),
        reports=float(reports),
        size=float(np.log(word_count)),
        mentioned=float(is_mention),
    )


def measure_quoted_share(contents: Sequence[Span], text: Text) -> float:
    """Return the share of the contents' characters that stand inside quotation marks."""
    quoted = 0
    length = 0
    for content in contents:
        quoted += int(np.count_nonzero(text.quoted_characters[content.start : content.end]))
        length += content.end - content.start
    return quoted / length


def take_logarithm(share: float) -> float:
    return float(np.log(max(share, LOWEST_SHARE)))
