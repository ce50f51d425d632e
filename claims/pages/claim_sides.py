"""Who asserts a claim, who denies or questions it, and who was asked and did not answer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from claims.extraction.schema import STANCES
from claims.models import Actor, Match, MatchKind
from claims.search.columns import REJECTED_CODE, Columns, RowMask, RowNumbers
from claims.search.reading import UNKNOWN_SPEAKER_NUMBER
from claims.search.replies import mask_replies

SideName = Literal["asserts", "denies", "questions", "answers"]
SIDE_NAMES: tuple[SideName, ...] = ("asserts", "denies", "questions", "answers")
SIDE_OF_KIND: dict[str, SideName] = {
    MatchKind.DENIES.value: "denies",
    MatchKind.ANSWERS.value: "answers",
}

WordingsOfSide = dict[SideName, set[int]]


@dataclass(frozen=True, slots=True)
class ClaimSide:
    """Those who take one side of a claim: the rows of their quotes, and whom of them is how often
    heard, the most heard first; the number of an unknown speaker is 0.
    """

    name: SideName
    rows: RowNumbers
    speakers: list[tuple[int, int]]

    def __bool__(self) -> bool:
        return bool(len(self.rows))


def find_opposing_wordings(claims: Collection[int]) -> dict[int, WordingsOfSide]:
    """Return, for each of these claims, the wordings of others that deny or answer it.

    It takes a query.
    """
    opposing: dict[int, WordingsOfSide] = {claim: defaultdict(set) for claim in claims}
    matches = Match.objects.public().filter(kind__in=SIDE_OF_KIND, first__claim__in=opposing)
    rows = matches.order_by().values_list("first__claim", "second", "kind")
    for claim, wording, kind in rows:
        opposing[claim][SIDE_OF_KIND[kind]].add(wording)
    return opposing


def build_sides(
    known: Columns, opposing: Mapping[int, WordingsOfSide], *, is_once: bool
) -> dict[int, list[ClaimSide]]:
    """Return the sides of claims, given the wordings of others that deny or answer each."""
    claims = opposing.keys()
    wordings = {
        wording for sides in opposing.values() for side in sides.values() for wording in side
    }
    concerned = np.isin(known["claim"], list(claims)) | np.isin(known["wording"], list(wordings))
    rows = np.flatnonzero(concerned & (known["status"] != REJECTED_CODE))
    shown = ~known.is_repeated if is_once else np.ones(len(known), np.bool_)
    return {
        claim: build_sides_of_claim(known, rows, shown, claim, opposing[claim]) for claim in claims
    }


def build_sides_of_claim(
    known: Columns,
    rows: RowNumbers,
    shown: RowMask,
    claim: int,
    opposing: Mapping[SideName, set[int]],
) -> list[ClaimSide]:
    own = rows[known["claim"][rows] == claim]
    sides = []
    for name in SIDE_NAMES:
        parts = []
        if name in STANCES:
            parts.append(own[known["stance"][own] == STANCES.index(name)])
        if opposing.get(name):
            is_denial = name == "denies"
            is_reply = mask_replies(known, rows, claim, opposing[name], is_denial=is_denial)
            parts.append(rows[is_reply])
        taken = np.unique(np.concatenate(parts)) if parts else rows[:0]
        taken = taken[shown[taken]]
        side = ClaimSide(name, taken, count_speakers(known, taken))
        if side:
            sides.append(side)
    return sides


def count_speakers(known: Columns, rows: RowNumbers) -> list[tuple[int, int]]:
    """Return whose quotes these are, each with how many; those that nobody is known of come last."""
    actors, counts = np.unique(known["actor"][rows], return_counts=True)
    pairs = list(zip(actors.tolist(), counts.tolist(), strict=True))
    return sorted(pairs, key=lambda pair: (pair[0] == UNKNOWN_SPEAKER_NUMBER, -pair[1], pair[0]))


def fetch_speakers(sides: Iterable[ClaimSide], most: int) -> dict[int, Actor]:
    """Return the first speakers of each side, by their numbers. It takes a query."""
    numbers = {number for side in sides for number, _ in side.speakers[:most]}
    numbers.discard(UNKNOWN_SPEAKER_NUMBER)
    return Actor.objects.only("name", "slug", "kind").in_bulk(numbers)
