"""What a speaker cannot be."""

import pytest

from claims.extraction.schema import RunnerUp, Speaker


def test_a_speaker_cannot_be_made_with_a_likelier_runner_up() -> None:
    with pytest.raises(ValueError, match="no runner-up is likelier"):
        Speaker(
            "Ana Bell", "person", 0.4, "pronoun", runners_up=(RunnerUp("Eva Reza", "person", 0.9),)
        )


def test_a_speaker_who_is_doubted_more_has_no_likelier_runner_up() -> None:
    rival = RunnerUp("Eva Reza", "person", 0.5)

    doubted = Speaker("Ana Bell", "person", 0.7, "pronoun", runners_up=(rival,)).held_at(0.4)

    assert (doubted.confidence, doubted.runners_up[0].confidence) == (0.4, 0.4)
