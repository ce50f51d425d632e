"""What is disputed: claims that somebody denies, of which others tell other figures, or whose words
outlets credit to different people.

What is denied, and of what there are other figures, is told by matches that are sure or confirmed;
all else is read off the columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from claims.models import Claim, Match, MatchKind
from claims.search.columns import (
    ASSERTS_CODE,
    DENIES_CODE,
    REJECTED_CODE,
    Columns,
    ColumnValues,
    RowNumbers,
)
from claims.search.credited import find_credits, select_rows_of_several
from claims.search.list_filters import ListChip, find_who_is_meant, list_chips, mask_fitting
from claims.search.listing import ListChoice, build_list_choices
from claims.search.parameters import DISPUTE_KINDS, DisputeKind
from claims.search.problems import QueryProblem
from claims.search.quoted import select_standing
from claims.search.replies import QUESTIONS_CODE, find_vague_replies, mask_denying

MOST_QUOTES_LOOKED_AT = 2000  # for the newest disputes
CHOICE_LABELS: dict[DisputeKind, str] = {
    "denied": "denied",
    "figures": "other figures",
    "credit": "credited to two",
}


class Dispute(NamedTuple):
    """A claim and how it is disputed."""

    kind: DisputeKind
    claim: int


@dataclass(frozen=True, slots=True)
class FoundDisputes:
    """The disputes that fit, those of which there was news last first, and what was asked for.

    `replies` has for each of them the wordings that deny it or tell it otherwise, `credits` the rows
    of the two quotes by which the words are credited to two.
    """

    disputes: list[Dispute]
    replies: dict[Dispute, list[int]]
    credits: dict[int, list[int]]
    choices: list[ListChoice]
    chips: list[ListChip]
    problems: list[QueryProblem]


def find_disputes(known: Columns, asked: Mapping[str, Any]) -> FoundDisputes:
    """Return the disputes on one side of which somebody said what is asked for."""
    meant, labels, problems = find_who_is_meant(asked)
    usable = {name: value for name, value in asked.items() if name not in problems}
    sides = get_told_sides(known)
    replies = find_replies()
    credits_of = find_credits(known, sides.of_several)
    vague = find_rows_of_vague_replies(known, replies)

    latest = find_latest(sides, replies, vague, credits_of)
    if meant or "since" in usable:
        told = np.flatnonzero(known["status"] != REJECTED_CODE)
        rows = told[mask_fitting(known, told, usable, meant)]
        latest = select_fitting(known, rows, latest, replies, vague)
    if "q" in usable:
        numbers = Claim.objects.search(usable["q"]).order_by().values_list("pk", flat=True)
        with_words = set(numbers)
        latest = {each: row for each, row in latest.items() if each.claim in with_words}
    counted = []
    for kind in DISPUTE_KINDS:
        number = sum(each.kind == kind for each in latest)
        if number:
            counted.append((kind, CHOICE_LABELS[kind], number))
    disputes = sorted(latest, key=lambda each: (latest[each], each))
    if "kind" in usable:
        disputes = [each for each in disputes if each.kind == usable["kind"]]
    return FoundDisputes(
        disputes=disputes,
        replies=replies,
        credits=credits_of,
        choices=build_list_choices("kind", counted, dict(usable)),
        chips=[chip for chip in list_chips(usable, labels) if chip.parameter != "kind"],
        problems=list(problems.values()),
    )


def find_newest_disputes(known: Columns, number: int) -> FoundDisputes:
    """Return so many disputes, as far as they are told by the quotes that came out last: those of
    which there was news last first. It takes one query, over the wordings of these alone.
    """
    told = np.flatnonzero(known["status"] != REJECTED_CODE)
    newest = told[:MOST_QUOTES_LOOKED_AT]
    replies = find_replies(np.unique(known["wording"][newest]).tolist())
    latest = find_latest(get_told_sides(known), replies, {}, {})
    disputes = sorted(latest, key=lambda each: (latest[each], each))[:number]
    return FoundDisputes(disputes, replies, {}, [], [], [])


def list_disputed(known: Columns, way: str) -> ColumnValues:
    """Return the numbers of the claims that are disputed in this way, or, where it is none of
    `DISPUTE_KINDS`, in any.
    """
    kinds = {way}.intersection(DISPUTE_KINDS) or DISPUTE_KINDS
    claims = {each.claim for each in find_disputes(known, {}).disputes if each.kind in kinds}
    if "denied" in kinds:
        claims.update(list_denied(known))
    return np.array(sorted(claims), np.int64)


def list_denied(known: Columns) -> list[int]:
    """Return the numbers of the claims that some assert and others deny, though it be in words that
    say nothing by themselves.
    """
    rows = select_standing(known, is_once=False)
    claims, stances = known["claim"][rows], known["stance"][rows]
    within = np.intersect1d(claims[stances == ASSERTS_CODE], claims[stances == DENIES_CODE])
    denied = Match.objects.public().filter(kind=MatchKind.DENIES).order_by()
    return [*within.tolist(), *denied.values_list("first__claim", flat=True).distinct()]


def find_replies(among: list[int] | None = None) -> dict[Dispute, list[int]]:
    """Return the wordings that deny claims or tell them otherwise, of all or `among` these.

    It takes a query.
    """
    matches = Match.objects.disputing().order_by()
    if among is not None:
        matches = matches.filter(second__in=among)
    replies: dict[Dispute, list[int]] = {}
    for claim, wording, kind in matches.values_list("first__claim", "second", "kind"):
        dispute = Dispute("denied" if kind == MatchKind.DENIES else "figures", claim)
        replies.setdefault(dispute, []).append(wording)
    return replies


def find_rows_of_vague_replies(
    known: Columns, replies: Mapping[Dispute, list[int]]
) -> dict[Dispute, list[int]]:
    """Return the rows in which words that say nothing by themselves deny claims or tell them otherwise."""
    pairs = [(each.claim, wording) for each, wordings in replies.items() for wording in wordings]
    found = find_vague_replies(known, pairs)
    vague: dict[Dispute, list[int]] = {}
    for dispute, wordings in replies.items() if found else ():
        rows = [row for wording in wordings for row in found.get((dispute.claim, wording), ())]
        if dispute.kind == "denied":
            rows = [row for row in rows if known["stance"][row] != QUESTIONS_CODE]
        if rows:
            vague[dispute] = rows
    return vague


def find_latest(
    sides: "ToldSides",
    replies: Mapping[Dispute, list[int]],
    vague: Mapping[Dispute, list[int]],
    credits_of: Mapping[int, list[int]],
) -> dict[Dispute, int]:
    """Return the row of the latest quote of each dispute of which readers see both sides."""
    said, denied = sides.said, sides.denied
    latest: dict[Dispute, int] = {}
    for claim in sides.both:
        latest[Dispute("denied", claim)] = min(said.get(claim), denied.get(claim))
    for dispute, wordings in replies.items():
        replied = sides.replied_denying if dispute.kind == "denied" else sides.replied
        rows = [replied.get(each) for each in wordings if each in replied]
        rows.extend(vague.get(dispute, ()))
        if rows and dispute.claim in said:
            statement = said.get(dispute.claim)
            latest[dispute] = min(latest.get(dispute, statement), statement, *rows)
    for claim, rows in credits_of.items():
        latest[Dispute("credit", claim)] = min(rows)
    return latest


class FirstRows:
    """The first of some rows, which is that of the latest quote, of each claim or wording; beyond
    all rows where there is none.
    """

    def __init__(self, known: Columns, name: str, rows: RowNumbers):
        numbers = known[name][rows]
        self.none = len(known)
        self.rows = np.full(int(numbers.max(initial=0)) + 1, self.none, np.int64)
        self.rows[numbers[::-1]] = rows[::-1]  # of several rows the first is written last

    def get(self, number: int) -> int:
        return int(self.rows[number]) if number < len(self.rows) else self.none

    def __contains__(self, number: int) -> bool:
        return self.get(number) < self.none


@dataclass(frozen=True, slots=True)
class ToldSides:
    """The latest quotes of all claims by stance and of all wordings that say something by themselves,
    and of these the latest that can deny other words; the claims that are asserted and denied, and the
    rows of those that several people assert.
    """

    said: FirstRows
    denied: FirstRows
    replied: FirstRows
    replied_denying: FirstRows
    both: list[int]
    of_several: RowNumbers


# The columns that were looked through last, and what was found in them.
_last_sides: list[tuple[Columns, ToldSides]] = []


def get_told_sides(known: Columns) -> ToldSides:
    """Return who takes which side of what; looked through anew only where quotes have changed."""
    last = _last_sides[0] if _last_sides else None
    if last is None or last[0] is not known:
        last = (known, build_told_sides(known))
        _last_sides[:] = [last]  # another request may write its own there at any time
    return last[1]


def build_told_sides(known: Columns) -> ToldSides:
    told = np.flatnonzero(known["status"] != REJECTED_CODE)
    stances = known["stance"][told]
    denying = told[(stances == DENIES_CODE) & known["proposition"][told]]
    said = FirstRows(known, "claim", told[stances == ASSERTS_CODE])
    worded = told[known["proposition"][told]]
    return ToldSides(
        said=said,
        denied=FirstRows(known, "claim", denying),
        replied=FirstRows(known, "wording", worded),
        replied_denying=FirstRows(known, "wording", worded[mask_denying(known, worded)]),
        both=[claim for claim in np.unique(known["claim"][denying]).tolist() if claim in said],
        of_several=select_rows_of_several(known),
    )


def select_fitting(
    known: Columns,
    rows: RowNumbers,
    latest: Mapping[Dispute, int],
    replies: Mapping[Dispute, list[int]],
    vague: Mapping[Dispute, list[int]],
) -> dict[Dispute, int]:
    """Return the disputes that one of these rows is about, on either side."""
    claims = FirstRows(known, "claim", rows)
    wordings = FirstRows(known, "wording", rows[known["proposition"][rows]])
    fits = known.mask_rows(rows)
    fitting = {}
    for dispute, row in latest.items():
        is_own = dispute.claim in claims
        is_of_reply = any(each in wordings for each in replies.get(dispute, ()))
        if is_own or is_of_reply or fits[vague.get(dispute, [])].any():
            fitting[dispute] = row
    return fitting
