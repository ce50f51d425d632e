"""What one quote tells of the next one's speaker."""

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, list_entities


def test_nobody_is_both_he_and_she() -> None:
    text = (
        "When Ines Carvao closed, few believed it. She ordered tea. Her partner, Rui Tavaro, sat apart.\n"
        "“It was a dream,” she said.\nTavaro disagreed. “She was fair,” he said. “He is wrong,” she said."
    )
    quotes = [
        FoundQuote(
            find_span(text, source, after),
            find_span(text, cue, after),
            (find_span(text, content),),
            0.9,
        )
        for source, cue, content, after in (
            ("She", "ordered", "tea", "it. "),
            ("she", "said", "“It was a dream,”", "dream,”"),
            ("he", "said", "“She was fair,”", "fair,”"),
            ("she", "said", "“He is wrong,”", "wrong,”"),
        )
    ]

    found = resolve_speakers(
        ArticleContext(
            text, list_entities(text, {"Ines Carvao": "PER", "Rui Tavaro": "PER", "Tavaro": "PER"})
        ),
        quotes,
    )

    assert [r.speaker and r.speaker.name for r in found] == [
        "Ines Carvao",
        "Ines Carvao",
        "Rui Tavaro",
        "Ines Carvao",
    ]
