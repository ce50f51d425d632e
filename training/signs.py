"""Signs that examples have or have not, named by words: what fitting weights for them takes."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from claims.extraction.encoder.arrays import Floats, Integers


def list_known_signs(signs_of_examples: Iterable[Sequence[str]], fewest: int) -> list[str]:
    """Return the signs that at least so many examples have."""
    times = Counter(sign for own in signs_of_examples for sign in own)
    return sorted(sign for sign, count in times.items() if count >= fewest)


def divide_outlets(outlets: Iterable[str], parts: int) -> dict[str, int]:
    """Return the part of each outlet, of which each is held out in turn."""
    shuffled = sorted(outlets)
    np.random.default_rng(1).shuffle(shuffled)
    return {outlet: number % parts for number, outlet in enumerate(shuffled)}


class SignMatrix:
    """Which of the known signs each example has, and the two products that fitting takes.

    Each example has at least one.
    """

    def __init__(self, signs_of_examples: Sequence[Sequence[str]], row_of_sign: dict[str, int]):
        signs = [
            [row_of_sign[sign] for sign in own if sign in row_of_sign] for own in signs_of_examples
        ]
        counts = [len(own) for own in signs]
        self.rows: Integers = np.array([row for own in signs for row in own], np.int64)
        self.example_of: Integers = np.repeat(np.arange(len(signs)), counts)
        self.first = np.concatenate([[0], np.cumsum(counts)[:-1]])
        self.by_row = np.argsort(self.rows, kind="stable")
        self.seen, self.first_of_row = np.unique(self.rows[self.by_row], return_index=True)

    def sum_weights(self, weights: Floats) -> Floats:
        """Return the sum of the weights of each example's signs."""
        return np.asarray(np.add.reduceat(weights[self.rows], self.first, axis=0), np.float32)

    def sum_examples(self, values: Floats, row_count: int) -> Floats:
        """Return the sum of the values of the examples that have each sign."""
        total = np.zeros((row_count, values.shape[1]), np.float32)
        in_order = values[self.example_of[self.by_row]]
        total[self.seen] = np.add.reduceat(in_order, self.first_of_row, axis=0)
        return total
