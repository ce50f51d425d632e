"""The quote that a cue can have, from what the encoder links to it."""

import math

import pytest

from claims.extraction.quotes.candidates import list_candidate_quotes
from claims.extraction.text.article_text import Text
from tests.claims.extraction.encoded import build_encoded, find_candidate, find_words


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


@pytest.mark.parametrize(
    ("text", "read", "content"),
    [
        ("Ann said it rained on Mr. Bell all day. He left.", "it rained on", "it rained on Mr. Bell all day"),
        ("Ann said it rained. He left.", "it rained", "it rained"),
        ("Ann said it had", "it had", "it had"),
    ],
)  # fmt: skip
def test_a_content_at_the_border_of_a_window_goes_on_to_the_end_of_its_sentence(
    text: str, read: str, content: str
) -> None:
    cue, part = find_words(text, "said", "cue"), find_words(text, read, "content")
    encoded = build_encoded(text, (cue, [part]), border=part.end)

    (quote,) = list_candidate_quotes(encoded, Text(text))

    assert [span.of(text) for span in quote.contents] == [content]


def test_a_content_within_a_window_ends_where_the_encoder_has_it_end() -> None:
    text = "Ann said it rained on Mr. Bell all day. He left."

    quote = find_candidate(text, "said", "it rained on Mr. Bell")

    assert quote
    assert [span.of(text) for span in quote.contents] == ["it rained on Mr. Bell"]
