"""Parts a long row of things into lists that are worked on at once."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def count_nothing(item: object) -> int:
    return 0


def split_into_batches(
    items: Iterable[T],
    most: int,
    *,
    measure: Callable[[T], int] = count_nothing,
    largest: int = 0,
) -> Iterator[list[T]]:
    """Yield the items in lists of so many at most, in their order.

    A list is at its end also with the item by which it measures more than `largest`. If the items
    end in an error, that is raised after the list of those before it.
    """
    batch: list[T] = []
    size = 0
    problem = None
    try:
        for item in items:
            batch.append(item)
            size += measure(item)
            if len(batch) >= most or size > largest:
                yield batch
                batch = []
                size = 0
    except Exception as error:
        problem = error
    if batch:
        yield batch
    if problem:
        raise problem
