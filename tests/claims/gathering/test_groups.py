"""Which wordings form a claim: a function of pairs and decisions alone."""

import random
from itertools import combinations

import pytest

from claims.gathering.groups import Edge, Ties, group_wordings

Pairs = set[frozenset[int]]


def group(
    *pairs: tuple[int, int],
    decided: tuple[tuple[int, int], ...] = (),
    refused: tuple[tuple[int, int], ...] = (),
    apart: tuple[tuple[int, int], ...] = (),
) -> set[frozenset[int]]:
    """Return the groups of the wordings in these pairs, the surest pair first."""
    edges = [Edge(*pair, score=1 - place / 1000) for place, pair in enumerate(pairs)]
    edges += [Edge(*pair, score=0.5, is_decided=True) for pair in decided]
    known = {each for pair in (*pairs, *decided, *refused, *apart) for each in pair}
    kept_apart = {frozenset(pair) for pair in apart}
    ties = Ties(
        names={each: f"{each:03}" for each in known},
        edges=edges,
        refused=frozenset(refused),
        are_apart=lambda first, second: frozenset((first, second)) in kept_apart,
    )
    return {frozenset(each) for each in group_wordings(ties)}


def groups(*members: set[int]) -> set[frozenset[int]]:
    return {frozenset(each) for each in members}


def test_wordings_that_match_are_one_claim() -> None:
    assert group((1, 2), (2, 3), (1, 3), (4, 5)) == groups({1, 2, 3}, {4, 5})


def test_parts_of_one_quotation_are_joined_by_the_whole_of_it() -> None:
    assert group((1, 2), (1, 3), (1, 4)) == groups({1, 2, 3, 4})


def test_two_groups_do_not_become_one_by_a_match_at_their_edges() -> None:
    one = [(1, 2), (1, 3), (1, 4)]
    other = [(5, 6), (5, 7), (5, 8)]

    found = group(*one, *other, (4, 8))

    assert found == groups({1, 2, 3, 4}, {5, 6, 7, 8})


def test_other_figures_between_any_two_keep_groups_apart() -> None:
    assert group((1, 2), (2, 3), (1, 3), apart=((1, 3),)) == groups({1, 2}, {3})


def test_what_a_person_told_apart_stays_apart_whatever_joins_them() -> None:
    assert group((1, 2), (2, 3), (1, 3), refused=((3, 1),)) == groups({1, 2}, {3})
    assert group(decided=((1, 2), (2, 3)), refused=((1, 3),)) == groups({1, 2}, {3})


def test_what_a_person_joined_is_joined_although_their_figures_differ() -> None:
    assert group(decided=((1, 2),), apart=((1, 2),)) == groups({1, 2})


def test_what_a_person_joined_comes_before_what_is_surer() -> None:
    found = group((1, 2), decided=((2, 3),), apart=((1, 3),))

    assert found == groups({1}, {2, 3})


def draw_ties(seed: int) -> tuple[dict[int, str], list[Edge], set[tuple[int, int]], Pairs]:
    chance = random.Random(seed)
    wordings = range(chance.randint(2, 14))
    names = {each: f"name {chance.random()}" for each in wordings}
    edges, refused, apart = [], set(), set()
    for pair in combinations(wordings, 2):
        drawn = chance.random()
        if drawn < 0.35:
            score = chance.choice((0.9, 0.95, 0.99))
            edges.append(Edge(*pair, score, is_decided=chance.random() < 0.15))
        elif drawn < 0.4:
            refused.add(pair)
        elif drawn < 0.45:
            apart.add(frozenset(pair))
    return names, edges, refused, apart


@pytest.mark.parametrize("seed", range(60))
def test_groups_do_not_depend_on_the_order_in_which_anything_came_in(seed: int) -> None:
    names, edges, refused, apart = draw_ties(seed)
    ties = Ties(names, edges, frozenset(refused), lambda one, two: frozenset((one, two)) in apart)
    expected = {frozenset(names[each] for each in found) for found in group_wordings(ties)}
    chance = random.Random(seed)

    for _ in range(5):
        numbers = list(names)
        chance.shuffle(numbers)
        number = dict(zip(names, numbers, strict=True))
        shuffled = []
        for edge in edges:
            one, two = chance.sample((number[edge.first], number[edge.second]), 2)
            shuffled.append(Edge(one, two, edge.score, edge.is_decided))
        chance.shuffle(shuffled)
        renamed = dict(sorted((number[each], names[each]) for each in names))
        moved_apart = {frozenset(number[each] for each in pair) for pair in apart}
        again = Ties(
            renamed,
            shuffled,
            frozenset((number[two], number[one]) for one, two in refused),
            lambda one, two, moved=moved_apart: frozenset((one, two)) in moved,  # type: ignore[misc]
        )

        found = {frozenset(renamed[each] for each in members) for members in group_wordings(again)}

        assert found == expected


@pytest.mark.parametrize("seed", range(60, 120))
def test_no_group_holds_two_that_are_told_apart_and_each_is_held_together(seed: int) -> None:
    names, edges, refused, apart = draw_ties(seed)
    ties = Ties(names, edges, frozenset(refused), lambda one, two: frozenset((one, two)) in apart)

    found = group_wordings(ties)

    assert sorted(each for members in found for each in members) == sorted(names)
    decided = {frozenset((edge.first, edge.second)) for edge in edges if edge.is_decided}
    joined = {frozenset((edge.first, edge.second)) for edge in edges}
    for members in found:
        inside = [frozenset(pair) for pair in combinations(members, 2)]
        assert not any(tuple(sorted(pair)) in refused for pair in inside)
        assert not apart.intersection(inside) or decided.intersection(inside)
        assert len(members) == 1 or joined.intersection(inside)
