import pytest

from claims.extraction.lexicon.places import (
    DEMONYM_OF_STATE,
    INSTITUTION_OF_SEAT,
    NATIONAL_NOUNS,
    REPORTING_CITIES,
    STATE_OF_CAPITAL,
    STATE_OF_DEMONYM,
    STATE_OF_NAME,
)


@pytest.mark.parametrize(
    ("table", "name", "state"),
    [
        (STATE_OF_NAME, "norway", "Norway"),
        (STATE_OF_NAME, "u.k.", "United Kingdom"),
        (STATE_OF_CAPITAL, "kiev", "Ukraine"),
        (STATE_OF_CAPITAL, "washington", "United States"),
        (STATE_OF_DEMONYM, "dutch", "Netherlands"),
        (INSTITUTION_OF_SEAT, "no 10", "No. 10"),
    ],
)
def test_a_state_or_seat_is_found_by_each_of_its_names(
    table: dict[str, str], name: str, state: str
) -> None:
    assert table[name] == state


def test_a_state_without_a_capital_that_stands_for_it_has_no_empty_one() -> None:
    assert "" not in STATE_OF_CAPITAL
    assert "" not in STATE_OF_NAME


def test_each_state_has_a_demonym_by_which_it_is_found_again() -> None:
    by_demonym = {state: demonym for demonym, state in STATE_OF_DEMONYM.items()}

    assert by_demonym.keys() == DEMONYM_OF_STATE.keys()
    assert by_demonym["United States"] == "american"
    assert DEMONYM_OF_STATE["United States"] == "US"


def test_people_are_called_by_states_regions_and_cities() -> None:
    assert {"norwegian", "dane", "kurd", "londoner"} <= NATIONAL_NOUNS


def test_a_city_may_have_several_words() -> None:
    assert {"mumbai", "rio de janeiro", "the hague"} <= REPORTING_CITIES
