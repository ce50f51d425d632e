"""Somebody without a name in a sentence between a person and a pronoun."""

import pytest

from tests.claims.extraction.speakers.articles import find_speaker


@pytest.mark.parametrize(
    ("between", "sure"),
    [
        ("One fan waited for an hour.", False),
        ("The fan waited for an hour.", False),
        ("His brother, in tears, waited.", False),
        ("The club's chief doctor waited.", False),
        ("The girl's father waited.", False),
        ("His wife waited.", True),  # she is no "he"
        ("A day after the fan left it rained.", True),
        ("A major storm came.", True),
        ("The driver waited.", True),  # who may be Harker
        ("The manager waited.", True),
        ("“The fan waited.”", True),
        ("One fan waited. Harker saw it.", True),
    ],
)
def test_a_sentence_about_somebody_without_a_name_leaves_it_open_who_he_is(
    between: str, sure: bool
) -> None:
    text = f"Manager Ian Harker left. {between} He said it was late."

    found = find_speaker(
        text, "He", "said", "it was late", after=between, Ian_Harker="PER", Harker="PER"
    )

    assert found
    assert found.name == "Ian Harker"
    assert (found.confidence > 0.7) == sure
