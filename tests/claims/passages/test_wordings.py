"""How one wording differs from another, word by word."""

import pytest

from claims.passages.wordings import compare_wordings

WHOLE = "The northern pillars of the bridge have sunk since the flood"


def mark(old: str, new: str) -> str:
    """The new wording, with what is dropped in [-…-] and what is worded otherwise in [+…+]."""
    marks = {"same": "{}", "deleted": "[-{}-]", "inserted": "[+{}+]"}
    return "".join(marks[piece.sort].format(piece.text) for piece in compare_wordings(old, new))


@pytest.mark.parametrize(
    ("new", "shown"),
    [
        pytest.param(WHOLE, WHOLE, id="the same"),
        pytest.param(
            "The northern pillars have sunk",
            "The northern pillars [-of the bridge -]have sunk[-since the flood-]",
            id="cut",
        ),
        pytest.param(
            "that the northern pillars of the bridge had sunk since the flood",
            "[+that +]the northern pillars of the bridge [-have -][+had +]sunk since the flood",
            id="reported",
        ),
        pytest.param(
            "“the northern pillars of the bridge have sunk since the flood,”",
            "“the northern pillars of the bridge have sunk since the flood,”",
            id="marks and case count for nothing",
        ),
        pytest.param("it rains in May", "it rains in May", id="hardly a word in common"),
    ],
)
def test_what_a_wording_keeps_drops_and_adds_is_told(new: str, shown: str) -> None:
    assert mark(WHOLE, new) == shown


def test_of_many_dropped_words_the_first_and_the_last_are_shown() -> None:
    dropped = " ".join(f"word{number}" for number in range(60))

    shown = mark(f"The pillars have {dropped} sunk since then", "The pillars have sunk since then")

    assert (
        shown
        == "The pillars have [-word0 word1 word2 word3 word4 … word56 word57 word58 word59 -]sunk since then"
    )


def test_what_is_very_long_is_not_compared() -> None:
    long = "the pillars have sunk " * 200

    assert [piece.sort for piece in compare_wordings(long, f"{long} again")] == ["same"]
