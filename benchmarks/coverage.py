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

from claims.trust.statistics import Tallies, Values, allocated, effective_wilson, stratified_wilson

METHODS: dict[str, Callable[[Tallies], tuple[Values, Values]]] = {
    "effective Wilson": effective_wilson,
    "stratified Wilson": stratified_wilson,
}
SIZES, PRECISIONS = (100, 200, 400), (0.6, 0.7, 0.8, 0.86, 0.9, 0.95)
COLLECTIONS = ((2_000, 8), (2_000, 40), (100_000, 8), (100_000, 40))  # quotes, strata
SPREAD = 12.0  # of the strata's precisions: a beta distribution as after so many quotes; the smaller, the more unlike
SAMPLES = 100  # of each collection


@dataclass(frozen=True, slots=True)
class Setting:
    sample: int
    precision: float
    quotes: int
    strata: int


@dataclass(frozen=True, slots=True)
class Result:
    """Of one method in one setting: how many of the intervals hold the truth, and how wide they are."""

    method: str
    setting: Setting
    coverage: float
    width: float


def settings() -> Iterator[Setting]:
    for (quotes, strata), sample, precision in product(COLLECTIONS, SIZES, PRECISIONS):
        yield Setting(sample, precision, quotes, strata)


def measured(setting: Setting, rounds: int, rng: np.random.Generator) -> list[Result]:
    """Each method over so many samples, of a new collection every hundred."""
    populations = stratum_sizes(setting)
    sampled = np.array(allocated(populations.tolist(), setting.sample))
    held, width = dict.fromkeys(METHODS, 0), dict.fromkeys(METHODS, 0.0)
    times = max(rounds // SAMPLES, 1)
    for _ in range(times):
        right = right_quotes(setting, populations, rng)
        truth = right.sum() / populations.sum()
        drawn = rng.hypergeometric(right, populations - right, sampled, (SAMPLES, len(populations)))
        found = Tallies(
            *(np.asarray(each, np.float64) for each in (populations, sampled, np.broadcast_to(sampled, drawn.shape), drawn))
        )
        for name, interval in METHODS.items():
            low, high = interval(found)
            held[name] += int(((low <= truth) & (truth <= high)).sum())
            width[name] += float((high - low).sum())
    made = times * SAMPLES
    return [Result(name, setting, held[name] / made, width[name] / made) for name in METHODS]


def stratum_sizes(setting: Setting) -> Any:
    shares = 1 / np.arange(1, setting.strata + 1)
    return np.maximum((setting.quotes * shares / shares.sum()).astype(np.int64), 2)


def right_quotes(setting: Setting, populations: Any, rng: np.random.Generator) -> Any:
    """How many quotes of each stratum are right, about as many in all as wanted."""
    shares = rng.beta(SPREAD * setting.precision, SPREAD * (1 - setting.precision), len(populations))
    moved = shares + setting.precision - (shares * populations).sum() / populations.sum()
    return np.rint(np.clip(moved, 0.02, 1) * populations).astype(np.int64)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20_000, help="samples of each setting")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/coverage.json"))
    options = parser.parse_args()
    rng, begun = np.random.default_rng(options.seed), time.perf_counter()
    results = [result for setting in settings() for result in measured(setting, options.rounds, rng)]
    methods = {name: summary([result for result in results if result.method == name]) for name in METHODS}
    for name, each in methods.items():
        print(name, {key: value for key, value in each.items() if key != "settings"})
    report = {"nominal": 0.95, "rounds": options.rounds, "seed": options.seed, "spread": SPREAD, "methods": methods}
    flat = re.sub(
        r"\{\s+(\"sample\".*?)\s+\}", lambda row: "{" + " ".join(row[1].split()) + "}", json.dumps(report, indent=1), flags=re.S
    )
    options.out.write_text(flat + "\n", encoding="utf-8")
    print(f"{len(results) * options.rounds:,} intervals in {time.perf_counter() - begun:.1f} s")


def summary(results: list[Result]) -> dict[str, Any]:
    coverage = [result.coverage for result in results]
    rows = [{**asdict(r.setting), "coverage": round(r.coverage, 4), "width": round(r.width, 4)} for r in results]
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
