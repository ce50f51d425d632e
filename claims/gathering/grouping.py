"""Gives wordings the claims that their matches make of them."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db import connection

from claims.gathering.groups import Edge, Ties, group_wordings
from claims.gathering.pairing import are_apart
from claims.gathering.reading import ReadWording, read_wordings
from claims.models import Match, MatchKind, MatchStatus
from claims.models.copying import format_array
from claims.models.decided import PUBLIC_STATUSES
from claims.models.matches import SAME_KINDS

# The number of the advisory lock that lets one process group at a time.
GROUPING_LOCK = 7_239_056

# Those of one claim are looked up by it, which with `OR` no index would do.
MEMBERS_SQL = """
    SELECT id, key, claim_id, is_proposition
      FROM claims_wording
     WHERE id = ANY(%(numbers)s)
     UNION
    SELECT member.id, member.key, member.claim_id, member.is_proposition
      FROM claims_wording asked JOIN claims_wording member ON member.claim_id = asked.claim_id
     WHERE asked.id = ANY(%(numbers)s)
"""
# Locked in one order, so that no two transactions wait for each other.
LOCK_SQL = "SELECT id FROM claims_wording WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
MOVE_SQL = """
    UPDATE claims_wording w SET claim_id = now.claim, is_proposition = now.is_proposition
      FROM unnest(%s::bigint[], %s::bigint[], %s::boolean[]) AS now (wording, claim, is_proposition)
     WHERE w.id = now.wording
"""


class Member(NamedTuple):
    """A wording, its key and claim, and whether it says something by itself."""

    number: int
    key: str
    claim: int
    is_proposition: bool


class Pair(NamedTuple):
    """A match of two wordings."""

    first: int
    second: int
    kind: str
    score: float
    status: str

    @property
    def joins(self) -> bool:
        return self.status in PUBLIC_STATUSES and self.kind in SAME_KINDS

    @property
    def keeps_apart(self) -> bool:
        """Tell whether it says that they are not one, where nobody has said that it is wrong."""
        return self.kind not in SAME_KINDS and self.status != MatchStatus.REFUSED

    @property
    def is_denial(self) -> bool:
        """Tell whether readers are told that one denies the other."""
        return self.kind == MatchKind.DENIES and self.status in PUBLIC_STATUSES

    @property
    def is_refused(self) -> bool:
        return self.kind in SAME_KINDS and self.status == MatchStatus.REFUSED


class Neighbourhood:
    """Wordings and all that matches lead to from them, with what is known between any two."""

    def __init__(self, numbers: Iterable[int], read: dict[int, ReadWording]):
        self.read = read
        self.members: dict[int, Member] = {}
        self.pairs: dict[frozenset[int], Pair] = {}
        self.is_read = False
        frontier = set(numbers)
        while frontier:
            found = read_members(frontier)
            self.members |= found
            pairs = read_pairs(found)
            self.pairs |= {frozenset(pair[:2]): pair for pair in pairs}
            reached = {number for pair in pairs if pair.joins for number in pair[:2]}
            frontier = reached - self.members.keys()

    def build_ties(self) -> Ties:
        edges, refused = [], set()
        for pair in self.pairs.values():
            if not self.members.keys() >= set(pair[:2]):
                continue
            if pair.joins:
                is_decided = pair.status == MatchStatus.CONFIRMED
                edges.append(Edge(pair.first, pair.second, pair.score, is_decided))
            elif pair.is_refused or pair.is_denial:
                refused.add((pair.first, pair.second))
        names = {number: member.key for number, member in self.members.items()}
        return Ties(names, edges, frozenset(refused), self.are_apart)

    def are_apart(self, one: int, other: int) -> bool:
        """Return whether two wordings cannot be one claim: by a match, else by reading them."""
        pair = self.pairs.get(frozenset((one, other)))
        if pair:
            return pair.keeps_apart
        if not self.is_read:
            self.read |= read_wordings(self.members.keys() - self.read.keys())
            self.is_read = True
        if one not in self.read or other not in self.read:
            return False
        return are_apart(self.read[one], self.read[other])


def read_members(numbers: Collection[int]) -> dict[int, Member]:
    """Return these wordings, and those that are of one claim with them now."""
    with connection.cursor() as cursor:
        cursor.execute(MEMBERS_SQL, {"numbers": sorted(numbers)})
        return {row[0]: Member(*row) for row in cursor.fetchall()}


def read_pairs(numbers: Iterable[int]) -> list[Pair]:
    matches = Match.objects.of(*numbers).order_by()
    rows = matches.values_list("first", "second", "kind", "score", "status")
    return [Pair(*row) for row in rows]


def wait_for_grouping() -> None:
    """Wait until nobody else groups, and keep others waiting until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GROUPING_LOCK])


def regroup(
    numbers: Collection[int],
    read: dict[int, ReadWording],
    propositions: Mapping[int, bool],
) -> None:
    """Give these wordings, and all that they lead to, the claims that their matches make.

    `propositions` tells of those that were read just now whether they say something by themselves.
    """
    neighbourhood = Neighbourhood(numbers, read)
    moved = []
    for group in group_wordings(neighbourhood.build_ties()):
        claim = min(group)
        for number in group:
            member = neighbourhood.members[number]
            says_something = propositions.get(number, member.is_proposition)
            if (member.claim, member.is_proposition) != (claim, says_something):
                moved.append((number, claim, says_something))
    if moved:
        write_claims(moved)


def write_claims(moved: Iterable[tuple[int, int, bool]]) -> None:
    numbers, claims, propositions = zip(*sorted(moved), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(LOCK_SQL, [format_array(numbers)])
        cursor.execute(MOVE_SQL, [format_array(numbers), format_array(claims), list(propositions)])
