"""How sure a share is that was measured on a sample: shares by strata with their intervals, and how far two judges agree.

Everything here is plain arithmetic, over whole arrays of samples where that is wanted: the last axis is that of the strata.

Cochran 1977: Sampling Techniques, 3rd edition; §5 for strata, §6.10 for ratios.
Cohen 1960: A coefficient of agreement for nominal scales.
Fleiss, Cohen, Everitt 1969: Large sample standard errors of kappa and weighted kappa.
Franco, Little, Louis, Slud 2019: Comparative study of confidence intervals for proportions in complex sample surveys.
Wilson 1927: Probable inference, the law of succession, and statistical inference.
Yan, Su 2010: Stratified Wilson and Newcombe confidence intervals for multiple binomial proportions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z_OF_95_PERCENT = 1.959963984540054  # of 95 %
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
    """Cohen's kappa with its 95 % interval; None where chance alone would let two judges agree on everything."""

    kappa: float | None
    low: float
    high: float
    observed: float
    number: int


@dataclass(frozen=True, slots=True)
class StratumTallies:
    """What was found of a sample, by stratum: quotes there are, quotes looked at, those that count, those that are right.

    What counts is a domain, such as the quotes of one outlet; all of `right` lie in it.
    """

    population: FloatValues
    sampled: FloatValues
    counted: FloatValues
    right: FloatValues


def compute_wilson(
    right: ArrayLike, number: ArrayLike, z: ArrayLike = Z_OF_95_PERCENT
) -> tuple[FloatValues, FloatValues]:
    """Wilson's interval (1927) of a share; `number` need not be whole. All there is from 0 to 1 where it is 0."""
    right, number, z = (np.asarray(each, np.float64) for each in (right, number, z))
    known = number > 0
    size = np.where(known, number, 1.0)
    share = np.where(known, right / size, 0.5)
    middle = (share + z**2 / (2 * size)) / (1 + z**2 / size)
    half = (
        z
        / (1 + z**2 / size)
        * np.sqrt(np.maximum(share * (1 - share) / size + z**2 / (4 * size**2), 0))
    )
    low, high = np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)
    return np.where(known, low, 0.0), np.where(known, high, 1.0)


def compute_weighted_share(found: StratumTallies) -> FloatValues:
    """The share of those that count that are right, each stratum weighted as it is in the population (Cochran §6.10)."""
    weight = compute_weights(found)
    counted = (weight * found.counted).sum(-1)
    return np.asarray((weight * found.right).sum(-1) / np.where(counted > 0, counted, 1.0))


def compute_weights(found: StratumTallies) -> FloatValues:
    """How many quotes of the population each one looked at stands for."""
    return np.asarray(
        np.where(found.sampled > 0, found.population / np.maximum(found.sampled, 1), 0.0)
    )


def compute_variance(found: StratumTallies) -> FloatValues:
    """Of the weighted share: that of a ratio over strata, linearised, with the finite population corrections.

    A stratum with one quote looked at, of several, has no variance of its own and is lent the greatest that there can be.
    """
    share = compute_weighted_share(found)[..., None]
    sampled = np.maximum(found.sampled, 1)
    total = found.right - share * found.counted
    squares = found.right * (1 - share) ** 2 + (found.counted - found.right) * share**2
    spread = np.where(
        sampled > 1, (squares - total**2 / sampled) / np.maximum(sampled - 1, 1), 0.25
    )
    left = np.maximum(1 - found.sampled / np.maximum(found.population, 1), 0)
    counted = (compute_weights(found) * found.counted).sum(-1)
    parts = found.population**2 * left * np.maximum(spread, 0) / sampled
    return np.asarray(parts.sum(-1) / np.where(counted > 0, counted, 1.0) ** 2)


def compute_effective_size(found: StratumTallies) -> FloatValues:
    """How many quotes, drawn simply and from without end, would tell as much.

    At most as many as count, but for what the finite population gives: strata that seem alike by chance are no gain, and
    a share of 0 or 1 shows no variance at all.
    """
    share, spread = compute_weighted_share(found), compute_variance(found)
    left = 1 - found.sampled.sum(-1) / np.maximum(found.population.sum(-1), 1)
    most = found.counted.sum(-1) / np.maximum(left, 1e-9)
    size = np.where(spread > 0, share * (1 - share) / np.where(spread > 0, spread, 1.0), np.inf)
    return np.asarray(np.minimum(size, most))


def compute_effective_wilson(found: StratumTallies) -> tuple[FloatValues, FloatValues]:
    """Wilson's interval on the effective sample size (Franco et al. 2019)."""
    size = compute_effective_size(found)
    return compute_wilson(compute_weighted_share(found) * size, size)


def compute_stratified_wilson(found: StratumTallies) -> tuple[FloatValues, FloatValues]:
    """Yan and Su's interval (2010): Wilson's of each stratum, narrowed so that their weighted sum has the level wanted.

    For whole populations: every quote looked at counts.
    """
    share = found.right / np.maximum(found.sampled, 1)
    weight = found.population / found.population.sum(-1, keepdims=True)
    spread = share * (1 - share) / np.maximum(found.sampled, 1)
    apart = (weight * np.sqrt(spread)).sum(-1, keepdims=True)
    together = np.sqrt((weight**2 * spread).sum(-1, keepdims=True))
    z = Z_OF_95_PERCENT * np.where(
        apart > 0,
        together / np.where(apart > 0, apart, 1.0),
        np.sqrt((weight**2).sum(-1, keepdims=True)),
    )
    low, high = compute_wilson(found.right, found.sampled, z)
    return np.asarray((weight * low).sum(-1)), np.asarray((weight * high).sum(-1))


def estimate_share(found: StratumTallies) -> ShareEstimate | None:
    """The share of one sample with its interval, by the better of both methods; None where nothing counts."""
    number = int(found.counted.sum())
    if not number:
        return None
    low, high = compute_effective_wilson(found)
    return ShareEstimate(float(compute_weighted_share(found)), float(low), float(high), number)


def allocate_sample(populations: Sequence[int], size: int, least: int = 2) -> list[int]:
    """How many to look at of each stratum: `least`, or all there are, and of the rest each its share (Sainte-Laguë)."""
    given = [min(each, least) for each in populations]
    while sum(given) < min(size, sum(populations)):
        room = [at for at, each in enumerate(populations) if given[at] < each]
        given[max(room, key=lambda at: (populations[at] / (2 * given[at] + 1), -at))] += 1
    return given


def compute_cohens_kappa(table: Sequence[Sequence[int]]) -> JudgeAgreement:
    """Of a square table of counts: rows are what one judge said, columns what the other did (Cohen 1960).

    The interval is by the standard error of Fleiss, Cohen and Everitt (1969) for a kappa that is not 0.
    """
    counts: NDArray[Any] = np.asarray(table, np.float64)
    number = counts.sum()
    if not number:
        return JudgeAgreement(None, 0.0, 1.0, 0.0, 0)
    share = counts / number
    rows, columns = share.sum(1), share.sum(0)
    observed, chance = float(np.trace(share)), float(rows @ columns)
    if chance >= 1:
        return JudgeAgreement(None, 0.0, 1.0, observed, int(number))
    kappa = (observed - chance) / (1 - chance)
    margins = (
        columns[:, None] + rows[None, :]
    )  # of each cell: what the judges say the other way round
    same = (np.diag(share) * (1 - (rows + columns) * (1 - kappa)) ** 2).sum()
    other = (1 - kappa) ** 2 * (share * margins**2)[~np.eye(len(share), dtype=bool)].sum()
    rest = (kappa - chance * (1 - kappa)) ** 2
    error = sqrt(max(same + other - rest, 0) / number) / (1 - chance)
    return JudgeAgreement(
        kappa,
        max(kappa - Z_OF_95_PERCENT * error, -1.0),
        min(kappa + Z_OF_95_PERCENT * error, 1.0),
        observed,
        int(number),
    )
