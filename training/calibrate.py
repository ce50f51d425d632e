"""Fit the confidence of quotes on articles that the encoder has not read: `python -m
training.calibrate --help`.

A candidate is right when its content overlaps that of an annotated attribution by half (Jaccard)
and their sources overlap or both are absent, as the scorer has it. Candidates inside another
quote's content are left out where the article was not read at every level of nesting (PolNeAR), and
so are those of which readers doubt whether they are quotes.
"""

import argparse
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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
from training.gold import is_read_whole

Floats = NDArray[np.float64]
NEWTON_STEPS = 50
RIDGE = 1.0  # of the weights, the bias apart
PARTS = 5  # of which each is held out in turn
# Bounds of the rows of the table, the highest first.
CONFIDENCE_BOUNDS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.2, 0.0)


def judge(quote: FoundQuote, document: Document) -> bool | None:
    """Return whether some annotated attribution is the quote, and both have a source in common or
    none; None where that attribution is doubtful.
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


def list_examples(documents: list[Document], encoder: Encoder) -> tuple[Floats, Floats, Floats]:
    """Return the signs of each candidate (n, k), whether it is right (n,), and the number of its
    document (n,).
    """
    rows: list[tuple[float, ...]] = []
    labels: list[bool] = []
    numbers: list[int] = []
    for number, document in enumerate(documents):
        text = Text(document["text"])
        contents: list[list[int]] = []
        for attribution in document["attributions"]:
            contents += attribution.get("content") or ()
        in_contents: frozenset[int] = frozenset()
        if not is_read_whole(document):
            in_contents = list_role_characters(contents, text)
        for quote in list_candidate_quotes(encoder(text), text):
            right = judge(quote, document)
            if right is None:
                continue
            if quote.signs and (right or quote.cue.start not in in_contents):
                rows.append(quote.signs)
                labels.append(right)
                numbers.append(number)
    return np.array(rows), np.array(labels, float), np.array(numbers)


def fit_weights(signs: Floats, labels: Floats) -> Floats:
    """Return the weights (k + 1,), the last the bias, of a logistic regression with a small ridge,
    by Newton's method.
    """
    with_bias = np.hstack([signs, np.ones((len(signs), 1))])
    weights = np.zeros(with_bias.shape[1])
    ridge = np.diag([RIDGE] * signs.shape[1] + [0.0])
    for _ in range(NEWTON_STEPS):
        likely = 1 / (1 + np.exp(-with_bias @ weights))
        gradient = with_bias.T @ (labels - likely) - ridge @ weights
        curvature = (with_bias * (likely * (1 - likely))[:, None]).T @ with_bias + ridge
        weights += np.linalg.solve(curvature, gradient)
    return weights


def cross_fit(signs: Floats, labels: Floats, numbers: Floats) -> Floats:
    """Return the confidence of each candidate by weights fitted on the other documents."""
    confidence = np.zeros(len(labels))
    for part in range(PARTS):
        held = numbers % PARTS == part
        weights = fit_weights(signs[~held], labels[~held])
        confidence[held] = 1 / (1 + np.exp(-(signs[held] @ weights[:-1] + weights[-1])))
    return confidence


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
        "--quotes",
        type=Path,
        required=True,
        help="documents with attributions that training did not read",
    )
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    options = parser.parse_args()
    documents = read_corpus(options.quotes)
    signs, labels, numbers = list_examples(documents, Encoder(options.model))
    confidence = cross_fit(signs, labels, numbers)
    print("\n".join(format_reliability(confidence, labels)))
    *weights, bias = fit_weights(signs, labels).round(4).tolist()
    stored = {"weights": dict(zip(QuoteSigns._fields, weights, strict=True)), "bias": bias}
    (options.model / "confidence.json").write_text(json.dumps(stored, indent=1) + "\n")


if __name__ == "__main__":
    main()
