"""One claim: its wordings in the order in which they were published, both sides, other figures."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from django.db.models import BooleanField, ExpressionWrapper, Q

from claims.models import Claim, Match, MatchKind, MatchStatus, Quote, Wording
from claims.models.matches import SAME_KINDS
from claims.models.quote_queryset import GIST_FIELDS
from claims.outputs.quote_parts import attach_tellers
from claims.pages.claim_rows import Told, build_told, name_outlets, select_rows_of_claims
from claims.pages.claim_sides import (
    SIDE_OF_KIND,
    ClaimSide,
    SideName,
    WordingsOfSide,
    build_sides,
)
from claims.pages.lineage import count_statements
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

    @property
    def number(self) -> int:
        return len(self.quotes) + self.others


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
    claim denies of others.
    """

    told: Told
    statements: int
    wordings: list[WordingShown]
    more_wordings: int
    sides: list[SideShown]
    figures: list[OtherClaim]
    denied: list[OtherClaim]


def build_claim_page(known: Columns, claim: Claim, *, is_once: bool) -> ClaimPage:
    """Return what the page of a claim shows. It takes as many queries for one wording as for many."""
    rows = select_rows_of_claims(known, [claim.pk], is_once=is_once)
    ties = read_ties(claim)
    first_rows = find_first_rows(known, rows)
    shown = list(first_rows)[:WORDINGS_SHOWN]
    opposing = {claim.pk: select_opposing_wordings(ties)}
    sides = build_sides(known, opposing, is_once=is_once)[claim.pk]
    best = find_best_ties(ties, shown)
    others = find_others(known, ties)
    copies = [(tie.first, tie.second) for tie in ties if tie.kind == MatchKind.COPY]
    matches = Match.objects.with_wordings().in_bulk(
        [tie.match for tie in (*best.values(), *(tie for tie, _ in others))]
    )

    picked = {side.name: pick_rows_of_side(known, side) for side in sides}
    wanted = [*(first_rows[pk] for pk in shown), *(row for _, row in others)]
    wanted.extend(row for rows_of_side in picked.values() for row in rows_of_side)
    quotes = fetch_quotes_of_rows(known, wanted)
    rows_of = {pk: rows[known["wording"][rows] == pk] for pk in shown}
    names = name_outlets(known, [rows, *rows_of.values()])

    timeline = []
    for pk in shown:
        if first_rows[pk] in quotes:
            told = build_told(known, rows_of[pk], names)
            match = matches.get(best[pk].match) if pk in best else None
            timeline.append(show_wording(claim, quotes[first_rows[pk]], told, match))
    beside = []
    for tie, row in others:
        if tie.match in matches and row in quotes:
            match = matches[tie.match]
            other = match.second if tie.is_first_own else match.first
            beside.append(OtherClaim(match, other, quotes[row]))
    return ClaimPage(
        told=build_told(known, rows, names),
        statements=count_statements(first_rows, copies),
        wordings=timeline,
        more_wordings=len(first_rows) - len(timeline),
        sides=[show_side(side, picked[side.name], quotes) for side in sides],
        figures=[other for other in beside if other.match.kind == MatchKind.CONFLICTS],
        denied=[other for other in beside if other.match.kind == MatchKind.DENIES],
    )


def count_proposed(claim: Claim) -> int:
    """Return how many matches of a claim wait for a curator to say whether they are right."""
    return Match.objects.proposed().of(*Wording.objects.of_claim(claim.pk)).count()


# What ties wordings


class Tie(NamedTuple):
    """A match that readers see, by its number and those of its wordings, and which of these are of
    the claim that is shown.
    """

    match: int
    first: int
    second: int
    kind: str
    score: float
    status: str
    is_first_own: bool
    is_second_own: bool

    @property
    def joins(self) -> bool:
        """Tell whether it is why two wordings of the claim stand together."""
        return self.kind in SAME_KINDS and self.is_first_own and self.is_second_own

    @property
    def rank(self) -> tuple[bool, float]:
        return self.status == MatchStatus.CONFIRMED, self.score


def read_ties(claim: Claim) -> list[Tie]:
    """Return all that ties the wordings of a claim to others or among themselves. One query.

    There may be thousands of a claim of hundreds of wordings, so no words come with them. Asked for
    by one condition, either of two columns, no index would find them.
    """
    rows = Match.objects.public().order_by()
    rows = rows.annotate(
        is_first_own=ExpressionWrapper(Q(first__claim=claim.pk), BooleanField()),
        is_second_own=ExpressionWrapper(Q(second__claim=claim.pk), BooleanField()),
    )
    told = rows.values_list("pk", *Tie._fields[1:])
    of_firsts = told.filter(first__claim=claim.pk)
    of_seconds = told.filter(second__claim=claim.pk)
    ties = [Tie(*row) for row in of_firsts.union(of_seconds)]
    return sorted(ties, key=lambda tie: (-tie.score, tie.match))


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


def find_best_ties(ties: Iterable[Tie], wordings: Iterable[int]) -> dict[int, Tie]:
    """Return what ties each of these wordings most to another one of the claim, if anything does."""
    wanted = set(wordings)
    best: dict[int, Tie] = {}
    for tie in ties:
        if not tie.joins:
            continue
        for wording in wanted.intersection((tie.first, tie.second)):
            known_tie = best.get(wording)
            if known_tie is None or tie.rank > known_tie.rank:
                best[wording] = tie
    return best


def show_wording(claim: Claim, quote: Quote, told: Told, match: Match | None) -> WordingShown:
    wording = quote.wording
    pieces = [DifferencePiece("same", wording.text)]
    if wording.pk != claim.pk:
        pieces = compare_wordings(claim.text, wording.text)
    return WordingShown(wording, quote, pieces, told, match)


# Sides


def select_opposing_wordings(ties: Iterable[Tie]) -> WordingsOfSide:
    """Return the wordings that deny or answer one of the claim's own, by their sides."""
    opposing: WordingsOfSide = {}
    for tie in ties:
        side = SIDE_OF_KIND.get(tie.kind)
        if side and tie.is_first_own:
            opposing.setdefault(side, set()).add(tie.second)
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


def find_others(known: Columns, ties: Iterable[Tie]) -> list[tuple[Tie, int]]:
    """Return the ties to other claims that tell other figures, or that this claim denies, each with
    the row of the latest quote of the other wording.

    What words deny that say nothing by themselves ("all the allegations"), their articles alone tell:
    of it there is the latest quote in these, if there is any.
    """
    others = []
    for tie in ties:
        if tie.is_first_own and tie.is_second_own:
            continue
        other = tie.second if tie.is_first_own else tie.first
        is_denied = tie.kind == MatchKind.DENIES and tie.is_second_own
        if is_denied or tie.kind == MatchKind.CONFLICTS:
            others.append((tie, other))
    others.sort(key=lambda pair: (-pair[0].score, pair[1]))
    told = select_told_rows(known, {number for tie, _ in others for number in tie[1:3]})
    by_wording: dict[int, list[int]] = {}
    for row in told.tolist():  # the newest first
        by_wording.setdefault(int(known["wording"][row]), []).append(row)
    found = []
    for tie, other in others:
        rows: Sequence[int] = by_wording.get(other, [])
        if tie.kind == MatchKind.DENIES:
            rows = select_rows_denied(known, rows, by_wording.get(tie.second, []))
        if rows:
            found.append((tie, rows[0]))
    return found[:CLAIMS_SHOWN_BESIDE]


def select_told_rows(known: Columns, wordings: Collection[int]) -> RowNumbers:
    """Return the rows of the quotes that readers see of these wordings."""
    is_told = np.isin(known["wording"], list(wordings)) & (known["status"] != REJECTED_CODE)
    return np.flatnonzero(is_told)


def find_latest_rows(known: Columns, wordings: Sequence[int]) -> dict[int, int]:
    """Return the row of the latest quote that readers see of each of these wordings."""
    latest: dict[int, int] = {}
    for row in select_told_rows(known, wordings).tolist():
        latest.setdefault(int(known["wording"][row]), row)
    return latest


def select_rows_denied(
    known: Columns, rows: Sequence[int], denying: Sequence[int]
) -> Sequence[int]:
    """Return those of the rows of a wording that the other rows, which deny it, may be about."""
    if known["proposition"][denying].any():
        return rows
    articles = set(known["article"][denying].tolist())
    return [row for row in rows if int(known["article"][row]) in articles]


def fetch_quotes_of_rows(known: Columns, rows: Iterable[int]) -> dict[int, Quote]:
    """Return the quotes of these rows, as lists show them and with their wordings, by their rows."""
    numbers = {row: int(known["id"][row]) for row in rows}
    listed = Quote.objects.for_list().only(*GIST_FIELDS, "wording__text").order_by()
    quotes = listed.in_bulk(set(numbers.values()))
    attach_tellers(quotes.values())
    return {row: quotes[number] for row, number in numbers.items() if number in quotes}
