import re

import pytest

from claims.extraction.lexicon.words import (
    add_plurals,
    build_alternation,
    phrase_set,
    word_set,
)


def test_the_words_of_a_table_stand_between_white_space() -> None:
    assert word_set("ash  oak\n    elm") == {"ash", "oak", "elm"}


def test_the_phrases_of_a_table_stand_between_commas_whatever_line_they_are_on() -> None:
    assert phrase_set("rio de\n    janeiro, oslo") == {"rio de janeiro", "oslo"}


def test_plurals_stand_beside_their_singulars() -> None:
    assert add_plurals(["letter", "press release"]) == {
        "letter",
        "letters",
        "press release",
        "press releases",
    }


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("Fox News at ten", "Fox News"),
        ("Fox\nNews at ten", "Fox\nNews"),
        ("Fox at ten", "Fox"),
        ("C-SPAN", "C-SPAN"),
        ("BBC", None),
    ],
)
def test_a_pattern_of_a_table_matches_the_longest_of_its_entries(
    text: str, matched: str | None
) -> None:
    match = re.match(build_alternation(["Fox", "Fox News", "C-SPAN"]), text)

    assert (match[0] if match else None) == matched


def test_a_pattern_of_a_table_is_the_same_in_every_process() -> None:
    assert build_alternation({"ash", "elm", "cedar"}) == "(?:ash|cedar|elm)"
