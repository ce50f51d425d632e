"""Computes how sure a share is that was measured on a sample, and how far two judges agree.

Everything here is plain arithmetic, over whole arrays of samples where that is wanted: the last
axis is that of the strata.

Cochran 1977: Sampling Techniques, 3rd edition; §5 for strata, §6.10 for ratios.
Cohen 1960: A coefficient of agreement for nominal scales.
Fleiss, Cohen, Everitt 1969: Large sample standard errors of kappa and weighted kappa.
Franco, Little, Louis, Slud 2019: Comparative study of confidence intervals for proportions in
complex sample surveys.
Wilson 1927: Probable inference, the law of succession, and statistical inference.
Yan, Su 2010: Stratified Wilson and Newcombe confidence intervals for multiple binomial proportions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

# How many standard deviations on each side of the mean hold 95 % of a normal distribution.
Z_OF_95_PERCENT = 1.959963984540054
# The greatest variance that the answers of a stratum can have: of as many right ones as wrong ones.
GREATEST_VARIANCE = 0.25
FloatValues = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ShareEstimate:
    """A share with its 95 % interval, and how many answers it rests on."""

    value: float
    low: float
    high: float
    number: int


@dataclass(frozen=True, slots=True)
class JudgeAgreement:
    """Cohen's kappa with its 95 % interval.

    None where chance alone would let two judges agree on everything.
    """

    kappa: float | None
    low: float
    high: float
    observed: float
    number: int


@dataclass(frozen=True, slots=True)
class StratumTallies:
    """What was found of a sample, by stratum.

    `population` is how many quotes there are, `sampled` how many were looked at, `counted` how many
    of these count, and `right` how many of those are right. What counts is a domain, such as the
    quotes of one outlet.
    """

    population: FloatValues
    sampled: FloatValues
    counted: FloatValues
    right: FloatValues


def compute_wilson(
    right: ArrayLike, number: ArrayLike, z: ArrayLike = Z_OF_95_PERCENT
) -> tuple[FloatValues, FloatValues]:
    """Return the ends of Wilson's interval (1927) of a share.

    `number` need not be whole; where it is 0 the interval is all from 0 to 1.
    """
    right, number, z = (np.asarray(values, np.float64) for values in (right, number, z))
    is_known = number > 0
    size = np.where(is_known, number, 1.0)
    share = np.where(is_known, right / size, 0.5)
    scale = 1 + z**2 / size
    middle = (share + z**2 / (2 * size)) / scale
    variance = share * (1 - share) / size + z**2 / (4 * size**2)
    half = z / scale * np.sqrt(np.maximum(variance, 0))
    low = np.clip(middle - half, 0, 1)
    high = np.clip(middle + half, 0, 1)
    return np.where(is_known, low, 0.0), np.where(is_known, high, 1.0)


def divide(dividend: FloatValues, divisor: FloatValues) -> FloatValues:
    """Divide, by 1 where the divisor is 0."""
    return np.asarray(dividend / np.where(divisor > 0, divisor, 1.0))


def compute_weighted_share(tallies: StratumTallies) -> FloatValues:
    """Return the share that is right, each stratum weighted as in the population (Cochran §6.10)."""
    weight = compute_weights(tallies)
    counted = (weight * tallies.counted).sum(-1)
    right = (weight * tallies.right).sum(-1)
    return divide(right, counted)


def compute_weights(tallies: StratumTallies) -> FloatValues:
    """Return how many quotes of the population each one looked at stands for."""
    weight = tallies.population / np.maximum(tallies.sampled, 1)
    return np.where(tallies.sampled > 0, weight, 0.0)


def compute_variance(tallies: StratumTallies) -> FloatValues:
    """Return the variance of the weighted share.

    It is that of a ratio over strata, linearised, with finite population corrections.
    A stratum with one quote looked at, of several, has no variance of its own and is lent the
    greatest that there can be.
    """
    share = compute_weighted_share(tallies)[..., None]
    wrong = tallies.counted - tallies.right
    sampled = np.maximum(tallies.sampled, 1)
    residuals = tallies.right - share * tallies.counted
    squares = tallies.right * (1 - share) ** 2 + wrong * share**2
    own_variance = (squares - residuals**2 / sampled) / np.maximum(sampled - 1, 1)
    variance = np.where(sampled > 1, own_variance, GREATEST_VARIANCE)
    not_sampled = np.maximum(1 - tallies.sampled / np.maximum(tallies.population, 1), 0)
    parts = tallies.population**2 * not_sampled * np.maximum(variance, 0) / sampled
    counted = (compute_weights(tallies) * tallies.counted).sum(-1)
    return divide(parts.sum(-1), counted**2)


def compute_effective_size(tallies: StratumTallies) -> FloatValues:
    """Return how many quotes, drawn simply from a population without end, would tell as much.

    At most as many as count, but for what the finite population gives: strata that seem alike by
    chance are no gain, and a share of 0 or 1 shows no variance at all.
    """
    share = compute_weighted_share(tallies)
    variance = compute_variance(tallies)
    population = np.maximum(tallies.population.sum(-1), 1)
    not_sampled = 1 - tallies.sampled.sum(-1) / population
    most = tallies.counted.sum(-1) / np.maximum(not_sampled, 1e-9)
    size = np.where(variance > 0, divide(share * (1 - share), variance), np.inf)
    return np.asarray(np.minimum(size, most))


def compute_effective_wilson(tallies: StratumTallies) -> tuple[FloatValues, FloatValues]:
    """Return Wilson's interval on the effective sample size (Franco et al. 2019)."""
    size = compute_effective_size(tallies)
    return compute_wilson(compute_weighted_share(tallies) * size, size)


def compute_stratified_wilson(tallies: StratumTallies) -> tuple[FloatValues, FloatValues]:
    """Return Yan and Su's interval (2010).

    It is Wilson's of each stratum, narrowed so that their weighted sum has the level wanted.
    For whole populations: every quote looked at counts.
    """
    sampled = np.maximum(tallies.sampled, 1)
    share = tallies.right / sampled
    weight = tallies.population / tallies.population.sum(-1, keepdims=True)
    variance = share * (1 - share) / sampled
    apart = (weight * np.sqrt(variance)).sum(-1, keepdims=True)
    together = np.sqrt((weight**2 * variance).sum(-1, keepdims=True))
    without_variance = np.sqrt((weight**2).sum(-1, keepdims=True))
    z = Z_OF_95_PERCENT * np.where(apart > 0, divide(together, apart), without_variance)
    low, high = compute_wilson(tallies.right, tallies.sampled, z)
    return np.asarray((weight * low).sum(-1)), np.asarray((weight * high).sum(-1))


def estimate_share(tallies: StratumTallies) -> ShareEstimate | None:
    """Return the share of one sample with its interval on the effective size.

    None where nothing counts.
    """
    number = int(tallies.counted.sum())
    if not number:
        return None
    low, high = compute_effective_wilson(tallies)
    share = compute_weighted_share(tallies)
    return ShareEstimate(float(share), float(low), float(high), number)


def allocate_sample(populations: Sequence[int], size: int, least: int = 2) -> list[int]:
    """Return how many to look at of each stratum.

    That is `least`, or all there are, and of the rest its share (Sainte-Laguë).
    """
    sizes = [min(population, least) for population in populations]

    def rank(stratum: int) -> tuple[float, int]:
        return populations[stratum] / (2 * sizes[stratum] + 1), -stratum

    while sum(sizes) < min(size, sum(populations)):
        strata = range(len(populations))
        with_room = [stratum for stratum in strata if sizes[stratum] < populations[stratum]]
        sizes[max(with_room, key=rank)] += 1
    return sizes


def compute_cohens_kappa(table: Sequence[Sequence[int]]) -> JudgeAgreement:
    """Return how far two judges agree beyond chance (Cohen 1960).

    Rows of the square table of counts are what one judge said, columns what the other did. The
    interval is by the standard error of Fleiss, Cohen and Everitt (1969) for a kappa that is not 0.
    """
    counts: NDArray[Any] = np.asarray(table, np.float64)
    number = counts.sum()
    if not number:
        return JudgeAgreement(None, 0.0, 1.0, 0.0, 0)
    share = counts / number
    rows = share.sum(1)
    columns = share.sum(0)
    observed = float(np.trace(share))
    chance = float(rows @ columns)
    if chance >= 1:
        return JudgeAgreement(None, 0.0, 1.0, observed, int(number))
    kappa = (observed - chance) / (1 - chance)
    # Of each cell: the shares of what the judges say the other way round.
    margins = columns[:, None] + rows[None, :]
    same = (np.diag(share) * (1 - (rows + columns) * (1 - kappa)) ** 2).sum()
    is_off_diagonal = ~np.eye(len(share), dtype=bool)
    different = (1 - kappa) ** 2 * (share * margins**2)[is_off_diagonal].sum()
    rest = (kappa - chance * (1 - kappa)) ** 2
    error = sqrt(max(same + different - rest, 0) / number) / (1 - chance)
    low = max(kappa - Z_OF_95_PERCENT * error, -1.0)
    high = min(kappa + Z_OF_95_PERCENT * error, 1.0)
    return JudgeAgreement(kappa, low, high, observed, int(number))
