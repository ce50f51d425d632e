"""Labels of lines in transcripts and interviews."""

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.nesting import nest_quotes
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import EntityKind
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, list_entities


@pytest.mark.parametrize(
    ("before", "labels", "name"),
    [
        ("“It is low,” Rana Omar said in an interview.", ("Q", "A"), "Rana Omar"),
        ("“It is low,” Rana Omar said.", ("Q", "A"), None),
        ("“It is low,” Rana Omar said. We spoke to a farmer.", ("Q", "A"), None),
        ("We talked with Rana Omar.", ("Q", "A"), "Rana Omar"),
        ("Rana Omar and Ana Bell are here.", ("Q", "A"), None),
        ("Rana Omar and Ana Bell are here.", ("AB", "RO"), "Rana Omar"),
        ("Rana Omar and Rita Olsen are here.", ("AB", "RO"), "RO"),
    ],
)
def test_who_answers_in_an_interview(
    before: str, labels: tuple[str, str], name: str | None
) -> None:
    text = f"{before}\n{labels[0]}: Is it low?\n{labels[1]}: It has never been so low. I say it will rise.\n{labels[1]}: So."
    answer = find_span(text, f"{labels[1]}:").start
    quotes = [
        FoundQuote(
            Span(at := text.index(f"{labels[0]}:"), at + len(labels[0])),
            find_span(text, ":"),
            (find_span(text, "Is it low?"),),
            0.9,
        ),
        FoundQuote(
            Span(answer, answer + len(labels[1])),
            find_span(text, ":", "?"),
            (Span(text.index("It has"), text.index(" rise") + 6),),
            0.9,
        ),
        FoundQuote(
            find_span(text, "I", "so low"),
            find_span(text, "say"),
            (find_span(text, "it will rise"),),
            0.9,
        ),
    ]
    if "said" in before:
        quotes.append(
            FoundQuote(
                find_span(text, "Rana Omar"),
                find_span(text, "said"),
                (find_span(text, "“It is low,”"),),
                0.9,
            )
        )
    names: dict[str, EntityKind] = {"Rana Omar": "PER", "Ana Bell": "PER", "Rita Olsen": "PER"}

    nested = nest_quotes(sorted(quotes, key=lambda quote: quote.cue))
    found = {
        r.quote.cue: r.speaker
        for r in resolve_speakers(ArticleContext(text, list_entities(text, names)), nested)
    }

    said, within = found[quotes[1].cue], found[quotes[2].cue]
    assert (said and said.name) == (within and within.name) == name
