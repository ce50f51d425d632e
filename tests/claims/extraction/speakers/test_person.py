"""What tells a man from a woman."""

from tests.claims.extraction.speakers.articles import find_speaker


def test_she_is_not_the_man() -> None:
    text = "John Mwangi met Grace Wanjiru. She said it was safe."

    found = find_speaker(text, "She", "said", "it was safe", John_Mwangi="PER", Grace_Wanjiru="PER")

    assert found
    assert found.name == "Grace Wanjiru"
