"""Where a source, a cue and a content begin and end, whatever the encoder has of them."""

import pytest

from tests.claims.extraction.encoded import find_candidate


@pytest.mark.parametrize(
    ("text", "source", "content", "expected"),
    [
        pytest.param(
            "He said it would end during his call with the Russian president.",
            "He",
            "it would end during his call with the",
            "it would end during his call with the Russian president",
            id="cut",
        ),
        pytest.param(
            "He said it would end during his call with the Russian president.",
            "He",
            "it would end",
            "it would end",
            id="an end like any other",
        ),
        pytest.param(
            "She left for the “moon”, Ann said.",
            "Ann",
            "She left for the",
            "She left for the",
            id="nothing before the mark",
        ),
        pytest.param(
            "It would end during his call, Ann said.",
            "call",
            "It would end during his",
            "It would end during his",
            id="another part in the way",
        ),
    ],
)
def test_a_content_that_stops_at_a_small_word_goes_on_to_the_end_of_its_clause(
    text: str, source: str, content: str, expected: str
) -> None:
    quote = find_candidate(text, "said", content, source=source)

    assert quote
    assert [span.of(text) for span in quote.contents] == [expected]


@pytest.mark.parametrize(
    ("text", "cue", "contents", "expected"),
    [
        pytest.param(
            "They pledged allegiance to the king.",
            "pledged",
            ["allegiance", "the king"],
            ["allegiance to the king"],
            id="a gap",
        ),
        pytest.param(
            "They told him they would go.",
            "told",
            ["him", "they would go"],
            ["they would go"],
            id="who is told",
        ),
        pytest.param("They told him.", "told", ["him"], ["him"], id="nothing but who is told"),
        pytest.param(
            "They urged the council of Alder not to close the road.",
            "urged",
            ["the council of Alder not to close the road"],
            ["not to close the road"],
            id="who is asked",
        ),
        pytest.param(
            "They called on him to stay.", "called on", ["him to stay"], ["to stay"], id="called on"
        ),
        pytest.param(
            "She was told the boy was going to leave.",
            "told",
            ["the boy was going to leave"],
            ["the boy was going to leave"],
            id="a clause of its own",
        ),
        pytest.param(
            "They asked how to get home.",
            "asked",
            ["how to get home"],
            ["how to get home"],
            id="a question",
        ),
        pytest.param(
            "They said this. So it is.",
            "said",
            ["this.", "it is"],
            ["this.", "it is"],
            id="another sentence",
        ),
        pytest.param(
            "“This,” she said, “is it.”",
            "said",
            ["“This,”", "“is it.”"],
            ["“This,”", "“is it.”"],
            id="the cue between",
        ),
        pytest.param(
            "It rained, a lot and then it hailed.",
            "a lot",
            ["It rained", "it hailed"],
            ["It rained", "it hailed"],
            id="far apart",
        ),
    ],
)
def test_what_is_said_has_no_addressee_and_no_small_gaps(
    text: str, cue: str, contents: list[str], expected: list[str]
) -> None:
    quote = find_candidate(text, cue, *contents)

    assert quote
    assert [span.of(text) for span in quote.contents] == expected


@pytest.mark.parametrize(
    ("text", "content", "cue", "is_fragment"),
    [
        ("It rained. Earlier this week, Ann said so.", "Earlier", "said", True),
        ("However, Ann said it rained.", "However", "said", True),
        ("It is believed to be safe.", "It", "is believed", False),
        ("Ann attacked Machado in a tweet.", "Machado", "attacked", False),
        ("“No way,” Ann said.", "No", "said", False),
    ],
)
def test_the_first_word_of_a_sentence_alone_is_no_content(
    text: str, content: str, cue: str, is_fragment: bool
) -> None:
    quote = find_candidate(text, cue, content)

    assert (quote is None) is is_fragment


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
