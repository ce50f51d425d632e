import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.sharing import share_sources
from claims.extraction.schema import Span


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        pytest.param("Lee said it was safe and urged calm.", True, id="and"),
        pytest.param("Lee said it was safe, but later urged calm.", True, id="but later"),
        pytest.param("Lee said it was safe, urging calm.", True, id="a participle"),
        pytest.param("Lee said it was safe. And urged calm.", False, id="another sentence"),
        pytest.param("Lee said it was safe, and others urged calm.", False, id="somebody else"),
    ],
)
def test_a_cue_without_a_source_goes_on_from_the_one_before(text: str, shared: bool) -> None:
    at = text.index("urg")
    cue, content = Span(at, text.index(" ", at)), Span(text.index("calm"), text.index("calm") + 4)
    first = FoundQuote(Span(0, 3), Span(4, 8), (Span(9, 20),), 0.9)

    _, second = share_sources([first, FoundQuote(None, cue, (content,), 0.9)], text)

    assert second.source == (first.source if shared else None)
