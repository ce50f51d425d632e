"""How often the 95 % intervals of measured precision hold the truth: many made-up collections, many
samples of each.

    python -m benchmarks.coverage [--rounds 20000] [--out benchmarks/coverage.json]

A collection has strata of unequal sizes (Zipf), in each of which another share of quotes is right.
Samples are allocated as `manage.py sample draw` does. Two methods are tried: Wilson's interval on
the effective sample size, which the site shows, and Yan and Su's stratified Wilson interval.
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from claims.trust.statistics import (
    FloatValues,
    StratumTallies,
    allocate_sample,
    compute_effective_wilson,
    compute_stratified_wilson,
)

INTERVAL_METHODS: dict[str, Callable[[StratumTallies], tuple[FloatValues, FloatValues]]] = {
    "effective Wilson": compute_effective_wilson,
    "stratified Wilson": compute_stratified_wilson,
}
SAMPLE_SIZES = (100, 200, 400)
PRECISIONS = (0.6, 0.7, 0.8, 0.86, 0.9, 0.95)
COLLECTION_SIZES = ((2_000, 8), (2_000, 40), (100_000, 8), (100_000, 40))  # quotes, strata
# The precisions of the strata have a beta distribution as after so many quotes: the fewer, the more unlike they are.
PRECISION_SPREAD = 12.0
SAMPLES_PER_COLLECTION = 100


@dataclass(frozen=True, slots=True)
class SamplingSetting:
    sample: int
    precision: float
    quotes: int
    strata: int


@dataclass(frozen=True, slots=True)
class IntervalResult:
    """What one method does in one setting: the share of its intervals that hold the truth, and how
    wide they are.
    """

    method: str
    setting: SamplingSetting
    coverage: float
    width: float


def list_settings() -> Iterator[SamplingSetting]:
    for (quotes, strata), sample, precision in product(COLLECTION_SIZES, SAMPLE_SIZES, PRECISIONS):
        yield SamplingSetting(sample, precision, quotes, strata)


def measure_setting(
    setting: SamplingSetting, rounds: int, rng: np.random.Generator
) -> list[IntervalResult]:
    """Return what each method does over `rounds` samples, of a new collection every hundred."""
    populations = compute_stratum_sizes(setting)
    sampled = np.array(allocate_sample(populations.tolist(), setting.sample))
    held = dict.fromkeys(INTERVAL_METHODS, 0)
    width = dict.fromkeys(INTERVAL_METHODS, 0.0)
    collections = max(rounds // SAMPLES_PER_COLLECTION, 1)
    for _ in range(collections):
        right = draw_right_quotes(setting, populations, rng)
        truth = right.sum() / populations.sum()
        shape = (SAMPLES_PER_COLLECTION, len(populations))
        drawn = rng.hypergeometric(right, populations - right, sampled, shape)
        tallies = StratumTallies(
            populations.astype(np.float64),
            sampled.astype(np.float64),
            np.broadcast_to(sampled, shape).astype(np.float64),
            drawn.astype(np.float64),
        )
        for name, compute_interval in INTERVAL_METHODS.items():
            low, high = compute_interval(tallies)
            held[name] += int(((low <= truth) & (truth <= high)).sum())
            width[name] += float((high - low).sum())
    samples = collections * SAMPLES_PER_COLLECTION
    return [
        IntervalResult(name, setting, held[name] / samples, width[name] / samples)
        for name in INTERVAL_METHODS
    ]


def compute_stratum_sizes(setting: SamplingSetting) -> Any:
    """Return how many quotes each stratum has: the n-th about 1/n times as many as the first, and
    two at least.
    """
    shares = 1 / np.arange(1, setting.strata + 1)
    return np.maximum((setting.quotes * shares / shares.sum()).astype(np.int64), 2)


def draw_right_quotes(setting: SamplingSetting, populations: Any, rng: np.random.Generator) -> Any:
    """Draw how many quotes of each stratum are right, about as many in all as the setting's
    precision asks.
    """
    shares = rng.beta(
        PRECISION_SPREAD * setting.precision,
        PRECISION_SPREAD * (1 - setting.precision),
        len(populations),
    )
    moved = shares + setting.precision - (shares * populations).sum() / populations.sum()
    return np.rint(np.clip(moved, 0.02, 1) * populations).astype(np.int64)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20_000, help="samples of each setting")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/coverage.json"))
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    began = time.perf_counter()
    results: list[IntervalResult] = []
    for setting in list_settings():
        results += measure_setting(setting, options.rounds, rng)
    methods = {}
    for name in INTERVAL_METHODS:
        methods[name] = summarize_results([result for result in results if result.method == name])
        shown = {key: value for key, value in methods[name].items() if key != "settings"}
        print(name, shown)
    report = {
        "nominal": 0.95,
        "rounds": options.rounds,
        "seed": options.seed,
        "spread": PRECISION_SPREAD,
        "methods": methods,
    }
    options.out.write_text(format_report(report) + "\n", encoding="utf-8")
    print(f"{len(results) * options.rounds:,} intervals in {time.perf_counter() - began:.1f} s")


def format_report(report: dict[str, Any]) -> str:
    """Return the report as JSON, each setting on one line."""

    def join_lines(setting: re.Match[str]) -> str:
        return "{" + " ".join(setting[1].split()) + "}"

    written = json.dumps(report, indent=1)
    return re.sub(r"\{\s+(\"sample\".*?)\s+\}", join_lines, written, flags=re.S)


def summarize_results(results: list[IntervalResult]) -> dict[str, Any]:
    """Return how often the intervals of one method hold the truth, over all settings and
    in each.
    """
    coverages = [result.coverage for result in results]
    widths = [result.width for result in results]
    settings = []
    for result in results:
        measured = {"coverage": round(result.coverage, 4), "width": round(result.width, 4)}
        settings.append({**asdict(result.setting), **measured})
    return {
        "least": round(min(coverages), 4),
        "mean": round(float(np.mean(coverages)), 4),
        "most": round(max(coverages), 4),
        "mean_width": round(float(np.mean(widths)), 4),
        "within_93_to_97": sum(0.93 <= coverage <= 0.97 for coverage in coverages),
        "of": len(coverages),
        "settings": settings,
    }


if __name__ == "__main__":
    main()
