"""Counting on columns: the most frequent values, how often two kinds of value meet, and which stances are taken."""

import numpy as np

from claims.search.columns import CODED_VALUES, ColumnValues


def select_most_counted(
    counts: ColumnValues, most: int, among: ColumnValues | None = None
) -> ColumnValues:
    """Return at most `most` numbers, those counted most often first, the smaller first of those counted equally.

    `counts` holds a count at each number's place. Without `among`, all numbers with a count are looked at.
    """
    numbers = np.flatnonzero(counts) if among is None else among
    order = np.lexsort((numbers, -counts[numbers]))
    return np.asarray(numbers[order[:most]])


def find_places_among(values: ColumnValues, chosen: ColumnValues) -> ColumnValues:
    """Return the place that each value has among the chosen ones; a value not chosen has the place after the last."""
    highest = max(int(values.max(initial=0)), int(chosen.max(initial=0)))
    place_of_value = np.full(highest + 1, len(chosen), np.intp)
    place_of_value[chosen] = np.arange(len(chosen))
    return np.asarray(place_of_value[values])


def count_crossed_places(
    first: ColumnValues, second: ColumnValues, shape: tuple[int, int]
) -> ColumnValues:
    """Return a table of `shape` that says how often each place of the first kind meets each of the second."""
    height, width = shape
    counts = np.bincount(first * width + second, minlength=height * width)
    return counts.reshape(shape)


def list_stance_counts(counts: ColumnValues) -> list[tuple[str, int]]:
    """Return each stance that is taken, with how many quotes take it; `counts` has a count for each stance."""
    named = zip(CODED_VALUES["stance"], counts.tolist(), strict=True)
    return [(stance, count) for stance, count in named if count]
