"""The quote that a cue can have, from what the encoder links to it."""

import math

import pytest

from tests.claims.extraction.encoded import find_candidate


def test_a_quote_has_the_characters_of_its_words_without_loose_punctuation() -> None:
    text = "It rained, Ann Lee said."

    quote = find_candidate(text, "said", "It rained,", source="Ann Lee")

    assert quote
    assert quote.source
    assert quote.source.of(text) == "Ann Lee"
    assert quote.cue.of(text) == "said"
    assert [content.of(text) for content in quote.contents] == ["It rained"]


def test_a_cue_without_words_that_are_said_has_no_quote() -> None:
    assert find_candidate("Ann said … and left.", "said", "…") is None
    assert find_candidate("Ann said so.", "said") is None


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("Ana Bell\n\nIt rained, it said.", "Ana Bell", id="in the headline above"),
        pytest.param("It rained, it said.\n\nAna Bell", "Ana Bell", id="in a paragraph after"),
    ],
)
def test_nobody_of_another_paragraph_is_the_source(text: str, source: str) -> None:
    quote = find_candidate(text, "said", "It rained", source=source)

    assert quote
    assert quote.source is None


def test_the_signs_tell_what_speaks_for_a_quote() -> None:
    text = "“It rained,” Ann Lee said."

    quote = find_candidate(text, "said", "“It rained,”", source="Ann Lee")
    unsourced = find_candidate("It rained then.", "rained", "then")

    assert quote
    assert quote.signs
    assert quote.signs.begins == pytest.approx(math.log(0.9))
    assert (quote.signs.quoted, quote.signs.reports, quote.signs.unsourced) == (1, 1, 0)
    assert unsourced
    assert unsourced.signs
    assert (unsourced.signs.unsourced_plain, unsourced.signs.mentioned) == (1, 1)
