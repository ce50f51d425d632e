"""What is kept of two wordings, from how their quotes read."""

from dataclasses import replace

from claims.extraction.schema import Span
from claims.gathering.pairing import match_wordings, share_topics
from claims.gathering.reading import ReadWording, StancedUtterance
from claims.relating import Utterance


def quote(
    content: str, *, article: int = 1, speaker: str = "Ana Bell", stance: str = "asserts"
) -> StancedUtterance:
    text = f"{speaker} said {content}."
    start = text.index(content)
    span = Span(start, start + len(content))
    cue = Span(len(speaker) + 1, len(speaker) + 5)
    key = f"https://example.org/{article}"
    utterance = Utterance(text, (span,), cue, (Span(0, len(speaker)),), speaker, key)
    return StancedUtterance(utterance, stance, "say", article, (span,))


def wording(number: int, *quotes: StancedUtterance) -> ReadWording:
    return ReadWording(number, f"key {number}", quotes)


ONE = quote("that the northern bridge of Harwick closed in spring")


def test_a_quote_and_one_inside_it_are_not_told_twice() -> None:
    inner = replace(ONE, content=(Span(ONE.content[0].start + 5, ONE.content[0].end),))

    assert match_wordings(wording(1, ONE), wording(2, inner)) is None


def test_how_two_wordings_relate_does_not_depend_on_which_is_asked_for_first() -> None:
    later = quote("that the northern bridge of Harwick closed in spring, again", article=2)
    one, other = wording(1, ONE), wording(2, later)

    assert match_wordings(one, other) == match_wordings(other, one)


def test_numbers_are_no_topic() -> None:
    share, shared = share_topics(
        quote("12 wagons passed the bridge in Harwick").utterance,
        quote("15 wagons passed the bridge in Harwick").utterance,
    )

    assert share == 1.0
    assert shared >= 3
