from datetime import date

import pytest

from claims.extraction.text.days import resolve_day

WEDNESDAY = date(2024, 3, 6)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Monday", date(2024, 3, 4)),
        ("late Thursday", date(2024, 2, 29)),
        ("Wednesday", WEDNESDAY),
        ("last Wednesday", date(2024, 2, 28)),
        ("last Friday", date(2024, 3, 1)),
        ("on Saturday evening", date(2024, 3, 2)),
        ("earlier on Tues.", date(2024, 3, 5)),
        ("today", WEDNESDAY),
        ("this morning", WEDNESDAY),
        ("yesterday", date(2024, 3, 5)),
        ("last night", date(2024, 3, 5)),
        ("two days ago", date(2024, 3, 4)),
        ("on 3 December", date(2023, 12, 3)),
        ("Dec. 3", date(2023, 12, 3)),
        ("on March 7", date(2024, 3, 7)),
        ("on March 8", date(2023, 3, 8)),
        ("29 February", date(2024, 2, 29)),
        ("3 December 2021", date(2021, 12, 3)),
        ("on Monday, March 4, 2024", date(2024, 3, 4)),
        ("the 4th of March", date(2024, 3, 4)),
        ("2024-03-01", date(2024, 3, 1)),
        ("on Friday, March 4, 2024", None),
        ("on 31 February", None),
        ("on May 3, 2031", None),
        ("in June 2012", None),
        ("last week", None),
        ("last month", None),
        ("in 2010", None),
        ("the day before", None),
        ("two weeks ago", None),
        ("earlier in the day", None),
    ],
)
def test_a_time_expression_means_a_day_seen_from_publication(words: str, day: date | None) -> None:
    assert resolve_day(words, WEDNESDAY) == day


def test_without_a_day_of_publication_only_a_whole_date_means_a_day() -> None:
    assert resolve_day("on Monday", None) is None
    assert resolve_day("on 3 December", None) is None
    assert resolve_day("3 December 2021", None) == date(2021, 12, 3)


def test_the_first_of_all_days_has_no_day_before() -> None:
    assert resolve_day("yesterday", date.min) is None
