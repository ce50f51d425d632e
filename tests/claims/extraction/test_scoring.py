import pytest

from claims.extraction.scoring import (
    ScoreTally,
    build_scored_attribution,
    has_nested_attributions,
    is_same_actor,
    pair_attributions,
    score_document,
)

TEXT = 'Ann said, "we go". Bob denied it.'
ANN = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[10, 17]], "speaker": "Ann", "act": "say"}
BOB = {
    "source": [[19, 22]],
    "cue": [[23, 29]],
    "content": [[30, 32]],
    "speaker": "Bob",
    "act": "deny",
}


def test_a_perfect_reading_scores_one_everywhere() -> None:
    tally = ScoreTally()

    score_document(tally, TEXT, [ANN, BOB], [ANN, BOB])

    assert {row: tally.score(row).f1 for row in tally.gold} == dict.fromkeys(tally.gold, 1.0)
    assert tally.measure_act_accuracy() == tally.measure_act_macro_f1() == 1.0


def test_quotation_marks_and_edge_punctuation_do_not_count() -> None:
    tally = ScoreTally()

    score_document(tally, TEXT, [ANN], [ANN | {"content": [[11, 16]]}])

    assert tally.score("attribution-exact").f1 == 1.0


def test_another_source_is_a_wrong_attribution() -> None:
    tally = ScoreTally()

    score_document(tally, TEXT, [ANN], [ANN | {"source": BOB["source"]}])

    assert tally.score("content exact").f1 == 1.0
    assert tally.score("attribution").f1 == 0.0


def test_what_is_missed_costs_recall_and_what_is_made_up_precision() -> None:
    missed, made_up = ScoreTally(), ScoreTally()

    score_document(missed, TEXT, [ANN, BOB], [ANN])
    score_document(made_up, TEXT, [ANN], [ANN, BOB])

    assert (missed.score("attribution").precision, missed.score("attribution").recall) == (1.0, 0.5)
    assert (made_up.score("attribution").precision, made_up.score("attribution").recall) == (
        0.5,
        1.0,
    )


def test_a_quote_without_a_gold_speaker_counts_neither_way() -> None:
    tally = ScoreTally()

    score_document(tally, TEXT, [ANN, BOB | {"speaker": None}], [ANN, BOB])

    assert tally.score("who-said-what").f1 == 1.0
    assert tally.gold["who-said-what"] == 1


def test_pairs_are_one_to_one_from_the_largest_overlap_down() -> None:
    near = build_scored_attribution({"content": [[10, 15]]}, TEXT)
    same = build_scored_attribution(ANN, TEXT)

    assert pair_attributions([build_scored_attribution(ANN, TEXT)], [near, same]) == [(same, same)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Trump", "Donald Trump", True),
        ("President Joe Biden", "Joe Biden", True),
        ("Beyoncé", "Beyonce", True),
        ("Ann Lee", "Bob Lee", False),
        ("Ann Lee", "Ann Li", False),
        ("Russia", "Russia's", True),
        ("", "Ann", False),
    ],
)
def test_names_of_one_actor(one: str, other: str, same: bool) -> None:
    assert is_same_actor(one, other) is same


@pytest.mark.parametrize(
    ("cue", "expected"),
    [([[12, 16]], True), ([[2, 4]], False), ([[18, 22]], False), ([], False)],
    ids=["within", "before", "over the edge", "no cue"],
)
def test_a_gold_nests_where_a_cue_stands_within_the_content_of_another(
    cue: list[list[int]], expected: bool
) -> None:
    outer = {"cue": [[5, 9]], "content": [[10, 20]]}

    assert has_nested_attributions([outer, {"cue": cue, "content": [[16, 20]]}]) is expected
    assert not has_nested_attributions([outer])


def test_what_readers_doubt_counts_neither_way_nor_does_what_is_paired_with_it() -> None:
    found, missed = ScoreTally(), ScoreTally()
    doubtful = BOB | {"doubtful": True}

    score_document(found, TEXT, [ANN, doubtful], [ANN, BOB])
    score_document(missed, TEXT, [ANN, doubtful], [ANN])

    for tally in (found, missed):
        assert {row: tally.score(row).f1 for row in tally.gold} == dict.fromkeys(tally.gold, 1.0)
        assert tally.gold["attribution"] == tally.predicted["attribution"] == 1
