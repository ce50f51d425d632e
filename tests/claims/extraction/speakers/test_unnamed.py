"""Sources that nobody names."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, find_speaker, list_entities


@pytest.mark.parametrize(
    ("again", "name"),
    [
        ("The person", "senior diplomat"),
        ("The diplomat", "senior diplomat"),
        ("The minister", "minister"),
        ("The ED", "ED"),
    ],
)
def test_the_person_is_who_has_just_spoken_without_a_name(again: str, name: str) -> None:
    text = f"A senior diplomat said it was late.\n{again} said it was dark."
    quotes = [
        FoundQuote(
            find_span(text, "A senior diplomat"),
            find_span(text, "said"),
            (find_span(text, "it was late"),),
            0.9,
        ),
        FoundQuote(
            find_span(text, again),
            find_span(text, "said", "\n"),
            (find_span(text, "it was dark"),),
            0.9,
        ),
    ]

    found = resolve_speakers(ArticleContext(text, list_entities(text, {"ED": "ORG"})), quotes)[
        1
    ].speaker

    assert found
    assert found.name == name


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("a person familiar with the matter", "person familiar with the matter", "unnamed"),
        ("People familiar with the matter", "people familiar with the matter", "group"),
        ("Two people close to the talks, who met in May", "people close to the talks", "group"),
        (
            "three senior officials who were briefed on the plan",
            "senior officials who were briefed on the plan",
            "group",
        ),
    ],
)
def test_those_who_know_are_named_by_how_they_know(source: str, name: str, kind: str) -> None:
    text = f"{source} said that nothing had changed."

    found = find_speaker(text, source, "said", "that nothing had changed")

    assert found
    assert (found.name, found.kind) == (name, kind)
