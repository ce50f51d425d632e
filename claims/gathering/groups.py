"""Which wordings form a claim, from how pairs of them match and from what people decided.

The groups depend on the pairs alone: not on the order in which wordings came in, nor on what was
grouped before.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edge:
    """Two wordings that say the same, how sure that is, and whether a person said so."""

    first: int
    second: int
    score: float
    is_decided: bool = False


@dataclass(frozen=True, slots=True)
class Ties:
    """What is known between wordings: what joins them, and what keeps them apart.

    `edges` join. Pairs of `refused` were told apart by a person, or one of them denies the other: no
    decision on other pairs makes these one. `names` has for each wording
    something that is its own and lasts, by which ties are broken: a number would depend on who came
    first. `are_apart` tells of any two whether they cannot be one: other figures, names or polarity.
    """

    names: Mapping[int, str]
    edges: Iterable[Edge]
    refused: frozenset[tuple[int, int]]
    are_apart: Callable[[int, int], bool]

    def is_refused(self, first: int, second: int) -> bool:
        return (first, second) in self.refused or (second, first) in self.refused


class Groups:
    """Groups under way: each wording begins in one of its own."""

    def __init__(self, ties: Ties):
        self.ties = ties
        self.members: dict[int, set[int]] = {wording: {wording} for wording in ties.names}
        self.joined: set[frozenset[int]] = set()
        self.numbers_of_edges: Counter[int] = Counter()
        for edge in ties.edges:
            self.joined.add(frozenset((edge.first, edge.second)))
            self.numbers_of_edges.update((edge.first, edge.second))

    def join(self, edge: Edge) -> None:
        """Join the groups of both ends, if nothing speaks against it."""
        one, other = self.members[edge.first], self.members[edge.second]
        if one is other or self.has_refused_pair(one, other):
            return
        if not edge.is_decided and not self.may_be_one(one, other):
            return
        one |= other
        for wording in other:
            self.members[wording] = one

    def has_refused_pair(self, one: set[int], other: set[int]) -> bool:
        return any(self.ties.is_refused(first, second) for first in one for second in other)

    def may_be_one(self, one: set[int], other: set[int]) -> bool:
        """Return whether the one that speaks for each group matches the other, and no two are apart."""
        pair = frozenset((self.find_representative(one), self.find_representative(other)))
        if pair not in self.joined:
            return False
        return not any(self.ties.are_apart(first, second) for first in one for second in other)

    def find_representative(self, group: set[int]) -> int:
        """Return the wording that matches the most others, by which the group is known."""
        return min(group, key=lambda each: (-self.numbers_of_edges[each], self.ties.names[each]))

    def list(self) -> list[set[int]]:
        by_identity = {id(group): group for group in self.members.values()}
        return list(by_identity.values())


def group_wordings(ties: Ties) -> list[set[int]]:
    """Return the groups of all wordings that have a name in `ties`.

    What a person joined is joined first, then the surest. Two groups that are told apart in one pair of
    their members stay two, or what is denied would be one with its denial.
    """
    groups = Groups(ties)
    for edge in sorted(ties.edges, key=lambda edge: rank_edge(edge, ties.names)):
        groups.join(edge)
    return groups.list()


def rank_edge(edge: Edge, names: Mapping[int, str]) -> tuple[bool, float, list[str]]:
    ends = sorted((names[edge.first], names[edge.second]))
    return not edge.is_decided, -edge.score, ends
