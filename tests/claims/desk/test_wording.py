"""Where words stand in a text, as a person has typed them."""

import pytest

from claims.desk.wording import find_places_of_words
from claims.extraction.schema import Span


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("is safe", "It is safe. This is safe.", ["is safe", "is safe"]),
        ("it", "It said it with wit.", ["it"]),
        ("“We  go”", 'She said "We\ngo" and went.', ['"We\ngo"']),
        ("ha ha", "ha ha ha", ["ha ha", "ha ha"]),
        ("(a)", "This is (a), not a.", ["(a)"]),
        ("ferry", "It was noon.", []),
        ("  ", "It was noon.", []),
    ],
)
def test_words_are_found_wherever_they_stand_as_whole_words(
    words: str, text: str, found: list[str]
) -> None:
    assert [span.of(text) for span in find_places_of_words(words, text)] == found


def test_places_count_characters_of_the_text_as_it_is() -> None:
    assert find_places_of_words("it’s safe", "\U0001f309 it's\u00a0safe") == (Span(2, 11),)
