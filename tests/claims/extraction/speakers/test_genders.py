"""Pronouns after a name tell who is called "he" or "she"."""

import pytest

from tests.claims.extraction.speakers.articles import find_speaker


@pytest.mark.parametrize(
    ("first", "pronoun", "name"),
    [
        ("Noor Haddad left after a talk with her lawyer.", "He", None),
        ("Noor Haddad left after a talk with her lawyer.", "She", "Noor Haddad"),
        ("“Noor Haddad left with her lawyer.”", "He", "Noor Haddad"),
        ("Noor Haddad met her at the door.", "He", "Noor Haddad"),
        ("He met Noor Haddad at his house.", "She", "Noor Haddad"),
    ],
)
def test_a_person_is_called_as_the_sentence_of_the_name_goes_on(
    first: str, pronoun: str, name: str | None
) -> None:
    found = find_speaker(
        f"{first}\n{pronoun} said it was late.",
        pronoun,
        "said",
        "it was late",
        after="\n",
        Noor_Haddad="PER",
    )

    assert (found and found.name) == name
