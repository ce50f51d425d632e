"""Who is told is not who says."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.hearers import replace_hearer_with_teller
from claims.extraction.schema import Span


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("source", "cue", "more", "teller"),
    [
        pytest.param("Ann Bell", "was told", " that it rained.", None, id="nobody is named"),
        pytest.param(
            "Ann Bell", "was told", " by Omar Diaz that it rained.", "Omar Diaz", id="by a person"
        ),
        pytest.param(
            "Ann Bell",
            "was told",
            " by her brother, a miller, that it rained.",
            "her brother",
            id="described",
        ),
        pytest.param(
            "MPs",
            "have repeatedly been warned by",
            " engineers that it rained.",
            "engineers",
            id="by in the cue",
        ),
        pytest.param(
            "Ann Bell", "was told by email", " that it rained.", None, id="by email, in the cue"
        ),
        pytest.param("Ann Bell", "was told", " by phone that it rained.", None, id="by phone"),
        pytest.param("I", "'m told", " that it rained.", None, id="a short form"),
        pytest.param("The High Court in Lunde", "heard", " that it rained.", None, id="a court"),
        pytest.param("Ann Bell", "was told:", " that it rained.", None, id="a colon in the cue"),
        pytest.param(
            "Ann Bell", "was told last week", " that it rained.", None, id="a day in the cue"
        ),
        pytest.param(
            "Ann Bell was fined and told", "told", " that it rained.", None, id="of another passive"
        ),
        pytest.param(
            "Ann Bell was fined and told",
            "told",
            " her staff that it rained.",
            "Ann Bell",
            id="an active, though",
        ),
        pytest.param(
            "Ann Bell was fined and warned",
            "warned",
            " that she would be watched when it rained.",
            None,
            id="warned",
        ),
        pytest.param(
            "Ann Bell was fined and warned",
            "warned",
            " that it rained.",
            "Ann Bell",
            id="warned, though, as it seems",
        ),
        pytest.param(
            "Ann Bell was fined and warned",
            "warned",
            " they rued it, that it rained.",
            "Ann Bell",
            id="who warns them",
        ),
        pytest.param(
            "Ann Bell",
            "was briefed and said",
            " that it rained.",
            "Ann Bell",
            id="who is told, and says",
        ),
        pytest.param(
            "Ann Bell", "was told", " by the end of the day that it rained.", None, id="by a day"
        ),
        pytest.param(
            "Doctors", "heard it and say", " that it rained.", "Doctors", id="who hears, and says"
        ),
        pytest.param("Ann Bell", "told", " Omar Diaz that it rained.", "Ann Bell", id="who tells"),
        pytest.param(
            "Ann Bell",
            "was told off for saying",
            " that it rained.",
            "Ann Bell",
            id="who is told off",
        ),
        pytest.param("Ann Bell", "is assured of", " victory.", "Ann Bell", id="who is sure"),
        pytest.param("Ann Bell", "heard", " that it rained.", "Ann Bell", id="a person who heard"),
        pytest.param(
            "The court",
            "said it had heard",
            " that it rained.",
            "The court",
            id="a court that says",
        ),
    ],
)
def test_a_quote_is_of_who_tells(source: str, cue: str, more: str, teller: str | None) -> None:
    verdict = " was fined and" * source.endswith(("told", "warned"))
    source = source.removesuffix(f"{verdict} {cue}") if verdict else source
    text = f"{source}{verdict} {cue}{more}"
    content = span(
        text, next(words for words in ("that she", "that it rained", "victory") if words in more)
    )

    told = replace_hearer_with_teller(
        FoundQuote(span(text, source), span(text, cue), (content,), 0.9), text
    ).source

    assert (told and told.of(text)) == teller


def test_who_stands_after_the_cue_tells() -> None:
    text = "“It rained,” was told by Ann Bell."
    quote = FoundQuote(
        span(text, "Ann Bell"), span(text, "was told"), (span(text, "“It rained,”"),), 0.9
    )

    assert replace_hearer_with_teller(quote, text) == quote


def test_a_sentence_does_not_end_with_the_tellers_full_stop() -> None:
    text = "“It rained,” Ann Bell was told by the mayor."
    quote = FoundQuote(
        span(text, "Ann Bell"), span(text, "was told"), (span(text, "“It rained,”"),), 0.9
    )

    told = replace_hearer_with_teller(quote, text).source

    assert told is not None
    assert told.of(text) == "the mayor"


@pytest.mark.parametrize(
    ("text", "source", "cue", "teller"),
    [
        (
            "Bell was reacting to a claim by Mayor Omar Diaz that it rained.",
            "Bell",
            "reacting to a claim",
            "Mayor Omar Diaz",
        ),
        (
            "Bell left after a warning from her friend, a miller, that it rained.",
            "Bell",
            "a warning",
            "her friend",
        ),
        ("Bell issued a warning by email that it rained.", "Bell", "a warning", "Bell"),
        ("Asked whether it rained, coach Bell laughed.", "coach Bell", "Asked", None),
        ("Asked Bell, whether it rained.", "Bell", "Asked", "Bell"),
        ("Bell was asked three times whether it rained.", "Bell", "was asked three times", None),
    ],
)
def test_what_is_asked_or_claimed_is_of_who_asks_or_claims(
    text: str, source: str, cue: str, teller: str | None
) -> None:
    told = replace_hearer_with_teller(
        FoundQuote(span(text, source), span(text, cue), (span(text, "it rained"),), 0.9), text
    ).source

    assert (told and told.of(text)) == teller


@pytest.mark.parametrize(
    ("quoted", "contents", "teller", "said"),
    [
        ("Omar Diaz as saying", [], "Omar Diaz", ["“It rained,”"]),
        ("Omar Diaz, a miller, as telling MPs", ["Omar Diaz"], "Omar Diaz", ["“It rained,”"]),
        ("the mayor, Omar Diaz, as saying", [], "the mayor, Omar Diaz", ["“It rained,”"]),
        ("Omar Diaz in its report", [], "Reuters", ["“It rained,”"]),
    ],
)
def test_who_is_quoted_says_it_and_not_the_paper(
    quoted: str, contents: list[str], teller: str, said: list[str]
) -> None:
    text = f"“It rained,” Reuters quoted {quoted}."
    spans = (span(text, "“It rained,”"), *(span(text, content) for content in contents))

    found = replace_hearer_with_teller(
        FoundQuote(span(text, "Reuters"), span(text, "quoted"), spans, 0.9), text
    )

    assert found.source
    assert found.source.of(text) == teller
    assert [content.of(text) for content in found.contents] == said


def test_what_somebody_is_quoted_as_saying_may_stand_before() -> None:
    text = "“It rained,” Reuters quoted Omar Diaz as saying."

    found = replace_hearer_with_teller(
        FoundQuote(
            span(text, "Reuters"), span(text, "quoted"), (span(text, "Omar Diaz as saying"),), 0.9
        ),
        text,
    )

    assert [content.of(text) for content in found.contents] == ["“It rained,”"]
