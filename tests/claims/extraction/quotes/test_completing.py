"""Quotations are quoted whole, by their marks alone."""

import pytest

from claims.extraction.quotes.completing import complete_quotations
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text


def found(text: str, source: str, cue: str, *contents: str, within: str = "") -> FoundQuote:
    def span(words: str) -> Span:
        at = text.index(words)
        return Span(at, at + len(words))

    around = span(within) if within else None
    return FoundQuote(
        span(source) if source else None,
        span(cue),
        tuple(span(words) for words in contents),
        0.9,
        around,
    )


@pytest.mark.parametrize(
    ("text", "contents", "expected"),
    [
        pytest.param(
            "“It is safe. It always was,” Bell said.",
            ["It always was,”"],
            ["“It is safe. It always was,”"],
            id="its start",
        ),
        pytest.param(
            "Bell said: “It is safe. It was.”",
            ["“It is safe."],
            ["“It is safe. It was.”"],
            id="its end",
        ),
        pytest.param(
            'Bell said: "It is safe. It was."',
            ['"It is safe.'],
            ['"It is safe. It was."'],
            id="straight marks",
        ),
        pytest.param(
            "Bell said it is “safe and sound”.",
            ["it is “safe"],
            ["it is “safe and sound”"],
            id="words of a clause",
        ),
        pytest.param(
            "“It is safe,” Bell said. “It was. Always.”",
            ["“It is safe,”", "“It was."],
            ["“It is safe,”", "“It was. Always.”"],
            id="two",
        ),
        pytest.param(
            'Bell said it "is safe" and " was". So.', ["was"], ["was"], id="between two quotations"
        ),
        pytest.param("Bell said it is safe.", ["it is safe"], ["it is safe"], id="no marks"),
        pytest.param(
            "“Bell said it is safe. It was.”",
            ["it is safe"],
            ["it is safe"],
            id="inside a quotation",
        ),
    ],
)
def test_a_part_of_a_quotation_becomes_all_of_it(
    text: str, contents: list[str], expected: list[str]
) -> None:
    (quote,) = complete_quotations([found(text, "Bell", "said", *contents)], Text(text))

    assert [content.of(text) for content in quote.contents] == expected


def test_what_two_share_is_left_as_it_is() -> None:
    text = "Bell said and Reza wrote “It is safe. It was.”"
    quotes = [found(text, "Bell", "said", "It is safe."), found(text, "Reza", "wrote", "It was.")]

    assert complete_quotations(quotes, Text(text)) == quotes


ALONE = "“It holds in any weather.”"


@pytest.mark.parametrize(
    ("before", "after", "taken"),
    [
        pytest.param("News.\nBell said it is safe.\n", "", True, id="a paragraph of its own"),
        pytest.param("Bell said it is safe. ", "", True, id="at the end of the paragraph"),
        pytest.param("Bell said it is safe. ", " So it goes.", False, id="something follows"),
        pytest.param("Bell said it is safe of ", "", False, id="within a sentence"),
        pytest.param("News.\nBell said it is safe.\n\nIt rained.\n\n", "", False, id="something between"),
        pytest.param("Bell said it is safe.\n", "", False, id="after a headline"),
    ],
)  # fmt: skip
def test_a_quotation_alone_is_of_whoever_spoke_last(before: str, after: str, taken: bool) -> None:
    text = f"{before}{ALONE}{after}"

    bell = found(text, "Bell", "said", "it is safe")

    first, *others = complete_quotations([bell], Text(text))

    assert first == bell
    assert [content.of(text) for quote in others for content in quote.contents] == [ALONE][:taken]
    assert [(quote.source, quote.cue.of(text)) for quote in others] == [(None, "“")][:taken]


def test_quotations_alone_go_on_from_one_another() -> None:
    text = f"News.\nBell said it is safe.\n\n{ALONE}\n\n“Nobody need be afraid of it.\n\n“We drive on it.”"

    _, *others = complete_quotations([found(text, "Bell", "said", "it is safe")], Text(text))

    assert [[content.of(text) for content in quote.contents] for quote in others] == [
        [ALONE],
        ["“Nobody need be afraid of it.", "“We drive on it.”"],
    ]


@pytest.mark.parametrize(
    ("before", "quoted"),
    [
        pytest.param(
            ["“It is not safe. Nobody has looked.", "“We will look,” Bell said."],
            ["“It is not safe. Nobody has looked.", "“We will look,”"],
            id="before the cue",
        ),
        pytest.param(
            ["“It is not safe.", "“It never was.", "“We will look,” Bell said."],
            ["“It is not safe.", "“It never was.", "“We will look,”"],
            id="twice",
        ),
        pytest.param(
            ["“It is not safe”", "“We will look,” Bell said."], ["“We will look,”"], id="closed"
        ),
    ],
)
def test_a_quotation_left_open_goes_on_in_the_next_paragraph(
    before: list[str], quoted: list[str]
) -> None:
    text = "\n\n".join(
        ["It rained for a week and the pier at Port Alder shook all night.", *before]
    )

    (quote,) = complete_quotations([found(text, "Bell", "said", "“We will look,”")], Text(text))

    assert [content.of(text) for content in quote.contents] == quoted


@pytest.mark.parametrize("words", ["“So safe”", "“and it holds in any weather”"])
def test_a_slogan_or_half_a_sentence_alone_is_nobodys(words: str) -> None:
    text = f"News.\nBell said it is safe.\n\n{words}"
    quote = found(text, "Bell", "said", "it is safe")

    assert complete_quotations([quote], Text(text)) == [quote]


def test_a_quotation_after_what_nobody_known_said_is_nobodys() -> None:
    text = f"News.\nIt is said it is safe.\n\n{ALONE}"
    quote = found(text, "", "said", "it is safe")

    assert complete_quotations([quote], Text(text)) == [quote]


@pytest.mark.parametrize(
    ("before", "quotation", "after"),
    [
        pytest.param(
            "Bell said it is safe. Then Omar Reza rose.\n\n",
            ALONE,
            "",
            id="somebody else in between",
        ),
        pytest.param("“Is it safe?” Bell said.\n\n", ALONE, "", id="after a question"),
        pytest.param("Bell said this:\n\n", ALONE, "", id="after a colon"),
        pytest.param("Bell denied it is safe.\n\n", ALONE, "", id="after no saying"),
        pytest.param(
            "Bell said it is safe.\n\n",
            ALONE,
            "\n\n“We know that,” Reza wrote.",
            id="before somebody else",
        ),
        pytest.param("Bell said it is safe.\n\n", "“The Long Road Home Again”", "", id="a title"),
        pytest.param(
            "Bell said it is safe.\n\n", "“Keep off the railings at all times”", "", id="a sign"
        ),
    ],
)
def test_a_quotation_alone_is_nobodys_where_others_may_have_said_it(
    before: str, quotation: str, after: str
) -> None:
    text = f"News.\n{before}{quotation}{after}"
    cue = "denied" if "denied" in text else "said"
    said = next(words for words in ("it is safe", "“Is it safe?”", "this") if words in text)
    quotes = [found(text, "Bell", cue, said)]
    if after:
        quotes.append(found(text, "Reza", "wrote", "“We know that,”"))

    assert complete_quotations(quotes, Text(text)) == quotes
