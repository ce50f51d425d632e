"""What speaks for two names being one person's is weighed; what rules it out, no score overrules."""

import json
from dataclasses import replace
from datetime import date

import pytest

from claims.actors.bare_names import find_bearer_meant
from claims.actors.constraints import may_be_one, may_be_one_group
from claims.actors.evidence import SIGNS_OF_BARE_NAMES, SIGNS_OF_FULL_NAMES
from claims.actors.grouping import group_full_names
from claims.actors.likeness import split_person_name
from claims.actors.named_people import Bearer, NamedPerson, OfficeHeld, Sighting
from claims.actors.weighing import (
    WEIGHTS_FILE,
    JoinScorer,
    Weights,
    load_scorer,
    read_scorer,
)
from claims.models.candidates import LIKELY_SCORE

DAY = date(2016, 3, 1)
# All that could speak for a join does, as loudly as it can.
CREDULOUS = JoinScorer(
    Weights(30, dict.fromkeys(SIGNS_OF_FULL_NAMES, 0.0), 0.7, 0.4),
    Weights(30, dict.fromkeys(SIGNS_OF_BARE_NAMES, 0.0), 0.7, 0.4),
)


def build_person(number: int, key: str, *articles: int, office: str = "") -> NamedPerson:
    seen = tuple(
        Sighting(article, f"https://herald.example/{article}", DAY) for article in articles
    )
    offices = frozenset({OfficeHeld(office, "", DAY)} if office else ())
    return NamedPerson(number, key, split_person_name(key), sightings=seen, offices=offices)


def count_all(here: Sighting, near: object) -> int:
    return len(list(near))  # type: ignore[call-overload]


def count_none(here: Sighting, near: object) -> int:
    return 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("omar bell", "ana bell", id="two given names"),
        pytest.param("john bell", "john bell jr", id="father and son"),
        pytest.param("ana mara bell", "ana lena bell", id="two middle names"),
    ],
)
def test_no_score_joins_what_the_names_rule_out(one: str, other: str) -> None:
    people = [build_person(1, one, 1), build_person(2, other, 2)]

    grouping = group_full_names(people, set(), count_all, CREDULOUS)

    assert not grouping.joins
    assert not grouping.unsure


def test_no_score_joins_what_a_person_parted_or_what_names_alone_speak_for() -> None:
    people = [build_person(1, "robert bell", 1), build_person(2, "bob bell", 2)]

    parted = group_full_names(people, {(1, 2)}, count_all, CREDULOUS)
    untied = group_full_names(people, set(), count_none, CREDULOUS)
    tied = group_full_names(people, set(), count_all, CREDULOUS)

    assert not parted.joins
    assert not parted.unsure
    assert not untied.joins
    assert [pair.score < LIKELY_SCORE for pair in untied.unsure] == [True]
    assert len(tied.joins) == 1


def test_one_office_in_one_year_is_held_by_no_father_and_son_unless_an_article_names_both() -> None:
    senior = build_person(1, "john bell", 1, office="senator")
    junior = build_person(2, "john q bell jr", 2, office="senator")
    beside = build_person(3, "john q bell jr", 1, office="senator")
    private = build_person(4, "john bell", 4)

    assert may_be_one(senior, junior)
    assert not may_be_one(senior, beside)
    assert not may_be_one(private, junior)
    assert may_be_one_group([senior, private], [junior], set())


def build_bearer(number: int, given: str, *articles: int) -> Bearer:
    person = build_person(number, f"{given} bell", *articles)
    return Bearer(number, frozenset({number}), (given,), "bell", person.sightings)


def test_no_score_takes_a_bare_name_for_somebody_whom_nothing_ties_to_it() -> None:
    bare = build_person(9, "bell", 1)
    ana = build_bearer(1, "ana", 2)

    untied = find_bearer_meant(bare, frozenset(), [ana], set(), count_none, CREDULOUS)
    tied = find_bearer_meant(bare, frozenset(), [ana], set(), count_all, CREDULOUS)

    assert untied is not None
    assert not untied.is_sure
    assert tied is not None
    assert tied.is_sure


def test_of_two_in_one_story_neither_is_surely_meant_unless_far_ahead() -> None:
    bare = build_person(9, "bell", 1)
    ana, omar = build_bearer(1, "ana", 2, 3), build_bearer(2, "omar", 4)
    often = build_bearer(1, "ana", *range(10, 20))

    near = find_bearer_meant(bare, frozenset(), [ana, omar], set(), count_all)
    far = find_bearer_meant(bare, frozenset(), [often, omar], set(), count_all)

    assert near is None or not near.is_sure
    assert far is not None
    assert (far.actor, far.is_sure) == (1, True)


def test_a_quotation_credited_to_both_weighs_more_than_another_country() -> None:
    bare = replace(build_person(9, "bell", 1), quotations=frozenset({7}))
    ana = replace(build_bearer(1, "ana", 2), quotations=frozenset({7}))

    meant = find_bearer_meant(bare, frozenset(), [ana], set(), count_none)

    assert meant is not None
    assert meant.is_sure


def test_weights_of_other_signs_are_refused() -> None:
    record = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    del record["full"]["weights"]["same_story"]

    with pytest.raises(ValueError, match="fit them anew"):
        read_scorer(record)
    assert set(load_scorer().full.weights) == set(SIGNS_OF_FULL_NAMES)
