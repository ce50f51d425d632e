"""How often told speakers are right, by how sure they are and by what their sources are."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from claims.extraction.encoder.arrays import Floats

# What confidences promise: of speakers told at so much or more, so many are right.
PROMISES = ((0.7, 0.96), (0.9, 0.985))
LEAST_TOLD_TO_JUDGE = 50
TOLD_A_KNOT = 150
REACH_OF_SQUEEZING = 0.1  # of confidence
STEP = 1e-3  # between what is told and what is not yet
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

    A confidence is how often such speakers are right on outlets that the scorers had not read, but
    none below what `PROMISES` promises of it and of all above.
    """
    named = sorted((one for one in told if one.name), key=lambda one: -one.share)
    shares = np.array([one.share for one in named])
    is_right = np.array([one.is_right for one in named], float)
    precision = np.cumsum(is_right) / np.arange(1, len(named) + 1)
    knots = [(0.0, 0.0), *list_usual_accuracies(shares[::-1], is_right[::-1]), (1.0, HIGHEST_TOLD)]
    lower = 0.0
    for promised, least in PROMISES:
        kept = np.flatnonzero(precision >= least)
        kept = kept[kept >= LEAST_TOLD_TO_JUDGE]
        lowest = float(shares[kept[-1]]) if len(kept) else 1.0
        below = [knot for knot in knots if knot[0] < lowest - STEP]
        above = [(share, max(told_at, promised)) for share, told_at in knots if share >= lowest]
        edge = (max(lowest - STEP, lower), promised - STEP)
        knots = [*squeeze(below, promised - STEP), edge, (lowest, promised), *above]
        lower = lowest
    raw, confidence = zip(*knots, strict=True)
    highest = np.minimum(np.maximum.accumulate(confidence), HIGHEST_TOLD)
    return np.array(raw, np.float32), highest.astype(np.float32)


def squeeze(knots: list[tuple[float, float]], highest: float) -> list[tuple[float, float]]:
    """Return the knots with those that are told near to `highest` or above it brought just below."""
    most = max([told_at for _, told_at in knots] + [highest])
    floor = highest - REACH_OF_SQUEEZING
    squeezed = []
    for share, told_at in knots:
        if told_at > floor:
            told_at = floor + (told_at - floor) * REACH_OF_SQUEEZING / (most - floor)
        squeezed.append((share, told_at))
    return squeezed


def list_usual_accuracies(shares: Floats, is_right: Floats) -> list[tuple[float, float]]:
    """Return the mean share and the part that is right of each few speakers, in the order of shares.

    Neighbours are joined until no part is less than the one before.
    """
    groups: list[tuple[float, float, int]] = []
    for start in range(0, len(shares), TOLD_A_KNOT):
        part = slice(start, start + TOLD_A_KNOT)
        groups.append((shares[part].mean(), is_right[part].mean(), len(shares[part])))
        while len(groups) > 1 and groups[-2][1] > groups[-1][1]:
            (share, right, size), (other_share, other, more) = groups[-2:]
            both = size + more
            joined = (
                (share * size + other_share * more) / both,
                (right * size + other * more) / both,
            )
            groups[-2:] = [(*joined, both)]
    return [(float(share), float(right)) for share, right, _ in groups]


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
