"""Fit the weights that tell the act of a quote: `python -m training.acts --help`.

They are fitted on the cues of articles that readers annotated, and on cues written by hand
(`act_examples.txt`) that articles have too seldom. The encoder has no part in it.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claims.extraction.details.acts import ACTS_FILE, ActScorer, list_signs_of_act
from claims.extraction.encoder.arrays import Floats
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.schema import ACTS, Act, Span
from training.data import Document, read_corpus
from training.signs import SignMatrix, divide_outlets, list_known_signs
from training.speaker_articles import get_outlet
from training.speaker_scorer import fall

EXAMPLES = Path(__file__).parent / "act_examples.txt"
KINDS_THAT_SAY = ("person", "unnamed", "none")
PARTS = 5  # of outlets, of which each is held out in turn
FEWEST_TIMES = 2  # that a sign is seen
STEPS = 100
RATE = 0.15
RIDGE = 1.0
MEAN_OF_GRADIENT = 0.9  # Adam's
MEAN_OF_SQUARE = 0.99
SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class ActExample:
    """The signs of a quote and its act; the outlet is "" of one written by hand."""

    outlet: str
    signs: Sequence[str]
    act: Act


def list_annotated_examples(documents: Iterable[Document]) -> Iterator[ActExample]:
    for document in documents:
        for attribution in document["attributions"]:
            is_whole = attribution.get("cue") and attribution.get("content")
            if not is_whole or "act" not in attribution or attribution.get("doubtful"):
                continue
            first, last = attribution["cue"][0], attribution["cue"][-1]
            contents = [Span(*span) for span in attribution["content"]]
            is_person = attribution.get("kind") in KINDS_THAT_SAY
            cue = Span(first[0], last[1])
            signs = list_signs_of_act(document["text"], cue, contents, is_person)
            yield ActExample(get_outlet(document), signs, attribution["act"])


def list_written_examples() -> Iterator[ActExample]:
    for line in EXAMPLES.read_text().splitlines():
        if not line.startswith("#"):
            act, cue, content = line.split(" | ")
            text = f"{cue} {content}"
            contents = [Span(len(cue) + 1, len(text))]
            signs = list_signs_of_act(text, Span(0, len(cue)), contents, True)
            assert act in ACTS
            yield ActExample("", signs, act)


def fit_scorer(examples: Sequence[ActExample]) -> ActScorer:
    """Return the scorer of some examples: a softmax regression with a ridge, by Adam."""
    known = list_known_signs([one.signs for one in examples], FEWEST_TIMES)
    row_of_sign = {sign: row for row, sign in enumerate(known)}
    matrix = SignMatrix([one.signs for one in examples], row_of_sign)
    right = np.eye(len(ACTS), dtype=np.float32)[[ACTS.index(one.act) for one in examples]]
    weights = np.zeros((len(known), len(ACTS)), np.float32)
    mean = np.zeros_like(weights)
    square = np.zeros_like(weights)
    for number in range(1, STEPS + 1):
        slope = share(matrix.sum_weights(weights)) - right
        gradient = matrix.sum_examples(slope, len(known)) + RIDGE * weights
        mean += (1 - MEAN_OF_GRADIENT) * (gradient - mean)
        square += (1 - MEAN_OF_SQUARE) * (gradient**2 - square)
        step = mean / (1 - MEAN_OF_GRADIENT**number)
        size = np.sqrt(square / (1 - MEAN_OF_SQUARE**number)) + SMALL
        weights -= np.float32(RATE * fall(number / STEPS)) * step / size
    return ActScorer(row_of_sign, weights)


def share(scores: Floats) -> Floats:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)


def tell_on_others(examples: Sequence[ActExample]) -> list[tuple[ActExample, Act, float]]:
    """Return what is told of each annotated example by a scorer that has not seen its outlet."""
    part_of = divide_outlets({example.outlet for example in examples} - {""}, PARTS)
    told = []
    for part in range(PARTS):
        scorer = fit_scorer([one for one in examples if part_of.get(one.outlet) != part])
        for example in examples:
            if part_of.get(example.outlet) == part:
                told.append((example, *scorer.classify(example.signs)))
    return told


def format_report(told: Sequence[tuple[ActExample, Act, float]]) -> str:
    """Return how many acts are right, of all and by confidence."""
    lines = ["| confidence | quotes | right |", "|---|---|---|"]
    for low, high in ((0.0, 1.01), (0.0, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.01)):
        right = [one.act == act for one, act, sure in told if low <= sure < high]
        lines.append(f"| {low}–{min(high, 1)} | {len(right):,} | {np.mean(right):.3f} |")
    return "\n".join(lines)


def save_scorer(scorer: ActScorer, path: Path) -> None:
    signs = np.array(list(scorer.row_of_sign))
    np.savez_compressed(path, signs=signs, weights=scorer.weights.astype(np.float16))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quotes", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=MODEL_DIR / ACTS_FILE)
    options = parser.parse_args()
    examples = list(list_written_examples())
    for path in options.quotes:
        examples += list_annotated_examples(read_corpus(path))
    print(format_report(tell_on_others(examples)))
    save_scorer(fit_scorer(examples), options.out)


if __name__ == "__main__":
    main()
