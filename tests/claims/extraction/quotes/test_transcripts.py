import pytest

from claims.extraction.quotes.transcripts import list_transcript_quotes
from claims.extraction.text.article_text import Text


def list_lines(text: str) -> list[tuple[str, str]]:
    """Who speaks and what is said, of each line of a transcript."""
    lines = []
    for quote in list_transcript_quotes(Text(text)):
        assert quote.source
        lines.append((quote.source.of(text), quote.contents[0].of(text)))
    return lines


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
        pytest.param("", [], id="empty"),
    ],
)
def test_lines_of_a_transcript_are_quotes(text: str, expected: list[tuple[str, str]]) -> None:
    assert list_lines(text) == expected


def test_what_is_noted_of_the_scene_parts_what_is_said() -> None:
    text = Text(
        "Talk\n\nBELL: It is.\n\n(LAUGHTER)\n\nQuite.\n\nREZA: Do you say so?\n\nBELL: I do."
    )

    first, *_ = list_transcript_quotes(text)

    assert [content.of(text) for content in first.contents] == ["It is.", "Quite."]
