"""Fit the weights of where contents begin and end, on the quotes that the engine finds.

Each found quote that has words of its cue in common with an annotated one is an example: right is
the alternative most like what was annotated, and that again has alternatives. `training.calibrate`
runs this, since the confidence says which quotes are found.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.limit_signs import (
    ArticleWords,
    QuoteInWords,
    list_numbers,
    list_signs_of_limits,
)
from claims.extraction.quotes.limits import (
    LIMITS_FILE,
    MOST_ROUNDS,
    LimitScorer,
    Parts,
    list_alternatives,
    list_quotes_nearby,
)
from claims.extraction.schema import Span
from claims.extraction.scoring import measure_overlap, trim_role_spans
from claims.extraction.text.article_text import Text
from training.data import Document
from training.signs import SignMatrix, divide_outlets, list_known_signs
from training.speaker_articles import get_outlet
from training.speaker_scorer import Adam, fall

PARTS = 3  # of outlets, of which each is held out in turn
FEWEST_TIMES = 3  # that a sign is seen
STEPS = 120
RATE = 0.08
RIDGE = 1.0
RIDGE_OF_NUMBERS = 0.3
WORTH_OF_SAME_LIMITS = 0.02  # beside an overlap of at most 1
SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class LimitExample:
    """The alternatives for one quote's contents, the first as they are, and what each is worth."""

    outlet: str
    signs: Sequence[Sequence[str]]
    numbers: Sequence[Sequence[float]]
    worth: Sequence[float]
    is_found: bool  # the first is what the encoder has

    def find_best(self) -> int:
        """Return the best alternative; what is as good as that where nothing is changed is none."""
        best = int(np.argmax(self.worth))
        return best if self.worth[best] > self.worth[0] + SMALL else 0


def list_limit_examples(
    document: Document, quotes: Sequence[FoundQuote], encoded: EncodedText, text: Text
) -> Iterator[LimitExample]:
    words = ArticleWords.of(encoded, text)
    in_words = [QuoteInWords.of(quote, words) for quote in quotes]
    for quote, one in zip(quotes, in_words, strict=True):
        annotated = find_annotated_content(quote, document, text)
        if quote.odds is None or annotated is None:
            continue
        nearby = list_quotes_nearby(one, in_words)
        parts = one.parts
        for _ in range(MOST_ROUNDS):
            alternatives = list(list_alternatives(one, parts, nearby, words))
            example = LimitExample(
                get_outlet(document),
                [list_signs_of_limits(one, other, nearby, words) for other in alternatives],
                [list_numbers(one, other) for other in alternatives],
                [measure_worth(other, annotated, words) for other in alternatives],
                parts == one.parts,
            )
            yield example
            best = example.find_best()
            if best == 0:
                break
            parts = alternatives[best]


def find_annotated_content(
    quote: FoundQuote, document: Document, text: Text
) -> list[Sequence[int]] | None:
    """Return the content that was annotated of a quote; None where none was, or a doubtful one."""
    found = list_letters([[span.start, span.end] for span in quote.contents], text)
    overlaps = []
    for attribution in document["attributions"]:
        cue = [Span(*span) for span in attribution.get("cue") or ()]
        if attribution.get("content") and quote.cue.overlaps_any(cue):
            overlap = measure_overlap(found, list_letters(attribution["content"], text))
            overlaps.append((overlap, attribution))
    if not overlaps:
        return None
    overlap, attribution = max(overlaps, key=lambda pair: pair[0])
    if overlap == 0 or attribution.get("doubtful"):
        return None
    content: list[Sequence[int]] = attribution["content"]
    return content


def list_letters(spans: Iterable[Sequence[int]], text: str) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in range(start, end) if text[at].isalnum())


def measure_worth(parts: Parts, annotated: list[Sequence[int]], words: ArticleWords) -> float:
    """Return the overlap of parts with an annotated content, and more if their limits are its."""
    spans = [words.find_span(part) for part in parts]
    offsets = [[span.start, span.end] for span in spans]
    text = words.text
    overlap = measure_overlap(list_letters(offsets, text), list_letters(annotated, text))
    is_same = trim_role_spans(offsets, text) == trim_role_spans(annotated, text)
    return overlap + WORTH_OF_SAME_LIMITS * is_same


def fit_limit_scorer(examples: Sequence[LimitExample]) -> LimitScorer:
    """Return weights of a softmax over the alternatives of each example, with a ridge, by Adam."""
    signs = [own for one in examples for own in one.signs]
    known = list_known_signs(signs, FEWEST_TIMES)
    matrix = SignMatrix(signs, {sign: row for row, sign in enumerate(known)})
    numbers = np.array([own for one in examples for own in one.numbers], np.float32)
    spread = numbers.std(axis=0) + SMALL
    numbers = numbers / spread
    counts = [len(one.signs) for one in examples]
    first = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    example_of = np.repeat(np.arange(len(examples)), counts)
    right = np.zeros(len(signs), np.float32)
    right[first + np.array([one.find_best() for one in examples])] = 1
    of_signs = Adam(np.zeros((len(known), 1), np.float32), 0)
    of_numbers = Adam(np.zeros(numbers.shape[1], np.float32), 0)
    for number in range(1, STEPS + 1):
        scores = matrix.sum_weights(of_signs.weights)[:, 0] + numbers @ of_numbers.weights
        shares = np.exp(scores - np.maximum.reduceat(scores, first)[example_of])
        shares /= np.add.reduceat(shares, first)[example_of]
        slope = (shares - right).astype(np.float32)
        rate = RATE * fall(number / STEPS)
        gradient = matrix.sum_examples(slope[:, None], len(known))
        of_signs.step(gradient + RIDGE * of_signs.weights, rate, number)
        gradient = numbers.T @ slope + RIDGE_OF_NUMBERS * of_numbers.weights
        of_numbers.step(gradient, rate, number)
    weights = of_signs.weights[:, 0].astype(float).round(3).tolist()
    return LimitScorer(dict(zip(known, weights, strict=True)), of_numbers.weights / spread)


def report_limits(examples: Sequence[LimitExample]) -> str:
    """Return how many limits are right as found and as settled, on outlets that are left out."""
    part_of = divide_outlets({one.outlet for one in examples}, PARTS)
    found, before, after = 0, 0, 0
    for part in range(PARTS):
        scorer = fit_limit_scorer([one for one in examples if part_of[one.outlet] != part])
        for one in examples:
            if part_of[one.outlet] == part and one.is_found:
                scores = [
                    scorer.score(signs, numbers)
                    for signs, numbers in zip(one.signs, one.numbers, strict=True)
                ]
                found += 1
                before += one.worth[0] > 1
                after += one.worth[int(np.argmax(scores))] > 1
    return f"limits right: {before:,} of {found:,} as found, {after:,} when one is moved"


def save_limit_scorer(scorer: LimitScorer, folder: Path) -> None:
    np.savez_compressed(
        folder / LIMITS_FILE,
        signs=np.array(list(scorer.weight_of_sign)),
        weights=np.array(list(scorer.weight_of_sign.values()), np.float16),
        weights_of_numbers=scorer.weights,
    )
