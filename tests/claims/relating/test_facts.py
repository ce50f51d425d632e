"""Numbers, names and times, compared outright."""

from datetime import date

import pytest

from claims.relating.names import compare_names
from claims.relating.profiles import read_profile
from claims.relating.quantities import QuantityComparison, compare_quantities, list_quantities
from claims.relating.times import compare_times, read_times
from tests.claims.relating.quotes import make_quote


def compare(one: str, other: str) -> QuantityComparison:
    return compare_quantities(list_quantities(one), list_quantities(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("26 % of the staff", "about a quarter of the staff"),
        ("26 per cent of voters", "one in four voters"),
        ("US$600-million", "$600 million"),
        ("1,200 people", "1200 people"),
        ("two hundred and fifty ships", "250 ships"),
        ("a dozen ships", "12 ships"),
        ("3.5bn euros", "3.5 billion euros"),
        ("nearly 112,000 jobs", "some 111,800 jobs"),
        ("11 quarters in a row", "an 11th quarter"),
        ("fifty percent", "half of them"),
    ],
)
def test_one_number_is_known_in_other_words(one: str, other: str) -> None:
    assert compare(one, other) == QuantityComparison(1, 0, 0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("94,000 troops", "125,000 troops"),
        ("six nations", "five nations"),
        ("about 12 ships", "about 14 ships"),
        ("$2 million a year", "$800 million a year"),
        ("30 percent", "a quarter"),
        ("on 3 May", "on 4 May"),
    ],
)
def test_other_numbers_for_one_thing_are_rivals(one: str, other: str) -> None:
    assert compare(one, other).rivals == 1


def test_a_number_that_only_one_tells_rivals_none() -> None:
    assert compare("200 ships left", "ships left") == QuantityComparison(0, 1, 0, 0)


def test_one_of_them_is_no_number() -> None:
    assert list_quantities("one of the first, in one word") == []


def names(content: str) -> tuple[tuple[str, ...], ...]:
    return read_profile(make_quote(f"said | {content}")).names


def test_a_surname_is_the_name_it_ends() -> None:
    compared = compare_names(names("that Mia Holm left"), names("that Ms Holm left"))

    assert compared.shared == 1
    assert not compared.alone_in_a
    assert not compared.alone_in_b


def test_a_state_and_its_people_are_one_name() -> None:
    compared = compare_names(names("that French ships left"), names("that ships of France left"))

    assert (compared.shared, compared.alone_in_a) == (1, ())


def test_other_names_stand_alone() -> None:
    compared = compare_names(names("that Mia Holm left"), names("that Leo Brandt left"))

    assert compared.alone_in_a == (("mia", "holm"),)
    assert compared.alone_in_b == (("leo", "brandt"),)


FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)


def test_days_are_made_absolute_by_the_day_of_the_article() -> None:
    one = read_times("it sank yesterday", SATURDAY)
    other = read_times("it sank on Friday", SATURDAY)

    assert one.days == other.days == {FRIDAY}
    assert compare_times(one, other).rivals == 0


def test_other_days_rule_each_other_out() -> None:
    one = read_times("it sank on Thursday", SATURDAY)
    other = read_times("it sank on Friday", SATURDAY)

    assert compare_times(one, other).rivals > 0


def test_this_week_is_not_next_week() -> None:
    compared = compare_times(read_times("starts this week", None), read_times("next week", None))

    assert compared.rivals == 1
