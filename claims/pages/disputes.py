"""Disputes as lines of a list, both sides side by side, each by the latest quotes of its speakers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from claims.models import Claim, Quote
from claims.pages.claim_page import fetch_quotes_of_rows
from claims.search.columns import (
    ASSERTS_CODE,
    DENIES_CODE,
    REJECTED_CODE,
    Columns,
    RowMask,
    RowNumbers,
)
from claims.search.disputed import Dispute, FoundDisputes
from claims.search.parameters import DisputeKind
from claims.search.replies import mask_replies

QUOTES_SHOWN_OF_SIDE = 2


@dataclass(frozen=True, slots=True)
class DisputeSide:
    """One side: the latest quotes, each of another speaker, and how many speakers there are besides."""

    quotes: list[Quote]
    others: int


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute as a line of a list; `quotes` counts those of both sides."""

    kind: DisputeKind
    claim: Claim
    sides: list[DisputeSide]


def build_dispute_lines(
    known: Columns, disputes: Sequence[Dispute], found: FoundDisputes
) -> list[DisputeLine]:
    """Return these disputes as lines of a list, in their order. It takes two queries."""
    claims = Claim.objects.defer("search").in_bulk({each.claim for each in disputes})
    rows = select_rows_concerned(known, disputes, found.replies)
    picked = {each: pick_sides(known, rows, each, found) for each in disputes}
    wanted = [
        row for sides in picked.values() for side in sides for row in side[:QUOTES_SHOWN_OF_SIDE]
    ]
    quotes = fetch_quotes_of_rows(known, wanted)

    lines = []
    for dispute in disputes:
        sides = []
        for side in picked[dispute]:
            shown = [quotes[row] for row in side[:QUOTES_SHOWN_OF_SIDE] if row in quotes]
            sides.append(DisputeSide(shown, len(side) - len(shown)))
        if dispute.claim in claims and all(side.quotes for side in sides):
            lines.append(DisputeLine(dispute.kind, claims[dispute.claim], sides))
    return lines


def select_rows_concerned(
    known: Columns, disputes: Sequence[Dispute], replies: Mapping[Dispute, list[int]]
) -> RowNumbers:
    """Return the rows of all quotes of either side of these disputes."""
    wordings = [wording for each in disputes for wording in replies.get(each, ())]
    is_concerned = known.mask_having("claim", {each.claim for each in disputes})
    is_concerned |= known.mask_having("wording", wordings)
    return np.flatnonzero(is_concerned & (known["status"] != REJECTED_CODE))


def pick_sides(
    known: Columns, rows: RowNumbers, dispute: Dispute, found: FoundDisputes
) -> list[list[int]]:
    """Return for both sides of a dispute the row of the latest quote of each speaker."""
    if dispute.kind == "credit":
        return [[row] for row in found.credits[dispute.claim]]
    is_own = known["claim"][rows] == dispute.claim
    is_denied = dispute.kind == "denied"
    wordings = found.replies.get(dispute, [])
    is_reply = mask_replies(known, rows, dispute.claim, wordings, is_denial=is_denied)
    if is_denied:
        is_reply |= is_own & (known["stance"][rows] == DENIES_CODE)
    is_said: RowMask = is_own & (known["stance"][rows] == ASSERTS_CODE) & ~is_reply
    return [pick_speakers(known, rows[is_said]), pick_speakers(known, rows[is_reply])]


def pick_speakers(known: Columns, rows: RowNumbers) -> list[int]:
    """Return the row of the latest quote of each speaker; two unknown speakers may well be two."""
    picked: dict[int, int] = {}
    for row, actor in zip(rows.tolist(), known["actor"][rows].tolist(), strict=True):
        picked.setdefault(actor or -row - 1, row)
    return list(picked.values())
