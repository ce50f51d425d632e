import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.layout import merge_layout_quotes
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text


def said(text: str, found: list[FoundQuote] | None = None) -> list[tuple[str, str]]:
    return [
        (q.source.of(text) if q.source else "", q.contents[0].of(text))
        for q in merge_layout_quotes(found or [], Text(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "HOST: Is it safe?\nANA BELL: It is.\nHOST: Since when?",
            [("HOST", "Is it safe?"), ("ANA BELL", "It is."), ("HOST", "Since when?")],
            id="names in capitals",
        ),
        pytest.param(
            "Two views\n\nBell: It is safe.\n\nQuite safe.\n\nReza: I doubt it.\n\nBell: Why?\n\nReza: Look at it.",
            [
                ("Bell", "It is safe.\n\nQuite safe."),
                ("Reza", "I doubt it."),
                ("Bell", "Why?"),
                ("Reza", "Look at it."),
            ],
            id="an answer of two paragraphs",
        ),
        pytest.param(
            "Bell: It is safe.\n\nReza: I doubt it.",
            [],
            id="names that do not come again are no transcript",
        ),
        pytest.param("ANA BELL: It is safe.\n\nIt rained.", [], id="one line is no transcript"),
        pytest.param("WHAT: A fair\n\nWHERE: The old quay", [], id="a notice"),
        pytest.param(
            "HOST: Is it safe, Ms Bell?\n\nBELL: It is.",
            [("HOST", "Is it safe, Ms Bell?"), ("BELL", "It is.")],
            id="a part and a name",
        ),
        pytest.param(
            "Bell: Bridge is safe\n\nShe told Reza so on air.\n\nBell: I say it is.\n\nReza: No.\n\nBell: Do you?",
            [
                ("Bell", "Bridge is safe"),
                ("Bell", "I say it is."),
                ("Reza", "No."),
                ("Bell", "Do you?"),
            ],
            id="prose after a headline",
        ),
        pytest.param(
            "REP. ANA BELL (D-Ohio): Is it?\n\nOMAR REZA, CITY ENGINEER: No.\n\nREP. ANA BELL (D-Ohio): I see.",
            [("REP. ANA BELL", "Is it?"), ("OMAR REZA", "No."), ("REP. ANA BELL", "I see.")],
            id="names with what they are",
        ),
        pytest.param(
            '"HOST: Is it?\n\n"BELL: It is.\n\n"(CROSSTALK.)\n\n"HOST: Is it?\n\nThe two met in May.',
            [("HOST", "Is it?"), ("BELL", "It is."), ("HOST", "Is it?")],
            id="in quotation marks, with noises off and prose between",
        ),
        pytest.param(
            "News\n\nLondon: Rain at first.\n\nLeeds: Dry.\n\nLondon and Leeds: Wet.",
            [],
            id="the weather",
        ),
        pytest.param(
            "Cup\n\nRovers: Grant, Hill.\n\nCity: Moss.\n\nRovers: Hill scored. City and Rovers left.",
            [],
            id="a match",
        ),
        pytest.param(
            "Talk\n\nBell: Do you?\n\nReza: I do.\n\nThe two argued. Residents told Omar Reza so.\n\nBell: Why?",
            [("Bell", "Do you?"), ("Reza", "I do."), ("Bell", "Why?")],
            id="prose in which others tell",
        ),
        pytest.param(
            "Talk with Reza\n\nBell: You shut it.\n\nReza: We did.\n\nRead more: The best bridges\n\nBell: Why?",
            [("Bell", "You shut it."), ("Reza", "We did."), ("Bell", "Why?")],
            id="page furniture between",
        ),
        pytest.param(
            "Talk\n\nBell: 'I drive on it'\n\nBell said so in May.\n\nReza: 'I do not'\n\nBell: 'I do'",
            [("Bell", "'I drive on it'"), ("Bell", "'I do'")],
            id="subheads that are one quotation",
        ),
        pytest.param("IMAGE: The bridge\n\nPHOTO: The wall", [], id="captions"),
        pytest.param(
            "“It is safe.” — Ana Bell, engineer",
            [("Ana Bell", "“It is safe.”")],
            id="a name after a dash",
        ),
        pytest.param(
            "“It is safe.”\n— Ana van der Bell.",
            [("Ana van der Bell", "“It is safe.”")],
            id="a name on the next line",
        ),
        pytest.param(
            "”It is ‘so’ “safe”.” ―Ana Bell",
            [("Ana Bell", "”It is ‘so’ “safe”.”")],
            id="a mark turned the wrong way",
        ),
        pytest.param(
            "“It is,” she said. “I think.” — Ana Bell", [], id="two quotations and a dash"
        ),
        pytest.param(
            '"It is," she said. "I think." — Ana Bell', [], id="two quotations in straight marks"
        ),
        pytest.param("“It is safe.”\n- Ana Bell\n- Omar Reza", [], id="a list after a quotation"),
        pytest.param("The bridge — Ana Bell built it", [], id="a dash without a quotation"),
        pytest.param("", [], id="empty"),
    ],
)
def test_the_layout_gives_quotes_away(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_where_the_encoder_agrees_the_surer_of_the_two_counts() -> None:
    text = "“It is safe.” — Ana Bell"
    found = FoundQuote(Span(16, 24), Span(14, 15), (Span(0, 13),), 0.9)

    assert merge_layout_quotes([found], Text(text)) == [found]


def test_a_signature_is_of_the_words_before_it() -> None:
    text = "“It is safe.” — Ana Bell\n“I doubt it.” — Omar Reza"
    shifted = FoundQuote(
        Span(16, 24), Span(14, 15), (Span(25, 38),), 0.9
    )  # who signs one is taken for the speaker of the next

    assert said(text, [shifted]) == [("Ana Bell", "“It is safe.”"), ("Omar Reza", "“I doubt it.”")]


def test_nothing_runs_from_one_line_into_the_next() -> None:
    text = "Part of it follows.\n\nHOST: Bell says it is safe.\n\nBELL: I do.\n\nHOST: Why?"
    line, word = text.index("Bell says"), text.index("says")
    swallowing = FoundQuote(None, Span(8, 18), (Span(line, len(text)),), 0.9)
    inner = FoundQuote(
        Span(line, line + 4), Span(word, word + 4), (Span(word + 5, len(text)),), 0.9
    )
    astray = FoundQuote(
        Span(0, 4),
        Span(text.index("do"), text.index("do") + 2),
        (Span(text.index("I do"), text.index("I do") + 1),),
        0.9,
    )

    lines = [
        ("HOST", "Bell says it is safe."),
        ("Bell", "it is safe."),
        ("BELL", "I do."),
        ("HOST", "Why?"),
    ]
    assert said(text, [swallowing, inner, astray]) == lines
