"""The words of a person's name."""

import pytest

from claims.extraction.speakers.person_names import list_words_of_person


@pytest.mark.parametrize(
    ("mention", "words"),
    [
        ("Gen Sir Nick Carter", ("Nick", "Carter")),
        ("President Donald J. Trump", ("Donald", "Trump")),
        ("Mr Biden", ("Biden",)),
        ("Pope Francis", ("Pope", "Francis")),
        ("King Abdullah II", ("King", "Abdullah")),
        ("Sheikh Ahmed Yassin", ("Ahmed", "Yassin")),
        ("Martin Luther King Jr.", ("Martin", "Luther", "King")),
        ("Ms. Rossi’s", ("Rossi",)),
        ("Mary-Jane O’Neill", ("Mary-Jane", "O’Neill")),
    ],
)
def test_a_name_is_its_words_without_titles(mention: str, words: tuple[str, ...]) -> None:
    assert list_words_of_person(mention) == words
