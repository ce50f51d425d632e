from datetime import date

import pytest

from claims.extraction.text.days import resolve_day
from tests.claims.extraction.quotations import find_day_of_marked

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


@pytest.mark.parametrize(
    ("marked", "day"),
    [
        ("In a statement released on Saturday evening, «Bell» ‹said› [no].", date(2021, 12, 4)),
        ("«Bell» ‹said› on Tuesday that [it was over].", date(2021, 11, 30)),
        ("“[No],” «Bell» ‹told› the Herald on 3 December.", date(2021, 12, 3)),
        ("At Monday’s debate, «Bell» ‹said› [no].", date(2021, 11, 29)),
        ("«Bell» ‹said during Friday night’s debate› [no].", date(2021, 12, 3)),
        ("In a Dec. 2 letter, «Bell» ‹said› [no].", date(2021, 12, 2)),
        ("“[No],” «Bell» ‹said› in an interview with CNN aired Thursday.", date(2021, 12, 2)),
        ("«Bell» ‹said› [the talks would begin on Tuesday].", None),
        ("«Bell» ‹said› last week [that it was over].", None),
        ("«Bell» ‹said› [no] in a statement about Monday’s attack.", None),
        ("«Bell» ‹said› [no].", None),
    ],
)
def test_a_quote_was_said_on_the_day_of_its_occasion(marked: str, day: date | None) -> None:
    assert find_day_of_marked(marked, date(2021, 12, 4)) == day
