"""Fit the confidence of quotes on annotated articles: `python -m training.calibrate --help`.

A candidate is right when its content overlaps that of an annotated attribution by half (Jaccard)
and their sources overlap or both are absent, as the scorer has it, and its cue begins where the
annotated one does: of two candidates for one quote the better one is to win. Candidates inside another
quote's content are left out where the article was not read at every level of nesting (PolNeAR), and
so are those of which readers doubt whether they are quotes. Articles that were not read at every
level follow another guide, and weigh half.

Each file may be read by a model that has not learned from it (`--models`), as candidates look surer
where the encoder knows the article.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.extraction.encoder.confidence import ConfidenceScorer
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.session import Encoder
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.quotes.candidates import list_candidate_quotes
from claims.extraction.quotes.found import FoundQuote, QuoteSigns
from claims.extraction.schema import Span
from claims.extraction.scoring import (
    build_scored_attribution,
    list_role_characters,
    pair_attributions,
)
from claims.extraction.text.article_text import Text
from training.data import Document, read_corpus
from training.folds import add_models, pair_with_encoders
from training.gold import is_read_whole
from training.signs import SignMatrix, divide_outlets, list_known_signs
from training.speaker_articles import get_outlet
from training.speaker_scorer import Adam, fall

Floats = NDArray[np.float64]
STEPS = 150
RATE = 0.1
RIDGE = 1.0  # of the weights of the signs
RIDGE_OF_TRAITS = 5.0
FEWEST_TIMES = 4  # that a trait is seen
SMALL = 1e-6
PARTS = 5  # of outlets, of which each is held out in turn
WEIGHT_OF_OTHER_GUIDE = 0.5
# Bounds of the rows of the table, the highest first.
CONFIDENCE_BOUNDS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.2, 0.0)


def judge(quote: FoundQuote, document: Document) -> bool | None:
    """Return whether some annotated attribution is the quote, with its cue, and both have a source
    in common or none; None where that attribution is doubtful.
    """
    text = document["text"]
    content = [[span.start, span.end] for span in quote.contents]
    found = build_scored_attribution(
        {"source": list_offsets(quote.source), "content": content}, text
    )
    for attribution in document["attributions"]:
        if attribution.get("content") and shares_content(attribution, quote):
            annotated = build_scored_attribution(attribution, text)
            for gold, candidate in pair_attributions([annotated], [found]):
                if attribution.get("doubtful"):
                    return None
                if attribution.get("cue") and attribution["cue"][0][0] != quote.cue.start:
                    continue
                ours, theirs = candidate.characters["source"], gold.characters["source"]
                if ours & theirs or not (ours or theirs):
                    return True
    return False


def shares_content(attribution: Document, quote: FoundQuote) -> bool:
    return any(
        start < span.end and span.start < end
        for start, end in attribution["content"]
        for span in quote.contents
    )


def list_offsets(span: Span | None) -> list[list[int]]:
    return [[span.start, span.end]] if span else []


@dataclass(frozen=True, slots=True)
class QuoteExample:
    """A candidate with its signs and traits, whether it is right, and what it weighs."""

    outlet: str
    signs: QuoteSigns
    traits: Sequence[str]
    is_right: bool
    weight: float


def list_examples(documents: Iterable[Document], encoder: Encoder) -> Iterator[QuoteExample]:
    for document in documents:
        text = Text(document["text"])
        yield from list_examples_of(document, encoder(text), text)


def list_examples_of(
    document: Document, encoded: EncodedText, text: Text
) -> Iterator[QuoteExample]:
    is_whole = is_read_whole(document)
    in_contents: frozenset[int] = frozenset()
    if not is_whole:
        contents = [span for one in document["attributions"] for span in one.get("content") or ()]
        in_contents = list_role_characters(contents, text)
    for quote in list_candidate_quotes(encoded, text):
        right = judge(quote, document)
        if right is None or quote.signs is None:
            continue
        if right or quote.cue.start not in in_contents:
            weight = 1.0 if is_whole else WEIGHT_OF_OTHER_GUIDE
            yield QuoteExample(get_outlet(document), quote.signs, quote.traits, right, weight)


def fit_scorer(examples: Sequence[QuoteExample]) -> ConfidenceScorer:
    """Return a logistic regression with a ridge, by Adam, over signs of mean 0 and spread 1."""
    signs = np.array([one.signs for one in examples], np.float32)
    mean, spread = signs.mean(axis=0), signs.std(axis=0) + SMALL
    signs = (signs - mean) / spread
    known = list_known_signs([one.traits for one in examples], FEWEST_TIMES)
    row_of_trait = {trait: row for row, trait in enumerate(known)}
    matrix = SignMatrix([one.traits for one in examples], row_of_trait)
    right = np.array([one.is_right for one in examples], np.float32)
    weight = np.array([one.weight for one in examples], np.float32)
    of_signs = Adam(np.zeros(signs.shape[1], np.float32), 0)
    of_traits = Adam(np.zeros((len(known), 1), np.float32), 0)
    bias = Adam(np.zeros(1, np.float32), 0)
    for number in range(1, STEPS + 1):
        weighed = signs @ of_signs.weights + bias.weights
        weighed += matrix.sum_weights(of_traits.weights)[:, 0]
        slope = (1 / (1 + np.exp(-weighed)) - right) * weight
        rate = RATE * fall(number / STEPS)
        gradient = matrix.sum_examples(slope[:, None].astype(np.float32), len(known))
        of_traits.step(gradient + RIDGE_OF_TRAITS * of_traits.weights, rate, number)
        of_signs.step(signs.T @ slope + RIDGE * of_signs.weights, rate, number)
        bias.step(slope.sum(keepdims=True), rate, number)
    weights = of_signs.weights / spread
    of_trait = dict(
        zip(known, of_traits.weights[:, 0].astype(float).round(3).tolist(), strict=True)
    )
    return ConfidenceScorer(weights, float(bias.weights[0] - mean @ weights), of_trait)


def cross_fit(examples: Sequence[QuoteExample]) -> Floats:
    """Return the confidence of each candidate by weights fitted on the other outlets."""
    part_of = divide_outlets({one.outlet for one in examples}, PARTS)
    confidence = np.zeros(len(examples))
    for part in range(PARTS):
        held = [number for number, one in enumerate(examples) if part_of[one.outlet] == part]
        scorer = fit_scorer([one for one in examples if part_of[one.outlet] != part])
        signs = np.array([examples[number].signs for number in held], np.float32)
        confidence[held] = scorer.score(signs, [examples[number].traits for number in held])
    return confidence


def save_scorer(scorer: ConfidenceScorer, path: Path) -> None:
    rounded = scorer.weights.astype(float).round(4).tolist()
    weights = dict(zip(QuoteSigns._fields, rounded, strict=True))
    stored = {"weights": weights, "bias": round(scorer.bias, 4), "traits": scorer.weight_of_trait}
    path.write_text(json.dumps(stored, indent=1) + "\n")


def format_reliability(confidence: Floats, labels: Floats) -> list[str]:
    """Return a table of how many quotes of each confidence there are and how many of these are
    right.
    """
    lines = ["| confidence | quotes | right |", "|---|---|---|"]
    for high, low in pairwise(CONFIDENCE_BOUNDS):
        held = (confidence >= low) & ((confidence < high) | (high == 1.0))
        if held.any():
            share = labels[held].mean()
            lines.append(f"| {low:.1f}–{high:.1f} | {held.sum():,} | {share:.0%} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quotes", type=Path, nargs="+", required=True, help="documents with attributions"
    )
    add_models(parser)
    parser.add_argument("--out", type=Path, default=MODEL_DIR / "confidence.json")
    options = parser.parse_args()
    examples: list[QuoteExample] = []
    for path, encoder in pair_with_encoders(options.quotes, options.models):
        examples += list_examples(read_corpus(path), encoder)
    right = np.array([one.is_right for one in examples], float)
    print("\n".join(format_reliability(cross_fit(examples), right)))
    save_scorer(fit_scorer(examples), options.out)


if __name__ == "__main__":
    main()
