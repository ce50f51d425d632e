"""Speakers by hand-made entities and spans, without the encoder."""

import pytest

from tests.claims.extraction.speakers.articles import find_speaker


@pytest.mark.parametrize(
    "source", ["you", "His Majesty", "everyone", "According to", "Neither of them"]
)
def test_nobody_in_particular_is_nobody(source: str) -> None:
    assert find_speaker(f"{source} say it rains.", source, "say", "it rains") is None


@pytest.mark.parametrize(
    "source",
    [
        "He and Bell",
        "She and her husband, Omar Bell,",
        "Her and Mr Bell",
        "Omar Bell and I",
        "Me and Omar Bell",
    ],
)
def test_who_speaks_together_with_somebody_else_is_not_alone(source: str) -> None:
    text = f"Omar Bell left. {source} said it was late."

    assert (
        find_speaker(text, source, "said", "it was late", after="left", Omar_Bell="PER", Bell="PER")
        is None
    )


def test_a_rank_is_no_part_of_a_name_that_is_not_read_as_one() -> None:
    text = "Dan Cole came.\nSgt Cole said it was late."

    found = find_speaker(text, "Sgt Cole", "said", "it was late", Dan_Cole="PER")

    assert found
    assert found.name == "Dan Cole"
