"""Where a source, a cue and a content begin and end, whatever the encoder has of them."""

import pytest

from tests.claims.extraction.encoded import find_candidate


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("Ann said it rained.\n\nThe town is old.", "it rained.\n\nThe town is old", "it rained"),
        ("The town is old.\n\nIt rained, Ann said.", "The town is old.\n\nIt rained", "It rained"),
        (
            "Ann said “it rained.\n\n“It is cold.”",
            "“it rained.\n\n“It is cold.”",
            "“it rained.\n\n“It is cold.”",
        ),
        (
            "Ann said: “It rained.\n\nIt is cold.”",
            "“It rained.\n\nIt is cold.”",
            "“It rained.\n\nIt is cold.”",
        ),
        (
            "Ann said it rained at 5 p.m.\non the town.",
            "it rained at 5 p.m.\non the town",
            "it rained at 5 p.m.\non the town",
        ),
        (
            "Ann said these would close:\n\nthe bridge, the port.",
            "these would close:\n\nthe bridge, the port",
            "these would close:\n\nthe bridge, the port",
        ),
    ],
    ids=["after", "before", "quoted", "not marked anew", "a line of a wire", "a list"],
)
def test_a_content_ends_with_its_paragraph_unless_it_is_quoted(
    text: str, content: str, expected: str
) -> None:
    quote = find_candidate(text, "said", content)

    assert quote
    assert [span.of(text) for span in quote.contents] == [expected]


@pytest.mark.parametrize(
    ("text", "cue", "content", "whole"),
    [
        pytest.param(
            "Bell said last month it rained.",
            "said last",
            "it rained",
            "said last month",
            id="a time",
        ),
        pytest.param(
            "Bell said in an interview that it rained.",
            "said in an",
            "that it rained",
            "said in an interview",
            id="an occasion",
        ),
        pytest.param(
            "Bell said on Monday it rained.",
            "said on Monday",
            "it rained",
            "said on Monday",
            id="whole already",
        ),
        pytest.param(
            "Bell said the bridge is safe.",
            "said the",
            "bridge is safe",
            "said the",
            id="the content begins there",
        ),
    ],
)
def test_a_cue_that_stops_half_way_goes_on_to_the_next_word(
    text: str, cue: str, content: str, whole: str
) -> None:
    quote = find_candidate(text, cue, content)

    assert quote
    assert quote.cue.of(text) == whole


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("The mayor of Harland said it rained.", "The mayor of", "The mayor"),
        ("The one said it rained.", "The", None),
        ("Never said it rained.", "Never", None),
    ],
    ids=["a phrase that is begun", "an article", "an adverb"],
)
def test_a_source_ends_with_its_word(text: str, source: str, expected: str | None) -> None:
    quote = find_candidate(text, "said", "it rained", source=source)

    assert quote
    assert (quote.source and quote.source.of(text)) == expected
