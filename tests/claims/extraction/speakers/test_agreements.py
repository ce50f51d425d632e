"""Whose speakers are the same, whatever the scorer says of each quote by itself."""

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.nesting import nest_quotes
from claims.extraction.speakers.agreements import (
    AGREEMENTS,
    Choice,
    list_parts_of_quotations,
    share_quotations,
)
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.candidates import CandidateTable
from tests.claims.extraction.speakers.articles import find_span, list_entities


def build_table(text: str, *quotes: tuple[str, str, str]) -> CandidateTable:
    """Return the candidates of quotes, each by its source ("" for none), its cue and its content."""
    found = []
    for source, cue, content in quotes:
        found.append(
            FoundQuote(
                find_span(text, source) if source else None,
                find_span(text, cue),
                (find_span(text, content),),
                0.9,
            )
        )
    nested = nest_quotes(sorted(found, key=lambda quote: quote.cue))
    article = ArticleContext(text, list_entities(text, {"Ana Bell": "PER", "Omar Diaz": "PER"}))
    return CandidateTable(article, nested)


def test_a_part_of_a_quotation_without_a_source_has_the_speaker_of_the_rest() -> None:
    text = "Omar Diaz left. “It is late. It rains,” Ana Bell said."
    table = build_table(text, ("", "“", "It is late."), ("Ana Bell", "said", "It rains,"))
    choices: list[Choice | None] = [Choice(7, 0.95), Choice(3, 0.9)]

    share_quotations(table, choices)

    assert choices == [Choice(3, 0.9), Choice(3, 0.9)]


def test_who_quotes_somebody_is_not_who_is_quoted() -> None:
    text = "“It is late. It rains,” Ana Bell said, Omar Diaz wrote."
    table = build_table(
        text, ("Ana Bell", "said", "It is late."), ("Omar Diaz", "wrote", "It rains,")
    )
    choices: list[Choice | None] = [Choice(7, 0.5), Choice(3, 0.9)]

    share_quotations(table, choices)

    assert choices == [Choice(7, 0.5), Choice(3, 0.9)]


def test_two_quotations_may_have_two_speakers() -> None:
    text = "“It is late,” Omar Diaz said. “It rains,” Ana Bell added."
    table = build_table(
        text, ("Omar Diaz", "said", "It is late,"), ("Ana Bell", "added", "It rains,")
    )

    assert not list(list_parts_of_quotations(table))


def test_who_is_told_of_within_a_quotation_has_words_of_his_own() -> None:
    text = "“It is late, but Omar Diaz warns that it rains,” Ana Bell said."
    table = build_table(
        text, ("Omar Diaz", "warns", "that it rains"), ("Ana Bell", "said", "“It is late")
    )

    assert not list(list_parts_of_quotations(table))


def test_each_agreement_has_a_name_and_an_example() -> None:
    names = [agreement.name for agreement in AGREEMENTS]

    assert len(set(names)) == len(names)
    assert all("→" in agreement.example for agreement in AGREEMENTS)
