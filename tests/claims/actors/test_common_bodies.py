"""Bodies of a name that many places have are told apart by the place that the article gives."""

import re

import pytest

from claims.actors.common_bodies import place_body
from claims.extraction.schema import ActorKind, Speaker


def place(
    name: str,
    text: str = "",
    *,
    kind: ActorKind = "organization",
    alone: bool = True,
    host: str = "",
) -> tuple[str, bool]:
    placed = place_body(Speaker(name, kind, 0.9, "name", alone=alone), text, host)
    return placed.name, placed.alone


@pytest.mark.parametrize(
    "name",
    [
        "Iranian Foreign Ministry",
        "Iran's Foreign Ministry",
        "Iran’s foreign ministry",
        "Foreign Ministry of Iran",
        "Ministry of Foreign Affairs of Iran",
        "Foreign Ministry (Iran)",
    ],
)
def test_a_ministry_is_one_however_its_state_is_named(name: str) -> None:
    assert place(name) == ("Foreign Ministry (Iran)", True)


@pytest.mark.parametrize(
    ("name", "text", "host", "placed"),
    [
        pytest.param(
            "Foreign Ministry",
            "In Israel, the Foreign Ministry said no.",
            "",
            "Foreign Ministry (Israel)",
            id="beside the name",
        ),
        pytest.param(
            "Defence Ministry",
            "Iraq's Defence Ministry spoke. Syria did not.",
            "",
            "Defense Ministry (Iraq)",
            id="before the name",
        ),
        pytest.param(
            "Supreme Court",
            "Uganda waits. Ugandan judges sat. Kenya and Uganda talk. Uganda won; Ugandans cheer.",
            "",
            "Supreme Court (Uganda)",
            id="of a text about one state",
        ),
        pytest.param(
            "National Police Agency",
            "The rain fell.",
            "www.times.jp",
            "National Police Agency (Japan)",
            id="of an outlet at home",
        ),
        pytest.param(
            "police",
            "OTTAWA, Ontario (AP) -- Police say so.",
            "",
            "Ottawa Police",
            id="of a dateline",
        ),
        pytest.param(
            "Police", "Ferguson police fired.", "", "Ferguson Police", id="of a town beside"
        ),
        pytest.param("Police", "Police in Leeds said so.", "", "Leeds Police", id="in a town"),
        pytest.param(
            "Police", "PARIS — Police in Leeds spoke.", "", "Leeds Police", id="elsewhere"
        ),
    ],
)
def test_a_body_takes_the_place_that_the_article_gives(
    name: str, text: str, host: str, placed: str
) -> None:
    assert place(name, text, host=host) == (placed, True)


@pytest.mark.parametrize(
    ("name", "text", "host"),
    [
        pytest.param("Police", "The police said so.", "", id="no place at all"),
        pytest.param("Police", "Ferguson police fired, Ottawa police did not.", "", id="two towns"),
        pytest.param("Police", "Local police said so.", "", id="a word that is no place"),
        pytest.param(
            "Foreign Ministry",
            "Israel said. Israel did. Israeli jets flew. Israel won.",
            "www.tehranpost.com",
            id="a text about another state than the outlet's",
        ),
        pytest.param(
            "Supreme Court", "Uganda and Kenya, Kenya and Uganda.", "", id="of two states"
        ),
        pytest.param(
            "Foreign Ministry",
            "Iran's Foreign Ministry and Israel's Foreign Ministry spoke.",
            "",
            id="two of the name",
        ),
    ],
)
def test_a_body_without_one_place_is_of_its_article(name: str, text: str, host: str) -> None:
    assert place(name, text, host=host) == (name, False)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        pytest.param("World Health Organisation", "World Health Organization", id="spelling"),
        pytest.param("U.S. State Department", "State Department", id="a name that one state has"),
        pytest.param("Harbour Board", "Harbour Board", id="a name of its own"),
        pytest.param("Ottawa police", "Ottawa Police", id="police of a place"),
        pytest.param("ISIS", "Islamic State", id="another name"),
    ],
)
def test_other_names_are_kept_in_one_spelling(name: str, kept: str) -> None:
    assert place(name) == (kept, True)


def test_a_campaign_is_its_leaders_however_it_is_written() -> None:
    text = "Bell's campaign said so, and the Bell campaign did."

    assert place("Bell’s campaign", text) == ("Bell campaign", True)
    assert place("bell campaign", text, alone=False) == ("Bell campaign", True)
    assert place("presidential campaign", text, alone=False) == ("presidential campaign", False)


def test_what_is_no_body_stays_as_it_is() -> None:
    assert place("Senate", kind="person") == ("Senate", True)


def test_a_body_is_placed_without_making_a_pattern_of_all_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    compile_pattern = re.compile

    def note(pattern: str, flags: int = 0) -> "re.Pattern[str]":
        made.append(pattern)
        return compile_pattern(pattern, flags)

    monkeypatch.setattr(re, "compile", note)

    placed = place(
        "Foreign Ministry", "Iran’s foreign ministry said so. The Foreign Ministry of Iran"
    )

    assert placed == ("Foreign Ministry (Iran)", True)
    assert sum(map(len, made)) < 200
