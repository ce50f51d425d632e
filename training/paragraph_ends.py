"""Fit which full lines of a text that was cut at a width end a paragraph.

    python -m training.paragraph_ends TEXTS.jsonl.gz [...] --held-out TEXTS.jsonl.gz

Texts of which each line is a paragraph are cut at widths of 60 to 80 characters; then each full
line is an example, by whether a paragraph ended there. The weights of the logistic regression are
written to `claims/extraction/text/paragraph_ends.json`, with what they get right in the texts that
are held out.
"""

import argparse
import gzip
import json
import random
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.extraction.text.paragraph_ends import WEIGHTS_FILE, EndSigns, ParagraphEnds
from claims.extraction.text.wrapping import Wrapping, list_sure_ends

NARROWEST, WIDEST = 60, 80
FEWEST_PARAGRAPHS = 4  # of a text that teaches
WIDTHS_HELD_OUT = (60, 64, 68, 72, 76, 80)
RIDGE = 1.0
NEWTON_STEPS = 30

Floats = NDArray[np.float64]


class Example(NamedTuple):
    signs: EndSigns
    is_end: bool


def read_texts(path: Path) -> Iterator[list[str]]:
    """Yield the paragraphs of each text."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            paragraphs = [" ".join(part.split()) for part in json.loads(line)["text"].split("\n")]
            paragraphs = [paragraph for paragraph in paragraphs if paragraph]
            if len(paragraphs) >= FEWEST_PARAGRAPHS:
                yield paragraphs


def list_examples(paragraphs: Sequence[str], width: int) -> Iterator[Example]:
    """Yield the full lines of a text that is cut at a width."""
    lines: list[str] = []
    last_lines: set[int] = set()
    for paragraph in paragraphs:
        lines += textwrap.wrap(paragraph, width)
        last_lines.add(len(lines) - 1)
    wrapping = Wrapping(width, is_exact=True)
    sure_ends = list_sure_ends(lines, wrapping)
    ends = ParagraphEnds(lines, sure_ends)
    sure = set(sure_ends)
    first = 0
    for number in range(len(lines) - 1):
        if number not in sure:
            yield Example(ends.list_signs(number, first), number in last_lines)
        if number in last_lines:
            first = number + 1


def fit_logistic_regression(signs: Floats, is_end: Floats) -> Floats:
    """Return the weights of the signs, by Newton's method with a ridge."""
    weights = np.zeros(signs.shape[1])
    ridge = RIDGE * np.eye(signs.shape[1])
    for _ in range(NEWTON_STEPS):
        shares = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (shares - is_end) + RIDGE * weights
        curve = (signs.T * (shares * (1 - shares))) @ signs + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights


def measure(examples: Sequence[Example], weights: Floats) -> dict[str, Any]:
    """Return how many full lines are taken for what they are not."""
    signs = np.array([example.signs for example in examples])
    is_end = np.array([example.is_end for example in examples])
    found = signs @ weights > 0
    return {
        "full lines": len(examples),
        "ends": int(is_end.sum()),
        "ends missed": int((is_end & ~found).sum()),
        "others taken for ends": int((found & ~is_end).sum()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+", metavar="TEXTS.jsonl[.gz]")
    parser.add_argument("--held-out", type=Path, required=True, metavar="TEXTS.jsonl[.gz]")
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    chance = random.Random(options.seed)
    examples: list[Example] = []
    for path in options.texts:
        for paragraphs in read_texts(path):
            examples += list_examples(paragraphs, chance.randint(NARROWEST, WIDEST))
    signs = np.array([example.signs for example in examples])
    weights = fit_logistic_regression(signs, np.array([float(each.is_end) for each in examples]))

    held_out = [
        example
        for paragraphs in read_texts(options.held_out)
        for width in WIDTHS_HELD_OUT
        for example in list_examples(paragraphs, width)
    ]
    rounded = {name: round(float(w), 3) for name, w in zip(EndSigns._fields, weights, strict=True)}
    result = {
        "weights": rounded,
        "learnt from": measure(examples, weights),
        "held out": measure(held_out, weights),
    }
    options.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
