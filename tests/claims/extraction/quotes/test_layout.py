from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.layout import merge_layout_quotes
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text


def said(text: str, found: list[FoundQuote] | None = None) -> list[tuple[str, str]]:
    return [
        (q.source.of(text) if q.source else "", q.contents[0].of(text))
        for q in merge_layout_quotes(found or [], Text(text))
    ]


def test_the_layout_gives_quotes_away() -> None:
    text = "HOST: Is it safe?\nBELL: I think so.\nHOST: Since when?\n“It is safe.” — Ana Bell"

    assert said(text) == [
        ("HOST", "Is it safe?"),
        ("BELL", "I think so."),
        ("HOST", "Since when?"),
        ("Ana Bell", "“It is safe.”"),
    ]


def test_a_text_that_is_set_out_like_any_other_keeps_its_quotes() -> None:
    text = "Ana Bell said it rained."
    quote = FoundQuote(Span(0, 8), Span(9, 13), (Span(14, 23),), 0.9)

    assert merge_layout_quotes([quote], Text(text)) == [quote]


def test_where_the_encoder_agrees_the_surer_of_the_two_counts() -> None:
    text = "“It is safe.” — Ana Bell"
    found = FoundQuote(Span(16, 24), Span(14, 15), (Span(0, 13),), 0.9)

    assert merge_layout_quotes([found], Text(text)) == [found]


def test_a_signature_is_of_the_words_before_it() -> None:
    text = "“It is safe.” — Ana Bell\n“I doubt it.” — Omar Reza"
    shifted = FoundQuote(
        Span(16, 24), Span(14, 15), (Span(25, 38),), 0.9
    )  # who signs one is taken for the speaker of the next

    assert said(text, [shifted]) == [("Ana Bell", "“It is safe.”"), ("Omar Reza", "“I doubt it.”")]


def test_nothing_runs_from_one_line_into_the_next() -> None:
    text = "Part of it follows.\n\nHOST: Bell says it is safe.\n\nBELL: I do.\n\nHOST: Why?"
    line, word = text.index("Bell says"), text.index("says")
    swallowing = FoundQuote(None, Span(8, 18), (Span(line, len(text)),), 0.9)
    inner = FoundQuote(
        Span(line, line + 4), Span(word, word + 4), (Span(word + 5, len(text)),), 0.9
    )
    astray = FoundQuote(
        Span(0, 4),
        Span(text.index("do"), text.index("do") + 2),
        (Span(text.index("I do"), text.index("I do") + 1),),
        0.9,
    )

    lines = [
        ("HOST", "Bell says it is safe."),
        ("Bell", "it is safe."),
        ("BELL", "I do."),
        ("HOST", "Why?"),
    ]
    assert said(text, [swallowing, inner, astray]) == lines
