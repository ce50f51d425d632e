"""How two quotes relate, and what is never joined without a person."""

import pytest

from claims.relating import read_pair
from claims.relating.reading import is_sure_of_picked
from tests.claims.relating.quotes import make_article, make_quote

SPEECH = "“The harbour will be closed until the last of the wrecks is gone,”"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            '"The harbour will be closed until the last of the wrecks is gone."', id="exact"
        ),
        pytest.param("“will be closed until the last of the wrecks is gone”", id="trimmed"),
        pytest.param(
            "“The harbor will be closed until the last of the wrecks is gone”", id="spelt"
        ),
    ],
)
def test_a_copy_is_joined_by_itself(other: str) -> None:
    reading = read_pair(
        make_quote(f"Ada Ross | said | {SPEECH}"),
        make_quote(f"Ada Ross | said | {other}", article="b"),
    )

    assert reading.relation == "same-words"
    assert reading.automatic


def test_speech_that_is_reported_is_the_same_words() -> None:
    reading = read_pair(
        make_quote(f"Ada Ross | said | {SPEECH}"),
        make_quote(
            "Ada Ross | said | that the harbour would be closed until the last of the wrecks was gone",
            article="b",
        ),
    )

    assert reading.same_words > 0.5


def test_both_ways_round_a_copy_is_one() -> None:
    one = make_quote(f"Ada Ross | said | {SPEECH}")
    other = make_quote(
        "Ada Ross | said | “closed until the last of the wrecks is gone”", article="b"
    )

    readings = [read_pair(one, other), read_pair(other, one)]

    assert [reading.relation for reading in readings] == ["same-words", "same-words"]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("said | 94,000 troops stand at the border", "said | 125,000 troops stand at the border", "other figure"),
        ("said | that Mia Holm runs the harbour now", "said | that Leo Brandt runs the harbour now", "other name"),
        ("said | the bridge is safe for lorries again", "said | the bridge is not safe for lorries again", "other polarity"),
        ("said | the bridge will open to lorries next week", "said | the bridge will open to lorries this week", "other time"),
        ("said | the bridge will open to lorries", "denied | the bridge will open to lorries", "other polarity"),
        ("said | the bridge will be open to lorries", "said | the bridge will be closed to lorries", "opposite words"),
    ],
)  # fmt: skip
def test_what_differs_in_one_thing_is_never_joined_by_itself(
    one: str, other: str, why: str
) -> None:
    reading = read_pair(make_quote(one), make_quote(other, article="b"))

    assert not reading.automatic
    assert why in reading.evidence


def test_a_denial_of_the_same_content_denies_it() -> None:
    reading = read_pair(
        make_quote("The Herald | reported | that Brandt sold the harbour to his brother"),
        make_quote("Brandt | denied | that he sold the harbour to his brother", article="b"),
    )

    assert reading.relation == "denies"


def test_a_report_that_is_called_false_is_denied() -> None:
    one, other = make_article(
        "The Herald | reported | that Brandt sold the harbour to his brother",
        "Leo Brandt | called | the report “a complete fabrication”",
    )

    assert read_pair(one, other).relation == "denies"


def test_no_comment_is_an_answer() -> None:
    one, other = make_article(
        "The Herald | reported | that Brandt sold the harbour to his brother",
        "A spokesman for Brandt | declined | to comment on the report",
    )

    assert read_pair(one, other).relation == "answers"


def test_two_denials_of_one_thing_are_one_claim() -> None:
    reading = read_pair(
        make_quote("Brandt | denied | that he sold the harbour to his brother"),
        make_quote("Brandt | has denied | selling the harbour to his brother", article="b"),
    )

    assert reading.relation in ("same-words", "same-claim")


def test_quotes_of_other_matters_are_different() -> None:
    reading = read_pair(
        make_quote("Ada Ross | said | that the harbour would reopen"),
        make_quote("Ben Cole | said | prices of wheat have doubled since May", article="b"),
    )

    assert reading.relation == "different"
    assert reading.same_claim < 0.2


def test_words_from_two_places_of_a_speech_are_no_copy() -> None:
    one = make_quote("Ada Ross | said | “We will not let those great ships into our harbour”")
    other = make_quote(
        "Ada Ross | said | “Norland must not let those great ships leave its docks, and if it does "
        "they had better turn round at once and never come anywhere near or into our harbour”",
        article="b",
    )

    reading = read_pair(one, other, is_picked=True)

    assert "words from two places" in reading.evidence
    assert not reading.automatic


def test_a_pair_that_somebody_picked_is_joined_on_less_than_one_found_among_many() -> None:
    one = make_quote(
        "Ada Ross | said | Norland will withdraw its old ships in January after years of protest by "
        "fishermen and divers"
    )
    other = make_quote(
        "Ada Ross | told | that Norland is going to withdraw the ships in January", article="b"
    )

    picked = read_pair(one, other, is_picked=True)
    found = read_pair(one, other)

    assert (picked.relation, picked.automatic) == (found.relation, True)
    assert not found.automatic


@pytest.mark.parametrize(
    ("shared", "lacking", "is_by_one", "is_sure"),
    [
        (2, 5.0, False, False),
        (3, 3.0, False, False),
        (4, 5.0, False, True),
        (2, 2.0, False, True),
        (2, 5.0, True, True),
    ],
)
def test_few_words_that_two_speakers_share_are_enough_only_where_neither_goes_on_to_other_things(
    shared: int, lacking: float, is_by_one: bool, is_sure: bool
) -> None:
    features = {
        "names alone, less": 0.0,
        "lacking, less": 0.5,
        "lacking, more": lacking,
        "topics shared": float(shared),
        "same speaker": float(is_by_one),
    }

    assert is_sure_of_picked(features, same_words=0.1, same_claim=0.8) == is_sure
