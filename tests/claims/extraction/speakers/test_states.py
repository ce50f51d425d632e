"""States, capitals and seats."""

import pytest

from tests.claims.extraction.speakers.articles import find_speaker


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("Moscow", "Russia", "state"),
        ("Kyiv", "Ukraine", "state"),
        ("the US", "United States", "state"),
        ("Britain", "United Kingdom", "state"),
        ("the White House", "White House", "organization"),
        ("The Kremlin", "Kremlin", "organization"),
        ("Downing Street", "Downing Street", "organization"),
    ],
)
def test_a_state_and_whoever_sits_in_a_seat(source: str, name: str, kind: str) -> None:
    text = f"{source} said that nothing had changed."

    found = find_speaker(text, source, "said", "that nothing had changed")

    assert found
    assert (found.name, found.kind) == (name, kind)
