"""What relates to a quote: who denies or leaves unanswered what it says, what it denies or answers
itself, and how else the same was reported.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from claims.models import Match, MatchKind, Quote
from claims.outputs.quote_parts import attach_tellers
from claims.search.columns import DENIES_CODE, REJECTED_CODE, Columns, RowMask, RowNumbers
from claims.search.replies import mask_denying, mask_replies

QUOTES_SHOWN = 10  # of each sort


@dataclass(frozen=True, slots=True)
class ReplyWordings:
    """Wordings by how they relate to a quote, for each kind: those that reply to its claim, and those
    that its own wording replies to.
    """

    replying: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    replied_to: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def find_reply_wordings(quote: Quote) -> ReplyWordings:
    """Return the wordings that deny or answer a quote, or that it denies or answers. One query.

    Asked for by one condition, either of two columns, no index would find them.
    """
    found = ReplyWordings()
    kinds = (MatchKind.DENIES, MatchKind.ANSWERS)
    told = Match.objects.public().filter(kind__in=kinds).order_by()
    told_rows = told.values_list("first", "second", "kind")
    to_its_claim = told_rows.filter(first__claim=quote.claim_id)
    of_itself = told_rows.filter(second=quote.wording_id)
    for first, second, kind in to_its_claim.union(of_itself):
        if second == quote.wording_id:
            found.replied_to[kind].add(first)
        else:
            found.replying[kind].add(second)
    return found


def find_related_quotes(known: Columns, quote: Quote) -> dict[str, Any]:
    """Return the quotes that its page shows beside a quote, by what they are to it.

    Each is there but once. Which they are is read off the columns; it takes three queries.
    """
    rows = select_related_rows(known, quote, find_reply_wordings(quote))
    picked = {name: known["id"][found[:QUOTES_SHOWN]].tolist() for name, found in rows.items()}
    standing = Quote.objects.standing().for_list()
    quotes = standing.order_by().in_bulk({pk for ids in picked.values() for pk in ids})
    related: dict[str, Any] = {
        name: [quotes[pk] for pk in ids if pk in quotes] for name, ids in picked.items()
    }
    attach_tellers(quotes.values())
    wordings = {other.wording_id for other in related["others"]}
    related["has_other_wordings"] = bool(wordings - {quote.wording_id})
    related["inner"] = standing.filter(within=quote).order_by("cue_start")
    return related


def select_related_rows(
    known: Columns, quote: Quote, replies: ReplyWordings
) -> dict[str, RowNumbers]:
    """Return the rows of related quotes, the newest first.

    Of its own claim those that deny it, while the quote does not, are denials, and the rest says the
    same elsewhere.
    """
    is_shown = (known["status"] != REJECTED_CODE) & (known["id"] != quote.pk)
    is_own = is_shown & (known["claim"] == quote.claim_id)
    denying = mask_replying(known, quote, replies.replying[MatchKind.DENIES], is_denial=True)
    is_denial = is_shown & denying
    if quote.stance != "denies":
        is_denial |= is_own & (known["stance"] == DENIES_CODE)
    is_silence = is_shown & mask_replying(known, quote, replies.replying[MatchKind.ANSWERS])
    is_denied = is_shown & mask_replied_to(known, quote, replies.replied_to[MatchKind.DENIES])
    is_denied &= does_deny(known, quote)
    is_answered = is_shown & mask_replied_to(known, quote, replies.replied_to[MatchKind.ANSWERS])
    return {
        "denials": np.flatnonzero(is_denial),
        "silences": np.flatnonzero(is_silence),
        "denied": np.flatnonzero(is_denied),
        "answered": np.flatnonzero(is_answered),
        "others": np.flatnonzero(is_own & ~is_denial),
    }


def does_deny(known: Columns, quote: Quote) -> bool:
    """Return whether a quote itself denies what its wording speaks against."""
    rows = np.flatnonzero(known["wording"] == quote.wording_id)
    others = rows[~mask_denying(known, rows)]
    return not np.any(known["id"][others] == quote.pk)


def mask_replying(
    known: Columns, quote: Quote, wordings: set[int], *, is_denial: bool = False
) -> RowMask:
    """Return the rows of the quotes that reply in one of these wordings to the claim of a quote."""
    if not wordings:
        return np.zeros(len(known), np.bool_)
    is_concerned = known.mask_having("wording", wordings) | (known["claim"] == quote.claim_id)
    rows = np.flatnonzero(is_concerned & (known["status"] != REJECTED_CODE))
    is_reply = mask_replies(known, rows, quote.claim_id, wordings, is_denial=is_denial)
    return known.mask_rows(rows[is_reply])


def mask_replied_to(known: Columns, quote: Quote, wordings: set[int]) -> RowMask:
    """Return the rows of the quotes with one of these wordings, to which a quote replies. If it says
    nothing by itself, it replies to its own article alone.
    """
    if not wordings:
        return np.zeros(len(known), np.bool_)
    is_replied_to = known.mask_having("wording", wordings)
    is_worded_so = known["wording"] == quote.wording_id
    if np.any(is_worded_so & ~known["proposition"]):
        is_replied_to &= known["article"] == quote.article_id
    return is_replied_to
