"""Whether one text is a copy of another, by the runs of words (shingles) that both have.

Shingles of a text are found in another one however it is cut, so what counts is how much of the
shorter text stands in the longer one (containment; A. Broder, "On the resemblance and containment
of documents", 1997). Comparing every text with every other one would be slow. So each is given a
few numbers (bands) that depend on its shingles alone: two texts that are much alike probably have
one in common, and others have none (MinHash with locality-sensitive hashing; Leskovec, Rajaraman,
Ullman, "Mining of Massive Datasets", chapter 3).

How the figures here were chosen is in `benchmarks/copies.json`.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Shingles = NDArray[np.uint64]  # each once, in order

WORDS_PER_SHINGLE = 4
LEAST_SHINGLES = 40  # of a text that can be told from others: about two sentences
BANDS = 24
HASHES_PER_BAND = 3
LEAST_SHARE = 0.7  # of the shorter text that the longer one has, of copies
LEAST_SHARE_NEAR = 0.4  # of texts that may be copies of one that nobody has whole

WORD = re.compile(r"\w+")
QUOTATION = re.compile(r'“[^“”\n]+”|"[^"\n]+"|«[^«»\n]+»')


class TextShingles:
    """The shingles of a text, and those of what stands outside its quotation marks."""

    def __init__(self, text: str):
        self.text = text
        self.whole = compute_shingles(text)

    @cached_property
    def outside_quotations(self) -> Shingles:
        return compute_shingles(QUOTATION.sub(" ", self.text))

    @property
    def bands(self) -> list[int]:
        return compute_bands(self.whole)


class JoinedShingles:
    """The shingles of several copies of one text together, which stand for the whole of it."""

    def __init__(self, copies: Sequence[TextShingles]):
        self.whole = np.unique(np.concatenate([copy.whole for copy in copies]))
        outside = [copy.outside_quotations for copy in copies]
        self.outside_quotations = np.unique(np.concatenate(outside))


def compute_share(first: TextShingles, second: TextShingles | JoinedShingles) -> float:
    """Return how much of the shorter of two texts the longer one has, from 0 to 1.

    Two reports that have long quotations in common are not copies for that: they must have as much
    of the rest in common, if there is enough of it.
    """
    share = compute_containment(first.whole, second.whole)
    if share < LEAST_SHARE:
        return share
    rest = min(len(first.outside_quotations), len(second.outside_quotations))
    if rest < LEAST_SHINGLES:
        return share
    return min(share, compute_containment(first.outside_quotations, second.outside_quotations))


def mix_bits(values: Shingles) -> Shingles:
    """Return numbers that look drawn at random, the same for the same values everywhere.

    The constants are those of SplitMix64 (Steele, Lea, Flood, 2014).
    """
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def make_factors(number: int, start: int) -> Shingles:
    """Return so many odd numbers, the same everywhere."""
    golden = np.uint64(0x9E3779B97F4A7C15)
    counted = np.arange(start, start + number, dtype=np.uint64)
    return mix_bits(counted * golden) | np.uint64(1)


PLACE_FACTORS = make_factors(WORDS_PER_SHINGLE, 1)
HASH_FACTORS = make_factors(BANDS * HASHES_PER_BAND, 101)
HASH_ADDENDS = make_factors(BANDS * HASHES_PER_BAND, 1001)
BAND_FACTORS = make_factors(BANDS * HASHES_PER_BAND, 10_001).reshape(BANDS, HASHES_PER_BAND)


def compute_shingles(text: str) -> Shingles:
    """Return a number for each different run of words; case and marks make no difference."""
    words = WORD.findall(text.casefold())
    number = len(words) - WORDS_PER_SHINGLE + 1
    if number < 1:
        return np.zeros(0, np.uint64)
    encoded = "\n".join(words).encode().split(b"\n")
    hashes = np.fromiter(map(crc32, encoded), np.uint64, len(words))
    shingles = np.zeros(number, np.uint64)
    for place, factor in enumerate(PLACE_FACTORS):
        shingles += hashes[place : place + number] * factor
    return np.unique(mix_bits(shingles))


def compute_bands(shingles: Shingles) -> list[int]:
    """Return the numbers of which two texts that are much alike probably have one in common.

    Each fits into 32 bits. A text with too few shingles has none.
    """
    if len(shingles) < LEAST_SHINGLES:
        return []
    hashes = shingles * HASH_FACTORS[:, None] + HASH_ADDENDS[:, None]
    smallest = (hashes >> np.uint64(32)).min(axis=1).reshape(BANDS, HASHES_PER_BAND)
    bands = mix_bits((smallest * BAND_FACTORS).sum(axis=1))
    folded = (bands >> np.uint64(32)).astype(np.uint32).view(np.int32)
    return sorted(set(folded.tolist()))


def compute_containment(first: Shingles, second: Shingles) -> float:
    """Return how many of the fewer shingles are among the others, from 0 to 1."""
    shorter = min(len(first), len(second))
    if not shorter:
        return 0.0
    common = np.intersect1d(first, second, assume_unique=True)
    return len(common) / shorter
