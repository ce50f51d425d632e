"""What is kept of two wordings, from how their quotes read."""

from dataclasses import replace

import pytest

from claims.extraction.schema import Span
from claims.gathering.pairing import is_surely_same, match_wordings, share_topics
from claims.gathering.reading import ReadWording, StancedUtterance
from claims.relating import PairReading, Utterance

READING = PairReading(
    same_words=0.2,
    same_claim=0.95,
    relation="same-claim",
    automatic=True,
    evidence=("same names", "same speaker"),
)


def quote(
    content: str, *, article: int = 1, speaker: str = "Ana Bell", stance: str = "asserts"
) -> StancedUtterance:
    text = f"{speaker} said {content}."
    start = text.index(content)
    span = Span(start, start + len(content))
    cue = Span(len(speaker) + 1, len(speaker) + 5)
    key = f"https://example.org/{article}"
    utterance = Utterance(text, (span,), cue, (Span(0, len(speaker)),), speaker, key)
    return StancedUtterance(utterance, stance, "say", article, (span,))


def wording(number: int, *quotes: StancedUtterance) -> ReadWording:
    return ReadWording(number, f"key {number}", quotes)


ONE = quote("that the northern bridge of Harwick closed in spring")
OTHER = quote("the northern bridge of Harwick has been closed since spring", article=2)


@pytest.mark.parametrize(
    ("change", "is_sure"),
    [
        pytest.param({}, True, id="names and speaker are the same"),
        pytest.param({"automatic": False}, False, id="the reading is not sure"),
        pytest.param({"same_claim": 0.8}, False, id="not likely enough"),
        pytest.param({"evidence": ("same names",)}, False, id="nothing but the names"),
        pytest.param({"evidence": ("same names", "run of 5 words")}, True, id="names and a run"),
        pytest.param({"evidence": ("same names", "run of 4 words")}, False, id="a short run"),
        pytest.param({"evidence": ("same speaker", "same figures")}, False, id="no names"),
        pytest.param({"relation": "same-words", "evidence": ()}, True, id="the same words"),
    ],
)
def test_what_is_told_in_other_words_joins_only_where_more_speaks_for_it(
    change: dict[str, object], is_sure: bool
) -> None:
    assert is_surely_same(ONE, OTHER, replace(READING, **change)) is is_sure  # type: ignore[arg-type]


def test_within_one_article_other_words_are_left_to_a_person() -> None:
    here = quote("the northern bridge of Harwick has been closed since spring", article=1)

    assert not is_surely_same(ONE, here, READING)


def test_two_that_share_little_of_their_topic_are_left_to_a_person() -> None:
    assert not is_surely_same(ONE, quote("Harwick mourns the old mayor", article=2), READING)


def test_a_quote_and_one_inside_it_are_not_told_twice() -> None:
    inner = replace(ONE, content=(Span(ONE.content[0].start + 5, ONE.content[0].end),))

    assert match_wordings(wording(1, ONE), wording(2, inner)) is None


def test_how_two_wordings_relate_does_not_depend_on_which_is_asked_for_first() -> None:
    later = quote("that the northern bridge of Harwick closed in spring, again", article=2)
    one, other = wording(1, ONE), wording(2, later)

    assert match_wordings(one, other) == match_wordings(other, one)


def test_numbers_are_no_topic() -> None:
    share, shared = share_topics(
        quote("12 wagons passed the bridge in Harwick").utterance,
        quote("15 wagons passed the bridge in Harwick").utterance,
    )

    assert share == 1.0
    assert shared >= 3
