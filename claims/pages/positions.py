"""Where an actor has changed position: asserted and later denied one claim, or told another figure.

Only what is sure tells so: matches that are sure or that a person confirmed, and speakers of whom
nobody is in doubt. Both quotes have a day, and not the same one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from claims.models import Match, MatchKind, Quote
from claims.models.number_lists import build_number_list
from claims.outputs.quote_parts import attach_tellers
from claims.search.columns import (
    ASSERTS_CODE,
    DENIES_CODE,
    REJECTED_CODE,
    UNDATED,
    Columns,
    RowNumbers,
)
from claims.search.number_sets import list_distinct

CHANGES_SHOWN = 5
CHANGES_LOOKED_AT = 40
MOST_WORDINGS_LOOKED_UP = 5000  # of the actor's latest quotes

ChangeSort = Literal["denied", "asserted", "figure"]


@dataclass(frozen=True, slots=True)
class ChangedPosition:
    """Two quotes of one actor: what was said first, and what was said later; `sort` is what the
    later one does: it denies the first, asserts what the first denied, or tells another figure.
    """

    sort: ChangeSort
    earlier: Quote
    later: Quote

    @property
    def quotes(self) -> tuple[Quote, Quote]:
        return self.earlier, self.later


def list_changed_positions(known: Columns, own: RowNumbers) -> list[ChangedPosition]:
    """Return where an actor has changed position, the latest change first.

    `own` are the rows of its quotes, the newest first. It takes two queries, or none where all
    quotes are of one day.
    """
    dated = own[known["day"][own] != UNDATED]
    if len(np.unique(known["day"][dated])) < 2:
        return []
    found = {*find_changes_of_stance(known, dated), *find_changes_by_matches(known, dated)}
    latest = sorted(found, key=lambda change: (change[2], change[1]))[:CHANGES_LOOKED_AT]
    if not latest:
        return []
    numbers = {row: int(known["id"][row]) for _, *rows in latest for row in rows}
    quotes = Quote.objects.for_list().order_by().in_bulk(numbers.values())
    attach_tellers(quotes.values())
    changes = []
    for sort, earlier, later in latest:
        both = [quotes.get(numbers[row]) for row in (earlier, later)]
        first, last = both
        if first and last and not (first.has_unsure_speaker or last.has_unsure_speaker):
            changes.append(ChangedPosition(sort, first, last))
    return changes[:CHANGES_SHOWN]


Change = tuple[ChangeSort, int, int]  # and the rows of the earlier and the later quote


def find_changes_of_stance(known: Columns, dated: RowNumbers) -> Iterator[Change]:
    """Yield the claims that the quotes of these rows both assert and deny."""
    claims = known["claim"][dated]
    is_claim = known["proposition"][dated]
    stances = known["stance"][dated]
    asserting = dated[is_claim & (stances == ASSERTS_CODE)]
    denying = dated[is_claim & (stances == DENIES_CODE)]
    both = np.intersect1d(known["claim"][asserting], known["claim"][denying])
    concerned = dated[np.isin(claims, both)]
    for claim in both.tolist():
        of_claim = concerned[known["claim"][concerned] == claim]
        said = of_claim[known["stance"][of_claim] == ASSERTS_CODE]
        denied = of_claim[known["stance"][of_claim] == DENIES_CODE]
        yield from pick_change(known, said, denied)


def find_changes_by_matches(known: Columns, dated: RowNumbers) -> Iterator[Change]:
    """Yield those of the actor's wordings that deny another one or tell it otherwise. One query."""
    newest = dated[:MOST_WORDINGS_LOOKED_UP]
    distinct = list_distinct(known["wording"][newest])
    if len(distinct) < 2:
        return
    wordings = build_number_list(distinct.tolist())
    matches = Match.objects.disputing().filter(second__is_proposition=True)
    between = matches.filter(first__in=wordings, second__in=wordings).order_by("-score", "pk")
    pairs = list(between.values_list("first", "second", "kind")[:CHANGES_LOOKED_AT])
    denied_by_some = find_denied_wordings(known, {second for _, second, _ in pairs})
    for first, second, kind in pairs:
        is_figure = kind == MatchKind.CONFLICTS
        is_denied = second in denied_by_some and not is_figure
        stance_of_reply = DENIES_CODE if is_denied else ASSERTS_CODE
        said = select_rows_with_stance(known, dated, first, ASSERTS_CODE)
        against = select_rows_with_stance(known, dated, second, stance_of_reply)
        if len(said) and len(against):
            yield from pick_change(known, said, against, is_figure=is_figure)


def find_denied_wordings(known: Columns, wordings: Collection[int]) -> set[int]:
    """Return which of these wordings somebody denies: these speak against others by being denied."""
    is_denied = known.mask_having("wording", wordings) & (known["stance"] == DENIES_CODE)
    is_told = known["status"] != REJECTED_CODE
    return set(known["wording"][is_denied & is_told].tolist())


def select_rows_with_stance(
    known: Columns, rows: RowNumbers, wording: int, stance: int
) -> RowNumbers:
    of_wording: RowNumbers = rows[known["wording"][rows] == wording]
    with_stance: RowNumbers = of_wording[known["stance"][of_wording] == stance]
    return with_stance


def pick_change(
    known: Columns, said: RowNumbers, denied: RowNumbers, *, is_figure: bool = False
) -> Iterator[Change]:
    """Yield what was said first and the latest of the other side, if that came on a later day."""
    first_said, first_denied = int(said[-1]), int(denied[-1])
    begins_with_said = known["day"][first_said] <= known["day"][first_denied]
    earlier, later = (
        (first_said, int(denied[0])) if begins_with_said else (first_denied, int(said[0]))
    )
    if known["day"][earlier] == known["day"][later]:
        return
    sort: ChangeSort = "denied" if begins_with_said else "asserted"
    yield ("figure" if is_figure else sort), earlier, later
