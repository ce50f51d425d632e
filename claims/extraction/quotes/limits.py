"""Where what is said begins and ends, weighed against other places where it might.

The encoder labels words one by one, and its likeliest labels do not always end with a clause. Each
quote's contents are compared with what they would be if a limit were moved, or a part left out or
joined to the next; learned weights tell which is best, and of that the same is asked again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from claims.extraction.encoder.arrays import Floats
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.limit_signs import (
    NEAR_WORDS,
    ArticleWords,
    QuoteInWords,
    Stretch,
    list_numbers,
    list_signs_of_limits,
)
from claims.extraction.quotes.nesting import nest_quotes
from claims.extraction.text.article_text import Text

LIMITS_FILE = "limits.npz"
MOST_ROUNDS = 3  # limits that are moved
MOST_PLACES = 8  # for one limit
MOST_WORDS_GAINED = 40  # by moving a limit
MOST_WORDS_LOST_AT_START = 25
LEAST_GAIN = 0.5  # of the weights, for which a limit is moved
MOST_WORDS_OF_GAP = 8  # between parts that may be one
# The least that the encoder's odds may come to where a clause may begin or end, and elsewhere.
LEAST_EVIDENCE_AT_CLAUSE = -25.0
LEAST_EVIDENCE = -3.0

Parts = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class LimitScorer:
    """A sum of the weights of what alternatives have; `training/limits.py` fits them."""

    weight_of_sign: dict[str, float]
    weights: Floats  # of the numbers

    @classmethod
    def load(cls, path: Path) -> "LimitScorer":
        with np.load(path) as stored:
            signs = stored["signs"].tolist()
            weight_of_sign = dict(zip(signs, stored["weights"].tolist(), strict=True))
            return cls(weight_of_sign, stored["weights_of_numbers"].astype(np.float32))

    def score(self, signs: Sequence[str], numbers: Sequence[float]) -> float:
        weight = self.weight_of_sign
        weighed = sum([weight[sign] for sign in signs if sign in weight])
        return weighed + float(np.dot(self.weights, numbers))


@cache
def load_limit_scorer(folder: Path) -> LimitScorer:
    """Return the scorer of a model's folder: one a process."""
    return LimitScorer.load(folder / LIMITS_FILE)


def settle_limits(
    quotes: Sequence[FoundQuote], encoded: EncodedText, text: Text, scorer: LimitScorer
) -> list[FoundQuote]:
    """Return the quotes, each with the contents that the weights like best."""
    if not quotes:
        return []
    words = ArticleWords.of(encoded, text)
    in_words = [QuoteInWords.of(quote, words) for quote in quotes]
    settled = []
    for quote, one in zip(quotes, in_words, strict=True):
        nearby = list_quotes_nearby(one, in_words)
        parts = find_best_parts(one, nearby, words, scorer) if quote.odds else one.parts
        if parts != one.parts:
            contents = tuple(words.find_span(part) for part in parts)
            quote = replace(quote, contents=contents)
        settled.append(quote)
    return nest_quotes(settled)


def list_quotes_nearby(
    quote: QuoteInWords, quotes: Sequence[QuoteInWords]
) -> Sequence[QuoteInWords]:
    """Return the quotes with a cue that an alternative may hold or come near; `quotes` are in the
    order of their cues.
    """
    first = quote.parts[0].start - MOST_WORDS_GAINED
    last = quote.parts[-1].end + MOST_WORDS_GAINED + NEAR_WORDS
    start = bisect_left(quotes, first, key=lambda other: other.cue.start)
    end = bisect_right(quotes, last, key=lambda other: other.cue.start)
    return [other for other in quotes[start:end] if other is not quote]


def find_best_parts(
    quote: QuoteInWords, nearby: Sequence[QuoteInWords], words: ArticleWords, scorer: LimitScorer
) -> Parts:
    """Return the parts that nothing which may be changed makes better; `nearby` are other quotes."""
    parts = quote.parts
    for _ in range(MOST_ROUNDS):
        alternatives = list(list_alternatives(quote, parts, nearby, words))
        if len(alternatives) == 1:
            break
        scores = []
        for alternative in alternatives:
            signs = list_signs_of_limits(quote, alternative, nearby, words)
            scores.append(scorer.score(signs, list_numbers(quote, alternative)))
        best = int(np.argmax(scores))
        if scores[best] < scores[0] + LEAST_GAIN:
            break
        parts = alternatives[best]
    return parts


# Alternatives


def list_alternatives(
    quote: QuoteInWords, parts: Parts, nearby: Sequence[QuoteInWords], words: ArticleWords
) -> Iterator[Parts]:
    """Yield the parts of what is said as they are, and then with one thing changed.

    No limit runs through the cue or the source of one of the quotes `nearby`.
    """
    yield parts
    uncut = [stretch for other in nearby for stretch in (other.cue, other.source) if stretch]
    for number, part in enumerate(parts):
        before, after = parts[:number], parts[number + 1 :]
        for end in list_ends(quote, part, words):
            if is_within_any(end, uncut):
                continue
            rest = tuple(other for other in after if other.start >= end)
            yield (*before, Stretch(part.start, end), *rest)
        for start in list_starts(quote, part, words):
            if is_within_any(start, uncut):
                continue
            rest = tuple(other for other in before if other.end <= start)
            yield (*rest, Stretch(start, part.end), *after)
        if len(parts) > 1:
            yield (*before, *after)
        if after:
            gap = Stretch(part.end, after[0].start)
            if gap.end - gap.start <= MOST_WORDS_OF_GAP and quote.is_free(gap):
                yield (*before, Stretch(part.start, after[0].end), *after[1:])


def is_within_any(place: int, stretches: Iterable[Stretch]) -> bool:
    return any(stretch.start < place < stretch.end for stretch in stretches)


def list_ends(quote: QuoteInWords, part: Stretch, words: ArticleWords) -> list[int]:
    """Return where else a part may end in the sentence in which it ends."""
    places = []
    farthest = min(words.find_end_of_sentence(part.end - 1), part.end + MOST_WORDS_GAINED)
    for end in range(part.start + 1, farthest + 1):
        if end == part.end or words.is_loose(end - 1) or words.is_within_token(end):
            continue
        if end > part.end and not quote.is_free(Stretch(part.end, end)):
            break
        may_break = end >= farthest or words.may_begin_clause(end)
        places.append((quote.sum_odds(part.end, end), may_break, end))
    return select_places(places)


def list_starts(quote: QuoteInWords, part: Stretch, words: ArticleWords) -> list[int]:
    """Return where else a part may begin, from the start of its sentence on."""
    places = []
    first = max(words.find_start_of_sentence(part.start), part.start - MOST_WORDS_GAINED)
    for start in range(first, min(part.end, part.start + MOST_WORDS_LOST_AT_START)):
        if start == part.start or words.is_loose(start) or words.is_within_token(start):
            continue
        if start < part.start and not quote.is_free(Stretch(start, part.start)):
            continue
        may_break = start in (first, quote.cue.end) or words.may_begin_clause(start)
        places.append((quote.sum_odds(start, part.start), may_break, start))
    return select_places(places)


def select_places(places: Sequence[tuple[float, bool, int]]) -> list[int]:
    """Return the likeliest of the places, of which each comes with the encoder's odds for it and
    whether a clause may begin or end there.
    """
    likely = []
    for evidence, may_break, place in places:
        least = LEAST_EVIDENCE_AT_CLAUSE if may_break else LEAST_EVIDENCE
        if evidence >= least:
            likely.append((evidence, place))
    likely.sort(reverse=True)
    return [place for _, place in likely[:MOST_PLACES]]
