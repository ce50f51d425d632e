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
        pytest.param(
            "The DEPUTY SPEAKER (Ms Bell): Time is up.\nMr REZA: I ask for more.\nMs BELL: It is up.",
            [("Ms Bell", "Time is up."), ("Mr REZA", "I ask for more."), ("Ms BELL", "It is up.")],
            id="an office with a name",
        ),
        pytest.param(
            "Ana Bell (Harrow) (Lab): Will you?\nThe Minister for Health (Omar Reza): I will.",
            [("Ana Bell", "Will you?"), ("Omar Reza", "I will.")],
            id="a parliament",
        ),
        pytest.param(
            "Mr. REZA of Ohio. I yield.\nThe SPEAKER pro tempore. Time is up.\nMs. VAN BELL. I thank you.\n"
            "Ms. ANA R. BELL of Ohio, Ms. KAY, and Mr. REZA changed their vote.",
            [
                ("Mr. REZA", "I yield."),
                ("The SPEAKER pro tempore", "Time is up."),
                ("Ms. VAN BELL", "I thank you."),
            ],
            id="full stops after names, and a list of names",
        ),
        pytest.param(
            "[00:01:12] Ana Bell: Are you here?\n>> Reza: I am.\n* Ana Bell: Good.",
            [("Ana Bell", "Are you here?"), ("Reza", "I am."), ("Ana Bell", "Good.")],
            id="times and signs before names",
        ),
        pytest.param(
            "Ana Bell\n00:04\nAre you here?\nOmar Reza\n00:09\nI am, and so is she.",
            [("Ana Bell", "Are you here?"), ("Omar Reza", "I am, and so is she.")],
            id="names over times",
        ),
        pytest.param(
            "Ana Bell (00:04):\nAre you here?\nOmar Reza (00:09):\nI am.\nAna Bell (00:12):\nGood.",
            [("Ana Bell", "Are you here?"), ("Omar Reza", "I am."), ("Ana Bell", "Good.")],
            id="names over words",
        ),
        pytest.param(
            "ANA BELL: Are we all here?\nThe clerk read the list.\nREZA: I am.\nWe are.\nBELL: Good.",
            [("ANA BELL", "Are we all here?"), ("REZA", "I am.\nWe are."), ("BELL", "Good.")],
            id="a line that tells what was done",
        ),
        pytest.param(
            "On cost: the council has no answer.\nThe lesson is plain: do not build on sand, will you?",
            [],
            id="prose with colons",
        ),
        pytest.param("IMAGE: The bridge\n\nPHOTO: The wall", [], id="captions"),
        pytest.param("", [], id="empty"),
    ],
)
def test_lines_of_a_transcript_are_quotes(text: str, expected: list[tuple[str, str]]) -> None:
    assert list_lines(text) == expected


def test_a_question_that_nobody_has_a_name_for_has_no_source() -> None:
    text = Text("Q     Will you sign?\nTHE PRESIDENT: I will.")

    question, answer = list_transcript_quotes(text)

    assert (question.source, question.contents[0].of(text)) == (None, "Will you sign?")
    assert answer.source


def test_what_is_noted_of_the_scene_parts_what_is_said() -> None:
    text = Text(
        "Talk\n\nBELL: It is.\n\n(LAUGHTER)\n\nQuite.\n\nREZA: Do you say so?\n\nBELL: I do."
    )

    first, *_ = list_transcript_quotes(text)

    assert [content.of(text) for content in first.contents] == ["It is.", "Quite."]
