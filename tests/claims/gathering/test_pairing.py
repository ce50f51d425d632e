"""What is kept of two wordings, from how their quotes read."""

from dataclasses import replace

import pytest

from claims.extraction.schema import Span
from claims.gathering import pairing
from claims.gathering.pairing import FoundMatch, are_apart, match_wordings, share_topics
from claims.gathering.reading import ReadWording, StancedUtterance
from claims.relating import PairReading, Utterance, read_pair


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


def match(one: StancedUtterance, other: StancedUtterance) -> FoundMatch | None:
    return match_wordings(wording(1, one), wording(2, other))


def test_figures_of_different_sides_are_told_so() -> None:
    ours = quote("Norland has sent 94,000 soldiers to their shared border", speaker="Veldania")
    content = "Veldania has itself sent 125,000 soldiers to their shared border"
    theirs = quote(content, article=2, speaker="Norland")
    content = "Norland has sent 80,000 soldiers to their shared border"
    again = quote(content, article=2, speaker="Ben")

    beside, against = match(ours, theirs), match(ours, again)

    assert beside is not None
    assert against is not None
    assert (beside.kind, "other side" in beside.evidence) == ("conflicts", True)
    assert (against.kind, "other side" in against.evidence) == ("conflicts", False)


def test_what_is_said_on_a_condition_is_proposed_as_narrower() -> None:
    plain = quote("the northern bridge of Harwick will close for repairs in spring")
    content = "if the river rises the northern bridge of Harwick will close for repairs in spring"
    on_condition = quote(content, article=2, speaker="Ben")

    found = match(plain, on_condition)

    assert found is not None
    assert (found.kind, found.status, found.first, found.second) == ("narrows", "proposed", 1, 2)


def test_two_quotes_are_read_once_and_a_reply_as_the_reply(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[tuple[Utterance, Utterance]] = []

    def read_and_note(a: Utterance, b: Utterance) -> PairReading:
        read.append((a, b))
        return read_pair(a, b)

    monkeypatch.setattr(pairing, "read_pair", read_and_note)
    reply = replace(quote("to comment on the northern bridge of Harwick"), act="no_comment")
    later = quote("that the northern bridge of Harwick closed in spring", article=2)

    match(reply, later)

    assert read == [(later.utterance, reply.utterance)]


def test_two_sentences_of_one_answer_are_apart() -> None:
    whole = quote("“The northern bridge of Harwick has sunk. We never had the money for a tunnel.”")
    one = quote("“The northern bridge of Harwick has sunk,”", article=2)
    other = quote("“We never had the money for a tunnel,”", article=3)

    assert are_apart(wording(2, one), wording(3, other))
    assert not are_apart(wording(1, whole), wording(2, one))
    assert not are_apart(wording(1, whole), wording(3, other))


def test_figures_that_count_other_things_are_no_sure_conflict() -> None:
    told = quote("that 12 wagons of the northern bridge of Harwick were closed", speaker="Ben")
    other = quote("that 15 days ago the northern bridge of Harwick was closed", article=2)

    found = match(told, other)

    assert found is None or found.status == "proposed"


@pytest.mark.parametrize(
    ("denied", "status"),
    [
        ("that the northern bridge of Harwick is safe for heavy wagons of coal", "sure"),
        ("that the northern bridge of Harwick is not safe for heavy wagons of coal", "proposed"),
        ("that the northern bridge of Harwick is a danger for heavy wagons of coal", "proposed"),
    ],
)
def test_who_denies_the_opposite_surely_denies_nothing(denied: str, status: str) -> None:
    told = quote(
        "that the northern bridge of Harwick is safe for heavy wagons of coal", speaker="Ben"
    )
    plain = quote(denied, article=2)
    utterance = plain.utterance
    text = utterance.text.replace(" said ", " denied ")
    moved = Span(utterance.content[0].start + 2, utterance.content[0].end + 2)
    cue = Span(len("Ana Bell "), len("Ana Bell denied"))
    as_denied = replace(utterance, text=text, content=(moved,), cue=cue)
    denial = replace(plain, utterance=as_denied, stance="denies", act="deny", content=(moved,))

    found = match(told, denial)

    assert found is not None
    assert (found.kind, found.status) == ("denies", status)


def test_who_refuses_what_another_told_of_is_no_sure_denial() -> None:
    content = "to disclose the plans of the northern bridge of Harwick to the council of Norland"
    told = quote(f"that Ana Bell refused {content}", speaker="Ben")
    refusal = replace(quote(content, article=2), stance="denies", act="deny")
    cue = replace(refusal.utterance, text=refusal.utterance.text.replace("said", "fail"))

    found = match(told, replace(refusal, utterance=cue))

    assert found is None or found.status == "proposed"
