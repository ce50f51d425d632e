import pytest

from claims.extraction.schema import (
    Act,
    RunnerUp,
    Span,
    Speaker,
    Stance,
    get_stance_of_act,
)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2)])
def test_a_span_holds_a_character_at_least(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="a span needs 0 <= start < end"):
        Span(start, end)


def test_a_span_selects_its_characters() -> None:
    assert Span(3, 7).of("It rained.") == "rain"


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [(Span(0, 3), True), (Span(4, 9), True), (Span(0, 2), False), (Span(5, 9), False)],
)
def test_spans_overlap_where_they_share_a_character(other: Span, overlaps: bool) -> None:
    span = Span(2, 5)

    assert span.overlaps(other) is overlaps
    assert other.overlaps(span) is overlaps


@pytest.mark.parametrize(
    ("act", "stance"),
    [("deny", "denies"), ("question", "questions"), ("say", "asserts"), ("no_comment", "asserts")],
)
def test_an_act_tells_the_stance(act: Act, stance: Stance) -> None:
    assert get_stance_of_act(act) == stance


def test_a_speaker_cannot_be_made_with_a_likelier_runner_up() -> None:
    with pytest.raises(ValueError, match="no runner-up is likelier"):
        Speaker(
            "Ana Bell", "person", 0.4, "pronoun", runners_up=(RunnerUp("Eva Reza", "person", 0.9),)
        )


def test_a_speaker_who_is_doubted_more_has_no_likelier_runner_up() -> None:
    rival = RunnerUp("Eva Reza", "person", 0.5)

    doubted = Speaker("Ana Bell", "person", 0.7, "pronoun", runners_up=(rival,)).held_at(0.4)

    assert (doubted.confidence, doubted.runners_up[0].confidence) == (0.4, 0.4)
