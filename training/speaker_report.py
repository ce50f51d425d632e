"""How often told speakers are right, by how sure they are and by what their sources are."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from claims.extraction.encoder.arrays import Floats

# What confidences promise: of speakers told at so much or more, so many are right.
PROMISES = ((0.7, 0.96), (0.9, 0.985))
LEAST_TOLD_TO_JUDGE = 50
HIGHEST_TOLD = 0.99
BOUNDS_OF_TABLE = ((0.9, 1.01), (0.7, 1.01), (0.7, 0.9), (0.5, 0.7), (0.0, 0.5))


class Told(NamedTuple):
    """What is told of one annotated quote; `share` is the scorer's, of whom it tells."""

    source_type: str
    gold: str | None
    name: str | None
    share: float
    is_right: bool


def fit_confidence(told: Sequence[Told]) -> tuple[Floats, Floats]:
    """Return shares and the confidence of each, between which lines are drawn.

    A confidence keeps what `PROMISES` promises on outlets that the scorers had not read.
    """
    named = sorted((one for one in told if one.name), key=lambda one: -one.share)
    shares = np.array([one.share for one in named])
    precision = np.cumsum([one.is_right for one in named]) / np.arange(1, len(named) + 1)
    raw, confidence = [0.0], [0.0]
    for promised, least in PROMISES:
        kept = np.flatnonzero(precision >= least)
        kept = kept[kept >= LEAST_TOLD_TO_JUDGE]
        lowest = float(shares[kept[-1]]) if len(kept) else 1.0
        raw.append(max(lowest, raw[-1] + 1e-3))
        confidence.append(promised)
    raw.append(max(1.0, raw[-1] + 1e-3))
    confidence.append(HIGHEST_TOLD)
    return np.array(raw, np.float32), np.array(confidence, np.float32)


def format_report(told: Sequence[Told], raw: Floats, confidence: Floats) -> str:
    """Return the tables by source and by confidence."""
    lines = ["| source | quotes | told | right |", "|---|---|---|---|"]
    by_type: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.gold is not None:
            by_type["all"].append(one)
            by_type[one.source_type].append(one)
    for name, rows in sorted(by_type.items(), key=lambda item: -len(item[1])):
        named = sum(one.name is not None for one in rows) / len(rows)
        right = sum(one.is_right for one in rows) / len(rows)
        lines.append(f"| {name} | {len(rows):,} | {named:.1%} | {right:.1%} |")
    lines += ["", "| confidence | quotes | right |", "|---|---|---|"]
    named_rows = [one for one in told if one.name]
    confidences = np.interp([one.share for one in named_rows], raw, confidence)
    is_right = np.array([one.is_right for one in named_rows])
    for low, high in BOUNDS_OF_TABLE:
        held = (confidences >= low) & (confidences < high)
        if held.any():
            label = f"{low} or more" if high > 1 else f"{low} to {high}"
            lines.append(f"| {label} | {held.sum():,} | {is_right[held].mean():.1%} |")
    return "\n".join(lines)
