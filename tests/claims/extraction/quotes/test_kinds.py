import pytest

from claims.extraction.quotes.kinds import classify_kind
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("“It is safe,”", "direct"),
        ("that it is “safe”", "mixed"),
        ("that it is", "indirect"),
        ("…", "indirect"),
    ],
)
def test_a_quote_is_direct_where_all_its_words_are_quoted(content: str, kind: str) -> None:
    text = Text(f"Ana Bell said {content} today.")
    start = text.index(content)

    assert classify_kind([Span(start, start + len(content))], text) == kind
