"""Sentences between speeches that tell what was done."""

import pytest

from claims.extraction.quotes.narrative import is_narrative


@pytest.mark.parametrize(
    ("words", "narrative"),
    [
        ("The clerk read the list of members.", True),
        ("Several members left the room.", True),
        ("The economy grew, and it is growing still.", False),
        ("We walked home.", False),
        ("The wall fell. The roof stood.", False),
        ("The wall fell", False),
        ("Roads, rails and ports.", False),
        ("", False),
    ],
)
def test_what_was_done_is_told_in_the_past(words: str, narrative: bool) -> None:
    assert is_narrative(words) is narrative
