"""One claim: its wordings in the order in which they were published, both sides, other figures."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from claims.models import Claim, Match, MatchKind, MatchStatus, Quote, Wording
from claims.models.matches import PUBLIC_STATUSES, SAME_KINDS
from claims.pages.claim_rows import Told, build_told, name_outlets, select_rows_of_claims
from claims.pages.claim_sides import (
    SIDE_OF_KIND,
    ClaimSide,
    SideName,
    WordingsOfSide,
    build_sides,
)
from claims.passages.differences import DifferencePiece
from claims.passages.wordings import compare_wordings
from claims.search.columns import REJECTED_CODE, UNDATED, Columns, RowNumbers

WORDINGS_SHOWN = 40
QUOTES_SHOWN_OF_SIDE = 6
CLAIMS_SHOWN_BESIDE = 8


@dataclass(frozen=True, slots=True)
class WordingShown:
    """A wording of a claim: the quote that had it first, how it differs from the claim's own words,
    how often and where it was told, and why it is here.

    `match` is what ties it most to another wording of the claim; the claim's own words have none.
    """

    wording: Wording
    quote: Quote
    pieces: list[DifferencePiece]
    told: Told
    match: Match | None


@dataclass(frozen=True, slots=True)
class SideShown:
    """A side of a claim: its latest quote of each speaker, and how many other quotes there are."""

    name: SideName
    quotes: list[Quote]
    others: int


@dataclass(frozen=True, slots=True)
class OtherClaim:
    """Another wording that relates to this claim, by its latest quote, and the match of the two."""

    match: Match
    wording: Wording
    quote: Quote


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """What the page of a claim shows above its quotes.

    `statements` counts the wordings that were not passed on from one another; `denied` is what the
    claim denies of others, `proposed` how many wordings wait for a curator to say how they relate.
    """

    told: Told
    statements: int
    wordings: list[WordingShown]
    more_wordings: int
    sides: list[SideShown]
    figures: list[OtherClaim]
    denied: list[OtherClaim]
    proposed: int


def build_claim_page(known: Columns, claim: Claim, *, is_once: bool) -> ClaimPage:
    """Return what the page of a claim shows. It takes as many queries for one wording as for many."""
    rows = select_rows_of_claims(known, [claim.pk], is_once=is_once)
    wordings = Wording.objects.filter(claim=claim.pk).defer("search").in_bulk()
    matches = list(Match.objects.of(*wordings).select_related("first", "second", "decided_by"))
    first_rows = find_first_rows(known, rows)
    shown = list(first_rows)[:WORDINGS_SHOWN]
    opposing = {claim.pk: select_opposing_wordings(matches, wordings)}
    sides = build_sides(known, opposing, is_once=is_once)[claim.pk]
    others = find_others(known, matches, wordings)

    picked = {side.name: pick_rows_of_side(known, side) for side in sides}
    wanted = [*(first_rows[pk] for pk in shown), *(row for _, _, row in others)]
    wanted.extend(row for rows_of_side in picked.values() for row in rows_of_side)
    quotes = fetch_quotes_of_rows(known, wanted)
    rows_of = {pk: rows[known["wording"][rows] == pk] for pk in shown}
    names = name_outlets(known, [rows, *rows_of.values()])

    timeline = []
    for pk in shown:
        if pk in wordings and first_rows[pk] in quotes:
            told = build_told(known, rows_of[pk], names)
            tie = find_tie(matches, pk, wordings)
            timeline.append(show_wording(wordings[pk], claim, quotes[first_rows[pk]], told, tie))
    beside = [OtherClaim(*other[:2], quotes[other[2]]) for other in others if other[2] in quotes]
    return ClaimPage(
        told=build_told(known, rows, names),
        statements=count_statements(first_rows, matches),
        wordings=timeline,
        more_wordings=len(first_rows) - len(timeline),
        sides=[show_side(side, picked[side.name], quotes) for side in sides],
        figures=[other for other in beside if other.match.kind == MatchKind.CONFLICTS],
        denied=[other for other in beside if other.match.kind == MatchKind.DENIES],
        proposed=sum(match.status == MatchStatus.PROPOSED for match in matches),
    )


# Wordings


def find_first_rows(known: Columns, rows: RowNumbers) -> dict[int, int]:
    """Return the row of the first quote of each wording, in the order in which they were published;
    those of no known day come last.
    """
    is_dated = known["day"][rows] != UNDATED
    in_order = [*rows[is_dated][::-1].tolist(), *rows[~is_dated][::-1].tolist()]
    first: dict[int, int] = {}
    for row in in_order:  # the newest stand first in the columns
        first.setdefault(int(known["wording"][row]), row)
    return first


def find_tie(matches: Iterable[Match], wording: int, own: Collection[int]) -> Match | None:
    """Return the match that ties a wording most to another one of the claim."""
    ties = []
    for match in matches:
        pair = {match.first_id, match.second_id}
        is_public = match.status in PUBLIC_STATUSES
        if wording in pair and is_public and match.kind in SAME_KINDS and pair <= set(own):
            ties.append(match)
    return max(ties, key=lambda match: (match.is_decided, match.score), default=None)


def show_wording(
    wording: Wording, claim: Claim, quote: Quote, told: Told, tie: Match | None
) -> WordingShown:
    pieces = [DifferencePiece("same", wording.text)]
    if wording.pk != claim.pk:
        pieces = compare_wordings(claim.text, wording.text)
    return WordingShown(wording, quote, pieces, told, tie)


def count_statements(wordings: Iterable[int], matches: Iterable[Match]) -> int:
    """Return how many of these wordings are left if copies of one quotation count as one."""
    leads = {wording: wording for wording in wordings}

    def find_lead(wording: int) -> int:
        while leads[wording] != wording:
            wording = leads[wording]
        return wording

    for match in matches:
        is_copy = match.kind == MatchKind.COPY and match.status in PUBLIC_STATUSES
        if is_copy and match.first_id in leads and match.second_id in leads:
            leads[find_lead(match.first_id)] = find_lead(match.second_id)
    return len({find_lead(wording) for wording in leads})


# Sides


def select_opposing_wordings(matches: Iterable[Match], own: Collection[int]) -> WordingsOfSide:
    """Return the wordings that deny or answer one of the claim's own, by their sides."""
    opposing: WordingsOfSide = {}
    for match in matches:
        side = SIDE_OF_KIND.get(match.kind)
        if side and match.status in PUBLIC_STATUSES and match.first_id in own:
            opposing.setdefault(side, set()).add(match.second_id)
    return opposing


def pick_rows_of_side(known: Columns, side: ClaimSide) -> list[int]:
    """Return the row of the latest quote of each speaker of a side, as many as are shown."""
    picked: dict[int, int] = {}
    for row in side.rows.tolist():
        speaker = int(known["actor"][row])
        picked.setdefault(speaker or -row - 1, row)  # two unknown speakers may well be two
        if len(picked) == QUOTES_SHOWN_OF_SIDE:
            break
    return list(picked.values())


def show_side(side: ClaimSide, picked: Sequence[int], quotes: dict[int, Quote]) -> SideShown:
    shown = [quotes[row] for row in picked if row in quotes]
    return SideShown(side.name, shown, len(side.rows) - len(shown))


# Other claims


def find_others(
    known: Columns, matches: Iterable[Match], own: Collection[int]
) -> list[tuple[Match, Wording, int]]:
    """Return the wordings of other claims that tell other figures, or that this claim denies, each
    with the row of its latest quote.
    """
    others = []
    for match in matches:
        if match.status not in PUBLIC_STATUSES:
            continue
        is_first = match.first_id in own
        other = match.second if is_first else match.first
        is_denied = match.kind == MatchKind.DENIES and not is_first
        if other.pk not in own and (is_denied or match.kind == MatchKind.CONFLICTS):
            others.append((match, other))
    others.sort(key=lambda pair: (-pair[0].score, pair[1].pk))
    shown = others[:CLAIMS_SHOWN_BESIDE]
    latest = find_latest_rows(known, [other.pk for _, other in shown])
    return [(match, other, latest[other.pk]) for match, other in shown if other.pk in latest]


def find_latest_rows(known: Columns, wordings: Sequence[int]) -> dict[int, int]:
    """Return the row of the latest quote that readers see of each of these wordings."""
    if not wordings:
        return {}
    is_told = np.isin(known["wording"], wordings) & (known["status"] != REJECTED_CODE)
    latest: dict[int, int] = {}
    for row in np.flatnonzero(is_told).tolist():
        latest.setdefault(int(known["wording"][row]), row)
    return latest


def fetch_quotes_of_rows(known: Columns, rows: Iterable[int]) -> dict[int, Quote]:
    """Return the quotes of these rows, as lists show them, by their rows."""
    numbers = {row: int(known["id"][row]) for row in rows}
    quotes = Quote.objects.for_list().order_by().in_bulk(set(numbers.values()))
    return {row: quotes[number] for row, number in numbers.items() if number in quotes}
