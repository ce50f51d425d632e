"""How often the 95 % intervals of measured precision hold the truth: many made-up collections, many samples of each.

    python -m benchmarks.coverage [--rounds 20000] [--out benchmarks/coverage.json]

A collection has strata of unequal sizes (Zipf), in each of which another share of quotes is right. Samples are allocated as
`manage.py sample draw` does. Two methods are tried: Wilson's interval on the effective sample size, which the site shows, and
Yan and Su's stratified Wilson interval.
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
SAMPLE_SIZES, PRECISIONS = (100, 200, 400), (0.6, 0.7, 0.8, 0.86, 0.9, 0.95)
COLLECTION_SIZES = ((2_000, 8), (2_000, 40), (100_000, 8), (100_000, 40))  # quotes, strata
PRECISION_SPREAD = 12.0  # of the strata's precisions: a beta distribution as after so many quotes; the smaller, the more unlike
SAMPLES_PER_COLLECTION = 100  # of each collection


@dataclass(frozen=True, slots=True)
class SamplingSetting:
    sample: int
    precision: float
    quotes: int
    strata: int


@dataclass(frozen=True, slots=True)
class IntervalResult:
    """Of one method in one setting: how many of the intervals hold the truth, and how wide they are."""

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
    """Each method over so many samples, of a new collection every hundred."""
    populations = stratum_sizes(setting)
    sampled = np.array(allocate_sample(populations.tolist(), setting.sample))
    held, width = dict.fromkeys(INTERVAL_METHODS, 0), dict.fromkeys(INTERVAL_METHODS, 0.0)
    times = max(rounds // SAMPLES_PER_COLLECTION, 1)
    for _ in range(times):
        right = draw_right_quotes(setting, populations, rng)
        truth = right.sum() / populations.sum()
        drawn = rng.hypergeometric(
            right, populations - right, sampled, (SAMPLES_PER_COLLECTION, len(populations))
        )
        found = StratumTallies(
            *(
                np.asarray(each, np.float64)
                for each in (populations, sampled, np.broadcast_to(sampled, drawn.shape), drawn)
            )
        )
        for name, interval in INTERVAL_METHODS.items():
            low, high = interval(found)
            held[name] += int(((low <= truth) & (truth <= high)).sum())
            width[name] += float((high - low).sum())
    made = times * SAMPLES_PER_COLLECTION
    return [
        IntervalResult(name, setting, held[name] / made, width[name] / made)
        for name in INTERVAL_METHODS
    ]


def stratum_sizes(setting: SamplingSetting) -> Any:
    shares = 1 / np.arange(1, setting.strata + 1)
    return np.maximum((setting.quotes * shares / shares.sum()).astype(np.int64), 2)


def draw_right_quotes(setting: SamplingSetting, populations: Any, rng: np.random.Generator) -> Any:
    """How many quotes of each stratum are right, about as many in all as wanted."""
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
    rng, begun = np.random.default_rng(options.seed), time.perf_counter()
    results = [
        result
        for setting in list_settings()
        for result in measure_setting(setting, options.rounds, rng)
    ]
    methods = {
        name: summarize_results([result for result in results if result.method == name])
        for name in INTERVAL_METHODS
    }
    for name, each in methods.items():
        print(name, {key: value for key, value in each.items() if key != "settings"})
    report = {
        "nominal": 0.95,
        "rounds": options.rounds,
        "seed": options.seed,
        "spread": PRECISION_SPREAD,
        "methods": methods,
    }
    flat = re.sub(
        r"\{\s+(\"sample\".*?)\s+\}",
        lambda row: "{" + " ".join(row[1].split()) + "}",
        json.dumps(report, indent=1),
        flags=re.S,
    )
    options.out.write_text(flat + "\n", encoding="utf-8")
    print(f"{len(results) * options.rounds:,} intervals in {time.perf_counter() - begun:.1f} s")


def summarize_results(results: list[IntervalResult]) -> dict[str, Any]:
    coverage = [result.coverage for result in results]
    rows = [
        {**asdict(r.setting), "coverage": round(r.coverage, 4), "width": round(r.width, 4)}
        for r in results
    ]
    return {
        "least": round(min(coverage), 4),
        "mean": round(float(np.mean(coverage)), 4),
        "most": round(max(coverage), 4),
        "mean_width": round(float(np.mean([result.width for result in results])), 4),
        "within_93_to_97": sum(0.93 <= each <= 0.97 for each in coverage),
        "of": len(coverage),
        "settings": rows,
    }


if __name__ == "__main__":
    main()
