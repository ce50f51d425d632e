import pytest

from claims.extraction.quotes.signatures import list_signed_quotes
from claims.extraction.text.article_text import Text


def list_signed(text: str) -> list[tuple[str, str]]:
    """The name and the words of each signed quotation."""
    signed = []
    for quote in list_signed_quotes(Text(text)):
        assert quote.source
        signed.append((quote.source.of(text), quote.contents[0].of(text)))
    return signed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "“It is safe.” — Ana Bell, engineer",
            [("Ana Bell", "“It is safe.”")],
            id="a name after a dash",
        ),
        pytest.param(
            "“It is safe.”\n— Ana van der Bell.",
            [("Ana van der Bell", "“It is safe.”")],
            id="a name on the next line",
        ),
        pytest.param(
            "”It is ‘so’ “safe”.” ―Ana Bell",
            [("Ana Bell", "”It is ‘so’ “safe”.”")],
            id="a mark turned the wrong way",
        ),
        pytest.param(
            "“It is safe.” (Ana Bell, engineer)",
            [("Ana Bell", "“It is safe.”")],
            id="a name in brackets",
        ),
        pytest.param(
            "“It is,” she said. “I think.” — Ana Bell", [], id="two quotations and a dash"
        ),
        pytest.param(
            '"It is," she said. "I think." — Ana Bell', [], id="two quotations in straight marks"
        ),
        pytest.param("“It is safe.”\n- Ana Bell\n- Omar Reza", [], id="a list after a quotation"),
        pytest.param("The bridge — Ana Bell built it", [], id="a dash without a quotation"),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_quotation_may_be_signed(text: str, expected: list[tuple[str, str]]) -> None:
    assert list_signed(text) == expected
