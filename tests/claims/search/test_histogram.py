from datetime import date

import pytest

from claims.search.histogram import MOST_BARS, build_histogram, list_step_edges
from tests.claims.query_strings import match_quotes, read_filters
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db


def say_on(*days: date | None) -> None:
    for number, day in enumerate(days):
        make_quote(
            article=make_article(f"Veldania said that {number} is safe.", published_on=day),
            content=f"that {number} is safe",
        )


def test_quotes_without_a_date_stand_in_no_bar_and_are_told() -> None:
    say_on(date(2024, 3, 5), None, date(2024, 3, 6), None, None)

    made = build_histogram(match_quotes(read_filters("")))

    assert [(bar.since, bar.count) for bar in made.bars] == [
        (date(2024, 3, 5), 1),
        (date(2024, 3, 6), 1),
    ]
    assert made.undated == 3


def test_without_any_date_there_are_no_bars() -> None:
    say_on(None, None)

    made = build_histogram(match_quotes(read_filters("")))

    assert (made.bars, made.undated) == ([], 2)


@pytest.mark.parametrize(
    "query", ["since=1000-01-01", "until=2999-01-01", "since=1000-01-01&until=2999-01-01"]
)
def test_quotes_without_a_date_are_of_no_time(query: str) -> None:
    say_on(date(2024, 3, 5), None)

    found = match_quotes(read_filters(query))

    assert found.total == read_filters(query).quotes().count() == 1


@pytest.mark.parametrize(
    ("first", "last", "step", "bars"),
    [
        pytest.param(date(2024, 3, 5), date(2024, 3, 5), "day", 1, id="one day"),
        pytest.param(date(2024, 2, 27), date(2024, 3, 5), "day", 8, id="over a leap day"),
        pytest.param(date(2024, 1, 1), date(2024, 4, 30), "week", 18, id="from a Monday"),
        pytest.param(date(2023, 12, 31), date(2024, 4, 30), "week", 19, id="from a Sunday"),
        pytest.param(date(2022, 1, 31), date(2024, 3, 5), "month", 27, id="months"),
        pytest.param(date(2015, 1, 31), date(2024, 3, 5), "quarter", 37, id="quarters"),
        pytest.param(date(1990, 1, 31), date(2024, 3, 5), "year", 35, id="years"),
        pytest.param(date(1700, 1, 31), date(2024, 3, 5), "decade", 33, id="decades"),
        pytest.param(
            date(1, 1, 1), date(9999, 12, 31), "decade", 1000, id="the ends of the calendar"
        ),
    ],
)
def test_a_bar_stands_for_so_much_time_that_there_are_not_too_many(
    first: date, last: date, step: str, bars: int
) -> None:
    say_on(first, last)

    made = build_histogram(match_quotes(read_filters("")))

    assert (made.step, len(made.bars)) == (step, bars)
    assert len(made.bars) <= MOST_BARS or step == "decade"
    assert made.bars[0].since <= first <= made.bars[0].until
    assert made.bars[-1].since <= last <= made.bars[-1].until


def test_each_bar_leads_to_its_quotes() -> None:
    say_on(date(2024, 1, 5), date(2024, 1, 31), date(2024, 2, 1), date(2024, 6, 9))

    bars = build_histogram(match_quotes(read_filters("kind=indirect"))).bars

    assert [bar.count for bar in bars if bar.count] == [1, 2, 1]
    for bar in bars:
        assert match_quotes(read_filters(bar.query)).total == bar.count
        assert "kind=indirect" in bar.query


def test_a_bar_stays_within_the_dates_that_are_chosen() -> None:
    say_on(*(date(2023, month, 10) for month in range(1, 13)))

    bars = build_histogram(match_quotes(read_filters("since=2023-02-05&until=2023-11-20"))).bars

    assert (bars[0].query, bars[-1].query) == (
        "since=2023-02-06&until=2023-02-12",
        "since=2023-11-06&until=2023-11-12",
    )


def test_weeks_at_the_edge_of_the_chosen_dates_are_cut() -> None:
    say_on(date(2024, 1, 3), date(2024, 5, 1))

    bars = build_histogram(match_quotes(read_filters("since=2024-01-02&until=2024-05-02"))).bars

    assert (bars[0].query, bars[-1].query) == (
        "since=2024-01-02&until=2024-01-07",
        "since=2024-04-29&until=2024-05-02",
    )


def test_the_highest_bar_fills_the_picture_and_a_small_one_can_be_seen() -> None:
    say_on(*[date(2024, 1, 5)] * 60, date(2024, 1, 7))

    made = build_histogram(match_quotes(read_filters("")))

    assert [bar.height for bar in made.bars] == [made.height, 0, 3]
    assert all(bar.x + bar.width <= made.width for bar in made.bars)


def test_no_quotes_have_no_histogram() -> None:
    assert build_histogram(match_quotes(read_filters(""))).bars == []


@pytest.mark.parametrize("step", ["day", "week", "month", "quarter", "year", "decade"])
@pytest.mark.parametrize("first", [-800_000, -1, 0, 1, 18_321, 19_722])
def test_steps_lie_end_to_end_over_all_days(step: str, first: int) -> None:
    bounds = list_step_edges(step, first, first + 1000)

    assert bounds[0] <= first < bounds[1]
    assert bounds[-2] <= first + 1000 < bounds[-1]
    assert (bounds[1:] > bounds[:-1]).all()
