import pytest

from claims.extraction.details.hedges import list_hedges
from claims.extraction.schema import Span


@pytest.mark.parametrize(
    ("content", "hedges"),
    [
        ("that talks could fail", ["could"]),
        ("it may rain and might snow", ["may", "might"]),
        ("Perhaps it is over", ["Perhaps"]),
        ("“it is probably over”", ["probably"]),
        ("the man allegedly fled", ["allegedly"]),
        ("it is likely to rain", ["likely"]),
        ("rain is very likely", ["likely"]),
        ("it appears to be over", ["appears to"]),
        ("he seems to agree", ["seems to"]),
        ("It seems he agrees", ["It seems"]),
        ("the data suggests rain", ["suggests"]),
        ("I think it is over, I believe", ["I think", "I believe"]),
        ("in my view it is over", ["in my view"]),
        ("the election in May is over", []),
        ("on May 3 it was over", []),
        ("their military might is gone", []),
        ("the might of the army", []),
        ("we could not find it", []),
        ("she did all she could.", []),
        ("so that they could vote", []),
        ("likely voters are for it", []),
        ("it isn't likely to rain", []),
        ("he appears at the rally today", []),
        ("I believe in God", []),
        ("what I think of it", []),
        ("that it would rain, about to pour", []),
        ("may the best one win", []),
        ("", []),
    ],
)
def test_a_hedge_weakens_what_is_said(content: str, hedges: list[str]) -> None:
    text = f"x {content} could"

    found = sorted(list_hedges(text, Span(2, 2 + len(content)))) if content else []

    assert [span.of(text) for span in found] == hedges
