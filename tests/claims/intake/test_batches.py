"""A long row of things, parted into lists."""

from collections.abc import Iterator

import pytest

from claims.intake.batches import split_into_batches


def test_a_list_has_so_many_at_most_and_nothing_is_lost() -> None:
    assert list(split_into_batches(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(split_into_batches([], 3)) == []


def test_a_list_ends_with_what_makes_it_too_large() -> None:
    words = ["a", "bbbbb", "c", "d", "eeeeeeee"]

    found = list(split_into_batches(words, 3, measure=len, largest=5))

    assert found == [["a", "bbbbb"], ["c", "d", "eeeeeeee"]]


def test_what_came_before_an_error_is_there_before_it_is_raised() -> None:
    def read_until_it_breaks() -> Iterator[str]:
        yield from "abc"
        raise OSError("the disk is gone")

    batches = split_into_batches(read_until_it_breaks(), 2)

    assert [next(batches), next(batches)] == [["a", "b"], ["c"]]
    with pytest.raises(OSError, match="the disk is gone"):
        next(batches)
