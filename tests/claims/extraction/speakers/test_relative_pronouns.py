"""Whom "who" and "which" mean."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import Entity
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, find_speaker, list_entities


def test_who_refers_to_the_person_before_it() -> None:
    text = "Grace Wanjiru, who said it was safe, left."

    found = find_speaker(text, "who", "said", "it was safe", Grace_Wanjiru="PER")

    assert found
    assert found.name == "Grace Wanjiru"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("Ann Lee, who said it rained, left.", "Ann Lee", id="right after the name"),
        pytest.param(
            "Ann Lee, a mayor, who said it rained, left.", "Ann Lee", id="after an apposition"
        ),
        pytest.param(
            "Ann Lee said critics who said it rained were liars.",
            "critics",
            id="of others whom she speaks of",
        ),
        pytest.param(
            "Ann Lee, 40, said critics who said it rained were liars.",
            "critics",
            id="of others, after an apposition",
        ),
    ],
)
def test_who_is_the_person_named_right_before(text: str, speaker: str | None) -> None:
    at = text.index("who")
    found = FoundQuote(Span(at, at + 3), Span(at + 4, at + 8), (Span(at + 9, at + 18),), 0.9)

    ((_, who),) = resolve_speakers(ArticleContext(text, [Entity(Span(0, 7), "PER")]), [found])

    assert (who and who.name) == speaker


@pytest.mark.parametrize(
    ("before", "word", "name", "kind"),
    [
        ("The plan was met by many experts, ", "who", "experts", "group"),
        ("A backlash by Chinese nationalists ", "who", "Chinese nationalists", "group"),
        ("He hired the former judge ", "who", "former judge", "unnamed"),
        ("It was slammed by the workers' union, ", "which", "workers' union", "organization"),
        ("There was a third inquiry, ", "which", "third inquiry", "document"),
        ("Several women living in Israel ", "who", None, None),
        ("The crash, ", "which", None, None),
    ],
)
def test_who_and_which_are_what_stands_right_before(
    before: str, word: str, name: str | None, kind: str | None
) -> None:
    text = f"{before}{word} said it rained."
    at = len(before)
    found = FoundQuote(
        Span(at, at + len(word)),
        Span(at + len(word) + 1, at + len(word) + 5),
        (Span(len(text) - 10, len(text) - 1),),
        0.9,
    )
    places = [Entity(find_span(text, "Israel"), "LOC")] if "Israel" in text else []

    ((_, meant),) = resolve_speakers(ArticleContext(text, places), [found])

    assert (meant and meant.name, meant and meant.kind) == (name, kind)


@pytest.mark.parametrize(
    ("before", "name"), [("The widow of Sam Bell", None), ("The mayor, Ann Bell", "Ann Bell")]
)
def test_who_is_not_the_one_whose_widow_it_is(before: str, name: str | None) -> None:
    text = f"{before}, who said it was late, left."
    quote = FoundQuote(
        find_span(text, "who"), find_span(text, "said"), (find_span(text, "it was late"),), 0.9
    )

    found = resolve_speakers(
        ArticleContext(text, list_entities(text, {"Sam Bell": "PER", "Ann Bell": "PER"})), [quote]
    )[0].speaker

    assert (found and found.name) == name
