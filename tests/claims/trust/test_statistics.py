"""Known values of the statistics, and that their intervals hold the truth as often as they say."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.coverage import INTERVAL_METHODS, SamplingSetting, measure_setting
from claims.trust.statistics import (
    StratumTallies,
    allocate_sample,
    compute_cohens_kappa,
    compute_effective_size,
    compute_weighted_share,
    compute_wilson,
    estimate_share,
)

COVERAGE = Path(__file__).resolve().parents[3] / "benchmarks" / "coverage.json"


def tallies(*strata: tuple[int, int, int, int]) -> StratumTallies:
    return StratumTallies(*(np.array(column, np.float64) for column in zip(*strata, strict=True)))


@pytest.mark.parametrize(
    ("right", "number", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilsons_interval_is_as_published(right: int, number: int, low: float, high: float) -> None:
    found = compute_wilson(right, number)

    assert found[0] == pytest.approx(low, abs=5e-5)
    assert found[1] == pytest.approx(high, abs=5e-5)


def test_kappa_is_as_in_the_textbook() -> None:
    """Fleiss, Levin, Paik: Statistical Methods for Rates and Proportions, 3rd edition, table 18.1: .676, .504 to .848."""
    found = compute_cohens_kappa([[75, 1, 4], [5, 4, 1], [0, 0, 10]])

    assert found.kappa == pytest.approx(0.676, abs=5e-4)
    assert (found.low, found.high) == pytest.approx((0.504, 0.848), abs=1e-3)
    assert (found.observed, found.number) == (0.89, 100)


def test_kappa_is_as_in_the_example_of_two_readers() -> None:
    assert compute_cohens_kappa([[20, 5], [10, 15]]).kappa == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("table", "kappa"), [([[5, 0], [0, 5]], 1.0), ([[0, 5], [5, 0]], -1.0), ([[4, 4], [4, 4]], 0.0)]
)
def test_kappa_has_its_ends_and_its_middle(table: list[list[int]], kappa: float) -> None:
    assert compute_cohens_kappa(table).kappa == pytest.approx(kappa)


@pytest.mark.parametrize(
    "table", [[[9, 0], [0, 0]], [[0, 0], [0, 0]]], ids=["one answer", "no answer"]
)
def test_there_is_no_kappa_where_chance_explains_all(table: list[list[int]]) -> None:
    assert compute_cohens_kappa(table).kappa is None


def test_a_share_is_weighted_by_what_each_stratum_stands_for() -> None:
    found = estimate_share(tallies((900, 10, 10, 9), (100, 10, 10, 1)))

    assert found is not None
    assert found.value == pytest.approx(0.9 * 0.9 + 0.1 * 0.1)
    assert found.low < found.value < found.high
    assert found.number == 20


def test_a_share_of_a_part_of_the_sample_weighs_that_part_alone() -> None:
    found = tallies((900, 10, 2, 1), (100, 10, 10, 1))

    assert compute_weighted_share(found) == pytest.approx((90 * 1 + 10 * 1) / (90 * 2 + 10 * 10))


def test_of_one_stratum_drawn_from_very_many_the_interval_is_about_wilsons() -> None:
    found = estimate_share(tallies((10**9, 400, 400, 344)))

    assert found is not None
    assert (found.low, found.high) == pytest.approx(
        tuple(map(float, compute_wilson(344, 400))), abs=1e-4
    )


def test_who_looks_at_all_quotes_knows_the_share() -> None:
    found = estimate_share(tallies((200, 200, 200, 150), (100, 100, 100, 90)))

    assert found is not None
    assert found.value == pytest.approx(0.8)
    assert found.high - found.low < 1e-3


def test_strata_that_seem_alike_by_chance_are_no_gain() -> None:
    found = tallies((10**6, 20, 20, 20), (10**6, 20, 20, 0))

    assert float(compute_effective_size(found)) == pytest.approx(40, abs=0.01)


def test_where_nothing_counts_there_is_no_share() -> None:
    assert estimate_share(tallies((100, 10, 0, 0))) is None


@pytest.mark.parametrize(
    ("populations", "size", "given"),
    [
        ([1000, 500, 10, 3, 1], 50, [30, 15, 2, 2, 1]),
        ([5, 5], 100, [5, 5]),
        ([100, 100, 100], 4, [2, 2, 2]),
        ([300, 100], 40, [30, 10]),
        ([1], 10, [1]),
    ],
)
def test_each_stratum_gets_its_share_and_two_at_least(
    populations: list[int], size: int, given: list[int]
) -> None:
    assert allocate_sample(populations, size) == given


@pytest.mark.parametrize("precision", [0.6, 0.8, 0.95])
@pytest.mark.parametrize(
    ("size", "quotes", "strata"), [(100, 2_000, 8), (200, 2_000, 30), (400, 100_000, 30)]
)
def test_intervals_hold_the_truth_as_often_as_they_say(
    size: int, quotes: int, strata: int, precision: float
) -> None:
    setting = SamplingSetting(size, precision, quotes, strata)

    found = {
        each.method: each for each in measure_setting(setting, 4_000, np.random.default_rng(7))
    }

    assert list(found) == list(INTERVAL_METHODS)
    assert 0.93 <= found["effective Wilson"].coverage <= 0.97


def test_the_method_chosen_is_the_better_of_those_tried() -> None:
    tried = json.loads(COVERAGE.read_text(encoding="utf-8"))["methods"]

    chosen, other = tried["effective Wilson"], tried["stratified Wilson"]
    assert set(tried) == set(INTERVAL_METHODS)
    assert 0.93 <= chosen["least"] < chosen["most"] <= 0.97
    assert chosen["within_93_to_97"] > other["within_93_to_97"]
    assert chosen["mean_width"] < other["mean_width"]


def test_the_interval_of_a_part_of_the_sample_holds_the_truth_too() -> None:
    """The quotes of an outlet, say: a third of each stratum, of which some are in the sample."""
    rng = np.random.default_rng(3)
    population, part, right = (
        np.array([4000, 2000, 1000]),
        np.array([1300, 500, 400]),
        np.array([1100, 350, 380]),
    )
    sampled = np.array(allocate_sample(population.tolist(), 200))
    counted = rng.hypergeometric(part, population - part, sampled, (4_000, 3))
    good = rng.hypergeometric(right, part - right, counted)

    found = StratumTallies(
        *(
            np.asarray(each, np.float64)
            for each in (population, np.broadcast_to(sampled, (4_000, 3)), counted, good)
        )
    )
    low, high = INTERVAL_METHODS["effective Wilson"](found)

    truth = right.sum() / part.sum()
    assert 0.93 <= ((low <= truth) & (truth <= high)).mean() <= 0.97
