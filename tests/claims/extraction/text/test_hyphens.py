import pytest

from claims.extraction.text.hyphens import join_lines, learn_words

CUT = (
    "The council had de-",
    "cided in the morn-",
    "ing that the old bridge would be closed to all traf-",
    "fic for a winter, and that a ferry would run in its place.",
)
NOT_CUT = (
    "The council, which has met on every Tuesday since the war, had",
    "decided that the bridge would be closed for the whole winter.",
    "It was the second time, and nobody liked it any better than",
)


@pytest.mark.parametrize(
    ("paragraph", "line", "joined"),
    [
        ("through the win-", "ter and spring", "through the winter and spring"),
        ("a state-of-", "the-art repair", "a state-of-the-art repair"),
        ("a self-", "made man", "a self-made man"),
        ("the Saudi-", "led side", "the Saudi-led side"),
        ("an Anglo-", "French plan", "an Anglo-French plan"),
        ("of COVID-", "19 in", "of COVID-19 in"),
        ("a 19-", "year-old man", "a 19-year-old man"),
        ("both pre-", "and post-war houses", "both pre- and post-war houses"),
        ("it was late -", "too late", "it was late - too late"),
        ("it was late--", "too late", "it was late--too late"),
        ("NEW BRID-", "GES FOR ALL", "NEW BRIDGES FOR ALL"),
        ("har\u00ad", "bour", "harbour"),
    ],
)
def test_a_word_at_the_end_of_a_line_is_whole_again(paragraph: str, line: str, joined: str) -> None:
    assert join_lines(paragraph, line) == joined


def test_in_a_text_that_cuts_no_words_a_hyphen_is_the_words_own() -> None:
    words = learn_words([*NOT_CUT, "a government-"])

    assert join_lines("a government-", "issue lamp", words) == "a government-issue lamp"


def test_in_a_text_that_cuts_words_it_is_not() -> None:
    words = learn_words(CUT)

    assert join_lines("The council had de-", "cided", words) == "The council had decided"
    assert join_lines("to all traf-", "fic for", words) == "to all traffic for"


def test_what_the_text_has_whole_elsewhere_tells_first() -> None:
    whole = learn_words([*NOT_CUT, "the dockworkers", "a well-read man"])
    cutting = learn_words([*CUT, "the harbour-front"])

    assert join_lines("the dock-", "workers", whole) == "the dockworkers"
    assert join_lines("the harbour-", "front", cutting) == "the harbour-front"
