"""Speakers by hand-made entities and spans, without the encoder."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.nesting import nest_quotes
from claims.extraction.schema import Span
from claims.extraction.speakers import resolving
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import EntityKind
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, find_speaker, list_entities


@pytest.mark.parametrize(
    "source", ["you", "His Majesty", "everyone", "According to", "Neither of them"]
)
def test_nobody_in_particular_is_nobody(source: str) -> None:
    assert find_speaker(f"{source} say it rains.", source, "say", "it rains") is None


@pytest.mark.parametrize(
    "source",
    [
        "He and Bell",
        "She and her husband, Omar Bell,",
        "Her and Mr Bell",
        "Omar Bell and I",
        "Me and Omar Bell",
    ],
)
def test_who_speaks_together_with_somebody_else_is_not_alone(source: str) -> None:
    text = f"Omar Bell left. {source} said it was late."

    assert (
        find_speaker(text, source, "said", "it was late", after="left", Omar_Bell="PER", Bell="PER")
        is None
    )


@pytest.mark.parametrize("source", ["people", "Some"])
def test_people_in_general_are_nobody_sure(source: str) -> None:
    found = find_speaker(f"{source} say it rains.", source, "say", "it rains")

    assert found is None or found.confidence < 0.7


def test_a_rank_is_no_part_of_a_name_that_is_not_read_as_one() -> None:
    text = "Dan Cole came.\nSgt Cole said it was late. The Cole said it was early."

    found = find_speaker(text, "Sgt Cole", "said", "it was late", Dan_Cole="PER")
    other = find_speaker(text, "The Cole", "said", "it was early", after="late", Dan_Cole="PER")

    assert found
    assert found.name == "Dan Cole"
    assert other is None or other.kind != "person"


def test_i_is_whoever_says_the_words_around_it() -> None:
    text = "Ana Bell met Omar Diaz. “I said it was late,” Ana Bell told him. Omar Diaz left."
    inner = FoundQuote(
        find_span(text, "I"),
        find_span(text, "said"),
        (find_span(text, "it was late"),),
        0.9,
    )
    outer = FoundQuote(
        find_span(text, "Ana Bell", "late"),
        find_span(text, "told"),
        (find_span(text, "“I said it was late,”"),),
        0.9,
    )
    names: dict[str, EntityKind] = {"Ana Bell": "PER", "Omar Diaz": "PER"}
    article = ArticleContext(text, list_entities(text, names))

    resolved = resolve_speakers(article, nest_quotes([inner, outer]))

    assert [one.speaker and one.speaker.name for one in resolved] == ["Ana Bell", "Ana Bell"]


def test_no_runner_up_is_likelier_than_who_is_told() -> None:
    text = "Ana Bell met Omar Diaz. Ann Lee came, too. The mayor said it was late."

    found = find_speaker(
        text,
        "The mayor",
        "said",
        "it was late",
        Ana_Bell="PER",
        Omar_Diaz="PER",
        Ann_Lee="PER",
    )

    confidences = [one.confidence for one in found.runners_up] if found else []
    assert all(found and one <= found.confidence for one in confidences)


def test_a_description_means_whom_the_article_describes_so() -> None:
    text = (
        "Omar Diaz came late. Ana Bell, the mayor of Port Alder, opened the bridge."
        " The mayor said it was safe."
    )

    found = find_speaker(
        text, "The mayor", "said", "it was safe", after="bridge", Ana_Bell="PER", Omar_Diaz="PER"
    )

    assert found
    assert (found.name, found.method) == ("Ana Bell", "description")


def test_many_quotes_are_resolved_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "QUOTES_AT_ONCE", 2)
    text = "".join(f"Ana Bell said it was {number}. " for number in range(100, 107))
    quotes = [
        FoundQuote(
            Span(at, at + 8),
            Span(at + 9, at + 13),
            (Span(at + 14, at + 24),),
            0.9,
        )
        for at in range(0, len(text), len(text) // 7)
    ]
    article = ArticleContext(text, list_entities(text, {"Ana Bell": "PER"}))

    resolved = resolve_speakers(article, quotes)

    assert [one.speaker and one.speaker.name for one in resolved] == ["Ana Bell"] * 7
