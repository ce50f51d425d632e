"""Claims as lines of a list: who asserts and who denies each, where and when it was told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from claims.models import Actor, Claim, Outlet
from claims.models.addresses import get_address
from claims.pages.claim_sides import (
    ClaimSide,
    SideName,
    build_sides,
    fetch_speakers,
    find_opposing_wordings,
)
from claims.pages.lineage import count_statements, find_first_outlets
from claims.search.columns import REJECTED_CODE, UNDATED, Columns, RowNumbers
from claims.search.credited import find_copies
from claims.search.list_filters import FIRST_DAY

SPEAKERS_NAMED = 3  # of each side
OUTLETS_NAMED = 3


@dataclass(frozen=True, slots=True)
class NamedSide:
    """A side of a claim: those most heard on it, how many others there are, and whether somebody of
    unknown name is on it.
    """

    name: SideName
    speakers: list[Actor]
    others: int
    has_unknown: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Where and when something was told: in how many quotes, in which outlets, from which day to
    which; the days are None where no article has any.
    """

    quotes: int
    outlets: list[tuple[str, str]]
    outlet_count: int
    first: date | None
    last: date | None

    @property
    def other_outlets(self) -> int:
        return self.outlet_count - len(self.outlets)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as a line of a list; `statements` counts the wordings that were not passed on from one
    another, and `first_outlets` the outlets that had one of them before all others.
    """

    claim: Claim
    told: Told
    statements: int
    first_outlets: int
    sides: list[NamedSide]


def build_claim_rows(known: Columns, numbers: Sequence[int], *, is_once: bool) -> list[ClaimRow]:
    """Return these claims as lines of a list, in their order; those that are gone are left out."""
    claims = Claim.objects.defer("search").in_bulk(numbers)
    sides = build_sides(known, find_opposing_wordings(claims.keys()), is_once=is_once)
    speakers = fetch_speakers((side for own in sides.values() for side in own), SPEAKERS_NAMED)
    rows = select_rows_of_claims(known, list(claims), is_once=is_once)
    told_rows = {number: rows[known["claim"][rows] == number] for number in claims}
    names = name_outlets(known, told_rows.values())
    wordings = {
        number: np.unique(known["wording"][own]).tolist() for number, own in told_rows.items()
    }
    several = [number for number, own in wordings.items() if len(own) > 1]
    copies = find_copies(several) if several else set()
    lines = []
    for number in numbers:
        if number in claims:
            told = build_told(known, told_rows[number], names)
            named = [name_side(side, speakers) for side in sides[number]]
            statements = count_statements(wordings[number], copies)
            first_outlets = len(find_first_outlets(known, told_rows[number], copies))
            lines.append(ClaimRow(claims[number], told, statements, first_outlets, named))
    return lines


def select_rows_of_claims(known: Columns, claims: Sequence[int], *, is_once: bool) -> RowNumbers:
    """Return the rows of the quotes of these claims that readers see."""
    rows = np.flatnonzero(np.isin(known["claim"], claims) & (known["status"] != REJECTED_CODE))
    return rows[~known.is_repeated[rows]] if is_once else rows


def name_outlets(known: Columns, rows: Iterable[RowNumbers]) -> dict[int, tuple[str, str]]:
    """Return slug and name of the outlets that are named of each of these, by their numbers."""
    wanted = {number for own in rows for number, _ in count_outlets(known, own)[:OUTLETS_NAMED]}
    return Outlet.objects.named(wanted) if wanted else {}


def count_outlets(known: Columns, rows: RowNumbers) -> list[tuple[int, int]]:
    """Return the outlets of some quotes with the number of them, the most first."""
    outlets, counts = np.unique(known["outlet"][rows], return_counts=True)
    pairs = list(zip(outlets.tolist(), counts.tolist(), strict=True))
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def build_told(known: Columns, rows: RowNumbers, names: dict[int, tuple[str, str]]) -> Told:
    outlets = count_outlets(known, rows)
    named = []
    for number, _ in outlets[:OUTLETS_NAMED]:
        if number in names:
            slug, name = names[number]
            named.append((name, get_address("outlet", slug)))
    days = known["day"][rows]
    days = days[days != UNDATED]
    first = FIRST_DAY + timedelta(int(days.min())) if len(days) else None
    last = FIRST_DAY + timedelta(int(days.max())) if len(days) else None
    return Told(len(rows), named, len(outlets), first, last)


def name_side(side: ClaimSide, speakers: dict[int, Actor]) -> NamedSide:
    known_speakers = [number for number, _ in side.speakers if number]
    named = [speakers[number] for number in known_speakers[:SPEAKERS_NAMED] if number in speakers]
    return NamedSide(
        name=side.name,
        speakers=named,
        others=len(known_speakers) - len(named),
        has_unknown=len(known_speakers) < len(side.speakers),
    )
