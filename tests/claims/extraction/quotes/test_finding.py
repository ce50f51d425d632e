import pytest

from claims.extraction.quotes.finding import (
    FoundQuote,
    complete_content,
    drop_addressee,
    find_speaker_named_last,
    is_fragment,
    merge_contents_over_gaps,
    nest_quotes,
    select_compatible_quotes,
    share_sources,
    trim_content_to_paragraph,
)
from claims.extraction.schema import Span
from claims.extraction.text.quotation import mark_quoted_characters

TEXT = "He said it would end during his call with the Russian president. She left for the “moon”, Ann said."


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


@pytest.mark.parametrize(
    ("content", "others", "expected"),
    [
        pytest.param(
            "it would end during his call with the",
            [],
            "it would end during his call with the Russian president",
            id="cut",
        ),
        pytest.param("it would end", [], "it would end", id="an end like any other"),
        pytest.param("She left for the", [], "She left for the", id="nothing before the mark"),
        pytest.param(
            "it would end during his",
            ["call"],
            "it would end during his",
            id="another part in the way",
        ),
    ],
)
def test_a_content_that_stops_at_a_small_word_goes_on_to_the_end_of_its_clause(
    content: str, others: list[str], expected: str
) -> None:
    assert (
        complete_content(span(content), TEXT, [span(other) for other in others]).of(TEXT)
        == expected
    )


def test_of_two_cues_that_claim_the_same_words_the_surer_has_them() -> None:
    sure = FoundQuote(None, Span(0, 4), (Span(10, 50),), 0.9)
    rival = FoundQuote(None, Span(60, 64), (Span(12, 50),), 0.6)
    inner = FoundQuote(None, Span(70, 74), (Span(30, 50),), 0.5)

    assert select_compatible_quotes([rival, inner, sure]) == [sure, inner]


def test_two_readings_of_one_cue_are_one_quote() -> None:
    sure = FoundQuote(None, Span(0, 8), (Span(10, 50),), 0.9)
    other = FoundQuote(None, Span(5, 8), (Span(60, 90),), 0.6)

    assert select_compatible_quotes([other, sure]) == [sure]


def test_a_quote_inside_a_quote_knows_the_innermost_around_it() -> None:
    outer, middle, inner, apart = (
        FoundQuote(None, Span(0, 4), (Span(5, 100),), 0.9),
        FoundQuote(None, Span(10, 14), (Span(15, 60),), 0.9),
        FoundQuote(None, Span(20, 24), (Span(25, 60),), 0.9),
        FoundQuote(None, Span(110, 114), (Span(115, 160),), 0.9),
    )

    assert [quote.within for quote in nest_quotes([outer, middle, inner, apart])] == [
        None,
        outer.cue,
        middle.cue,
        None,
    ]


def test_a_quote_does_not_stand_within_itself() -> None:
    around = FoundQuote(None, Span(20, 24), (Span(5, 18), Span(26, 60)), 0.9)

    assert nest_quotes([around])[0].within is None


@pytest.mark.parametrize(
    ("text", "cue", "parts", "expected"),
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
    text: str, cue: str, parts: list[str], expected: list[str]
) -> None:
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in parts]
    at = Span(text.index(cue), text.index(cue) + len(cue))

    assert [
        s.of(text) for s in merge_contents_over_gaps(drop_addressee(spans, at, text), [at], text)
    ] == expected


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        pytest.param("Lee said it was safe and urged calm.", True, id="and"),
        pytest.param("Lee said it was safe, but later urged calm.", True, id="but later"),
        pytest.param("Lee said it was safe, urging calm.", True, id="a participle"),
        pytest.param("Lee said it was safe. And urged calm.", False, id="another sentence"),
        pytest.param("Lee said it was safe, and others urged calm.", False, id="somebody else"),
    ],
)
def test_a_cue_without_a_source_goes_on_from_the_one_before(text: str, shared: bool) -> None:
    at = text.index("urg")
    cue, content = Span(at, text.index(" ", at)), Span(text.index("calm"), text.index("calm") + 4)
    first = FoundQuote(Span(0, 3), Span(4, 8), (Span(9, 20),), 0.9)

    _, second = share_sources([first, FoundQuote(None, cue, (content,), 0.9)], text)

    assert second.source == (first.source if shared else None)


@pytest.mark.parametrize(
    ("text", "content", "cue", "expected"),
    [
        ("It rained. Earlier this week, Ann said so.", "Earlier", "said", True),
        ("However, Ann said it rained.", "However", "said", True),
        ("It is believed to be safe.", "It", "is believed", False),
        ("Ann attacked Machado in a tweet.", "Machado", "attacked", False),
        ("“No way,” Ann said.", "No", "said", False),
    ],
)
def test_the_first_word_of_a_sentence_alone_is_no_content(
    text: str, content: str, cue: str, expected: bool
) -> None:
    at, of_cue = text.index(content), text.index(cue)
    spans = Span(at, at + len(content)), Span(of_cue, of_cue + len(cue))

    assert is_fragment(*spans, text, mark_quoted_characters(text)) is expected


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("The road will close, added the mayor.", "added", "the mayor"),
        ("The road will close, added the mayor of the town of Harland on Monday.", "added", None),
        ("The road will close, shook the mayor.", "shook", None),
        ("The road will close on Monday; the mayor added.", "added", None),
    ],
)
def test_a_speaker_may_end_the_sentence(text: str, cue: str, expected: str | None) -> None:
    at = text.index(cue)
    content = Span(text.index("will close"), text.index("will close") + len("will close"))

    found = find_speaker_named_last(
        Span(0, len("The road")), Span(at, at + len(cue)), [content], text
    )

    assert (found and found.of(text)) == expected


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Ann said it rained.\n\nThe town is old.", "said", "it rained"),
        ("The town is old.\n\nIt rained, Ann said.", "said", "It rained"),
        ("Ann said “it rained.\n\n“It is cold.”", "said", "“it rained.\n\n“It is cold.”"),
        ("Ann said: “It rained.\n\nIt is cold.”", "said", "“It rained.\n\nIt is cold.”"),
        ("Ann said it rained at 5 p.m.\non the town.", "said", "it rained at 5 p.m.\non the town"),
        (
            "Ann said these would close:\n\nthe bridge, the port.",
            "said",
            "these would close:\n\nthe bridge, the port",
        ),
    ],
    ids=["after", "before", "quoted", "not marked anew", "a line of a wire", "a list"],
)
def test_a_content_ends_with_its_paragraph_unless_it_is_quoted(
    text: str, cue: str, expected: str
) -> None:
    at = text.index(cue)
    before = text.index("Ann") > 0
    content = (
        Span(0, text.index(", Ann"))
        if before
        else Span(text.index(" ", at + len(cue)) + 1, len(text.rstrip(".")))
    )

    assert (
        trim_content_to_paragraph(
            content, Span(at, at + len(cue)), text, mark_quoted_characters(text)
        ).of(text)
        == expected
    )
