"""Fit the confidence of quotes on articles that the encoder has not read: `python -m training.calibrate --help`.

A candidate is right when its content overlaps that of an annotated attribution by half (Jaccard) and their sources overlap
or both are absent, as the scorer has it. Candidates inside another quote's content are left out, since PolNeAR has none.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.extraction.encoder.features import MODEL_DIR
from claims.extraction.encoder.session import Encoder
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

Floats = NDArray[np.float64]
ROUNDS, RIDGE, PARTS = 50, 1.0, 5


def right(quote: FoundQuote, document: Document) -> bool:
    text = document["text"]
    made = build_scored_attribution(
        {"source": offsets(quote.source), "content": [[s.start, s.end] for s in quote.contents]},
        text,
    )
    golds = [
        build_scored_attribution(a, text)
        for a in document["attributions"]
        if a.get("content") and near(a, quote)
    ]
    return any(
        bool(g.characters["source"] & m.characters["source"])
        or not (g.characters["source"] or m.characters["source"])
        for gold in golds
        for g, m in pair_attributions([gold], [made])
    )


def near(attribution: Document, quote: FoundQuote) -> bool:
    return any(a < s.end and s.start < b for a, b in attribution["content"] for s in quote.contents)


def offsets(span: Span | None) -> list[list[int]]:
    return [[span.start, span.end]] if span else []


def examples(documents: list[Document], encoder: Encoder) -> tuple[Floats, Floats, Floats]:
    """Signs (n, k), whether each is right (n,), and the number of its document (n,)."""
    rows: list[tuple[float, ...]] = []
    labels: list[bool] = []
    numbers: list[int] = []
    for number, document in enumerate(documents):
        text = Text(document["text"])
        found = list(list_candidate_quotes(encoder(text), text))
        inner = list_role_characters(
            [span for a in document["attributions"] for span in a.get("content") or ()], text
        )
        for quote in found:
            is_right = right(quote, document)
            if quote.signs and (is_right or quote.cue.start not in inner):
                rows.append(quote.signs)
                labels.append(is_right)
                numbers.append(number)
    return np.array(rows), np.array(labels, float), np.array(numbers)


def fitted(signs: Floats, labels: Floats) -> Floats:
    """Weights (k + 1,), the last the bias, of a logistic regression with a small ridge, by Newton's method."""
    x = np.hstack([signs, np.ones((len(signs), 1))])
    weights = np.zeros(x.shape[1])
    ridge = np.diag([RIDGE] * signs.shape[1] + [0.0])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (labels - p) - ridge @ weights
        weights += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, gradient)
    return weights


def crossed(signs: Floats, labels: Floats, numbers: Floats) -> Floats:
    """The confidence of each candidate by weights fitted on the other documents."""
    out = np.zeros(len(labels))
    for part in range(PARTS):
        held = numbers % PARTS == part
        weights = fitted(signs[~held], labels[~held])
        out[held] = 1 / (1 + np.exp(-(signs[held] @ weights[:-1] + weights[-1])))
    return out


def reliability(confidence: Floats, labels: Floats) -> list[str]:
    lines = ["| confidence | quotes | right |", "|---|---|---|"]
    for low, high in (
        (0.9, 1.01),
        (0.8, 0.9),
        (0.7, 0.8),
        (0.6, 0.7),
        (0.5, 0.6),
        (0.4, 0.5),
        (0.2, 0.4),
        (0.0, 0.2),
    ):
        held = (confidence >= low) & (confidence < high)
        if held.any():
            lines.append(
                f"| {low:.1f}–{min(high, 1.0):.1f} | {held.sum():,} | {labels[held].mean():.0%} |"
            )
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
    signs, labels, numbers = examples(read_corpus(options.quotes), Encoder(options.model))
    print("\n".join(reliability(crossed(signs, labels, numbers), labels)))
    *weights, bias = fitted(signs, labels).round(4).tolist()
    stored = {"weights": dict(zip(QuoteSigns._fields, weights, strict=True)), "bias": bias}
    (options.model / "confidence.json").write_text(json.dumps(stored, indent=1) + "\n")


if __name__ == "__main__":
    main()
